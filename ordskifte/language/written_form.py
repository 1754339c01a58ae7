"""Which language a text is in, and for Norwegian which written form: bokmål or nynorsk.

Four gates from sure to unsure: the script, North Sámi's own letters, the small words of neighbours and English, and at
last a naive Bayes table for bokmål against nynorsk (`written_form.tsv`), helped by words that only one of them has.
Dialect leans on bokmål unless it writes nynorsk's own words. Where the score is small the answer is given with a doubt.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from ordskifte.language.reading import Reading, read
from ordskifte.language.small_words import (
    BOKMAAL,
    CLEARLY_ENGLISH,
    CLEARLY_NEIGHBOUR,
    DIALECT,
    ENGLISH,
    NEIGHBOURS,
    NEITHER,
    NORWEGIAN,
    NOT_NEIGHBOUR,
    NYNORSK,
    OTHERS,
    SAMI,
    SPOKEN,
)

TABLE: Final = Path(__file__).with_name("written_form.tsv")

_ENOUGH = 400  # characters to look at
_SURE = 2.5
_SAMI_LETTER = re.compile(r"[čđŋšŧž]|á(?=[bcdfghjklmnprstvčđŋšŧž])")
_FOREIGN_SCRIPT = re.compile(
    "[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff\uff66-\uffdc\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_LATIN = re.compile("[a-zæøåäöéèüáčđŋšŧž]")
_FOREIGN_LETTER: Final = {
    "ö": 1.5,
    "ä": 2.0,
    "ß": 3,
    "ł": 3,
    "ż": 3,
    "ś": 3,
    "ę": 3,
    "ą": 3,
    "ñ": 3,
    "ğ": 3,
    "ı": 2,
    "ų": 3,
    "ė": 3,
    "ū": 2,
    "ț": 3,
    "ș": 3,
    "ã": 2,
    "õ": 1,
    "ê": 0.3,
    "ç": 1.5,
    "î": 1.5,
    "ě": 3,
    "ř": 3,
    "ű": 3,
    "ő": 3,
    "ā": 2,
    "ī": 2,
    "ņ": 2,
    "ļ": 2,
    "¿": 3,
    "ć": 3,
    "ź": 3,
    "ń": 3,
}


class Form(NamedTuple):
    """`lang` is nb, nn, se, en or other; `sure` is false when the next best is close."""

    lang: str
    sure: bool


def pieces(text: str) -> Iterator[str]:
    """The words of a text, marked `=`, and each word's pieces of 2 to 5 letters with its edges (`_`)."""
    for word in _WORD.findall(text.lower()):
        yield "=" + word
        edged = f"_{word}_"
        size = len(edged)
        for length in (2, 3, 4, 5):
            for at in range(size - length + 1):
                yield edged[at : at + length]


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _weights() -> dict[str, int]:
    weights = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            piece, _, weight = line.partition("\t")
            weights[piece] = int(weight)
    return weights


def word_score(word: str) -> float:
    """How much one word speaks for nynorsk (above 0) or bokmål (below 0)."""
    weights = _weights()
    return sum(weights.get(piece, 0) for piece in pieces(word)) / 100


_MOST_WORDS = 80  # fewer than a byte counts to
_LISTS: Final = (ENGLISH, NORWEGIAN, DIALECT, NOT_NEIGHBOUR, *NEIGHBOURS.values(), *OTHERS.values())
_NEIGHBOURS_AT = 4
_SAMI_AT, _NOT_SAMI_AT, _COUNT_AT = len(_LISTS), len(_LISTS) + 1, len(_LISTS) + 2


class _Word(NamedTuple):
    """What one word says: a byte for each list it stands in, and how much it speaks for nynorsk (below 0: bokmål)."""

    lists: int
    score: float
    nynorsk: bool  # bokmål would write it otherwise
    spoken: float = 0  # so much of the score that dialect would say as well


