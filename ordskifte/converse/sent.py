"""Job "sent": what became of what left. The first answer stops the clock; a holding reply is counted apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ordskifte.converse import clock
from ordskifte.converse.left import finish_tasks, follow
from ordskifte.converse.models import Answered, Assessment, Conversation, Draft, State, Task, Turn
from ordskifte.converse.news import announce
from ordskifte.language.commitments import find_commitments
from ordskifte.language.personal_data import mask
from ordskifte.publish.models import Kind, Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.publish.outbox import HAND_OFF
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Utterance

ACTOR: Final = "system:sent"
HOLDING: Final = "F2"
_ASKS_NOTHING: Final = frozenset({"praise", "spam", "offtopic"})


@transaction.atomic
def on_sent(outbox_id: UUID, *, at: datetime) -> None:
    """Take note of a reply that was sent, seen on the channel, refused by it, or lost sight of. May be run twice."""
    row = Outbox.objects.select_related("channel").filter(pk=outbox_id).first()
    if row is None:
        return
    conversation = conversation_of(row) if row.kind == Kind.REPLY else None
    if conversation is None or (row.details or {}).get("about"):
        follow(row, at=at)  # reasons for a measure are told, and answer nothing
        return
    if row.state == Sent.CLAIMED:
        _by_hand(row, conversation, at)
    elif row.state in (Sent.FAILED, Sent.UNKNOWN):
        _trouble(row, conversation, at)
    elif row.state == Sent.WITHDRAWN:
        _withdrawn(row, conversation, at)
    elif row.state in (Sent.SENT, Sent.CONFIRMED):
        finish_tasks(row, at)
        if not Answered.objects.filter(outbox=row).exists():
            _answer(row, conversation, at)
    announce("changed", [conversation.pk])


def conversation_of(row: Outbox) -> Conversation | None:
    """The conversation a reply belongs to, locked; a merged one's is the one it went into."""
    key = (row.details or {}).get("conversation") or row.thread_id
    found = Conversation.objects.select_for_update().filter(pk=key).first() if key else None
    if found and found.merged_into_id:
        found = Conversation.objects.select_for_update().get(pk=found.merged_into_id)
    return found


def _by_hand(row: Outbox, conversation: Conversation, at: datetime) -> None:
    """A person posts it on the platform and pastes the link back: that is a task with the promise's own date."""
    if row.claimed_by == HAND_OFF and not Task.objects.filter(outbox=row, kind="hand_off", done_at=None).exists():
        _task(row, conversation, "hand_off", at)
        _save(conversation)


def _withdrawn(row: Outbox, conversation: Conversation, at: datetime) -> None:
    """It was taken back, or another person said no: the conversation is ours, and the words are a draft again."""
    finish_tasks(row, at)
    if row.by_id and not Draft.objects.filter(conversation=conversation, by=row.by_id).exists():
        Draft.objects.create(conversation=conversation, by_id=row.by_id, text=row.text, saved_at=at)
    if conversation.state == State.WAITING:
        conversation.state = State.OPEN
    _save(conversation)


def _task(row: Outbox, conversation: Conversation, kind: str, at: datetime) -> Task:
    return Task.objects.create(
        kind=kind,
        conversation=conversation,
        outbox=row,
        unit_id=conversation.unit_id,
        assignee_id=row.by_id,
        due_at=conversation.due_at or at,
        made_at=at,
    )


def _trouble(row: Outbox, conversation: Conversation, at: datetime) -> None:
    """It did not arrive, or nobody knows: the conversation is ours still, and somebody gets a task."""
    kind = "failed" if row.state == Sent.FAILED else "unknown"
    if Task.objects.filter(outbox=row, kind=kind, done_at=None).exists():
        return
    task = _task(row, conversation, kind, at)
    conversation.state, conversation.turn, conversation.closed_at = State.OPEN, Turn.OURS, None
    _save(conversation)
    details = {"outbox": str(row.pk), "state": row.state, "task": str(task.pk)}
    record_act("reply.trouble", actor=ACTOR, at=at, record=conversation.pk, details=details)


