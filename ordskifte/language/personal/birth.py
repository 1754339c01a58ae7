"""Dates of birth, and the last five digits of a national number written apart from them."""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

BIRTH: Final = "A date of birth: a whole date behind a word for being born."
LAST_FIVE: Final = "The last five digits of a national number, called so."

_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|des|january|february|march|may|june|july|october|december|dec|oct"
_DATE = rf"(?:\d{{1,2}}[./\- ]{{1,2}}\d{{1,2}}[./\- ]{{1,2}}(?:(?:19|20)\d\d|\d\d)|\d{{1,2}}\.? ?(?:{_MONTH})\.? (?:19|20)?\d\d|(?:{_MONTH}) \d{{1,2}},? (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{6}}|\d{{2}}\d{{2}}(?:19|20)\d\d)(?!\d)"
_BORN = re.compile(
    rf"(?:\bfødt|\bfødd|\bfodt|\bf\.|\bf\b|\bfødselsdato\w*|\bfødselsdag\w*|\bf\.?dato|\bborn|\bdate of birth|\bdob|\bbirthday|\bbursdag\w*|\briegádan|\bf:)(?:[^\d\n]{{0,24}}?)({_DATE})"
)
_FIVE = re.compile(
    r"(?:siste (?:fem|5)(?: siffer| sifra| sifrene| tall| tallene| tala)?|(?:fem|5) siste(?: siffer| sifra| sifrene| tall)?|personnummer\w*|persnr|pnr|last (?:five|5)(?: digits)?)(?:[^\d\n]{0,24}?)(?<!\d)(\d{5}|\d{3} \d{2})(?!\d)"
)


def find(reading: Reading) -> Iterator[Found]:
    plain = reading.plain
    if not any(char in plain for char in "0123456789"):
        return
    for found in _BORN.finditer(plain):
        yield Found("fodselsdato", found.start(1), found.end(1), "personal.birth")
    for found in _FIVE.finditer(plain):
        yield Found("personnummer", found.start(1), found.end(1), "personal.last_five")
