"""Blame, scorn, sarcasm and ideas."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Når åpner biblioteket?",
        "Gatelyset ved kirka er mørkt",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("criticism", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("criticism.words", "For en skandale"),
        ("criticism.oaths", "Faen heller"),
        ("criticism.politics", "Politikerne kutter igjen"),
        ("criticism.phrases", "Hva er vitsen med dette?"),
        ("criticism.sarcasm", "Flott at dere skal stenge hallen"),
        ("criticism.eyes", "Jaha 🙄"),
        ("criticism.why", "Hvorfor gjør dere dette?"),
        ("criticism.ideas", "Kommunen bør bygge mer"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("criticism", text)
