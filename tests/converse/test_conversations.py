"""Acts on a conversation: one entry each, serial bumped, undone until somebody else acts."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from ordskifte.converse import conversations as acts
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation, Measure, Note, Notice, Part, State, Step, Task, Turn
from ordskifte.people.models import Person, Role
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Entry
from tests.converse.world import WORKDAY, answer, arrive, ask, make_promise, make_topic, set_hours
from tests.factories import delete, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db
LATER = WORKDAY + timedelta(hours=1)


@pytest.fixture
def me() -> Person:
    return make_person(Role.MODERATOR)


def fresh(one: Conversation) -> Conversation:
    return Conversation.objects.get(pk=one.pk)


Act = Callable[[Conversation, UUID], Step]
ONES: dict[str, Act] = {
    "assigned": lambda one, by: acts.take(one.pk, by=by, at=LATER),
    "handed_over": lambda one, by: acts.hand_over(one.pk, make_unit().pk, note="Se her", by=by, at=LATER),
    "snoozed": lambda one, by: acts.snooze(one.pk, LATER + timedelta(hours=1), by=by, at=LATER),
    "follow_up_set": lambda one, by: acts.follow_up(one.pk, LATER + timedelta(days=3), by=by, at=LATER),
    "waiting": lambda one, by: acts.wait_for_others(one.pk, by=by, at=LATER),
    "topic_set": lambda one, by: acts.set_topic(one.pk, make_topic("Vei", []).pk, by=by, at=LATER),
    "merged": lambda one, by: acts.merge(one.pk, ask(channel=one.channel).pk, by=by, at=LATER),
}


@pytest.mark.parametrize("name", ONES)
def test_an_act_is_one_entry_and_can_be_undone(name: str, me: Person) -> None:
    set_hours()
    make_promise(4)
    one = ask()
    before = (one.state, one.assignee_id, one.unit_id, one.follow_up_at, one.snoozed_until, one.topic_id, one.due_at)
    step = ONES[name](one, me.pk)
    assert fresh(one).serial == one.serial + 1
    assert Entry.objects.filter(kind=f"conversation.{name}", record_id=one.pk).count() == 1
    acts.undo(step.pk, by=me.pk, at=LATER)
    now = fresh(one)
    after = (now.state, now.assignee_id, now.unit_id, now.follow_up_at, now.snoozed_until, now.topic_id, now.due_at)
    assert (after, now.merged_into_id, now.serial) == (before, None, one.serial + 2)
    assert Entry.objects.filter(kind="conversation.undone", record_id=one.pk).count() == 1


def test_nothing_is_undone_when_somebody_else_has_acted(me: Person) -> None:
    other = make_person(Role.MODERATOR)
    one = ask()
    step = acts.take(one.pk, by=me.pk, at=LATER)
    acts.take(one.pk, by=other.pk, at=LATER)
    with pytest.raises(ConverseError, match=r"Noen andre|Somebody else"):
        acts.undo(step.pk, by=me.pk, at=LATER)
    assert fresh(one).assignee_id == other.pk


def test_nobody_undoes_what_another_did(me: Person) -> None:
    step = acts.take(ask().pk, by=me.pk, at=LATER)
    with pytest.raises(ConverseError):
        acts.undo(step.pk, by=make_person(Role.MODERATOR).pk, at=LATER)


def test_undoing_keeps_what_came_in_meanwhile(me: Person) -> None:
    one = ask()
    step = acts.snooze(one.pk, LATER + timedelta(hours=1), by=me.pk, at=LATER)
    arrive(say(one.channel, "Hallo?", parent=str(one.thread.utterance_set.get().external_id)), at=LATER)
    acts.undo(step.pk, by=me.pk, at=LATER)
    now = fresh(one)
    assert (now.state, now.says) == (State.OPEN, "Hallo?")


def test_the_one_who_gets_it_is_told_by_mail_and_the_mail_says_nothing_of_what_was_said(me: Person) -> None:
    other = make_person(Role.MODERATOR, name="Tarjei Moen")
    one = ask("Hemmelig spørsmål om brøyting")
    acts.assign(one.pk, other.pk, by=me.pk, at=LATER)
    mail = Outbox.objects.get(kind="email")
    assert mail.to == other.email
    assert "brøyting" not in mail.text + mail.subject
    assert f"/desk/c/{one.pk}/" in mail.text
    assert Notice.objects.get().outbox_id == mail.pk


def test_nobody_is_told_of_their_own_act(me: Person) -> None:
    acts.take(ask().pk, by=me.pk, at=LATER)
    assert Outbox.objects.count() == 0


def test_handing_over_tells_those_who_answer_there(me: Person) -> None:
    unit = make_unit()
    there = make_person(Role.CASEWORKER, unit=unit)
    one = ask()
    acts.hand_over(one.pk, unit.pk, note="Plogen står", by=me.pk, at=LATER)
    now = fresh(one)
    assert (now.unit_id, now.assignee_id, Note.objects.get().text) == (unit.pk, None, "Plogen står")
    assert [row.to for row in Outbox.objects.all()] == [there.email]


def test_a_note_is_masked_and_mentions_are_told(me: Person) -> None:
    other = make_person(Role.MODERATOR)
    one = ask()
    note = acts.add_note(one.pk, "Se nr. 02013299997", mentions=[other.pk], by=me.pk, at=LATER)
    assert "02013299997" not in Note.objects.get(pk=note.pk).text
    assert Notice.objects.get(person=other).what == "mentioned"


def test_it_cannot_be_snoozed_past_its_promise(me: Person) -> None:
    set_hours()
    make_promise(1)
    one = ask()
    with pytest.raises(ConverseError):
        acts.snooze(one.pk, LATER + timedelta(days=1), by=me.pk, at=WORKDAY)


def test_nothing_is_closed_without_telling(me: Person) -> None:
    one = ask()
    with pytest.raises(ConverseError, match=r"uten svar|without a reply"):
        acts.close(one.pk, "F1", by=me.pk, at=LATER)
    assert fresh(one).state == State.OPEN


@pytest.mark.parametrize("response", ["", "F2", "F11", "x"])
def test_closing_needs_a_response_type_that_ends(response: str, me: Person) -> None:
    one = ask()
    answer(one)
    with pytest.raises(ConverseError):
        acts.close(one.pk, response, by=me.pk, at=LATER)


def test_a_holding_reply_is_no_end(me: Person) -> None:
    one = ask()
    answer(one, "Vi svarer på tirsdag.", "F2", at=LATER)
    with pytest.raises(ConverseError):
        acts.close(one.pk, "F1", by=me.pk, at=LATER)


def test_it_closes_when_the_asker_was_told_and_opens_again(me: Person) -> None:
    one = ask()
    answer(one, "Vi kommer tilbake på tirsdag.", at=LATER)
    assert fresh(one).state == State.WAITING
    acts.close(one.pk, "F1", by=me.pk, at=LATER)
    assert (fresh(one).state, fresh(one).response_type) == (State.DONE, "F1")
    acts.reopen(one.pk, by=me.pk, at=LATER)
    assert (fresh(one).state, fresh(one).turn) == (State.OPEN, Turn.OURS)


def test_a_new_question_must_be_answered_before_it_closes(me: Person) -> None:
    one = ask()
    answer(one, "Vi kommer tilbake på tirsdag.", at=WORKDAY - timedelta(minutes=5))
    with pytest.raises(ConverseError):
        acts.close(one.pk, "F1", by=me.pk, at=LATER)


def test_what_its_author_took_back_can_be_closed(me: Person) -> None:
    one = ask()
    arrive(delete(one.thread.utterance_set.get()), at=LATER)
    acts.close(one.pk, "F1", by=me.pk, at=LATER)
    assert fresh(one).state == State.DONE


def test_a_merged_conversation_carries_its_clock_and_the_other_is_undone(me: Person) -> None:
    set_hours()
    make_promise(4)
    channel = make_channel()
    early, late = ask(channel=channel), ask(channel=channel, at=LATER)
    step = acts.merge(early.pk, late.pk, by=me.pk, at=LATER)
    assert fresh(late).due_at == early.due_at
    with pytest.raises(ConverseError, match=r"slått sammen|joined"):
        acts.take(early.pk, by=me.pk, at=LATER)
    acts.undo(step.pk, by=me.pk, at=LATER)
    assert (fresh(late).due_at, fresh(early).merged_into_id) == (late.due_at, None)


def test_only_one_channel_is_merged(me: Person) -> None:
    with pytest.raises(ConverseError):
        acts.merge(ask().pk, ask().pk, by=me.pk, at=LATER)


def test_an_utterance_is_split_off_with_what_is_under_it(me: Person) -> None:
    channel = make_channel()
    one = ask("Når brøyter dere?", channel=channel)
    root = one.thread.utterance_set.get()
    side = say(channel, "Og bossen?", parent=root)
    under = say(channel, "Ja, den også", parent=side)
    arrive(side, under)
    step = acts.split(one.pk, side.pk, by=me.pk, at=LATER)
    other = Conversation.objects.get(pk=side.pk)
    assert set(Part.objects.values_list("utterance_id", flat=True)) == {side.pk, under.pk}
    assert (other.source_id, other.newest_id, other.turn) == (root.thread_id, side.pk, Turn.OURS)
    with pytest.raises(ConverseError):
        acts.split(one.pk, root.pk, by=me.pk, at=LATER)
    acts.undo(step.pk, by=me.pk, at=LATER)
    assert (Part.objects.count(), fresh(other).merged_into_id) == (0, one.pk)
    acts.split(one.pk, side.pk, by=me.pk, at=LATER)
    assert fresh(other).merged_into_id is None


def test_a_task_that_is_done_gives_the_conversation_back(me: Person) -> None:
    one = ask()
    answer(one, "Vi kommer tilbake på tirsdag.", by=me.pk, at=LATER)
    task = Task.objects.get()
    step = acts.finish_task(task.pk, by=me.pk, at=LATER + timedelta(hours=1))
    assert (fresh(one).state, fresh(one).turn) == (State.OPEN, Turn.OURS)  # promised in words, kept in words
    assert step is not None
    acts.undo(step.pk, by=me.pk, at=LATER)
    task.refresh_from_db()
    assert (task.done_at, fresh(one).state) == (None, State.WAITING)


def test_a_task_is_done_once(me: Person) -> None:
    task = Task.objects.create(kind="look", made_at=WORKDAY)
    assert acts.finish_task(task.pk, by=me.pk, at=LATER) is None
    with pytest.raises(ConverseError):
        acts.finish_task(task.pk, by=me.pk, at=LATER)


def test_measures_that_were_told_are_an_answer(me: Person) -> None:
    assert Measure.objects.count() == 0
    one = ask()
    assert acts.told_by(one) is None
