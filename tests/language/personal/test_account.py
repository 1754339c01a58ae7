"""Personal data, account: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Kontrakten er på 12 345 678 901 kroner",
        "Varenummer 98011122330",
        "Kontoret har 11 ansatte",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("konto", "Kontoen er 9801.11.22337"),
        ("konto", "konto 98011122337"),
        ("konto", "NO93 9801 1122 337 er vår"),
        ("kid", "KID 0012345678903 er betalt"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
