"""Personal data, birth: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "22.11.2026 er fristen",
        "17. mai 2026",
        "Fødselsdato skal ikke deles",
        "Folketall 12 345",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fodselsdato", "født 1. mai 1990"),
        ("fodselsdato", "Ola, f. 12.08.77"),
        ("personnummer", "de fem siste er 12345"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
