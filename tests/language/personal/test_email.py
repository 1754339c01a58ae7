"""Personal data, email: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "post@eksempel.kommune.no",
        "Følg @eksempel",
        "postmottak@example.no svarer ikke",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("epost", "ola.testesen@example.org"),
        ("epost", "kari[at]example.no"),
        ("epost", "per krøllalfa example punktum no"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
