"""Personal data, phone: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Ring 116 117",
        "Servicetorget: 55 00 00 00",
        "Vedtak 41234567",
        "41 234 567 kr",
        "22.11.2026",
        "Ring 815 48 333",
        "Prosjekt 40912345",
        "KS 12345",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("telefon", "ring 41 23 45 67"),
        ("telefon", "Mobil 98765432"),
        ("telefon", "+47 900 12 345"),
        ("telefon", "Call +46 70 123 45 67"),
        ("telefon", "tlf 55 12 34 56 hjemme"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
