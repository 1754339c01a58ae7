"""When the body and its units are at work: set as a whole week, with days of their own beside it.

A change counts from its own moment: the rows it replaces stay, with their end, and the past is counted by them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ordskifte.people.models import Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import OpeningHours, SpecialDay
from ordskifte.plan.words import one_line
from ordskifte.plan.working_time import Hours
from ordskifte.records.entry import record_act

MOST_SPANS: Final = 4
_LEAP_YEAR: Final = 2028


@transaction.atomic
def set_opening_hours(unit_id: UUID | None, weekdays: Mapping[int, Hours], *, actor: str, at: datetime) -> bool:
    """The week of a unit, or of the body (None), from now on. No hours at all: a unit follows the body again.

    Gives whether anything changed. PlanError when hours overlap, run backwards, or the body would never be open.
    """
    _unit_there(unit_id)
    for day, spans in weekdays.items():
        _checked(spans, field=f"day-{day}")
    if unit_id is None and not any(weekdays.values()):
        raise PlanError(_("The body must be open at some time in the week."), field="day-0")
    first = unit_id is None and not OpeningHours.objects.filter(unit=None).exists()
    rows = OpeningHours.objects.filter(unit_id=unit_id, valid_to=None)  # type: ignore[misc]  # None: the body
    rows = rows.select_for_update()
    before = sorted((row.weekday, row.opens, row.closes) for row in rows)
    after = sorted((day, opens, closes) for day, spans in weekdays.items() for opens, closes in spans)
    if before == after:
        return False
    _end(rows, at)
    since = None if first else at  # before there were any hours no clock could say anything
    OpeningHours.objects.bulk_create(
        OpeningHours(unit_id=unit_id, weekday=day, opens=opens, closes=closes, valid_from=since)
        for day, opens, closes in after
    )
    details = {"from": _week(before), "to": _week(after)}
    record_act("opening_hours.set", actor=actor, at=at, record=unit_id, details=details)
    return True


@transaction.atomic
def add_special_day(
    unit_id: UUID | None,
    *,
    month: int,
    day: int,
    year: int | None,
    hours: Hours,
    note: str,
    actor: str,
    at: datetime,
) -> SpecialDay:
    """A day of its own: closed (no hours), or open at other times. Every year when `year` is None.

    Gives its first row. PlanError when there is no such date, or the day is there already.
    """
    _unit_there(unit_id)
    try:
        date(year or _LEAP_YEAR, month, day)
    except ValueError:
        raise PlanError(_("There is no such date."), field="date") from None
    _checked(hours, field="hours")
    if _of_day(unit_id, year, month, day).exists():
        raise PlanError(_("This day is in the list already. Remove it first."), field="date")
    common = {
        "unit_id": unit_id,
        "year": year,
        "month": month,
        "day": day,
        "note": one_line(note, field="note"),
        "valid_from": at,
    }
    spans: Iterable[tuple[time | None, time | None]] = sorted(hours) or [(None, None)]
    rows = [SpecialDay.objects.create(**common, opens=opens, closes=closes) for opens, closes in spans]
    record_act("special_day.added", actor=actor, at=at, record=unit_id, details=_special(unit_id, rows))
    return rows[0]


@transaction.atomic
def remove_special_day(row_id: int, *, actor: str, at: datetime) -> None:
    """The date follows its weekday again."""
    row = SpecialDay.objects.filter(pk=row_id, valid_to=None).first()
    if row is None:
        raise PlanError(_("This day is not in the list any more."))
    rows = _of_day(row.unit_id, row.year, row.month, row.day)
    details = _special(row.unit_id, list(rows))
    _end(rows, at)
    record_act("special_day.removed", actor=actor, at=at, record=row.unit_id, details=details)


def _end(rows: QuerySet[OpeningHours] | QuerySet[SpecialDay], at: datetime) -> None:
    """They are in force no longer. What was counted by them stands; those that never were in force go."""
    rows.filter(valid_from__gte=at).delete()
    rows.update(valid_to=at)


def _of_day(unit_id: UUID | None, year: int | None, month: int, day: int) -> QuerySet[SpecialDay]:
    wanted = {"year": year, "month": month, "day": day, "valid_to": None}
    return SpecialDay.objects.filter(unit_id=unit_id, **wanted)  # type: ignore[misc]  # None: the body, every year


def _checked(spans: Hours, *, field: str) -> None:
    if len(spans) > MOST_SPANS:
        raise PlanError(_("A day can be split in four parts at most."), field=field)
    last: time | None = None
    for opens, closes in sorted(spans):
        if closes <= opens:
            raise PlanError(_("Closing comes after opening, on the same day."), field=field)
        if last is not None and opens < last:
            raise PlanError(_("These hours overlap."), field=field)
        last = closes


def _unit_there(unit_id: UUID | None) -> None:
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        raise PlanError(_("That unit does not exist."), field="unit")


def _week(rows: list[tuple[int, time, time]]) -> list[str]:
    return [f"{day} {opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in rows]


def _special(unit_id: UUID | None, rows: list[SpecialDay]) -> dict[str, object]:
    first = rows[0]
    hours = [f"{row.opens:%H:%M}-{row.closes:%H:%M}" for row in rows if row.opens and row.closes]
    when = f"{first.month:02}-{first.day:02}"
    return {
        "unit": str(unit_id) if unit_id else None,
        "date": f"{first.year}-{when}" if first.year else f"--{when}",
        "hours": hours,
    }
