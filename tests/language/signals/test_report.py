"""Something that the body should mend; what is mended already is none."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Dere har fikset hullet i veien, takk",
        "Når åpner biblioteket?",
        "Ordføreren lytter ikke",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("report", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("report.defect", "Gatelyset ved kirka er mørkt"),
        ("report.defect", "The bench is broken"),
        ("report.lies", "Det ligger glass på lekeplassen"),
        ("report.water", "Brunt vann i springen"),
        ("report.tells", "Melder om ødelagt gjerde"),
        ("report.animals", "Rotter ved skolen"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("report", text)
