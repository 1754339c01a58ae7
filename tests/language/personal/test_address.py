"""Personal data, address: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Hullet er utenfor Storgata 14",
        "Kulturhuset, Kirkegata 2, kl. 19",
        "Jeg bor fem kilometer fra Storgata",
        "Testveien 5 km er asfaltert",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("adresse", "Jeg bor i Testgata 5"),
        ("adresse", "Heime hjå oss i Dømevegen 21 er det mørkt"),
        ("adresse", "Adressen min er Øvre Prøvegate 7b"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
