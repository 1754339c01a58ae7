"""What the body promises (R93). A promise is never changed: a new one follows, from its own moment."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Channel, Promise
from ordskifte.plan.queries.promises import waiting_to_begin
from ordskifte.plan.words import one_line
from ordskifte.records.entry import record_act

KINDS: Final = ("comment", "message")
UNITS: Final = ("minutes", "hours", "days")
CLOCKS: Final = ("working", "all")
LONGEST: Final = {"minutes": 10_080, "hours": 720, "days": 90}


@transaction.atomic
def make_promise(
    channel_id: UUID | None,
    kind: str,
    *,
    value: int | None,
    unit_of_time: str,
    clock: str,
    condition: str,
    holding_counts: bool,
    valid_from: datetime,
    actor: str,
    at: datetime,
) -> Promise:
    """Promise something for a channel (None: every channel without its own). `value` None: no time is promised.

    What is in force ends when the new one begins; clocks that run keep the promise they began with. PlanError when it
    cannot be measured, begins in the past, or another one is waiting to begin.
    """
    _lock()
    if channel_id is not None and not Channel.objects.filter(pk=channel_id).exists():
        raise PlanError(_("That channel does not exist."), field="channel")
    condition = one_line(condition, field="condition", longest=200)
    _checked(kind, value, unit_of_time, clock)
    if valid_from < at:
        raise PlanError(_("A promise cannot begin in the past."), field="valid_from")
    standing = _standing(channel_id, kind)
    if waiting_to_begin(at).filter(pk__in=standing).exists():
        raise PlanError(_("Another promise is waiting to begin here. Withdraw it first."), field="kind")
    before = standing.filter(valid_to=None).first()
    wanted = (value, unit_of_time, clock, condition, holding_counts)
    if before is not None and wanted == _said_by(before):
        raise PlanError(_("This is what is promised already."), field="value")
    if before is not None:
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    promise = Promise.objects.create(
        channel_id=channel_id,
        kind=kind,
        value=value,
        unit_of_time=unit_of_time,
        clock=clock,
        condition=condition,
        holding_counts=holding_counts,
        valid_from=valid_from,
    )
    details = {
        "channel": str(channel_id) if channel_id else None,
        "kind": kind,
        "value": value,
        "unit": unit_of_time,
        "clock": clock,
        "holding_counts": holding_counts,
        "valid_from": valid_from.isoformat(),
        "follows": str(before.id) if before else None,
    }
    record_act("promise.made", actor=actor, at=at, record=promise.id, details=details)
    return promise


@transaction.atomic
def withdraw_promise(promise_id: UUID, *, actor: str, at: datetime) -> None:
    """End a promise now, or take back one that has not begun; then the one before it goes on."""
    _lock()
    promise = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if promise is None or (promise.valid_to is not None and promise.valid_to <= max(at, promise.valid_from)):
        raise PlanError(_("This promise has ended already."))
    waiting = promise.valid_from > at
    of_same = _standing(promise.channel_id, promise.kind)
    if not waiting and waiting_to_begin(at).filter(pk__in=of_same).exists():
        raise PlanError(_("Another promise is waiting to begin here. Withdraw it first."))
    before = of_same.filter(valid_to=promise.valid_from).exclude(pk=promise.pk).first() if waiting else None
    promise.valid_to = promise.valid_from if waiting else at
    promise.save(update_fields=["valid_to"])
    if before is not None and before.valid_from < before.valid_to:  # type: ignore[operator]  # it has an end: see above
        before.valid_to = None
        before.save(update_fields=["valid_to"])
    record_act("promise.withdrawn", actor=actor, at=at, record=promise.id, details={"begun": not waiting})


def _checked(kind: str, value: int | None, unit_of_time: str, clock: str) -> None:
    if kind not in KINDS:
        raise PlanError(_("Choose comments or messages."), field="kind")
    if unit_of_time not in UNITS or clock not in CLOCKS:
        raise PlanError(_("Choose how the time is counted."), field="unit_of_time")
    if value is not None and not 1 <= value <= LONGEST[unit_of_time]:
        raise PlanError(
            _("Promise from 1 to %(most)s, or promise no time.") % {"most": LONGEST[unit_of_time]}, field="value"
        )


def _said_by(promise: Promise) -> tuple[int | None, str, str, str, bool]:
    return promise.value, promise.unit_of_time, promise.clock, promise.condition, promise.holding_counts


def _lock() -> None:
    """Two people at once must not leave two promises in force."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('promises', 0))")


def _standing(channel_id: UUID | None, kind: str) -> QuerySet[Promise]:
    return Promise.objects.filter(channel_id=channel_id, kind=kind)  # type: ignore[misc]  # None is meant: all channels
