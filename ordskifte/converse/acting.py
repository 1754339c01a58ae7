"""One act on a conversation: locked, changed, kept for undoing, recorded and announced, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation, Step
from ordskifte.converse.news import announce
from ordskifte.records.entry import record_act

TRACKED: Final = (
    "state", "turn", "topic_id", "unit_id", "assignee_id", "snoozed_until", "follow_up_at", "merged_into_id",
    "closed_at", "response_type", "kind", "promise_id", "clock_from", "risk_at", "due_at", "held_at", "responded_at",
    "risk_told_at", "broken_told_at", "language", "warnings",
)  # fmt: skip
_MOMENTS: Final = frozenset(name for name in TRACKED if name.endswith(("_at", "_until", "_from")))


@dataclass
class Made:
    """What an act made beside the conversation's own row; `details` go into its entry: ids and facts."""

    made: dict[str, Any] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)


def locked(conversation_id: UUID) -> Conversation:
    """The conversation, held until the transaction ends. ConverseError when it went into another."""
    found = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("channel", "topic")
        .filter(pk=conversation_id)
        .first()
    )
    if found is None:
        raise ConverseError(_("There is no such conversation."))
    if found.merged_into_id:
        raise ConverseError(_("This conversation is joined with another. Open that one."))
    return found


def act(
    conversation_id: UUID, name: str, change: Callable[[Conversation], Made | None], *, by: UUID, at: datetime
) -> Step:
    """Carry out one act of a person. `name` is its verb in the past: the entry is conversation.<name>."""
    with transaction.atomic():
        conversation = locked(conversation_id)
        before = snapshot(conversation)
        made = change(conversation) or Made()
        conversation.serial += 1
        conversation.save()
        after = snapshot(conversation)
        changed = [key for key in TRACKED if before[key] != after[key]]
        step = Step.objects.create(
            conversation=conversation,
            act=name,
            by_id=by,
            at=at,
            serial=conversation.serial,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
            made=made.made,
        )
        details = {**facts(after, changed), **made.details}
        record_act(f"conversation.{name}", actor=f"person:{by}", at=at, record=conversation.pk, details=details)
        announce("changed", [conversation.pk])
    return step


def snapshot(conversation: Conversation) -> dict[str, Any]:
    """The tracked fields as JSON holds them."""
    found: dict[str, Any] = {}
    for name in TRACKED:
        value = getattr(conversation, name)
        found[name] = (
            value.isoformat() if isinstance(value, datetime) else str(value) if value.__class__ is UUID else value
        )
    found["warnings"] = sorted(conversation.warnings)
    return {name: str(value) if name in ("state", "turn") else value for name, value in found.items()}


def facts(after: Mapping[str, Any], changed: list[str]) -> dict[str, object]:
    """What changed, for the entry: the clock's own fields follow from the act and are left out."""
    left_out = {"risk_at", "risk_told_at", "broken_told_at", "promise_id"}
    return {name.removesuffix("_id"): after[name] for name in changed if name not in left_out}


def restore(conversation: Conversation, step: Step) -> None:
    """Put back what the act changed, where it still says what the act made it say."""
    now = snapshot(conversation)
    for name, before in step.before.items():
        if now[name] != step.after[name]:
            continue  # something came in meanwhile and changed it again
        value = datetime.fromisoformat(before) if before and name in _MOMENTS else before
        setattr(conversation, name, value)
