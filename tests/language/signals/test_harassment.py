"""Harassment is aimed at a person or a group; those who govern must bear hard words."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Ordføreren er en klovn",
        "Politikerne er rotter alle sammen",
        "For et stygt bygg",
        "Noen ropte «svarting» etter sønnen min",
        "Rotter i kjelleren på skolen",
        "Slike som deg trenger vi flere av",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("harassment", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("harassment.appearance", "Du er så stygg"),
        ("harassment.appearance", "Hun på bildet er feit"),
        ("harassment.dehumanises", "Du er en rotte"),
        ("harassment.away", "Gå og heng deg"),
        ("harassment.away", "Dra hjem dit du kom fra"),
        ("harassment.slur", "Hold kjeft, din jævla hore"),
        ("harassment.sexual", "Vis puppene da"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("harassment", text)
