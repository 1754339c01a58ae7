"""What the fonts have, and what becomes of the rest."""

import sys
from pathlib import Path

import pytest

from ordskifte.records.pdfa.coverage import Coverage, built_in, covered, font_files

ROOT = Path(__file__).resolve().parents[3]


def test_the_list_of_built_in_fonts_is_that_of_the_typst_we_lock() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from typst_coverage import TARGET, listing
    finally:
        sys.path.pop(0)
    assert TARGET.read_text() == listing(), "run tools/typst_coverage.py"


def test_letters_of_the_languages_bodies_write_are_built_in() -> None:
    assert built_in().shown("æøåÆØÅ éèêòóâô čđŋšŧž ČĐŊŠŦŽ «–» ⟨⟩")[1] == ()


def test_an_empty_folder_has_no_fonts(tmp_path: Path) -> None:
    assert font_files(tmp_path) == []
    assert font_files(tmp_path / "missing") == []
    assert not covered([]).holds(ord("a"))


@pytest.mark.parametrize(
    ("text", "shown", "named"),
    [
        ("abc", "abc", ()),
        ("a\r\nb\rc", "a\nbc", ()),
        ("a\tb\u2028c\u2029d\x85e", "a b\nc\nd\ne", ()),
        ("b", "b", ()),
        ("z", "<U+007A>", ("U+007A",)),
        ("\u202ab", "<U+202A>b", ("U+202A",)),
        ("a\u200d\ufe0f\u00ad", "a\u200d\ufe0f\u00ad", ()),
        ("é", "e\u0301", ()),
    ],
)
def test_text_as_the_document_shows_it(text: str, shown: str, named: tuple[str, ...]) -> None:
    small = Coverage.of(map(ord, "abcde \u0301"))
    assert small.shown(text) == (shown, named)


def test_a_character_can_be_taken_away() -> None:
    small = Coverage.of(map(ord, "ab"))
    assert [small.without("a").holds(ord(one)) for one in "ab"] == [False, True]
