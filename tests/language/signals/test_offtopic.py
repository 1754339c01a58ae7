"""What has nothing to do with the body."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen selger skolen",
        "Når åpner biblioteket?",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("offtopic", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("offtopic.sale", "Selger sofa, 500 kr"),
        ("offtopic.sale", "Til salgs: båt"),
        ("offtopic.lost", "Noen som har sett katten vår"),
        ("offtopic.chat", "Så du MGP i går"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("offtopic", text)
