"""Places that live and die, topics, and replies that are filled in."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Place, SavedReply, Topic
from ordskifte.plan.places import (
    add_place,
    change_place,
    close_place,
    note_link_answered,
    note_link_failed,
    reopen_place,
)
from ordskifte.plan.queries import live_places, open_replies, open_topics
from ordskifte.plan.saved_replies import add_reply, change_reply, close_reply, fill, place_line, reopen_reply
from ordskifte.plan.topics import add_topic, change_topic, close_topic, reopen_topic
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_unit

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"
JOB = "system:check_places"
DAY = timedelta(days=1)


def place_fields(**more: Any) -> dict[str, Any]:
    return {
        "purpose": "casework",
        "names": {"nb": "Bygg og plan"},
        "unit_id": None,
        "url": "https://eksempel.example/bygg",
        "phone": "12 34 56 78",
        "email": "",
        "hours": "hverdager 9–15",
        **more,
    }


def a_place(**more: Any) -> Place:
    return add_place(**place_fields(**more), actor=ACTOR, at=NOW)


def kinds(record: Any) -> list[str]:
    return [entry.kind for entry in entries_of_record(record.id)]


def lives(place: Place) -> bool:
    return place.pk in {one.pk for one in live_places()}


def test_a_place_lives_until_a_person_closes_it() -> None:
    place = a_place()
    assert (lives(place), [one.pk for one in live_places("casework")], live_places("press")) == (True, [place.pk], [])
    close_place(place.id, actor=ACTOR, at=NOW)
    assert not lives(place)
    assert not note_link_answered(place.id, actor=JOB, at=NOW)  # a link that works does not overrule a person
    assert not lives(place)
    reopen_place(place.id, actor=ACTOR, at=NOW)
    assert lives(place)
    assert kinds(place) == ["place.added", "place.closed", "place.reopened"]


def test_a_link_that_is_gone_kills_at_once_and_one_that_fails_the_next_day() -> None:
    gone, failing = a_place(), a_place()
    assert note_link_failed(gone.id, gone=True, actor=JOB, at=NOW)
    assert not note_link_failed(failing.id, gone=False, actor=JOB, at=NOW)
    assert not note_link_failed(failing.id, gone=False, actor=JOB, at=NOW + timedelta(hours=1))
    assert (lives(gone), lives(failing)) == (False, True)
    assert note_link_failed(failing.id, gone=False, actor=JOB, at=NOW + DAY)
    assert not lives(failing)
    assert not note_link_failed(failing.id, gone=True, actor=JOB, at=NOW + 2 * DAY)
    assert note_link_answered(failing.id, actor=JOB, at=NOW + 3 * DAY)
    assert lives(failing)
    assert kinds(failing) == ["place.added", "place.link_dead", "place.link_answers"]


def test_a_link_that_answers_in_between_is_not_failing() -> None:
    place = a_place()
    note_link_failed(place.id, gone=False, actor=JOB, at=NOW)
    note_link_answered(place.id, actor=JOB, at=NOW + timedelta(hours=1))
    assert not note_link_failed(place.id, gone=False, actor=JOB, at=NOW + DAY)
    assert lives(place)


def test_a_new_link_is_believed_and_a_missing_address_filled_in() -> None:
    dead, bare = (
        a_place(),
        Place.objects.create(purpose="press", names={"nb": "Presse"}, dead_since=NOW, dead_why="address"),
    )
    note_link_failed(dead.id, gone=True, actor=JOB, at=NOW)
    with pytest.raises(PlanError):
        reopen_place(bare.id, actor=ACTOR, at=NOW)
    change_place(dead.id, **place_fields(url="https://eksempel.example/ny"), actor=ACTOR, at=NOW)
    change_place(bare.id, **place_fields(purpose="press", url="", phone="1"), actor=ACTOR, at=NOW)
    assert (lives(dead), lives(bare)) == (True, True)
    assert entries_of_record(dead.id)[-1].details == {"fields": ["url"]}
    close_place(dead.id, actor=ACTOR, at=NOW)
    change_place(dead.id, **place_fields(url="https://eksempel.example/enda-nyere"), actor=ACTOR, at=NOW)
    assert not lives(dead)
    for again in (close_place,):
        with pytest.raises(PlanError):
            again(dead.id, actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        reopen_place(bare.id, actor=ACTOR, at=NOW)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"purpose": "elsewhere"}, "purpose"),
        ({"names": {"nb": " "}}, "names-nb"),
        ({"names": {"nb": "x" * 121}}, "names-nb"),
        ({"url": "", "phone": "", "email": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "eksempel.example"}, "url"),
        ({"url": "https://a:b@eksempel.example/"}, "url"),
        ({"url": f"https://eksempel.example/{'x' * 1000}"}, "url"),
        ({"email": "ikke en adresse"}, "email"),
        ({"unit_id": uuid4()}, "unit"),
    ],
)
def test_a_place_that_nobody_could_reach_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(PlanError) as error:
        a_place(**more)
    assert error.value.field == field
    assert Place.objects.count() == 0


def topic_fields(**more: Any) -> dict[str, Any]:
    return {
        "names": {"nb": "Vei"},
        "words": "Brøyt, strø\n brøyt;hull  i vei",
        "unit_id": None,
        "place_id": None,
        "four_eyes": False,
        **more,
    }


def test_a_topic_has_words_owner_place_and_trust() -> None:
    unit, place = make_unit(), a_place()
    topic = add_topic(**topic_fields(unit_id=unit.id, place_id=place.id), actor=ACTOR, at=NOW)
    assert (topic.words, topic.unit_id, topic.place_id) == (["brøyt", "strø", "hull i vei"], unit.id, place.id)
    change_topic(topic.id, **topic_fields(four_eyes=True), actor=ACTOR, at=NOW)
    change_topic(topic.id, **topic_fields(four_eyes=True), actor=ACTOR, at=NOW)
    assert entries_of_record(topic.id)[-1].details == {
        "fields": ["unit_id", "place_id", "four_eyes"],
        "unit": None,
        "four_eyes": True,
    }
    close_topic(topic.id, actor=ACTOR, at=NOW)
    assert open_topics() == []
    with pytest.raises(PlanError):
        close_topic(topic.id, actor=ACTOR, at=NOW)
    reopen_topic(topic.id, actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        reopen_topic(topic.id, actor=ACTOR, at=NOW)
    assert open_topics() == [topic]
    assert kinds(topic) == ["topic.added", "topic.changed", "topic.closed", "topic.reopened"]


def test_a_topic_never_leads_to_a_dead_place() -> None:
    place = a_place()
    close_place(place.id, actor=ACTOR, at=NOW)
    for more in ({"place_id": place.id}, {"unit_id": uuid4()}, {"words": "ja"}, {"names": {}}, {"words": "x" * 61}):
        with pytest.raises(PlanError):
            add_topic(**topic_fields(**more), actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        add_topic(**topic_fields(words=",".join(f"ord{n}" for n in range(201))), actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        change_topic(uuid4(), **topic_fields(), actor=ACTOR, at=NOW)
    assert Topic.objects.count() == 0


def reply_fields(**more: Any) -> dict[str, Any]:
    return {
        "name": "Egen sak",
        "kind": "F4",
        "texts": {"nb": "Hei, {name}.\r\nTa kontakt med {place}", "en": "Hello, {name}. Please contact {place}"},
        "topic_id": None,
        **more,
    }


def test_a_reply_is_filled_in_the_writers_language() -> None:
    reply, place = add_reply(**reply_fields(), actor=ACTOR, at=NOW), a_place()
    assert fill(reply, "nn", place=place, name="Kari").text == (
        "Hei, Kari.\nTa kontakt med Bygg og plan: https://eksempel.example/bygg, telefon 12 34 56 78, hverdager 9–15"
    )
    assert fill(reply, "en", place=place, name="Kari").text.startswith("Hello, Kari. Please contact Bygg og plan: ")
    bare = fill(reply, "nb")
    assert (bare.text, bare.missing) == ("Hei.\nTa kontakt med {place}", ("place",))
    assert fill(reply, "nb", place=place, name="{unit}").text.startswith("Hei, {unit}.")
    assert place_line(Place(names={"nb": "A"}, phone="1"), "en") == "A: phone 1"


def test_a_dead_place_is_never_filled_in() -> None:
    reply, place = add_reply(**reply_fields(), actor=ACTOR, at=NOW), a_place()
    close_place(place.id, actor=ACTOR, at=NOW)
    place.refresh_from_db()
    assert fill(reply, "nb", place=place, name="Kari").missing == ("place",)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "F11"}, "kind"),
        ({"texts": {"nb": "Hei {navn}"}}, "texts-nb"),
        ({"texts": {"nb": "Hei", "nn": "Hei {person.name}"}}, "texts-nn"),
        ({"texts": {}}, "texts-nb"),
        ({"texts": {"nb": "x" * 5001}}, "texts-nb"),
        ({"topic_id": uuid4()}, "topic"),
    ],
)
def test_a_reply_that_cannot_be_filled_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(PlanError) as error:
        add_reply(**reply_fields(**more), actor=ACTOR, at=NOW)
    assert error.value.field == field
    assert SavedReply.objects.count() == 0


def test_replies_are_changed_closed_and_opened_again() -> None:
    topic = add_topic(**topic_fields(), actor=ACTOR, at=NOW)
    reply = add_reply(**reply_fields(), actor=ACTOR, at=NOW)
    other = add_reply(**reply_fields(name="Vei", topic_id=topic.id), actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        add_reply(**reply_fields(), actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        change_reply(other.id, **reply_fields(), actor=ACTOR, at=NOW)
    change_reply(reply.id, **reply_fields(kind="F3"), actor=ACTOR, at=NOW)
    change_reply(reply.id, **reply_fields(kind="F3"), actor=ACTOR, at=NOW)
    assert [one.name for one in open_replies(topic.id)] == ["Vei", "Egen sak"]
    assert [one.name for one in open_replies(uuid4())] == ["Egen sak"]
    close_reply(reply.id, actor=ACTOR, at=NOW)
    assert open_replies() == [other]
    with pytest.raises(PlanError):
        close_reply(reply.id, actor=ACTOR, at=NOW)
    reopen_reply(reply.id, actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        reopen_reply(reply.id, actor=ACTOR, at=NOW)
    assert kinds(reply) == ["saved_reply.added", "saved_reply.changed", "saved_reply.closed", "saved_reply.reopened"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_are_read_in_one_query(count: int, django_assert_num_queries: Any) -> None:
    for n in range(count):
        place = a_place(unit_id=make_unit().id)
        topic = add_topic(**topic_fields(unit_id=make_unit().id, place_id=place.id), actor=ACTOR, at=NOW)
        add_reply(**reply_fields(name=f"Svar {n}", topic_id=topic.id), actor=ACTOR, at=NOW)
    with django_assert_num_queries(1):
        assert len([(place.unit.name if place.unit else "") for place in live_places()]) == count
    with django_assert_num_queries(1):
        assert all(topic.unit and topic.place for topic in open_topics())
    with django_assert_num_queries(1):
        assert all(reply.topic for reply in open_replies())
