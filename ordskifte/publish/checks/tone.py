"""A calm tone: no shouting, no blame, no irony. Guide G13; ux.md 9: no exclamation marks, no "you should have"."""

import re
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding

_BLAME: Final = re.compile(
    r"\b(?:som du burde (?:vite|vete|ha visst)|du (?:burde|skulle) ha\b|som (?:allerede|alt) (?:nevnt|sagt|nemnt)"
    r"|du må (?:forstå|skjønne|forstå at|skjøne)|det (?:burde|skulle) være (?:klart|åpenbart|opplagt)"
    r"|hvis du hadde lest|viss du hadde lese|som vi (?:allerede )?har (?:sagt|skrevet|skrive)"
    r"|ta deg sammen|slutt å mase"
    r"|you should have|as you should know|as (?:already|previously) (?:stated|said|mentioned)"
    r"|you (?:must|need to) understand"
    r"|if you had read|obviously|selvsagt|sjølvsagt|åpenbart|openbert)\b",
    re.IGNORECASE,
)
_SHOUTED: Final = re.compile(r"\b[A-ZÆØÅ]{4,}(?:\s+[A-ZÆØÅ]{2,})+\b|!{2,}|\?{2,}|\?!|!\?")


def tone_of(text: str) -> list[Finding]:
    found = []
    for one in _BLAME.finditer(text):
        what = _("“%(words)s” can be read as blame") % {"words": one[0]}
        found.append(Finding("tone", "warn", what, _("Say it again, as if for the first time."), *one.span()))
    for one in _SHOUTED.finditer(text):
        what = _("“%(words)s” is read as shouting") % {"words": one[0]}
        found.append(Finding("tone", "warn", what, _("Write it in calm letters."), *one.span()))
    if not found and text.count("!") > 1:
        found.append(Finding("tone", "warn", _("More than one exclamation mark"), _("Keep one at most.")))
    return found or [Finding("tone", "ok", _("Calm tone"))]
