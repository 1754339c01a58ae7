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
    DIALECT,
    ENGLISH,
    NEIGHBOURS,
    NORWEGIAN,
    NOT_NEIGHBOUR,
    NYNORSK,
    OTHERS,
    SAMI,
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


@lru_cache(maxsize=60_000)
def word_score(word: str) -> float:
    """How much one word speaks for nynorsk (above 0) or bokmål (below 0)."""
    weights = _weights()
    return sum(weights.get(piece, 0) for piece in pieces(word)) / 100


def written_form(text: str) -> Form:
    """The language of a text."""
    return form_of(read(text[: 4 * _ENOUGH]))


def form_of(reading: Reading) -> Form:
    """The language of a text that is read already."""
    plain = reading.plain[:_ENOUGH] if len(reading.plain) > _ENOUGH else reading.plain
    words = [word for word in reading.words[:80] if word and word.isalpha()]
    if not plain.isascii():
        foreign = len(_FOREIGN_SCRIPT.findall(plain))
        if foreign and foreign > len(_LATIN.findall(plain)):
            return Form("other", True)
    if not words:
        return Form("other", False)
    if (sami := _sami(words)) is not None:
        return sami
    if _neighbour(words):
        return Form("other", True)
    english = sum(word in ENGLISH for word in words)
    norwegian = sum(word in NORWEGIAN for word in words)
    other = _other(words, plain)
    if english > max(norwegian, other):
        return Form("en", english - norwegian >= 2 and english >= 1.5 * norwegian)
    if other > norwegian and other > 1:
        return Form("other", other - norwegian >= 2)
    return _norwegian(words, known=bool(norwegian))


def _sami(words: list[str]) -> Form | None:
    own = sum(word in SAMI or (not word.isascii() and _SAMI_LETTER.search(word) is not None) for word in words)
    if own and own * 4 >= len(words) and own > sum(word in NORWEGIAN and word not in SAMI for word in words):
        return Form("se", own >= 2 or len(words) == 1)
    return None


def _neighbour(words: list[str]) -> bool:
    """Whether a text is Danish or Swedish: more of their own words than of those that only Norwegian has."""
    hits = max(sum(word in known for word in words) for known in NEIGHBOURS.values())
    return hits > 1 and hits > 1.5 * sum(word in NOT_NEIGHBOUR for word in words)


def _other(words: list[str], plain: str) -> float:
    best: float = max(sum(word in known for word in words) for known in OTHERS.values())
    if not plain.isascii():
        best += sum(weight for letter, weight in _FOREIGN_LETTER.items() if letter in plain)
    return best


def _norwegian(words: list[str], *, known: bool) -> Form:
    score = _MOST_WRITE_BOKMAAL
    nynorsk = False  # one word at least that bokmål would write otherwise: many neutral ones are not enough
    dialect = 0
    for word in words:
        if word in NYNORSK:
            score += 4
            nynorsk = True
        elif word in BOKMAAL:
            score -= 4
        if word in DIALECT:
            dialect += 1
        of_it = word_score(word) * _OF_A_WORD if len(word) < _LONGEST else 0
        nynorsk = nynorsk or of_it >= _TELLS_NYNORSK
        score += of_it
    if dialect:
        score -= 3 * dialect
    if score > 0 and not nynorsk:
        return Form("nb", False)
    return Form("nn" if score > 0 else "nb", known and abs(score) >= _SURE and dialect == 0)


_LONGEST = 40
_OF_A_WORD = 0.2
_TELLS_NYNORSK = 2.0
_MOST_WRITE_BOKMAAL = -1.5
