"""What became of a reply: clocks that stop or go on, commitments, trouble."""

from datetime import timedelta

import pytest

from ordskifte.converse.models import Answered, Conversation, Draft, State, Task, Turn
from ordskifte.converse.sent import on_sent
from ordskifte.publish.models import Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.publish.outbox import withdraw
from ordskifte.records.models import Entry
from tests.converse.world import WORKDAY, answer, arrive, ask, make_promise, set_hours
from tests.factories import make_channel, make_person, say

pytestmark = pytest.mark.django_db
LATER = WORKDAY + timedelta(hours=1)


def test_the_first_answer_stops_the_clock_and_closes() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    due = one.due_at
    row = answer(one, at=LATER)
    assert (one.state, one.turn, one.due_at, one.responded_at) == (State.DONE, Turn.THEIRS, None, LATER)
    kept = Answered.objects.get()
    assert (kept.outbox_id, kept.due_at, kept.in_time, kept.response_type) == (row.pk, due, True, "F1")
    assert Entry.objects.filter(kind="conversation.answered", record_id=one.pk).count() == 1


def test_an_answer_after_the_deadline_is_late() -> None:
    set_hours()
    make_promise(1)
    one = ask()
    answer(one, at=WORKDAY + timedelta(hours=2))
    assert Answered.objects.get().in_time is False


def test_a_receipt_that_comes_twice_answers_once() -> None:
    one = ask()
    row = answer(one)
    Outbox.objects.filter(pk=row.pk).update(state=Sent.CONFIRMED)
    on_sent(row.pk, at=LATER)
    assert Answered.objects.count() == 1


def test_a_holding_reply_is_kept_apart_and_the_clock_goes_on() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    due = one.due_at
    answer(one, "Vi undersøker dette og svarer deg på tirsdag.", "F2", at=LATER)
    assert (one.state, one.turn, one.due_at, one.held_at) == (State.OPEN, Turn.OURS, due, LATER)
    assert (Answered.objects.get().holding, one.responded_at) == (True, None)
    assert one.follow_up_at is not None


def test_a_holding_reply_keeps_a_promise_that_says_so() -> None:
    set_hours()
    make_promise(4, holding_counts=True)
    one = ask()
    answer(one, "Vi svarer deg på tirsdag.", "F2", at=LATER)
    assert (one.due_at, one.responded_at, one.turn, one.state) == (None, LATER, Turn.OURS, State.OPEN)


@pytest.mark.parametrize(
    "text", ["Vi kommer tilbake på tirsdag.", "Vi kjem attende til deg tysdag.", "We will come back on Tuesday."]
)
def test_what_we_promise_becomes_a_task_with_its_date(text: str) -> None:
    person = make_person("moderator")
    one = ask()
    answer(one, f"Hei! {text}", by=person.pk)
    task = Task.objects.get(kind="commitment")
    assert (task.says, task.assignee_id, task.due_at is not None) == (text, person.pk, True)
    assert (one.state, one.follow_up_at) == (State.WAITING, task.due_at)


def test_another_who_still_waits_keeps_a_clock_of_their_own() -> None:
    set_hours()
    make_promise(4)
    channel = make_channel()
    post = say(channel, "Det snør.", ours=True, by="Kommunen")
    per = say(channel, "Når brøyter dere Storgata?", by="Per", parent=post)
    arrive(per)
    kari = say(channel, "Når brøyter dere Lia?", by="Kari", parent=post, at=WORKDAY + timedelta(minutes=30))
    arrive(kari, at=WORKDAY + timedelta(minutes=30))
    one = Conversation.objects.get()
    answer(one, at=LATER, target=per)
    assert (one.state, one.turn, one.newest_id) == (State.OPEN, Turn.OURS, kari.pk)
    assert one.clock_from == WORKDAY + timedelta(minutes=30)
    answer(one, at=LATER, target=kari)
    assert one.state == State.DONE


def test_praise_that_stands_beside_does_not_hold_it_open() -> None:
    channel = make_channel()
    post = say(channel, "Det snør.", ours=True, by="Kommunen")
    asked, praise = (
        say(channel, "Når?", by="Per", parent=post),
        say(channel, "Takk for flott brøyting!", by="Kari", parent=post),
    )
    arrive(asked, praise)
    one = Conversation.objects.get()
    answer(one, target=asked)
    assert one.state == State.DONE


@pytest.mark.parametrize(("state", "kind"), [(Sent.FAILED, "failed"), (Sent.UNKNOWN, "unknown")])
def test_trouble_gives_a_task_and_the_conversation_back(state: str, kind: str) -> None:
    person = make_person("moderator")
    one = ask()
    row = answer(one, state=state, by=person.pk)
    task = Task.objects.get()
    assert (task.kind, task.outbox_id, task.assignee_id) == (kind, row.pk, person.pk)
    assert (one.state, one.turn, Answered.objects.count()) == (State.OPEN, Turn.OURS, 0)
    on_sent(row.pk, at=LATER)
    assert Task.objects.count() == 1
    Outbox.objects.filter(pk=row.pk).update(state=Sent.CONFIRMED)
    on_sent(row.pk, at=LATER)
    task.refresh_from_db()
    assert (task.done_at, Answered.objects.count()) == (LATER, 1)


def test_a_reply_for_a_person_to_post_is_a_task_until_it_stands_there() -> None:
    one = ask()
    row = answer(one, state=Sent.CLAIMED)
    assert Task.objects.count() == 0  # a worker has it
    Outbox.objects.filter(pk=row.pk).update(claimed_by="hand-off")
    on_sent(row.pk, at=LATER)
    assert Task.objects.get().kind == "hand_off"
    Outbox.objects.filter(pk=row.pk).update(state=Sent.CONFIRMED)
    on_sent(row.pk, at=LATER)
    assert Task.objects.get().done_at == LATER


def test_a_reply_that_is_taken_back_is_a_draft_again() -> None:
    person = make_person("moderator")
    one = ask()
    row = answer(one, "Vi ser på det.", state=Sent.SCHEDULED, by=person.pk)
    Conversation.objects.filter(pk=one.pk).update(state=State.WAITING)
    withdraw(row.pk, actor=f"person:{person.pk}", at=LATER)
    on_sent(row.pk, at=LATER)
    one.refresh_from_db()
    assert (one.state, Draft.objects.get().text) == (State.OPEN, "Vi ser på det.")


def test_reasons_for_a_measure_answer_nothing() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    due = one.due_at
    row = answer(one, state=Sent.SCHEDULED)
    Outbox.objects.filter(pk=row.pk).update(state=Sent.SENT, details={"about": "measure"})
    on_sent(row.pk, at=LATER)
    one.refresh_from_db()
    assert (one.due_at, Answered.objects.count()) == (due, 0)
