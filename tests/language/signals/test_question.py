"""Questions by mark, by word and by wondering."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Takk for i går",
        "Gatelyset er mørkt",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("question", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("question.mark", "Åpent i dag?"),
        ("question.word", "Hvor er biblioteket"),
        ("question.word", "Kvar er biblioteket"),
        ("question.wonders", "Lurer på om det er åpent"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("question", text)
