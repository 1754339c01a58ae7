"""A service that failed the writer or someone near."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Når åpner biblioteket?",
        "Fin dag på torget",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("complaint", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("complaint.word", "Vil klage på støyen"),
        ("complaint.demands", "Jeg krever svar"),
        ("complaint.waits", "Har ventet i tre uker"),
        ("complaint.fault", "Fakturaen er feil"),
        ("complaint.care", "Mor fikk feil medisin"),
        ("complaint.again", "For tredje gang denne uka"),
        ("complaint.wrong", "Dette holder ikke"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("complaint", text)
