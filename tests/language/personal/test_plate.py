"""Personal data, plate: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "KS 12345 er et skip",
        "AB12 er et kurs",
        "Rute EB 1234 går nå",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("regnr", "bilen DR 54321 sperrer"),
        ("regnr", "ek11223 kjører for fort"),
        ("regnr", "Grå Volvo SV99887"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
