"""Bank accounts (11 digits, modulus 11; IBAN) and KID, the number on a bill (2 to 25 digits, modulus 10 or 11)."""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.digits import Run, windows
from ordskifte.language.personal.found import Found, before
from ordskifte.language.reading import Reading

ACCOUNT: Final = "A bank account: eleven digits with the banks' check digit, or a word for account before them."
KID: Final = "A KID, the number that ties a payment to one person's bill."

_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_LABEL = re.compile(
    r"(?:konto|kto|kontonr|bank|iban|sett inn|betal(?:e|t|ing)? (?:til|på|inn)|overfør|overføre|innbetal|utbetal|account|pengene? (?:til|på|inn))"
    r"[^\d]{0,30}$"
)
_KID = re.compile(
    r"\bkid(?:-?(?:nr|nummer|nummeret|en))?[^\d\w]{0,3}(?:(?:er|var|nr|nummer|på|is|:|=)[^\d\w]{0,3}){0,2}$"
)
_IBAN = re.compile(r"\bno ?\d\d(?: ?\d{4}){2} ?\d{3}(?!\d)")


def valid_account(digits: str) -> bool:
    """Whether eleven digits pass the banks' check."""
    return len(digits) == 11 and len(set(digits)) > 2 and not sum(map(int.__mul__, map(int, digits), _WEIGHTS)) % 11


def find(reading: Reading, runs: list[Run]) -> Iterator[Found]:
    for run in runs:
        yield from _in_run(reading, run)
    if "no" in reading.plain:
        for found in _IBAN.finditer(reading.plain):
            yield Found("konto", found.start(), found.end(), "personal.account")


def _in_run(reading: Reading, run: Run) -> Iterator[Found]:
    ahead = before(reading, run.start)
    if 2 <= len(run.digits) <= 25 and _KID.search(ahead):
        yield Found("kid", run.start, run.end, "personal.kid")
        return
    labelled = _LABEL.search(ahead) is not None
    for lengths in ((4, 2, 5), (11,), (6, 5)):
        for start, end, digits in windows(run, lengths):
            if (labelled and len(set(digits)) > 1) or (lengths == (4, 2, 5) and valid_account(digits)):
                yield Found("konto", start, end, "personal.account")
                return
