"""Suggestions: in the writer's form, with place, name and day filled in; nearest first."""

from datetime import timedelta

import pytest

from ordskifte.converse.answering import answer_form
from ordskifte.converse.models import Conversation, Draft
from ordskifte.language.commitments import find_commitments
from ordskifte.people.models import Role
from ordskifte.plan.models import SavedReply
from tests.converse.world import WORKDAY, ask, make_place, make_topic, set_hours
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db
HOLDING = {
    "nb": "Hei, {name}. Vi svarer deg innen {when}.",
    "nn": "Hei, {name}. Vi svarar deg innan {when}.",
    "en": "Hello, {name}. We will answer you by {when}.",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Hei, Kari Bråten. Vi svarer deg innen mandag 16. mars."),
        ("nn", "Hei, Kari Bråten. Vi svarar deg innan måndag 16. mars."),
        ("en", "Hello, Kari Bråten. We will answer you by Monday 16 March."),
        ("se", "Hei, Kari Bråten. Vi svarer deg innen mandag 16. mars."),
    ],
)
def test_a_holding_reply_names_the_writer_and_a_day_that_becomes_a_task(language: str, text: str) -> None:
    set_hours()
    SavedReply.objects.create(name="Foreløpig", kind="F2", texts=HOLDING)
    one = ask("Når brøyter dere?", by="Kari Bråten")
    Conversation.objects.filter(pk=one.pk).update(language=language)
    one.refresh_from_db()
    (found,) = answer_form(one, make_person(Role.MODERATOR), at=WORKDAY).suggestions
    assert (found.text, found.open) == (text, ())
    due = find_commitments(found.text, at=WORKDAY)[0].due
    assert due is not None
    assert due.date().isoformat() == "2026-03-16"


def test_the_topics_own_stands_first_and_is_put_in_the_field() -> None:
    set_hours()
    unit = make_unit("Teknisk")
    topic = make_topic("Brøyting", ["brøyt"], unit)
    SavedReply.objects.create(name="A", kind="F1", texts={"nb": "Om alt"})
    SavedReply.objects.create(name="B", kind="F1", texts={"nb": "Plogen er ute. Hilsen {unit}"}, topic=topic)
    SavedReply.objects.create(name="C", kind="F1", texts={"nb": "Om annet"}, topic=make_topic("Skole", ["skole"]))
    form = answer_form(ask("Når brøyter dere?"), make_person(Role.MODERATOR), at=WORKDAY)
    assert [one.text for one in form.suggestions] == ["Plogen er ute. Hilsen Teknisk", "Om alt"]
    assert (form.text, form.response) == ("Plogen er ute. Hilsen Teknisk", "F1")


def test_casework_is_met_with_where_to_go_and_a_dead_place_is_not_named() -> None:
    set_hours()
    make_place("Skoleskyss")
    dead = make_place("Nedlagt", dead_since=WORKDAY)
    topic = make_topic("Skyss", ["skyss"], place=dead)
    SavedReply.objects.create(name="Egen sak", kind="F4", texts={"nb": "Ta kontakt med {place}"})
    SavedReply.objects.create(name="Takk", kind="F7", texts={"nb": "Takk!"})
    one = ask("Hva skjer med skyss?")
    Conversation.objects.filter(pk=one.pk).update(kind="casework", topic=topic)
    one.refresh_from_db()
    found = answer_form(one, make_person(Role.MODERATOR), at=WORKDAY).suggestions
    assert found[0].text.startswith("Ta kontakt med Skoleskyss: https://eksempel.example/skyss")
    assert "Nedlagt" not in found[0].text


def test_outside_hours_it_is_said_when_we_open() -> None:
    set_hours()
    SavedReply.objects.create(name="Stengt", kind="F10", texts={"nb": "Vi åpner {when}."})
    night = WORKDAY + timedelta(hours=12)
    form = answer_form(ask(), make_person(Role.MODERATOR), at=night)
    assert (form.suggestions[0].text, form.closed) == ("Vi åpner fredag 13. mars.", True)


def test_a_draft_goes_before_a_suggestion() -> None:
    set_hours()
    person = make_person(Role.MODERATOR)
    one = ask()
    Draft.objects.create(conversation=one, by=person, text="Påbegynt", saved_at=WORKDAY)
    form = answer_form(one, person, at=WORKDAY)
    assert (form.text, form.from_draft) == ("Påbegynt", True)