@lru_cache(maxsize=20_000)
def _word(word: str) -> _Word:
    if not word.replace("-", "").isalpha():
        return _Word(0, 0, False)
    sami = word in SAMI
    found = [at for at, known in enumerate(_LISTS) if word in known]
    if sami or (not word.isascii() and _SAMI_LETTER.search(word)):
        found.append(_SAMI_AT)
    if word in NORWEGIAN and not sami:
        found.append(_NOT_SAMI_AT)
    score = word_score(word) * _OF_A_WORD if len(word) < _LONGEST and word not in NEITHER else 0
    tells = score >= _TELLS_NYNORSK
    if word in NYNORSK:
        score, tells = score + 4, True
    elif len(word) > 5 and word.endswith(_NYNORSK_ENDINGS) and not word.endswith(_NOT_NYNORSK):
        score, tells = max(score, 0) + 3, True
    elif len(word) > 5 and word.endswith(_BOKMAAL_ENDINGS):
        score, tells = min(score, 0) - 3, False
    elif word in BOKMAAL:
        score, tells = score - 4, False
    else:
        score = max(-_MOST_OF_A_WORD, min(_MOST_OF_A_WORD, score))
    if word in DIALECT:
        score -= 3
    counts = sum(1 << 8 * at for at in (*found, _COUNT_AT))
    if word in CLEARLY_NEIGHBOUR:
        counts += sum(2 << 8 * at for at in range(_NEIGHBOURS_AT, _NEIGHBOURS_AT + len(NEIGHBOURS)))
    if word in CLEARLY_ENGLISH:
        counts += 1
    return _Word(counts, score, tells, max(score, 0) if word in SPOKEN else 0)


def written_form(text: str) -> Form:
    """The language of a text."""
    return form_of(read(text[: 4 * _ENOUGH]))


def form_of(reading: Reading) -> Form:
    """The language of a text that is read already."""
    plain = reading.plain[:_ENOUGH] if len(reading.plain) > _ENOUGH else reading.plain
    if not plain.isascii():
        foreign = len(_FOREIGN_SCRIPT.findall(plain))
        if foreign and foreign > len(_LATIN.findall(plain)):
            return Form("other", True)
    words = [_word(word) for word in reading.words[:_MOST_WORDS]]
    counts = sum([word.lists for word in words]).to_bytes(_COUNT_AT + 1, "little")
    english, norwegian, dialect, not_neighbour = counts[:_NEIGHBOURS_AT]
    if not counts[_COUNT_AT]:
        return Form("other", False)
    sami = counts[_SAMI_AT]
    if sami and sami * 4 >= counts[_COUNT_AT] and sami > counts[_NOT_SAMI_AT]:
        return Form("se", sami >= 2 or counts[_COUNT_AT] == 1)
    neighbour = max(
        counts[_NEIGHBOURS_AT : _NEIGHBOURS_AT + len(NEIGHBOURS)]
    )  # more of Danish or Swedish words than of those only we have
    if neighbour > 1 and neighbour > 1.5 * not_neighbour:
        return Form("other", True)
    other: float = max(counts[_NEIGHBOURS_AT + len(NEIGHBOURS) : _SAMI_AT])
    if not plain.isascii():
        other += sum(weight for letter, weight in _FOREIGN_LETTER.items() if letter in plain)
    if english > max(norwegian, other):
        return Form("en", english - norwegian >= 2 and english >= 1.5 * norwegian)
    if other > norwegian and other > 1:
        return Form("other", other - norwegian >= 2)
    return _norwegian(words, known=bool(norwegian), dialect=bool(dialect))


def _norwegian(words: list[_Word], *, known: bool, dialect: bool) -> Form:
    score = _MOST_WRITE_BOKMAAL + sum([word.score for word in words])
    if dialect:
        score -= sum([word.spoken for word in words])
    if score > 0 and not any(word.nynorsk for word in words):  # many neutral words are not enough
        return Form("nb", False)
    return Form("nn" if score > 0 else "nb", known and abs(score) >= _SURE and not dialect)


_LONGEST = 40
_OF_A_WORD = 0.2
_MOST_OF_A_WORD = 4.0  # a word that no list holds is guessed by its letters: never so loud as one that is known
_NYNORSK_ENDINGS = ("leg", "lege", "legare", "heit", "heita", "ast", "ande", "ingane", "arane", "ane", "ar")
_NOT_NYNORSK = (
    "svar", "vikar", "mentar", "nuar", "ruar", "minar", "plar", "tekar", "ktar", "gitar", "dollar", "klar", "bar", "far", "entar", "radar",
    "hane", "bane", "plane", "vane", "membrane", "ordinar", "kaviar", "mellomlande", "lande", "vande",
)  # fmt: skip
_BOKMAAL_ENDINGS = ("lig", "lige", "ligere", "het", "heten", "else", "elsen", "elser", "elsene", "ende")
_TELLS_NYNORSK = 3.0
_MOST_WRITE_BOKMAAL = -1.5
