"""Personal data, spelled: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "En to tre, så er vi i gang",
        "Fire + fire er åtte",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("telefon", "ring ni en to tre fire fem seks sju"),
        ("fnr", "null tre åtte ni fem fem tre sju sju sju en"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
