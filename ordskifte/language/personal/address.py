"""Where a person lives: a street with a number, when the same sentence says that someone lives there or signs with it.

A street with a number alone is a place (a hole in the road, a building case, a house of culture), not personal data.
"""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

ADDRESS: Final = "Where a person lives: a street and a number, with words that tie them to someone."

_ENDINGS: Final = tuple(
    "gata gate gaten gt veien vei vegen veg vn vg allé alléen alleen plass plassen bakken bakke kroken krok krokan lia lien stien sti stubben svingen "
    "sving ringen ring tunet tun åsen haugen haug løkka brekka terrasse kleiva hagen marka jordet toppen smuget smug veita veiten kaia brygge odden "
    "vika berget flata moen myra grenda bogen lunden dalen heia høgda høyden åkeren enga torget torg street road geaidnu luodda kleiven skrenten "
    "skråningen faret vollen engen kollen flaten sletta gjerdet leitet hamna tjernet stranda stredet almenning".split()
)
_STREET_ALONE = frozenset("gata gate gaten gt vei veien veg vegen vn plass allé terrasse street road torg sti".split())
_TO_NUMBER = frozenset((" ", " nr ", " nr. ", "\u00a0", ", ", "  "))
_UNIT = frozenset(
    "km meter m kr kroner år prosent min minutt minutter timer dager mill mil grader stk personer ganger prosjekter".split()
)
_LIVES = re.compile(
    r"\b(?:(?:vi|me|jeg|eg|oss|dei|de|familien) (?:i|på|nede i|oppe i)|bor|bur|bodde|budde|bu|bo|buande|bosatt|busett|flytt\w*|heime|hjemme|hjem|heim|hjemadresse\w*|adresse\w*|adressa|hilsen|helsing|hels|mvh|vh|vennlig|venleg|meg|oss|mitt|min|mi|vår|vårt|naboen|naboane|naboene|nabo|naboar|naboer|"
    r"familien|leilighet\w*|leilegheit\w*|hybel\w*|huset|hus|postadresse\w*|live|lives|living|home|neighbour\w*|neighbor\w*|regards|my|our|kjæreste\w*|gjenboer\w*|overfor|født|fødd|f\.|eier|eig|leier|leiger|bestemor\w*|mor|far|kona|ekskona|eksen|han|hun|ho)(?!\w)"
)
_HOUSE = re.compile(
    r"\b(?:rådhus\w*|kulturhus\w*|kommunehus\w*|bibliotek\w*|skole\w*|skule\w*|barnehage\w*|servicetorg\w*|kontoret|samfunnshus\w*|museum\w*|butikk\w*|kirke\w*|kyrkj\w*|kafé\w*|restaurant\w*|nav|legevakt\w*|helsehus\w*|idrettshall\w*|"
    r"besøksadresse\w*|byggesak\w*|byggjesak\w*|arrangement\w*|kl|klokka|konsert\w*|møte\w*|innsyn)\b"
)


def find(reading: Reading) -> Iterator[Found]:
    words = reading.words
    for at in range(1, len(words)):
        word = words[at]
        if word.isdigit() and len(word) <= 4 and words[at - 1].endswith(_ENDINGS):
            yield from _judged(reading, at)
        elif word in ("nr",) and at + 1 < len(words) and words[at + 1].isdigit() and words[at - 1].endswith(_ENDINGS):
            yield from _judged(reading, at + 1)


def _judged(reading: Reading, number: int) -> Iterator[Found]:
    words, street = reading.words, number - 1 if reading.words[number - 1] != "nr" else number - 2
    last = number
    if last + 1 < len(words) and len(words[last + 1]) == 1 and words[last + 1] in "abcdefgh" and _near(reading, last):
        last += 1
    if last + 1 < len(words) and words[last + 1] in _UNIT:
        return
    if last + 2 < len(words) and len(words[last + 1]) == 4 and words[last + 1].isdigit() and words[last + 2].isalpha():
        last += 2
    first = street
    while first > 0 and street - first < 3 and _named(reading, first, words[street] in _STREET_ALONE):
        first -= 1
    low, high = _sentence(reading.plain, reading.at[first], reading.at[last])
    around = reading.plain[low : reading.at[first]] + " " + reading.plain[reading.upto[last] : high]
    if _LIVES.search(around) and not _HOUSE.search(around):
        yield Found("adresse", reading.at[first], reading.upto[last], "personal.address")


def _near(reading: Reading, word: int) -> bool:
    return reading.at[word + 1] - reading.upto[word] <= 1


def _named(reading: Reading, word: int, alone: bool) -> bool:
    """Whether the word before belongs to the street's name: written large, as the street is, or the street is no name."""
    start = reading.starts[word - 1]
    if reading.at[word] - reading.upto[word - 1] != 1 or reading.words[word - 1] in _SMALL:
        return False
    return (
        (alone and word - 1 >= 0)
        if not reading.text[start].isupper()
        else (alone or reading.text[reading.starts[word]].isupper())
    )


_SMALL = frozenset("i på ved fra frå til utenfor utafor jeg eg bor bur min mi hos heter er adresse hilsen og".split())


def _sentence(plain: str, start: int, end: int) -> tuple[int, int]:
    """The line or sentence around a place, at most 120 characters to each side."""
    low = max(0, start - 120)
    for mark in ("! ", "? ", "\n"):
        found = plain.rfind(mark, low, start)
        low = max(low, found + 1)
    high = min(len(plain), end + 80)
    for mark in ("!", "?", "\n", ". "):
        found = plain.find(mark, end, high)
        if found >= 0:
            high = min(high, found)
    return low, high
