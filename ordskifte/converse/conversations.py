"""What a person can do with a conversation. One function, one transaction, one entry each; views decide nothing.

The caller has checked that the person may (`rules.Standing`). Every act bumps `serial`, so that a reply made on an
older conversation is refused. Each can be undone until somebody else acts.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.converse import clock
from ordskifte.converse.acting import Made, act, locked, restore, snapshot
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Answered, Conversation, Measure, Note, Part, State, Step, Task, Turn
from ordskifte.converse.news import announce
from ordskifte.converse.telling import ANSWERING, holders, tell
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Person, Unit
from ordskifte.plan.models import Topic
from ordskifte.publish.models import Kind, Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Utterance

RESPONSES: Final = ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10")
LONGEST_NOTE: Final = 4000
_LEAVING: Final = (Sent.WAITING, Sent.SCHEDULED, Sent.CLAIMED, Sent.SENT, Sent.CONFIRMED)


def assign(conversation_id: UUID, person_id: UUID | None, *, by: UUID, at: datetime) -> Step:
    """Give it to a person, or to nobody. The person is told."""
    if person_id and not Person.objects.filter(pk=person_id, is_active=True, break_glass=False).exists():
        raise ConverseError(_("That person does not work here any more."))
    with transaction.atomic():

        def change(conversation: Conversation) -> None:
            conversation.assignee_id = person_id

        step = act(conversation_id, "assigned", change, by=by, at=at)
        if person_id:
            tell([person_id], what="assigned", conversation=step.conversation, at=at, actor=f"person:{by}")
    return step


def take(conversation_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Take it oneself."""
    return assign(conversation_id, by, by=by, at=at)


def hand_over(conversation_id: UUID, unit_id: UUID, *, note: str = "", by: UUID, at: datetime) -> Step:
    """Give it to another unit, with a note of what they need to know. Those who answer there are told."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise ConverseError(_("That unit does not exist."))
    with transaction.atomic():

        def change(conversation: Conversation) -> Made:
            conversation.unit_id, conversation.assignee_id = unit.id, None
            made = Made()
            if note.strip():
                made.details["note"] = str(_note(conversation, note, (), by, at).pk)
            return made

        step = act(conversation_id, "handed_over", change, by=by, at=at)
        people = holders(ANSWERING, unit=unit.id, channel=step.conversation.channel_id)
        tell(people, what="handed_over", conversation=step.conversation, at=at, actor=f"person:{by}")
    return step


def snooze(conversation_id: UUID, until: datetime, *, by: UUID, at: datetime) -> Step:
    """Away from the desk until a moment. The clock goes on: what is due comes back before it breaks."""
    if until <= at:
        raise ConverseError(_("Choose a time that is still to come."))

    def change(conversation: Conversation) -> None:
        if conversation.state == State.DONE:
            raise ConverseError(_("This conversation is done."))
        if conversation.due_at and until > conversation.due_at:
            raise ConverseError(_("The promise runs out before that. Choose an earlier time, or send a holding reply."))
        conversation.state, conversation.snoozed_until = State.SNOOZED, until

    return act(conversation_id, "snoozed", change, by=by, at=at)


def follow_up(conversation_id: UUID, moment: datetime | None, *, by: UUID, at: datetime) -> Step:
    """Come back to it then, whoever's turn it is; None takes the date away."""
    if moment and moment <= at:
        raise ConverseError(_("Choose a time that is still to come."))

    def change(conversation: Conversation) -> None:
        conversation.follow_up_at = moment
        if moment and conversation.state == State.DONE:
            conversation.state, conversation.closed_at = State.WAITING, None

    return act(conversation_id, "follow_up_set", change, by=by, at=at)


