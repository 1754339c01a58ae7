"""Personal data, health: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Dere er jo helt blinde",
        "Psykisk helse er tema",
        "Mer penger til demente",
        "Kreft rammer mange",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("helse", "Far har Alzheimer"),
        ("helse", "Jeg er gravid"),
        ("helse", "Guten vår har diabetes"),
        ("helse", "Svigermor ble innlagt i går"),
        ("helse", "My mother has dementia"),
        ("helse", "Broren min prøvde å ta livet av seg"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
