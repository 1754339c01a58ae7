"""What elected members have not decided yet is told without taking sides (guide G19; R54).

Neutrality binds our own posts only, never what citizens say. A matter is taken to be pending when the writer says so,
or when the words say that it will be decided.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post

_PENDING: Final = re.compile(
    r"\b(?:(?:skal|vil|blir)\s+(?:opp\s+)?(?:behandles|behandlast|behandla|behandlet|avgjøres|avgjerast|vedtas|vedtakast)"
    r"|(?:kommunestyret|formannskapet|utvalget|utvalet|fylkestinget|stortinget)\s+(?:skal|vil|behandler|behandlar|avgjør|avgjer)"
    r"|(?:på|ute på|lagt ut på|ligger på)\s+høring|(?:på|ute på)\s+høyring|høringsfrist\w*|høyringsfrist\w*"
    r"|will be decided|public consultation|is to decide)\b",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(
    r"\b(?:heldigvis|dessverre|diverre|endelig|endeleg|gledelig|gledeleg|trist nok|selvfølgelig|sjølvsagt|selvsagt"
    r"|vi (?:mener|meiner|håper|håpar|støtter|støttar|går imot|anbefaler|tilrår|ønsker|ønskjer)"
    r"|(?:det|den) (?:beste|rette|eneste|einaste) (?:løsningen|løysinga|alternativet|valget|valet)"
    r"|stem (?:for|mot|imot|ja|nei)|si (?:ja|nei) til|nødvendig(?:e)? kutt|uansvarlig|uansvarleg"
    r"|fantastisk|katastrofal\w*"
    r"|fortunately|unfortunately|at last|we (?:believe|hope|support|oppose)|vote (?:for|against))\b",
    re.IGNORECASE,
)


def neutrality(post: Post) -> list[Finding]:
    found = []
    pending = post.pending
    for one in post.texts:
        pending = pending or bool(_PENDING.search(one.text))
    if not pending:
        return []
    for one in post.texts:
        for side in _SIDE.finditer(one.text):
            what = _("“%(words)s” takes sides in a matter that is not decided") % {"words": side[0]}
            how = _("Say what is to be decided, by whom, when, and how one has a say.")
            found.append(Finding("neutrality", "warn", what, how, *side.span()))
    return list(dict.fromkeys(found)) or [Finding("neutrality", "ok", _("Takes no side in the matter"))]
