"""A klage needs no form and no word; talk of complaining is none."""

import pytest

from tests.language.rules import spoken


@pytest.mark.parametrize(
    "text",
    [
        "Hvordan klager man på et vedtak?",
        "Når går klagefristen ut?",
        "Folk klager alltid på været",
        "Slutt å klage, da",
        "Kommunestyrets vedtak om å legge ned skolen er feil",
        "Takk for hjelpa med vedtaket",
        "When can one appeal a decision?",
    ],
)
def test_it_stays_silent(text: str) -> None:
    assert spoken("klage", text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("klage.vedtak", "Jeg klager på avslaget"),
        ("klage.vedtak", "Eg klagar på vedtaket om skuleskyss"),
        ("klage.vedtak", "Påklager herved gebyret"),
        ("klage.vedtak", "I want to appeal the decision"),
        ("klage.disagrees", "Vi godtar ikke avslaget"),
        ("klage.disagrees", "Vedtaket er urimelig"),
        ("klage.disagrees", "Eg er usamd i avgjerda"),
        ("klage.disagrees", "Vi finner oss ikke i dette vedtaket"),
        ("klage.again", "Vil ha vedtaket omgjort"),
        ("klage.again", "Ber om ny vurdering av saken"),
        ("klage.again", "Kan dere vurdere søknaden på nytt?"),
        ("klage.refused", "Fikk avslag, det må være feil"),
    ],
)
def test_it_speaks(rule: str, text: str) -> None:
    assert rule in spoken("klage", text)
