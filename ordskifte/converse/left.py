"""What became of what leaves beside answers: measures, reasons, posts, e-mail. What needs a person becomes a task.

The task names the thing and the channel, and none of anybody's words. All e-mail that does not leave is one task, so
that a mail server that is down makes no heap of them.
"""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ordskifte.converse.models import Conversation, Measure, Task
from ordskifte.converse.news import announce
from ordskifte.people.models import Body
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import HAND_OFF
from ordskifte.publish.sayings import kind_name
from ordskifte.records.entry import record_act

ACTOR: Final = "system:sent"
KINDS: Final = ("failed", "unknown", "hand_off")
_MAIL: Final = {"failed": State.FAILED, "unknown": State.UNKNOWN}


def follow(row: Outbox, *, at: datetime) -> None:
    """Make the task when a person must do something, and end it when it is done. In a transaction; may be run twice."""
    kind = _wanted(row)
    if kind is None:
        finish_tasks(row, at)
    elif not _open(row, kind).exists():
        _make(row, kind, at=at)


def finish_tasks(row: Outbox, at: datetime) -> None:
    """Nothing is left to do about this one."""
    for kind in KINDS:
        if row.kind == Kind.EMAIL and kind in _MAIL and _others(row, kind):
            continue
        for task in _open(row, kind).select_for_update():
            task.done_at = at
            task.save(update_fields=["done_at"])
            record_act("task.done", actor=ACTOR, at=at, record=task.pk, details={"kind": kind})
            announce("changed", [task.conversation_id] if task.conversation_id else [])


def _wanted(row: Outbox) -> str | None:
    if row.state == State.CLAIMED and row.claimed_by == HAND_OFF:
        return "hand_off"
    if row.given_up_at is not None:
        return None
    return {State.FAILED: "failed", State.UNKNOWN: "unknown"}.get(State(row.state))


def _open(row: Outbox, kind: str) -> QuerySet[Task]:
    found = Task.objects.filter(kind=kind, done_at=None)
    if row.kind == Kind.EMAIL:
        return found.filter(outbox__kind=Kind.EMAIL)
    return found.filter(outbox=row)


def _others(row: Outbox, kind: str) -> bool:
    """Whether other mail still waits for a person."""
    return Outbox.objects.filter(kind=Kind.EMAIL, state=_MAIL[kind]).exclude(pk=row.pk).exists()


def _make(row: Outbox, kind: str, *, at: datetime) -> None:
    conversation = _conversation(row)
    unit = conversation.unit_id if conversation and conversation.unit_id else None
    task = Task.objects.create(
        kind=kind,
        conversation=conversation,
        outbox=row,
        unit_id=unit or (row.channel.unit_id if row.channel else None),
        assignee_id=row.by_id,
        says=_says(row),
        due_at=at,
        made_at=at,
    )
    details: dict[str, Any] = {"kind": kind, "outbox": str(row.pk)}
    record_act("task.made", actor=ACTOR, at=at, record=task.pk, details=details)
    announce("changed", [conversation.pk] if conversation else [])


def _conversation(row: Outbox) -> Conversation | None:
    """The conversation it is about: the measure's, else the thread's."""
    measure = (row.details or {}).get("measure")
    found = Measure.objects.filter(pk=measure).select_related("conversation").first() if measure else None
    if found is not None and found.conversation is not None:
        return found.conversation
    return Conversation.objects.filter(pk=row.thread_id).first() if row.thread_id else None


def _says(row: Outbox) -> str:
    """What it is and where, in the body's language: the task's own kind says what to do."""
    language = Body.objects.values_list("language", flat=True).first() or "nb"
    with translation.override(language):
        if row.kind == Kind.EMAIL:
            return _("E-mail to colleagues. The outbox shows which, and why.")
        about = {"measure": _("Reasons for a measure"), "put_back": _("That it can be read again")}
        about["complaint"] = _("Answer to a complaint")
        what = about.get(str((row.details or {}).get("about"))) if row.kind == Kind.REPLY else None
        where = row.channel.name if row.channel else ""
        return f"{what or kind_name(row.kind)}: {where}"
