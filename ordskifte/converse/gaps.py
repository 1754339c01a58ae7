"""A channel that could not be read for more than a day is a task for somebody; it is done when it is read again."""

from datetime import datetime
from typing import Final

from django.db import transaction

from ordskifte.converse.models import Task
from ordskifte.plan.models import Channel
from ordskifte.records.entry import record_act

KIND: Final = "gap"
ACTOR: Final = "system:collect"


@transaction.atomic
def open_gap(channel: Channel, *, at: datetime) -> Task:
    """The task, one for each channel while the gap lasts."""
    standing = Task.objects.filter(kind=KIND, says=channel.name, done_at=None).first()
    if standing is not None:
        return standing
    task = Task.objects.create(kind=KIND, unit_id=channel.unit_id, says=channel.name, due_at=at, made_at=at)
    details = {"kind": KIND, "channel": str(channel.id)}
    record_act("task.made", actor=ACTOR, at=at, record=task.id, details=details)
    return task


@transaction.atomic
def close_gap(channel: Channel, *, at: datetime) -> None:
    """The channel is read again."""
    for task in Task.objects.select_for_update().filter(kind=KIND, says=channel.name, done_at=None):
        task.done_at = at
        task.save(update_fields=["done_at"])
        record_act("task.done", actor=ACTOR, at=at, record=task.id, details={"kind": KIND})
