"""The roster: people put on watch, and taken off it (R87)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.people.models import Grant, Person, Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Shift
from ordskifte.plan.working_time import OSLO
from ordskifte.records.entry import record_act

MOST_AT_ONCE: Final = 200


@transaction.atomic
def add_shifts(
    person_id: UUID,
    *,
    unit_id: UUID | None,
    first: date,
    last: date,
    weekdays: Iterable[int],
    begins: time,
    ends: time,
    urgent: bool,
    actor: str,
    at: datetime,
) -> list[Shift]:
    """Put a person on watch on these weekdays from `first` to `last`. `ends` at or before `begins` is the next day's.

    PlanError when the person cannot sign in, has a shift of the same sort at the same time, or it is over already.
    """
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True, break_glass=False).first()
    if person is None or not Grant.objects.filter(person=person, ended_at=None).exists():
        raise PlanError(_("Choose somebody who can sign in."), field="person")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        raise PlanError(_("That unit does not exist."), field="unit")
    spans = [span for day in _days(first, last, frozenset(weekdays)) if (span := _span(day, begins, ends))[1] > at]
    if not spans:
        raise PlanError(_("None of these days is still to come. Choose days and weekdays."), field="first")
    _refuse_twice(person, spans, urgent=urgent)
    made = Shift.objects.bulk_create(
        Shift(person=person, unit_id=unit_id, starts=starts, ends=over, urgent=urgent) for starts, over in spans
    )
    details = {
        "person": str(person_id),
        "unit": str(unit_id) if unit_id else None,
        "urgent": urgent,
        "shifts": [str(shift.id) for shift in made],
    }
    record_act("shifts.added", actor=actor, at=at, record=person_id, details=details)
    return made


@transaction.atomic
def remove_shift(shift_id: UUID, *, actor: str, at: datetime) -> None:
    """Take a person off watch. What is over is not changed."""
    shift = Shift.objects.select_for_update().filter(pk=shift_id, removed_at=None).first()
    if shift is None:
        raise PlanError(_("This shift is not in the roster any more."))
    if shift.ends <= at:
        raise PlanError(_("This shift is over, and stays as it was."))
    shift.removed_at = at
    shift.save(update_fields=["removed_at"])
    record_act("shift.removed", actor=actor, at=at, record=shift.person_id, details={"shift": str(shift.id)})


@transaction.atomic
def restore_shift(shift_id: UUID, *, actor: str, at: datetime) -> None:
    """Undo a removal."""
    shift = Shift.objects.select_for_update().filter(pk=shift_id, removed_at__isnull=False).first()
    if shift is None:
        raise PlanError(_("This shift is in the roster already."))
    _refuse_twice(shift.person, [(shift.starts, shift.ends)], urgent=shift.urgent)
    shift.removed_at = None
    shift.save(update_fields=["removed_at"])
    record_act("shift.restored", actor=actor, at=at, record=shift.person_id, details={"shift": str(shift.id)})


def _days(first: date, last: date, weekdays: frozenset[int]) -> list[date]:
    if last < first:
        raise PlanError(_("The last day comes after the first."), field="last")
    if (last - first).days > 366:
        raise PlanError(_("Plan at most a year at a time."), field="last")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [day for day in days if day.weekday() in weekdays]
    if len(wanted) > MOST_AT_ONCE:
        raise PlanError(_("That is more than %(count)s shifts at once.") % {"count": MOST_AT_ONCE}, field="last")
    return wanted


def _span(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    over = day if ends > begins else day + timedelta(days=1)
    return (
        datetime.combine(day, begins, OSLO).astimezone(UTC),
        datetime.combine(over, ends, OSLO).astimezone(UTC),
    )


def _refuse_twice(person: Person, spans: list[tuple[datetime, datetime]], *, urgent: bool) -> None:
    standing = Shift.objects.filter(
        person=person, urgent=urgent, removed_at=None, starts__lt=spans[-1][1], ends__gt=spans[0][0]
    ).values_list("starts", "ends")
    for starts, ends in standing:
        if any(starts < over and ends > begins for begins, over in spans):
            when = f"{starts.astimezone(OSLO):%d.%m.%Y %H.%M}"
            raise PlanError(
                _("%(name)s has a shift at the same time already, %(when)s.") % {"name": person.name, "when": when},
                field="person",
            )
