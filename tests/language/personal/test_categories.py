"""Personal data, categories: first what must stay silent. Names, numbers and places are invented."""

import pytest

from tests.language.rules import data


@pytest.mark.parametrize(
    "text",
    [
        "Barnevernet trenger flere folk",
        "Moskeen i byen får ny fasade",
        "Ordføreren er medlem av Arbeiderpartiet",
        "NAV må bli bedre",
        "Homofile skal føle seg trygge",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert data(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("barnevern", "Barnevernet tok barna mine"),
        ("sosial", "Jeg lever på sosialhjelp"),
        ("fagforening", "Hun er medlem av Fagforbundet"),
        ("religion", "Sønnen min er muslim"),
        ("etnisitet", "Som same får jeg aldri svar"),
        ("legning", "Datteren min er lesbisk"),
        ("straff", "Naboen er dømt for vold"),
        ("politikk", "Sjefen min stemmer Høyre"),
    ],
)
def test_it_speaks(kind: str, text: str) -> None:
    assert kind in [found for found, _ in data(text)]
