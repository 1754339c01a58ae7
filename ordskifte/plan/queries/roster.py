"""Who is on watch, who is on the duty list, and when nobody is (R87)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from ordskifte.people.models import Grant, Person, Unit
from ordskifte.plan.models import Promise, Shift
from ordskifte.plan.queries.hours import working_times
from ordskifte.plan.working_time import OSLO, Span, WorkingTime

AHEAD: Final = timedelta(days=7)  # gaps are warned this long before (R87)
RECENT: Final = timedelta(days=28)  # a unit with a shift as late as this keeps a roster of its own


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which somebody should be on watch and nobody is. No unit: the body's own watch."""

    unit: Unit | None
    starts: datetime
    ends: datetime


def on_watch(at: datetime, *, unit_id: UUID | None = None) -> list[Person]:
    """Who is on watch at a moment, for a unit (the body when it has nobody). No unit: everyone."""
    shifts = list(_covering(at).filter(urgent=False))
    if unit_id is not None:
        own = [shift for shift in shifts if shift.unit_id == unit_id]
        shifts = own or [shift for shift in shifts if shift.unit_id is None]
    return _persons(shifts)


def duty_list(at: datetime) -> list[Person]:
    """Who is alerted of an emergency at a moment outside working hours."""
    return _persons(_covering(at).filter(urgent=True))


def roster_gaps(start: datetime, end: datetime) -> list[Gap]:
    """When nobody is on watch between two moments. Four queries.

    The body's own watch is wanted through its working hours, and around the clock when a promise that runs around the
    clock is in force. A unit that has shifts of its own is wanted in its own working hours; the body's watch does not
    stand in for it. The duty list covers only the time outside working hours.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    shifts = list(_standing().filter(ends__gt=start - RECENT, starts__lt=end).select_related("unit").order_by("starts"))
    units: dict[UUID | None, Unit | None] = {None: None}
    units |= {shift.unit_id: shift.unit for shift in shifts if shift.unit_id}
    times = working_times(units)
    always = _promised_always(start, end)
    gaps = [
        Gap(unit, *left)
        for unit_id, unit in units.items()
        for left in _gaps_of(unit_id, start, end, times[unit_id], shifts, always=always)
    ]
    return sorted(gaps, key=lambda gap: (gap.starts, gap.unit.name if gap.unit else ""))


def shifts_between(start: datetime, end: datetime) -> list[Shift]:
    """The shifts that stand, in order, with their people. One query."""
    found = Shift.objects.filter(removed_at=None, starts__lt=end, ends__gt=start)
    return list(found.select_related("person", "unit").order_by("starts", "ends", "person__name", "id"))


def people_who_can_watch() -> list[Person]:
    """People who can sign in and have a role. One query."""
    with_role = Grant.objects.filter(ended_at=None).values("person_id")
    return list(Person.objects.filter(is_active=True, break_glass=False, pk__in=with_role).order_by("name", "id"))


def _standing() -> QuerySet[Shift]:
    """Shifts of people who still work here."""
    return Shift.objects.filter(removed_at=None, person__is_active=True)


def _covering(at: datetime) -> QuerySet[Shift]:
    found = _standing().filter(starts__lte=at, ends__gt=at)
    return found.select_related("person").order_by("person__name", "person_id")


def _persons(shifts: Iterable[Shift]) -> list[Person]:
    return list({shift.person_id: shift.person for shift in shifts}.values())


def _promised_always(start: datetime, end: datetime) -> bool:
    return Promise.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=start), clock="all", value__isnull=False, valid_from__lt=end
    ).exists()


def _gaps_of(
    unit_id: UUID | None, start: datetime, end: datetime, hours: WorkingTime, shifts: list[Shift], *, always: bool
) -> list[Span]:
    own = [shift for shift in shifts if shift.unit_id == unit_id]
    open_spans = _open_between(start, end, hours)
    regular = [(shift.starts, shift.ends) for shift in own if not shift.urgent]
    gaps = _without(open_spans, regular)
    if always and unit_id is None:
        closed = _without([(start, end)], open_spans)
        gaps += _without(closed, [(shift.starts, shift.ends) for shift in own])
    return gaps


def _open_between(start: datetime, end: datetime, hours: WorkingTime) -> list[Span]:
    found: list[Span] = []
    day = start.astimezone(OSLO).date()
    while day <= end.astimezone(OSLO).date():
        for opens, closes in hours.spans_on(day):
            clipped = max(opens, start), min(closes, end)
            if clipped[0] < clipped[1]:
                found.append(clipped)
        day += timedelta(days=1)
    return found


def _without(spans: list[Span], covered: list[Span]) -> list[Span]:
    """What is left of spans when others are taken away."""
    left = spans
    for starts, ends in covered:
        left = [
            part
            for span in left
            for part in ((span[0], min(span[1], starts)), (max(span[0], ends), span[1]))
            if part[0] < part[1]
        ]
    return left