def _answer(row: Outbox, conversation: Conversation, at: datetime) -> None:
    moment = row.sent_at or at
    response = str((row.details or {}).get("response_type", ""))
    holding = response == HOLDING
    in_time = moment <= conversation.due_at if conversation.due_at else None
    Answered.objects.create(
        conversation=conversation,
        channel_id=conversation.channel_id,
        unit_id=conversation.unit_id,
        outbox=row,
        utterance_id=row.target_id,
        kind=conversation.kind,
        response_type=response,
        holding=holding,
        promise_id=conversation.promise_id,
        clock_from=conversation.clock_from,
        due_at=conversation.due_at,
        at=moment,
        in_time=in_time,
    )
    tasks = _commitments(row, conversation, moment)
    if holding:
        _hold(conversation, moment, tasks)
    else:
        _respond(row, conversation, moment, response)
    _save(conversation)
    record_act(
        "conversation.answered",
        actor=ACTOR,
        at=at,
        record=conversation.pk,
        details={
            "outbox": str(row.pk),
            "response_type": response,
            "holding": holding,
            "in_time": in_time,
            "commitments": [str(task.pk) for task in tasks],
        },
    )


def _hold(conversation: Conversation, moment: datetime, tasks: Sequence[Task]) -> None:
    """A holding reply: the turn is still ours. It keeps the promise only where the promise says so."""
    promise = conversation.promise
    if promise is not None and promise.holding_counts:
        clock.stop(conversation)
        conversation.responded_at = moment
    conversation.held_at, conversation.state = moment, State.OPEN
    conversation.response_type = HOLDING
    named = [task.due_at for task in tasks if task.due_at]
    if named:
        conversation.follow_up_at = min(named)


def _respond(row: Outbox, conversation: Conversation, moment: datetime, response: str) -> None:
    """A real answer: the clock stops. When another in the thread still waits, it goes on from when they asked."""
    began = conversation.clock_from
    waiting = _next_waiting(row, conversation, began) if began else None
    clock.stop(conversation)
    conversation.responded_at, conversation.response_type = moment, response
    conversation.follow_up_at = None
    if waiting is not None:
        conversation.turn, conversation.state = Turn.OURS, State.OPEN
        clock.Clocks().start(conversation, start=max(waiting.at, began) if began else waiting.at)
        conversation.newest_id = waiting.id
        return
    conversation.turn = Turn.THEIRS
    todo = Task.objects.filter(conversation=conversation, done_at=None).exclude(
        kind__in=("unknown", "failed", "hand_off")
    )
    earliest = todo.exclude(due_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    if todo.exists():
        conversation.state, conversation.follow_up_at = State.WAITING, earliest
    else:
        conversation.state, conversation.closed_at = State.DONE, moment


def _next_waiting(row: Outbox, conversation: Conversation, began: datetime) -> Utterance | None:
    """The first one who asked something since the clock began, is not the one answered now, and has no answer."""
    target = Utterance.objects.filter(pk=row.target_id).first() if row.target_id else None
    if target is None:
        return None  # an answer to the thread as a whole answers all
    others = list(
        Utterance.objects.filter(thread_id=target.thread_id, ours=False, deleted=False, first_seen__gte=began)
        .exclude(Q(pk=target.pk) | Q(author=target.author))
        .order_by("at", "id")[:200]
    )
    ids = [one.pk for one in others]
    answered = set(Utterance.objects.filter(parent_id__in=ids, ours=True).values_list("parent_id", flat=True))
    answered |= set(Answered.objects.filter(utterance_id__in=ids).values_list("utterance_id", flat=True))
    kinds = dict(Assessment.objects.filter(utterance__in=ids).order_by("at").values_list("utterance_id", "kind"))
    return next(
        (one for one in others if one.pk not in answered and kinds.get(one.pk, "other") not in _ASKS_NOTHING), None
    )


def _commitments(row: Outbox, conversation: Conversation, moment: datetime) -> list[Task]:
    """What our own words bind us to becomes tasks with the dates they name (R86)."""
    found = find_commitments(row.text, at=moment)
    return Task.objects.bulk_create(
        Task(
            kind="commitment",
            conversation=conversation,
            outbox=row,
            unit_id=conversation.unit_id,
            assignee_id=conversation.assignee_id or row.by_id,
            says=mask(row.text[one.start : one.end])[0][:500],
            due_at=one.due,
            made_at=moment,
        )
        for one in found
    )


def _save(conversation: Conversation) -> None:
    conversation.serial += 1
    conversation.save()
