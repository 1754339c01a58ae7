"""Deliveries are made in the transaction of their entry; a job takes them to the case system."""

from collections.abc import Sequence
from datetime import datetime

from procrastinate import types
from procrastinate.contrib.django import app

from ordskifte.archive.models import Delivery, JournalChoice
from ordskifte.records.models import JournalEntry


def choice() -> JournalChoice | None:
    """What the body has chosen about its journal; none yet: not public, and deliveries wait. One query."""
    return JournalChoice.objects.order_by("-at").first()


def make_deliveries(entries: Sequence[JournalEntry], *, at: datetime) -> None:
    """One for each entry, and a job for each where the body has said how they go."""
    if not entries:
        return
    ready = choice() is not None
    made = [Delivery(entry=one, made_at=at, next_at=at if ready else None) for one in entries]
    Delivery.objects.bulk_create(made)
    if ready:
        wanted: list[types.JSONDict] = [{"delivery_id": str(one.id)} for one in made]
        app.configure_task("deliver").batch_defer(*wanted)
