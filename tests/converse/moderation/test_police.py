"""The report to the police: foreign text is data, nothing is lost unseen, and making it is an act."""

import io

import pytest
from pypdf import PdfReader

from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.police import prepare_report
from ordskifte.people.models import Person, Role
from ordskifte.records.pdfa.render import Fonts
from ordskifte.threads.entries import entries_about
from tests.converse.moderation.factories import HARASSMENT, THREAT, evidence, make_ground, take
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db

FONTS = Fonts()


@pytest.fixture
def moderator() -> Person:
    return make_person(Role.MODERATOR)


def made(text: str, by: Person, name: str = "Nabo i Strandgata") -> str:
    said = say(make_channel(kind="arena"), text, by=name)
    measure = take(said, make_ground("threat"), by, facts="Truer ansatte med juling.")
    report = prepare_report(measure.id, by=by, actor="x", at=NOW, evidence=evidence(), fonts=FONTS)
    assert "police_report.made" in [entry.kind for entry in entries_about([said.id])]
    reader = PdfReader(io.BytesIO(report))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_it_says_what_was_written_by_which_account_and_how_it_is_proved(moderator: Person) -> None:
    text = made(THREAT, moderator)
    for word in (THREAT, "Nabo i Strandgata", "Eksempel kommune", "§ 263", "SHA-256", "Truer ansatte med juling."):
        assert word in text, word


def test_markup_in_foreign_text_is_only_text(moderator: Person) -> None:
    hostile = '#panic("x") = *juling* $x^2$ \\ #read("/etc/passwd") Dere skal få juling, alle på teknisk. <y> @z `raw`'
    text = made(hostile, moderator, name='#set text(0pt) "]')
    assert '#panic("x") = *juling* $x^2$' in text
    assert '#read("/etc/passwd")' in text
    assert '#set text(0pt) "]' in text


def test_what_no_font_has_is_named(moderator: Person) -> None:
    text = made(f"{THREAT} \U0001f52a \u4f60 \u202e abc", moderator)
    for point in ("U+1F52A", "U+4F60", "U+202E"):
        assert point in text, point


def test_numbers_stay_masked(moderator: Person) -> None:
    assert "02013299997" not in made(f"{THREAT} 02013299997", moderator)


def test_only_a_threat_that_was_handled_is_reported(moderator: Person) -> None:
    measure = take(say(make_channel(kind="arena"), HARASSMENT), make_ground(), moderator)
    with pytest.raises(ModerationError):
        prepare_report(measure.id, by=moderator, actor="x", at=NOW, evidence=evidence(), fonts=FONTS)
