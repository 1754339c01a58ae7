"""Versions side by side."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ordskifte.ui.difference import MOST_WORDS, side_by_side


def test_words_that_went_and_came_are_marked() -> None:
    assert side_by_side("Idiotisk planlegging!", "Elendig planlegging!") == (
        "<del>Idiotisk</del> planlegging!",
        "<ins>Elendig</ins> planlegging!",
    )


def test_equal_texts_have_no_marks() -> None:
    assert side_by_side("Hei <b>", "Hei <b>") == ("Hei &lt;b&gt;", "Hei &lt;b&gt;")


def test_what_differs_is_escaped() -> None:
    assert side_by_side("", "<script>")[1] == "<ins>&lt;script&gt;</ins>"


def test_very_different_long_texts_are_marked_as_a_whole() -> None:
    old, new = "a " * (MOST_WORDS + 1), "b " * (MOST_WORDS + 1)
    left, right = side_by_side(old + "slutt", new + "slutt")
    assert (left.count("<del>"), right.count("<ins>")) == (1, 1)
    assert left.endswith("</del> slutt")


def text_of(html: str) -> str:
    return re.sub("</?(ins|del)>", "", html)


@given(st.text("abc .\n", max_size=60), st.text("abc .\n", max_size=60))
def test_each_side_is_its_own_text(old: str, new: str) -> None:
    left, right = side_by_side(old, new)
    assert (text_of(left), text_of(right)) == (old, new)
    assert "<ins>" not in left
    assert "<del>" not in right