def wait_for_others(conversation_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Somebody else than the asker must act first: another unit, a supplier. The clock goes on."""

    def change(conversation: Conversation) -> None:
        conversation.state = State.WAITING

    return act(conversation_id, "waiting", change, by=by, at=at)


def set_topic(conversation_id: UUID, topic_id: UUID | None, *, by: UUID, at: datetime) -> Step:
    """What it is about. Goes to the topic's unit when it has none."""
    topic = Topic.objects.filter(pk=topic_id, closed_at=None).first() if topic_id else None
    if topic_id and topic is None:
        raise ConverseError(_("That topic is not in use."))

    def change(conversation: Conversation) -> None:
        conversation.topic = topic
        if topic and conversation.unit_id is None:
            conversation.unit_id = topic.unit_id

    return act(conversation_id, "topic_set", change, by=by, at=at)


def add_note(conversation_id: UUID, text: str, *, mentions: Iterable[UUID] = (), by: UUID, at: datetime) -> Note:
    """An internal note; those who are mentioned are told. It never leaves, and personal numbers are masked."""
    people = list(Person.objects.filter(pk__in=set(mentions), is_active=True).values_list("pk", flat=True))
    made: list[Note] = []
    with transaction.atomic():

        def change(conversation: Conversation) -> Made:
            made.append(_note(conversation, text, people, by, at))
            return Made(details={"note": str(made[0].pk), "mentions": [str(one) for one in people]})

        step = act(conversation_id, "noted", change, by=by, at=at)
        tell(people, what="mentioned", conversation=step.conversation, at=at, actor=f"person:{by}")
    return made[0]


def _note(conversation: Conversation, text: str, mentions: Iterable[UUID], by: UUID, at: datetime) -> Note:
    words = mask(text.strip().replace("\x00", ""))[0]
    if not words:
        raise ConverseError(_("Write the note first."))
    if len(words) > LONGEST_NOTE:
        raise ConverseError(_("The note is too long. Use at most 4,000 characters."))
    return Note.objects.create(conversation=conversation, by_id=by, text=words, mentions=list(mentions), at=at)


def close(conversation_id: UUID, response_type: str, *, by: UUID, at: datetime) -> Step:
    """Done, with what the asker was told. Nothing is closed without telling; a holding reply is no end."""
    if response_type not in RESPONSES or response_type == "F2":
        raise ConverseError(_("Choose what the asker was told. A holding reply is not an end."))

    def change(conversation: Conversation) -> Made:
        told = told_by(conversation)
        if told is None:
            raise ConverseError(_("A conversation cannot be closed without a reply. Choose what to say."))
        conversation.state, conversation.turn = State.DONE, Turn.THEIRS
        conversation.response_type, conversation.closed_at = response_type, at
        conversation.follow_up_at = conversation.snoozed_until = None
        clock.stop(conversation)
        return Made(details={"told": told})

    return act(conversation_id, "closed", change, by=by, at=at)


def told_by(conversation: Conversation) -> str | None:
    """How the asker was told of what they last said: an answer, reasons for a measure, or nobody asks any more."""
    newest = Utterance.objects.filter(pk=conversation.newest_id).first() if conversation.newest_id else None
    since = newest.first_seen if newest else conversation.opened_at
    answered = Answered.objects.filter(conversation=conversation, holding=False, at__gte=since).order_by("-at").first()
    if answered:
        return f"answer:{answered.pk}"
    rows = Outbox.objects.filter(
        thread_id=thread_of(conversation), kind=Kind.REPLY, state__in=_LEAVING, made_at__gte=since
    ).exclude(details__response_type="F2")
    if row := rows.order_by("-made_at").first():
        return f"outbox:{row.pk}"
    if newest is None:
        return None
    if measure := Measure.objects.filter(utterance=newest, state="done").exclude(told=None).first():
        return f"measure:{measure.pk}"
    return f"withdrawn:{newest.pk}" if newest.deleted else None


def thread_of(conversation: Conversation) -> UUID:
    """The thread a conversation's utterances stand in: its own, or the one it was split off from."""
    return conversation.source_id or conversation.pk


def reopen(conversation_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Ours again. No clock starts: nobody has asked anything new."""

    def change(conversation: Conversation) -> None:
        if conversation.state == State.OPEN and conversation.turn == Turn.OURS:
            raise ConverseError(_("This conversation is open."))
        conversation.state, conversation.turn = State.OPEN, Turn.OURS
        conversation.closed_at = conversation.snoozed_until = None

    return act(conversation_id, "reopened", change, by=by, at=at)


def merge(conversation_id: UUID, into_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Join a conversation with another on the same channel: one answer, one clock, the earlier one."""
    with transaction.atomic():
        first, second = sorted((conversation_id, into_id))
        if first == second:
            raise ConverseError(_("Choose another conversation to join it with."))
        target = {one: locked(one) for one in (first, second)}[into_id]

        def change(conversation: Conversation) -> Made:
            if (conversation.channel_id, conversation.private) != (target.channel_id, target.private):
                raise ConverseError(_("Only conversations on the same channel can be joined."))
            before = snapshot(target)
            conversation.merged_into, conversation.state, conversation.closed_at = target, State.DONE, at
            if conversation.clock_from and (target.clock_from is None or conversation.clock_from < target.clock_from):
                for name in ("promise_id", "clock_from", "risk_at", "due_at", "held_at", "newest_id"):
                    setattr(target, name, getattr(conversation, name))
                target.state, target.turn, target.closed_at = State.OPEN, Turn.OURS, None
            target.warnings = sorted({*target.warnings, *conversation.warnings})
            target.serial += 1
            target.save()
            Conversation.objects.filter(merged_into=conversation).update(merged_into=target)
            after = snapshot(target)
            changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
            return Made(made={"into": str(target.pk), "target": changed}, details={"into": str(target.pk)})

        step = act(conversation_id, "merged", change, by=by, at=at)
        announce("changed", [target.pk])
    return step


def split(conversation_id: UUID, utterance_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Give an utterance, with what was answered under it, a conversation of its own."""

    def change(conversation: Conversation) -> Made:
        thread = thread_of(conversation)
        said = Utterance.objects.filter(pk=utterance_id, thread_id=thread).first()
        if said is None or said.pk in (conversation.pk, thread):
            raise ConverseError(_("The first thing said is the conversation itself. Choose one below it."))
        below = _below(said)
        taken = Part.objects.filter(utterance__in=below).exclude(conversation=conversation)
        if taken.exists():
            raise ConverseError(_("This has been given a conversation of its own already."))
        asker = said if not said.ours else None
        fresh = _split_off(conversation, said, asker, at)
        Part.objects.filter(utterance__in=below).delete()
        Part.objects.bulk_create(Part(utterance_id=one, conversation=fresh) for one in below)
        record_act(
            "conversation.opened", actor=f"person:{by}", at=at, record=fresh.pk, details={"from": str(conversation.pk)}
        )
        ids = [str(one) for one in below]
        return Made(made={"conversation": str(fresh.pk), "parts": ids}, details={"into": str(fresh.pk)})

    step = act(conversation_id, "split", change, by=by, at=at)
    announce("changed", [UUID(step.made["conversation"])])
    return step


def _below(said: Utterance) -> list[UUID]:
    """An utterance and all that was answered under it, in its thread."""
    children: dict[UUID | None, list[UUID]] = {}
    for one, parent in Utterance.objects.filter(thread_id=said.thread_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(one)
    found, waiting = [], [said.pk]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += children.get(one, [])
    return found


def _split_off(conversation: Conversation, said: Utterance, asker: Utterance | None, at: datetime) -> Conversation:
    fresh = Conversation.objects.filter(pk=said.pk).first() or Conversation(thread_id=said.pk)
    copied = ("channel_id", "private", "topic_id", "unit_id", "kind", "language", "turn", "promise_id")
    for name in copied:
        setattr(fresh, name, getattr(conversation, name))
    fresh.source_id, fresh.merged_into = thread_of(conversation), None
    fresh.state, fresh.opened_at, fresh.last_at, fresh.closed_at = State.OPEN, at, said.at, None
    fresh.newest_id = asker.pk if asker else None
    fresh.serial += 1
    if asker and conversation.clock_from:
        clock.Clocks().start(fresh, start=max(asker.at, conversation.clock_from))
    fresh.save()
    return fresh


def undo(step_id: UUID, *, by: UUID, at: datetime) -> Step:
    """Take back one's own act, until somebody else has acted on the conversation."""
    with transaction.atomic():
        step = Step.objects.select_for_update().filter(pk=step_id, by=by).first()
        if step is None or step.undone_at:
            raise ConverseError(_("There is nothing to undo."))
        latest = Step.objects.filter(conversation=step.conversation_id, undone_at=None).order_by("-serial").first()
        if latest is None or (latest.pk != step.pk and latest.by_id != by):
            raise ConverseError(_("Somebody else has acted since. It can no longer be undone."))
        if latest.pk != step.pk:
            raise ConverseError(_("Undo what you did after this first."))
        conversation = Conversation.objects.select_for_update().get(pk=step.conversation_id)
        restore(conversation, step)
        conversation.serial += 1
        conversation.save()
        _unmake(step, at)
        step.undone_at = at
        step.save(update_fields=["undone_at"])
        details = {"act": step.act}
        record_act("conversation.undone", actor=f"person:{by}", at=at, record=conversation.pk, details=details)
        announce("changed", [conversation.pk])
    return step


def _unmake(step: Step, at: datetime) -> None:
    """What the act made elsewhere: parts, another conversation, a task that was done."""
    if step.act == "merged":
        target = Conversation.objects.select_for_update().get(pk=UUID(step.made["into"]))
        changed = step.made["target"]
        older = Step(
            before={name: pair[0] for name, pair in changed.items()},
            after={name: pair[1] for name, pair in changed.items()},
        )
        restore(target, older)
        target.serial += 1
        target.save()
        announce("changed", [target.pk])
    if step.act == "split":
        Part.objects.filter(utterance__in=step.made["parts"]).delete()
        other = Conversation.objects.select_for_update().get(pk=UUID(step.made["conversation"]))
        other.merged_into_id, other.state, other.closed_at = step.conversation_id, State.DONE, at
        clock.stop(other)
        other.serial += 1
        other.save()
    if step.act == "task_done":
        Task.objects.filter(pk=step.made["task"]).update(done_at=None, done_by=None)


def finish_task(task_id: UUID, *, by: UUID, at: datetime) -> Step | None:
    """A task is done. A conversation that only waited for it is ours again, so that it is closed with words."""
    task = Task.objects.select_related("conversation").filter(pk=task_id, done_at=None).first()
    if task is None:
        raise ConverseError(_("This task is done already."))

    def finish() -> None:
        if not Task.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by=by):
            raise ConverseError(_("This task is done already."))

    if task.conversation_id is None:
        with transaction.atomic():
            finish()
            record_act("task.done", actor=f"person:{by}", at=at, record=task.pk, details={"kind": task.kind})
        return None

    def change(conversation: Conversation) -> Made:
        finish()
        open_ = Task.objects.filter(conversation=conversation, done_at=None)
        if conversation.state == State.WAITING and not open_.exists():
            if _told_since(task, conversation):
                conversation.state, conversation.closed_at = State.DONE, at
            else:
                conversation.state, conversation.turn = State.OPEN, Turn.OURS
            conversation.follow_up_at = None
        return Made(made={"task": str(task_id)}, details={"task": str(task_id), "kind": task.kind})

    return act(task.conversation_id, "task_done", change, by=by, at=at)


def _told_since(task: Task, conversation: Conversation) -> bool:
    """Whether the asker knows what came of it. What was promised in words is kept in words: by another answer."""
    if task.kind != "commitment":
        return told_by(conversation) is not None
    return Answered.objects.filter(conversation=conversation, holding=False, at__gt=task.made_at).exists()
