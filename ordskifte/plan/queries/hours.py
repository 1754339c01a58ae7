"""When the body and its units are at work, from their rows."""

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from ordskifte.plan.models import OpeningHours, SpecialDay
from ordskifte.plan.working_time import Hours, WorkingTime


def working_time(unit_id: UUID | None) -> WorkingTime:
    """When a unit is at work: its own weekly hours, else the body's; the body's special days, and its own before them.

    None: the body. Two queries.
    """
    wanted = Q(unit=None) | Q(unit_id=unit_id)
    return _working_time(
        unit_id,
        OpeningHours.objects.filter(wanted),
        SpecialDay.objects.filter(wanted),
    )


def working_times(unit_ids: Iterable[UUID | None]) -> dict[UUID | None, WorkingTime]:
    """The same for several units (None: the body), still in two queries."""
    hours, special = list(OpeningHours.objects.all()), list(SpecialDay.objects.all())
    return {unit: _working_time(unit, hours, special) for unit in unit_ids}


def _working_time(unit_id: UUID | None, hours: Iterable[OpeningHours], special: Iterable[SpecialDay]) -> WorkingTime:
    """What is in force now, with what was in force before each change of it."""
    hours = [row for row in hours if row.unit_id in (None, unit_id)]
    special = [row for row in special if row.unit_id in (None, unit_id)]
    moments = {moment for row in hours for moment in (row.valid_from, row.valid_to) if moment}
    moments |= {moment for row in special for moment in (row.valid_from, row.valid_to) if moment}
    former: list[tuple[datetime, WorkingTime]] = []
    found = _in_force(unit_id, _standing(hours, None), _standing(special, None))
    for moment in sorted(moments):
        later = _in_force(unit_id, _standing(hours, moment), _standing(special, moment))
        if later != found:
            former.append((moment, found))
            found = later
    return replace(found, former=tuple(former))


_Dated = TypeVar("_Dated", OpeningHours, SpecialDay)


def _standing(rows: Iterable[_Dated], since: datetime | None) -> list[_Dated]:
    """The rows in force from a moment on (None: before the first change of all)."""
    if since is None:
        since = datetime.min.replace(tzinfo=UTC)
    found: list[_Dated] = []
    for row in rows:
        begins, ends = row.valid_from, row.valid_to
        if (begins is None or begins <= since) and (ends is None or ends > since):
            found.append(row)
    return found


def _in_force(unit_id: UUID | None, hours: Iterable[OpeningHours], special: Iterable[SpecialDay]) -> WorkingTime:
    weekdays: dict[UUID | None, dict[int, Hours]] = {None: {}, unit_id: {}}
    for row in hours:
        mine = weekdays[row.unit_id]
        mine[row.weekday] = (*mine.get(row.weekday, ()), (row.opens, row.closes))
    special = list(special)
    return WorkingTime(
        weekdays=_in_order(weekdays[unit_id] or weekdays[None]),
        special={**_special(None, special), **_special(unit_id, special)},
    )


def _special(unit_id: UUID | None, rows: Iterable[SpecialDay]) -> dict[tuple[int | None, int, int], Hours]:
    found: dict[tuple[int | None, int, int], list[tuple[time, time]]] = defaultdict(list)
    for row in rows:
        if row.unit_id == unit_id:
            own = found[row.year, row.month, row.day]
            if row.opens is not None and row.closes is not None:
                own.append((row.opens, row.closes))
    return {day: tuple(sorted(spans)) for day, spans in found.items()}


def _in_order(weekdays: dict[int, Hours]) -> dict[int, Hours]:
    return {day: tuple(sorted(spans)) for day, spans in sorted(weekdays.items())}


@dataclass(frozen=True, slots=True)
class DayOfItsOwn:
    """A special day as a list shows it: the row that removes it, its date, and when it comes next."""

    row: int
    year: int | None
    coming: date  # in this year or the next; of a year that is past, that one
    hours: Hours
    note: str


def weekly_hours(unit_id: UUID | None) -> dict[int, Hours]:
    """A unit's own week (the body's for None), without the body's standing in for it."""
    rows = OpeningHours.objects.filter(unit_id=unit_id, valid_to=None)  # type: ignore[misc]  # the body
    return dict(_in_force(unit_id, rows, ()).weekdays)


def special_days(unit_id: UUID | None, today: date) -> list[DayOfItsOwn]:
    """A unit's own special days (the body's for None), the next to come first and those that are past last."""
    found: dict[tuple[int | None, int, int], DayOfItsOwn] = {}
    for row in SpecialDay.objects.filter(unit_id=unit_id, valid_to=None).order_by("opens", "id"):  # type: ignore[misc]  # the body
        key = row.year, row.month, row.day
        span = ((row.opens, row.closes),) if row.opens and row.closes else ()
        before = found.get(key)
        found[key] = DayOfItsOwn(
            row=before.row if before else row.pk,
            year=row.year,
            coming=_coming(row, today),
            hours=(*before.hours, *span) if before else span,
            note=row.note,
        )
    return sorted(found.values(), key=lambda day: (day.coming < today, day.coming))


def _coming(row: SpecialDay, today: date) -> date:
    years = [row.year] if row.year else range(today.year, today.year + 9)  # 29 February comes within eight years
    dates = [date(year, row.month, row.day) for year in years if (row.month, row.day) != (2, 29) or isleap(year)]
    return next((day for day in dates if day >= today), dates[-1])
