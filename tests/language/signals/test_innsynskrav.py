"""A demand for access needs no form; asking where something lies is none."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Hvordan ber man om innsyn?",
        "Kvar finn eg møteboka?",
        "Kan dere sende meg skjemaet?",
        "Dere har ingen innsikt i hverdagen vår",
        "Takk for innsynet i saken",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("innsynskrav", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("innsynskrav.innsyn", "Jeg ber om innsyn i kontrakten"),
        ("innsynskrav.innsyn", "Krev innsyn etter offentleglova"),
        ("innsynskrav.documents", "Send meg saksdokumentene"),
        ("innsynskrav.documents", "Kan eg få sjå dokumenta i saka?"),
        ("innsynskrav.documents", "Jeg vil ha kopi av rapporten"),
        ("innsynskrav.documents", "Please send me copies of the documents"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("innsynskrav", text)
