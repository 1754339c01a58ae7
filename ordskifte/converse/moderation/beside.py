"""What stands beside a masked number: a word for an account, a KID or a case makes it a person's matter to judge."""

import re
from typing import Final

from ordskifte.language.personal_data import MASK

_BEFORE, _AFTER = 48, 40  # characters
_SENTENCE: Final = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])")
_OTHER: Final = re.compile(
    r"konto\w*|\bkto\b|\biban\b|\bbban\b|\bkid\b|\bkid-?(?:nr|nummer)\w*|\baccount\w*|\bsaks?-?(?:nr|nummer|num)\w*"
    r"|\bsak(?:s|en|a|er)?\b|\bcase\b|\bcase-?(?:no|number)\w*|\barkivsak\w*|\bjournal(?:nr|nummer)\w*"
    r"|\bref(?:eranse|eransen|eransenr|nr)?\b|\bfaktura\w*|\bordre\w*|\bvedtak\w*",
    re.IGNORECASE,
)


def says_something_else(text: str) -> bool:
    """Whether every masked number in the text has a word beside it that says it is no person's."""
    places = [found.start() for found in re.finditer(re.escape(MASK), text)]
    return bool(places) and all(_OTHER.search(_around(text, place)) for place in places)


def _around(text: str, place: int) -> str:
    before = text[max(0, place - _BEFORE) : place]
    after = text[place + len(MASK) : place + len(MASK) + _AFTER]
    *_, before = _SENTENCE.split(before)
    after, *_ = _SENTENCE.split(after)
    return f"{before.replace(MASK, ' ')} | {after.replace(MASK, ' ')}"


def without_numbers(text: str) -> str:
    """The text with the masks taken out, as it can be written again."""
    lines = [" ".join(part.replace(MASK, " ").split()) for part in text.splitlines()]
    return "\n".join(lines).strip()
