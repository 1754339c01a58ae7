"""Personal data, papers: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Passet må fornyes",
        "Passkontoret åpner 0800",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pass", "Passnummer CCA123456"),
        ("duf", "DUF 201612345601"),
        ("fnr", "fødselsnr 12813456789"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
