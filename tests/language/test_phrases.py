"""Phrases as rules write them."""

import pytest

from ordskifte.language.phrases import Index, parse
from ordskifte.language.reading import read

CLASSES = {"me": "jeg eg", "not": "ikke ikkje", "all": "@me @not"}


def found(line: str, text: str) -> list[str]:
    reading = read(text)
    hits = Index([(0, parse(line, CLASSES))]).find(reading).get(0, [])
    return [" ".join(reading.words[first : last + 1]) for first, last in hits]


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("klage", "en klage her", ["klage"]),
        ("klage", "klager", []),
        ("klag*", "klager", ["klager"]),
        ("*gebyr", "tilsynsgebyr", ["tilsynsgebyr"]),
        ("@me klager", "eg klager", ["eg klager"]),
        ("@all klager", "ikkje klager", ["ikkje klager"]),
        ("ikke ..2 enig", "ikke helt og enig", ["ikke helt og enig"]),
        ("ikke ..1 enig", "ikke helt og enig", []),
        ("ikke ..3 enig", "ikke. enig", []),
        ("veldig? bra jobb", "bra jobb", ["bra jobb"]),
        ("veldig? bra jobb", "veldig bra jobb", ["veldig bra jobb"]),
        ("!ikke bra", "ikke bra", []),
        ("!ikke bra", "så bra", ["så bra"]),
        ("< klage", "en klage", []),
        ("< klage", "ja. klage nå", ["klage"]),
        ("klage >", "en klage", ["klage"]),
        ("klage >", "klage nå", []),
        ("far ..2 [ har angst ]", "far har angst", ["har angst"]),
    ],
)
def test_a_phrase_finds_what_it_says(line: str, text: str, expected: list[str]) -> None:
    assert found(line, text) == expected


@pytest.mark.parametrize("line", ["", "..3", "*"])
def test_what_is_no_phrase_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        parse(line, CLASSES)


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(KeyError):
        parse("@nobody here", CLASSES)


def test_gaps_never_look_at_more_of_the_text_than_they_say() -> None:
    """Each word is looked at a bounded number of times: the work doubles when the text does."""
    phrase = parse("ikke ..6 ikke ..6 ikke ..6 enig", CLASSES)
    looked = 0
    fits = type(phrase.elements[0]).fits

    class Counting:
        def __init__(self, inner: object) -> None:
            self.inner = inner

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

        def fits(self, word: str) -> bool:
            nonlocal looked
            looked += 1
            return fits(self.inner, word)  # type: ignore[arg-type]

    counted = type(phrase)(
        tuple(Counting(element) for element in phrase.elements),  # type: ignore[misc]
        phrase.anchor,
        phrase.first,
        phrase.last,
    )
    counts = []
    for size in (200, 400):
        looked = 0
        Index([(0, counted)]).find(read("ikke " * size + "enig " * size))
        counts.append(looked)
    assert counts[1] < 2.2 * counts[0]
