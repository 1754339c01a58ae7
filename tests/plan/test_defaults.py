"""What a new body starts with."""

import pytest

from ordskifte.plan.defaults import lay_defaults, shipped
from ordskifte.plan.grounds import withdraw_ground
from ordskifte.plan.models import Ground, Place, Promise, SavedReply, Topic
from ordskifte.plan.queries import live_places, open_replies, open_topics, promise_for, published_grounds, working_time
from ordskifte.plan.saved_replies import FILLED, RESPONSE_TYPES, _clean
from ordskifte.plan.viewpoints import refusal
from ordskifte.plan.working_time import working_minutes
from ordskifte.records.models import Entry
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ACTOR = "system:command"


def test_everything_is_laid_once_with_one_entry() -> None:
    assert lay_defaults(actor=ACTOR, at=NOW)
    counts = [model.objects.count() for model in (Ground, Place, Promise, Topic, SavedReply)]
    assert not lay_defaults(actor=ACTOR, at=NOW)
    assert (
        [model.objects.count() for model in (Ground, Place, Promise, Topic, SavedReply)] == counts == [8, 6, 2, 8, 10]
    )
    assert Entry.objects.filter(kind="plan.defaults_laid").count() == 1


def test_a_plan_that_somebody_has_touched_is_left_alone() -> None:
    lay_defaults(actor=ACTOR, at=NOW)
    for ground in published_grounds():
        withdraw_ground(ground.id, actor=ACTOR, at=NOW)
    assert not lay_defaults(actor=ACTOR, at=NOW)
    assert published_grounds() == []


def test_what_others_rely_on_is_there() -> None:
    lay_defaults(actor=ACTOR, at=NOW)
    codes = {ground.code for ground in published_grounds()}
    assert codes >= {"threat", "harassment", "hate", "personal_number", "personal_data", "spam", "illegal"}
    assert set(Place.objects.values_list("purpose", flat=True)) == {
        "casework",
        "access",
        "complaint",
        "emergency",
        "press",
        "privacy",
    }
    assert {reply.kind for reply in open_replies()} == set(RESPONSE_TYPES)
    assert len(open_topics()) == 8
    assert promise_for(None, "comment", at=NOW) is not None
    assert promise_for(None, "message", at=NOW) is not None
    week = NOW.replace(day=9, hour=0), NOW.replace(day=16, hour=0)
    assert working_minutes(*week, working_time(None)) == 5 * 450


def test_a_place_without_an_address_is_dead_until_it_has_one() -> None:
    lay_defaults(actor=ACTOR, at=NOW)
    assert {place.purpose for place in live_places()} == {"emergency", "access", "complaint"}
    assert set(Place.objects.filter(dead_why="address").values_list("purpose", flat=True)) == {
        "casework",
        "press",
        "privacy",
    }


def test_the_shipped_texts_are_in_three_languages_and_pass_our_own_rules() -> None:
    data = shipped()
    assert data["valid_from"]
    assert data["sources"]
    for rows, fields in (
        ("grounds", ("names", "examples")),
        ("places", ("names",)),
        ("topics", ("names",)),
        ("saved_replies", ("texts",)),
    ):
        for row in data[rows]:
            assert all(sorted(row[field]) == ["en", "nb", "nn"] and all(row[field].values()) for field in fields)
    assert [refusal(name) for row in data["grounds"] for name in row["names"].values()] == [None] * 24
    for row in data["saved_replies"]:
        assert _clean(row["name"], row["kind"], row["texts"], None)["texts"] == row["texts"]
    assert "when" in FILLED
