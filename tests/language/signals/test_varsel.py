"""A warning of censurable conditions; weather and neighbours are warned of too."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Gult farevarsel for Vestlandet",
        "Nabovarselet ligger i posten",
        "Varsel om stenging av vannet i morgen",
        "Hvordan varsler man?",
        "Det ble ikke varslet om brøyting",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("varsel", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("varsel.named", "Jeg vil varsle om juks med timelister"),
        ("varsel.named", "Dette er et varsel"),
        ("varsel.named", "Det er kritikkverdige forhold på avdelingen"),
        ("varsel.wrongdoing", "Vil melde fra om trakassering på jobben"),
        ("varsel.wrongdoing", "Lederen dekker over mobbing"),
        ("varsel.inside", "Eg jobbar der og vi blir trua til å teie"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("varsel", text)
