"""A text read once: words, places, sentences, quotes."""

from hypothesis import given
from hypothesis import strategies as st

from ordskifte.language.reading import LONGEST_WORD, read


def test_words_are_in_lower_case_and_know_their_place() -> None:
    reading = read("Hei, KOMMUNE!")
    assert reading.words == ["hei", "kommune"]
    assert [reading.text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)] == ["Hei", "KOMMUNE"]


def test_sentences_end_at_marks_and_lines() -> None:
    assert read("en to. tre\nfire").sentences == [0, 0, 1, 2]


def test_quoted_words_are_known() -> None:
    assert read("han sa «hold kjeft» til meg").quoted == {2, 3}
    assert read('han sa "hold kjeft" til meg').quoted == {2, 3}
    assert read("« uten slutt").quoted == frozenset()


def test_disguises_are_taken_off_and_places_are_those_of_the_text() -> None:
    for text in ("ｋｌａｇｅ", "kla\u200bge", "K\u00adLAGE"):
        reading = read(f"x {text} y")
        assert reading.words == ["x", "klage", "y"]
        assert reading.text[reading.starts[1] : reading.ends[1]] == text


def test_a_loose_ring_is_put_on_its_letter() -> None:
    reading = read("pa\u030a na\u030a")
    assert reading.words == ["på", "nå"]
    assert (reading.starts[1], reading.ends[1]) == (4, 7)


def test_a_very_long_word_is_no_word() -> None:
    assert read("a" * (LONGEST_WORD + 1)).words == [""]


@given(st.text(max_size=200))
def test_places_are_always_inside_the_text(text: str) -> None:
    reading = read(text)
    assert len(reading.words) == len(reading.starts) == len(reading.ends) == len(reading.sentences)
    assert all(0 <= a < b <= len(text) for a, b in zip(reading.starts, reading.ends, strict=True))
    assert reading.starts == sorted(reading.starts)
