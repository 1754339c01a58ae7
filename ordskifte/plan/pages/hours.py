"""Opening hours and special days, of the body and of units."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.people.models import Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.opening_hours import add_special_day, remove_special_day, set_opening_hours
from ordskifte.plan.pages import desk
from ordskifte.plan.queries.hours import special_days, weekly_hours
from ordskifte.plan.working_time import OSLO, is_holiday
from ordskifte.plan.written_hours import hours_of, written_hours


@desk.reading
def hours(request: DeskRequest) -> HttpResponse:
    """The week and the days of their own; of a unit with `?unit=`."""
    return _page(request, _unit(request.GET.get("unit", "")))


@desk.planning("POST")
def set_week(request: DeskRequest) -> HttpResponse:
    unit = _unit(request.POST.get("unit", ""))
    try:
        week = {day: hours_of(request.POST.get(f"day-{day}", ""), field=f"day-{day}") for day in range(7)}
        changed = set_opening_hours(unit.id if unit else None, week, actor=request.viewer.actor, at=now())
    except PlanError as error:
        return _page(request, unit, error=error)
    if changed:
        desk.tell(request, _("The opening hours are changed. Clocks that run already keep their deadline."))
    return _back(unit)


@desk.planning("POST")
def add_day(request: DeskRequest) -> HttpResponse:
    """A day of its own, from a date; every year when that is ticked."""
    unit = _unit(request.POST.get("unit", ""))
    try:
        chosen = _date(request.POST.get("date", ""))
        add_special_day(
            unit.id if unit else None,
            month=chosen.month,
            day=chosen.day,
            year=None if "yearly" in request.POST else chosen.year,
            hours=hours_of(request.POST.get("hours", ""), field="hours"),
            note=request.POST.get("note", ""),
            actor=request.viewer.actor,
            at=now(),
        )
    except PlanError as error:
        return _page(request, unit, error=error)
    desk.tell(request, _("The day is added."))
    return _back(unit)


@desk.planning("POST")
def remove_day(request: DeskRequest, row: int) -> HttpResponse:
    try:
        remove_special_day(row, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The day follows its weekday again."))
    except PlanError as error:
        desk.refuse(request, error)
    return _back(_unit(request.POST.get("unit", "")))


def _page(request: DeskRequest, unit: Unit | None, *, error: PlanError | None = None) -> HttpResponse:
    today = now().astimezone(OSLO).date()
    own = weekly_hours(unit.id if unit else None)
    context = {
        "unit": unit,
        "units": Unit.objects.order_by("name"),
        "own": own,
        "week": [(day, WEEKDAYS[day], written_hours(own.get(day, ()))) for day in range(7)],
        "days": special_days(unit.id if unit else None, today),
        "holidays": _coming_holidays(today),
    }
    return desk.show(request, "hours", context, error=error)


def _coming_holidays(today: date) -> list[date]:
    days = [date.fromordinal(today.toordinal() + n) for n in range(366)]
    return [day for day in days if is_holiday(day)]


def _unit(text: str) -> Unit | None:
    if not text:
        return None
    try:
        return Unit.objects.get(pk=UUID(text))
    except (ValueError, Unit.DoesNotExist):
        raise Http404 from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PlanError(_("Choose a date."), field="date") from None


def _back(unit: Unit | None) -> HttpResponse:
    return redirect(reverse("plan:hours") + (f"?unit={unit.id}" if unit else ""))
