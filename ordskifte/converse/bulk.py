"""The same act on several conversations: each is its own act with its own entry, and all are undone together.

One that cannot be done (somebody was before, a promise runs out) stops none of the others; it is told why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from ordskifte.converse import conversations
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Step

MOST: Final = 100
"""Conversations at once: more than a page shows."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many were done or undone, and why the others were not. `batch` undoes them."""

    batch: UUID
    count: int
    refused: tuple[str, ...]  # each reason once


def act_on_all(ids: Iterable[UUID], act: Callable[[UUID], Step]) -> Done:
    """Do it to each, in order, each in a transaction of its own."""
    batch, count, refused = uuid4(), 0, dict[str, None]()
    for one in list(dict.fromkeys(ids))[:MOST]:
        try:
            with transaction.atomic():
                Step.objects.filter(pk=act(one).pk).update(batch=batch)
            count += 1
        except ConverseError as error:
            refused[str(error)] = None
    return Done(batch, count, tuple(refused))


def undo_all(batch: UUID, *, by: UUID, at: datetime) -> Done:
    """Take back one's own acts on several, those that nobody else has acted on since."""
    count, refused = 0, dict[str, None]()
    for step in Step.objects.filter(batch=batch, by=by, undone_at=None).order_by("conversation"):
        try:
            conversations.undo(step.pk, by=by, at=at)
            count += 1
        except ConverseError as error:
            refused[str(error)] = None
    return Done(batch, count, tuple(refused))
