"""A crisis stops what is scheduled in one act, shortens promises, and ends without letting anything go by itself."""

from datetime import timedelta

import pytest

from ordskifte.people.models import Role
from ordskifte.plan.models import Promise
from ordskifte.plan.promises import make_promise
from ordskifte.plan.queries import promise_for
from ordskifte.publish import outbox
from ordskifte.publish.crisis import crisis_now, end_crisis, start_crisis, still_stopped
from ordskifte.publish.errors import DraftError
from ordskifte.publish.models import Crisis, State
from ordskifte.records.models import Entry
from tests.factories import make_channel, make_person
from tests.publish.conftest import AT, put
from tests.publish.world import who

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)


def begin(says: str = "Flom i Nes", within: int = 30) -> Crisis:
    lead = make_person(Role.CRISIS_LEAD)
    return start_crisis(says, answer_within=within, unit_of_time="minutes", at=AT, **who(lead))


def test_one_act_stops_posts_and_later_answers_and_leaves_measures_mail_and_answers_of_now() -> None:
    channel = make_channel(kind="bluesky")
    stopped = [
        put(channel, kind="post", send_at=LATER),
        put(channel, kind="profile", send_at=LATER),
        put(channel, kind="reply", send_at=LATER),
        put(channel, kind="edit", send_at=LATER, needs_approval=True),
    ]
    goes_on = [
        put(channel, kind="reply", send_at=AT + timedelta(seconds=10)),
        put(channel, "", kind="hide", send_at=LATER),
        put(None, kind="email", to="a@eksempel.example", subject="Hei", send_at=LATER),
    ]
    crisis = begin()
    assert set(crisis.stopped) == {str(row.id) for row in stopped}
    for row in stopped:
        row.refresh_from_db()
        assert row.state == State.STOPPED
    for row in goes_on:
        row.refresh_from_db()
        assert row.state == State.SCHEDULED
    assert Entry.objects.filter(kind="crisis.started", record_id=crisis.id).count() == 1
    assert Entry.objects.filter(kind="outbox.stopped").count() == 4


def test_there_is_one_crisis_at_a_time_and_it_says_what_has_happened() -> None:
    with pytest.raises(DraftError, match="Say what has happened"):
        begin(" ")
    with pytest.raises(DraftError, match="minutes or hours"):
        begin(within=0)
    begin()
    with pytest.raises(DraftError, match="on already"):
        begin()


def test_promises_are_shorter_while_it_lasts_and_those_before_hold_again() -> None:
    make_promise(
        None, "comment", value=2, unit_of_time="days", clock="working", condition="", holding_counts=False,
        valid_from=AT, actor="system:test", at=AT,
    )  # fmt: skip
    make_promise(
        None, "message", value=10, unit_of_time="minutes", clock="all", condition="", holding_counts=False,
        valid_from=AT, actor="system:test", at=AT,
    )  # fmt: skip
    lead = make_person(Role.CRISIS_LEAD)
    start = AT + timedelta(minutes=1)
    start_crisis("Flom", answer_within=30, unit_of_time="minutes", at=start, **who(lead))
    during = promise_for(None, "comment", at=LATER)
    assert during is not None
    assert (during.value, during.unit_of_time, during.clock) == (30, "minutes", "all")
    shorter = promise_for(None, "message", at=LATER)
    assert shorter is not None
    assert shorter.value == 10  # shorter already
    end_crisis(at=LATER, **who(lead))
    after = promise_for(None, "comment", at=LATER + timedelta(minutes=1))
    assert after is not None
    assert (after.value, after.unit_of_time, after.clock) == (2, "days", "working")


def test_what_somebody_promised_meanwhile_is_left_alone() -> None:
    general = {"condition": "", "holding_counts": False, "actor": "system:test"}
    make_promise(None, "comment", value=2, unit_of_time="days", clock="working", valid_from=AT, at=AT, **general)
    lead = make_person(Role.CRISIS_LEAD)
    start_crisis("Flom", answer_within=30, unit_of_time="minutes", at=AT + timedelta(minutes=1), **who(lead))
    new = make_promise(
        None, "comment", value=3, unit_of_time="hours", clock="all", valid_from=LATER, at=LATER, **general
    )
    end_crisis(at=LATER + timedelta(hours=1), **who(lead))
    assert Promise.objects.get(pk=new.pk).valid_to is None


def test_restart_is_one_by_one() -> None:
    channel = make_channel(kind="bluesky")
    first, second = put(channel, kind="post", send_at=LATER), put(channel, kind="post", send_at=LATER)
    crisis = begin()
    end_crisis(at=LATER, **who(make_person(Role.CRISIS_LEAD)))
    assert crisis_now() is None
    assert {row.id for row in still_stopped(crisis)} == {first.id, second.id}
    outbox.start_again(first.id, actor="x", at=LATER)
    assert [row.id for row in still_stopped(crisis)] == [second.id]
    with pytest.raises(DraftError, match="No crisis is on"):
        end_crisis(at=LATER, **who(make_person(Role.CRISIS_LEAD)))
