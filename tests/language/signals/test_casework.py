"""The writer's own case, or that of someone near."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Når åpner biblioteket?",
        "Det er for lite penger til skolen",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("casework", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("casework.own", "Når får jeg svar på søknaden min?"),
        ("casework.own", "Har kommunen behandlet byggesøknaden vår?"),
        ("casework.act", "Jeg trekker søknaden"),
        ("casework.act", "Vi takker ja til plassen"),
        ("casework.party", "Jeg er part i saken"),
        ("casework.number", "Sak 2026/12 ligger hos dere"),
        ("casework.refused", "Vi fikk avslag på barnehageplass"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("casework", text)
