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

    class Counting(list[frozenset[int]]):
        looked = 0

        def __getitem__(self, at: object) -> frozenset[int]:  # type: ignore[override]
            self.looked += 1
            return super().__getitem__(at)  # type: ignore[index,no-any-return,call-overload]

    counts = []
    for size in (200, 400):
        fitting = Counting([frozenset((0,))] * size + [frozenset((1,))] * size)
        for at in range(size, 2 * size):
            phrase.at((0, 0, 0, 1), fitting, 0, 2 * size, at)
        counts.append(fitting.looked)
    assert 0 < counts[1] < 2.2 * counts[0]


def test_an_index_that_forgot_a_word_finds_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ordskifte.language.phrases._MOST_KNOWN", 3)
    index = Index([(0, parse("klag* ..3 vedtak*", CLASSES)), (1, parse("på ..1 *gebyret", CLASSES))])
    text = read("Vi klaget i dag på vedtaket og på tilsynsgebyret")
    assert [index.find(text) for _ in range(3)] == [{0: [(1, 5)], 1: [(7, 8)]}] * 3
