"""Thanks and good words; thanks beforehand and for nothing are none."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Takk for ingenting",
        "På forhånd takk",
        "Ikke bra",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("praise", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("praise.words", "Tusen takk"),
        ("praise.phrases", "Godt jobba"),
        ("praise.phrases", "Stor ros til biblioteket"),
        ("praise.signs", "❤️"),
        ("praise.weak", "Så fint"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("praise", text)
