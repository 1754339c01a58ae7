"""One sign each; the proposal to remove asks for two."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Hva koster det å leie hallen?",
        "Kommunen inviterer til folkemøte",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("spam", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("spam.offer", "Billige følgere til alle"),
        ("spam.offer", "Få lån på dagen"),
        ("spam.lure", "Klikk her nå"),
        ("spam.lure", "Skriv til meg på telegram"),
        ("spam.shout", "Helt uten risiko"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("spam", text)
