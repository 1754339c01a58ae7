"""A worry for a child at home; roads, schools and budgets are not that."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Skoleveien er farlig for barn",
        "Barnehagen mangler folk, barna får lite oppfølging",
        "Ungene leker så fint her",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("child_welfare", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("child_welfare.worry", "Jeg er bekymret for jenta hos naboen"),
        ("child_welfare.worry", "Hvor sender jeg bekymringsmelding?"),
        ("child_welfare.signs", "Barna er alene hjemme hver natt"),
        ("child_welfare.signs", "Gutten har blåmerker hver mandag"),
        ("child_welfare.signs", "Naboen slår ungene"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("child_welfare", text)
