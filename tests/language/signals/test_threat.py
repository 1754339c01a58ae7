"""Threats plain and veiled; figures of speech, sport and others' words are none."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Dere dreper sentrum med disse avgiftene",
        "Vi skal slå Brann på søndag",
        "Jeg dør av latter",
        "Noen blir drept i det krysset en dag",
        "Hvor skytes fyrverkeriet opp?",
        "Politiet tok en mann med kniv",
        "«Jeg skal drepe deg» sto det på veggen",
        "Vi kommer til å slåss for skolen",
        "Skyt meg, enda et møte",
        "Pass deg for hull i veien",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("threat", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("threat.violence", "Jeg skal drepe deg"),
        ("threat.violence", "Eg kjem med hagla neste gong"),
        ("threat.violence", "Du fortjener en kule i panna"),
        ("threat.violence", "I will kill you"),
        ("threat.property", "Rådhuset kommer til å brenne"),
        ("threat.property", "Jeg tenner på hele kontoret"),
        ("threat.veiled", "Jeg vet hvor du bor"),
        ("threat.veiled", "Dere kommer til å angre"),
        ("threat.veiled", "Pass deg når du går hjem"),
        ("threat.veiled", "Snart er det din tur"),
        ("threat.wished", "Noen burde skyte rektor"),
        ("threat.wished", "Ordføreren burde henges"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("threat", text)
