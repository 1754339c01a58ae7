"""Words of the trade have plain ones beside them (språklova § 9: clear language, fit for whom it is written to)."""

import re
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of plain_words.tsv: what is written, and what to write."""
    text = files("ordskifte.publish.checks").joinpath("plain_words.tsv").read_text("utf-8")
    pairs = dict(line.split("\t")[:2] for line in text.splitlines() if line and not line.startswith("#"))
    every = "|".join(re.escape(word) for word in sorted(pairs, key=len, reverse=True))
    return re.compile(rf"\b(?:{every})\b", re.IGNORECASE), pairs


def plain_words_of(text: str) -> list[Finding]:
    pattern, pairs = _words()
    found = []
    for one in pattern.finditer(text):
        plain = pairs[one[0].casefold()]
        plain = plain[0].upper() + plain[1:] if one[0][0].isupper() else plain
        what = _("“%(word)s” is a word of the trade") % {"word": one[0]}
        how = _("Write “%(plain)s”") % {"plain": plain}
        found.append(Finding("plain_words", "warn", what, how, *one.span(), instead=plain))
    return found or [Finding("plain_words", "ok", _("Plain words"))]
