"""A statement in a hearing, or an association that takes a stand on a plan."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Når er høringsfristen?",
        "Hvor sender man merknader til planen?",
        "Innspill til budsjettet: mer til skolen",
        "God plan for sommeren",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("horingsuttalelse", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("horingsuttalelse.named", "Høringsuttalelse om båndtvang: vi er for"),
        ("horingsuttalelse.named", "Merknad til reguleringsplanen for Sjøsida"),
        ("horingsuttalelse.named", "Innspel til kommuneplanen"),
        ("horingsuttalelse.for_someone", "Velforeningen går imot planforslaget"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("horingsuttalelse", text)
