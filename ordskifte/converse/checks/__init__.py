"""The checks before a reply is sent: one file each, in this order. They propose; only a stop refuses."""

from typing import Final

from ordskifte.converse.checks.casework import casework
from ordskifte.converse.checks.commitment import commitment
from ordskifte.converse.checks.holes import holes
from ordskifte.converse.checks.length import length
from ordskifte.converse.checks.personal_data import personal_data
from ordskifte.converse.checks.place_link import place_link
from ordskifte.converse.checks.plain_words import plain_words
from ordskifte.converse.checks.reply import Check, Finding, PlaceWords, Reply
from ordskifte.converse.checks.tone import tone
from ordskifte.converse.checks.written_form import written_form

__all__ = ["CHECKS", "Finding", "PlaceWords", "Reply", "check"]

CHECKS: Final[tuple[Check, ...]] = (
    personal_data,
    holes,
    length,
    place_link,
    casework,
    tone,
    plain_words,
    written_form,
    commitment,
)
_WORST_FIRST: Final = {"stop": 0, "warn": 1, "ok": 2}


def check(reply: Reply) -> list[Finding]:
    """All that the checks say of a reply, worst first."""
    found = [finding for one in CHECKS for finding in one(reply)]
    return sorted(found, key=lambda finding: _WORST_FIRST[finding.level])
