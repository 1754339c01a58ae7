import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels.exports.meta import dict_of, dicts_of, media_type_of, repaired


@pytest.mark.parametrize(
    ("given_", "right"),
    [
        ("blÃ¥bÃ¦r", "blåbær"),
        ("TÃ\x98S", "TØS"),
        ("ð\x9f\x98\x80 hei", "😀 hei"),
        ("blåbær", "blåbær"),
        ("søt 😀", "søt 😀"),
        ("Ã¥ 😀", "Ã¥ 😀"),
        ("rett fram", "rett fram"),
        ("Ã", "Ã"),
        ("Ж", "Ж"),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_text_is_repaired_only_when_all_of_it_is_broken(given_: object, right: str) -> None:
    assert repaired(given_) == right


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_every_broken_text_is_repaired(text: str) -> None:
    broken = text.encode().decode("latin-1")
    assert repaired(broken) == text


def test_shapes_of_anything() -> None:
    assert dict_of({"a": 1}) == {"a": 1}
    assert dict_of([1]) == {}
    assert dicts_of([{"a": 1}, 7]) == [{"a": 1}]
    assert dicts_of({"a": 1}) == [{"a": 1}]
    assert dicts_of(None) == []
    assert media_type_of("a/b.JPG?x=1") == "image/jpeg"
    assert media_type_of("a") == ""
