"""Something that cannot wait; candles, teams and exercises can."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Lyset brenner hele natta på rådhuset",
        "Brannvesenet hadde øvelse",
        "Takk til brannvesenet",
        "Når kommer influensavaksinen, én sprøyte eller to?",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("emergency", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("emergency.now", "Det brenner i blokka"),
        ("emergency.now", "Ring ambulanse"),
        ("emergency.now", "En mann ligger bevisstløs"),
        ("emergency.danger", "Kumlokket mangler"),
        ("emergency.danger", "Brukte sprøyter ved lekeplassen"),
        ("emergency.danger", "Strømkabelen henger løs over stien"),
        ("emergency.life", "Jeg orker ikke leve lenger"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("emergency", text)
