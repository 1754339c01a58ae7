"""All searches for personal data, in the order they are asked, and one list out of what they find."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from ordskifte.language.national_number import find_numbers, valid_only_from_2032
from ordskifte.language.personal import (
    account,
    address,
    birth,
    categories,
    email,
    health,
    papers,
    phone,
    plate,
    spelled,
)
from ordskifte.language.personal.digits import runs
from ordskifte.language.reading import Reading
from ordskifte.language.signals.rule import Rule

NATIONAL: Final = "A national number (fødselsnummer, D-number, H-number, NPID) with valid check digits."
OWN_CASE: Final = "Shows that the writer, or someone near, has a case with the body."
SINGLED_OUT: Final = "Points at one person, in a picture or by name, and says something degrading of them."

RULES: Final[tuple[Rule, ...]] = (*health.RULES, *categories.RULES)
SAYS: Final[dict[str, str]] = {
    "personal.national": NATIONAL,
    "personal.account": account.ACCOUNT,
    "personal.kid": account.KID,
    "personal.phone": phone.PHONE,
    "personal.email": email.EMAIL,
    "personal.address": address.ADDRESS,
    "personal.plate": plate.PLATE,
    "personal.birth": birth.BIRTH,
    "personal.last_five": birth.LAST_FIVE,
    "personal.passport": papers.PASSPORT,
    "personal.duf": papers.DUF,
    "personal.mistyped": papers.MISTYPED,
    "personal.spelled": spelled.SPELLED,
    "personal.own_case": OWN_CASE,
    "personal.singled_out": SINGLED_OUT,
}


_DIGIT = re.compile(r"\d")


class Data(NamedTuple):
    """Personal data in the text as given."""

    type: str
    start: int
    end: int
    rule: str


def numbers_and_addresses(reading: Reading) -> list[Data]:
    """Everything that is found by its form, in order, never overlapping: what is found first holds its place."""
    taken: list[Data] = []
    if _DIGIT.search(reading.plain):
        for number in find_numbers(reading.text):
            kind = number.type
            if kind == "fnr" and valid_only_from_2032(reading.text[number.start : number.end]):
                kind = "fnr2032"
            _take(taken, Data(kind, number.start, number.end, "personal.national"))
        found_runs = list(runs(reading))
        for found in (
            *birth.find(reading),
            *papers.find(reading),
            *account.find(reading, found_runs),
            *phone.find(reading, found_runs),
            *plate.find(reading),
            *address.find(reading),
        ):
            start, end = reading.span(found.start, found.end)
            _take(taken, Data(found.type, start, end, found.rule))
    for found in email.find(reading):
        start, end = reading.span(found.start, found.end)
        _take(taken, Data(found.type, start, end, found.rule))
    for kind, first, last in spelled.find(reading):
        _take(taken, Data(kind, reading.starts[first], reading.ends[last], "personal.spelled"))
    return taken


def _take(taken: list[Data], new: Data) -> None:
    """Keep what does not overlap what is kept already, in order of place."""
    if new.end <= new.start:
        return
    at = bisect_left(taken, new.start, key=_start)
    if (at == 0 or taken[at - 1].end <= new.start) and (at == len(taken) or new.end <= taken[at].start):
        taken.insert(at, new)


def _start(data: Data) -> int:
    return data.start


def joined(found: Iterable[Data]) -> tuple[Data, ...]:
    """In order of place; of two of one type that overlap, the one that reaches widest."""
    kept: list[Data] = []
    for data in sorted(found, key=lambda one: (one.type, one.start, -one.end)):
        if kept and kept[-1].type == data.type and data.start < kept[-1].end:
            if data.end > kept[-1].end:
                kept[-1] = kept[-1]._replace(end=data.end)
        else:
            kept.append(data)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.type)))
