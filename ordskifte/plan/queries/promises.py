"""Promises: the one in force, those that wait, those that ended, and what each means for somebody who writes now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ordskifte.plan.models import Promise
from ordskifte.plan.queries.hours import working_times
from ordskifte.plan.working_time import Clock, ClockError, Unit, WorkingTime, deadline, risk_moment

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise, and the sum of it for somebody who writes now: at risk, due. `trouble`: why there is no sum."""

    promise: Promise
    risk: datetime | None = None
    due: datetime | None = None
    trouble: str = ""


def promise_for(channel_id: UUID | None, kind: str, *, at: datetime) -> Promise | None:
    """The promise in force at a moment for comments or messages: the channel's own, else the general one.

    A channel's own promise may say that nothing is promised (`value` is None): then no clock runs.
    """
    return (
        _in_force(at)
        .filter(Q(channel=None) | Q(channel_id=channel_id), kind=kind)
        .order_by(F("channel_id").asc(nulls_last=True), "-valid_from", "id")
        .first()
    )


def promises_in_force(at: datetime) -> list[Promise]:
    """All of them, general ones first, with their channels."""
    found = _in_force(at).select_related("channel")
    return list(found.order_by(F("channel__name").asc(nulls_first=True), "kind", "id"))


def promises_by_channel(channels: Iterable[UUID], at: datetime) -> dict[UUID, list[Promise]]:
    """What holds on each channel, its own promises and the general ones where it has none. One query."""
    found = {(one.channel_id, one.kind): one for one in reversed(promises_in_force(at))}
    return {
        channel: [
            one for kind in ("comment", "message") if (one := found.get((channel, kind)) or found.get((None, kind)))
        ]
        for channel in channels
    }


def promises_with_examples(at: datetime) -> list[PromiseLine]:
    """Those in force, each with what it means now in the hours of its channel's unit. Three queries."""
    found = promises_in_force(at)
    times = working_times({promise.channel.unit_id if promise.channel else None for promise in found})
    return [_line(one, at, times[one.channel.unit_id if one.channel else None]) for one in found]


def waiting_to_begin(at: datetime) -> QuerySet[Promise]:
    """Promises that begin later. One that was withdrawn before it began ends where it begins."""
    return Promise.objects.filter(Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), valid_from__gt=at)


def waiting_promises(at: datetime) -> list[Promise]:
    return list(waiting_to_begin(at).select_related("channel").order_by("valid_from", "id"))


def ended_promises(at: datetime) -> list[Promise]:
    """Those that were in force and are not any more, the last ended first; at most fifty."""
    found = Promise.objects.filter(valid_to__lte=at, valid_to__gt=F("valid_from")).select_related("channel")
    return list(found.order_by("-valid_to", "id")[:SHOWN])


def _in_force(at: datetime) -> QuerySet[Promise]:
    return Promise.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)


def _line(promise: Promise, at: datetime, hours: WorkingTime) -> PromiseLine:
    if promise.value is None:
        return PromiseLine(promise)
    clock = cast(Clock, promise.clock)
    try:
        due = deadline(at, value=promise.value, unit=cast(Unit, promise.unit_of_time), clock=clock, hours=hours)
        return PromiseLine(promise, risk_moment(at, due, clock=clock, hours=hours), due)
    except ClockError as error:
        return PromiseLine(promise, trouble=f"{error} {error.advice}")
