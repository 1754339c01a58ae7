"""Numbers in words: a telephone number or a national number spelled out so that no filter should see it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

SPELLED: Final = "A telephone number or a national number written in words."

_ONES = {
    "null": "0", "en": "1", "én": "1", "ein": "1", "ett": "1", "eitt": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "sju": "7", "syv": "7", "åtte": "8", "ni": "9",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TEENS = {
    "ti": "10",
    "elleve": "11",
    "tolv": "12",
    "tretten": "13",
    "fjorten": "14",
    "femten": "15",
    "seksten": "16",
    "sytten": "17",
    "atten": "18",
    "nitten": "19",
}
_TENS = {
    "tjue": "2",
    "tyve": "2",
    "tretti": "3",
    "førti": "4",
    "femti": "5",
    "seksti": "6",
    "sytti": "7",
    "søtti": "7",
    "åtti": "8",
    "nitti": "9",
}
_FEWEST = 4
_FILL = frozenset("og så strek mellomrom".split())


@lru_cache(maxsize=20_000)
def _value(word: str) -> str:
    """The digits a word says; "" when it says none."""
    if word in _ONES:
        return _ONES[word]
    if word in _TEENS:
        return _TEENS[word]
    if word in _TENS:
        return _TENS[word] + "0"
    for ten, digit in _TENS.items():
        if word.startswith(ten) and word[len(ten) :] in _ONES:
            return digit + _ONES[word[len(ten) :]]
    return word if word.isdigit() and len(word) <= 3 else ""


def find(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """(type, first word, last word) of each row of number words that is as long as a number of either kind."""
    words = reading.words
    if sum(_value(word) != "" for word in words if word) < _FEWEST:
        return
    row: list[int] = []
    digits: list[str] = []
    for at in range(len(words) + 1):
        value = _value(words[at]) if at < len(words) and words[at] else ""
        if value:
            if (
                digits
                and len(value) == 1
                and len(digits[-1]) == 2
                and digits[-1][1] == "0"
                and value != "0"
                and not words[at].isdigit()
            ):
                digits[-1] = digits[-1][0] + value
            else:
                digits.append(value)
            row.append(at)
        elif row and at < len(words) and words[at] in _FILL:
            continue
        else:
            yield from _judged(words, row, "".join(digits))
            row, digits = [], []


def _judged(words: list[str], row: list[int], digits: str) -> Iterator[tuple[str, int, int]]:
    if len(row) < _FEWEST or all(words[at].isdigit() for at in row):
        return
    if len(digits) == 11:
        yield "fnr", row[0], row[-1]
    elif (len(digits) == 8 and digits[0] not in "01") or (len(digits) == 10 and digits.startswith("47")):
        yield "telefon", row[0], row[-1]


__all__ = ["SPELLED", "Found", "find"]
