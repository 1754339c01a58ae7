"""What is odd in an arrival though it can be taken in: said in the report, so that nobody has to find out later."""

from datetime import UTC, datetime
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival

_FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)  # nothing that we read was said before there was a web
_SEARCHED: Final = 100_000  # characters; what the search column takes (threads, migration 0001)


def oddities(item: Arrival, *, latest: datetime) -> list[str]:
    """Fixed sentences of `channels.reasons`; none for nearly every arrival. Later than `latest` is in the future."""
    found: list[str] = []
    text, said, raw = item.text, item.published, item.raw
    if said is not None and not _FIRST <= said <= latest:
        found.append(reasons.ODD_DATE)
    if "\u202e" in text or "\u202d" in text:
        found.append(reasons.HIDDEN_CHARACTERS)
    if "\x00" in text or not (text.isascii() or _storable(text)):
        found.append(reasons.REPLACED_CHARACTERS)
    if len(text) > _SEARCHED:
        found.append(reasons.LONGER_THAN_SEARCH)
    if raw is not None and (b"<script" in raw or b"onerror=" in raw or b"javascript:" in raw):
        found.append(reasons.SCRIPTS)
    return found


def _storable(text: str) -> bool:
    """No lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
