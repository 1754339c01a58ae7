"""The watch roster: a week as a table, the gaps of the coming week, and the form that puts people on watch."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Shift
from ordskifte.plan.pages import desk
from ordskifte.plan.queries import roster_gaps, shifts_between
from ordskifte.plan.queries.roster import AHEAD, people_who_can_watch
from ordskifte.plan.shifts import add_shifts, remove_shift, restore_shift
from ordskifte.plan.working_time import OSLO

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the week's table: a watch, and its shifts on each day."""

    name: str
    days: list[list[Shift]]


@desk.reading
def roster(request: DeskRequest) -> HttpResponse:
    """One week; this one, or `?week=2026-W12`."""
    at = now()
    monday = _monday(request.GET.get("week", ""), at.astimezone(OSLO).date())
    days = [monday + timedelta(days=n) for n in range(7)]
    shifts = shifts_between(_midnight(monday), _midnight(monday + timedelta(days=7)))
    context = {
        "days": days,
        "today": at.astimezone(OSLO).date(),
        "rows": _rows(shifts, days),
        "gaps": roster_gaps(at, at + AHEAD),
        "before": _week_of(monday - timedelta(days=7)),
        "after": _week_of(monday + timedelta(days=7)),
        "number": monday.isocalendar().week,
        "at": at,
    }
    return desk.show(request, "roster", context)


@desk.planning("GET", "POST")
def new_shifts(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: put a person on watch."""
    if request.method == "POST":
        try:
            made = add_shifts(
                desk.one_of(request, "person") or UUID(int=0),
                unit_id=desk.one_of(request, "unit"),
                first=_date(request, "first"),
                last=_date(request, "last"),
                weekdays=[day for day in range(7) if f"weekday-{day}" in request.POST],
                begins=_time(request, "begins"),
                ends=_time(request, "ends"),
                urgent=request.POST.get("watch") == "urgent",
                actor=request.viewer.actor,
                at=now(),
            )
        except PlanError as error:
            return _form(request, error=error)
        desk.tell(request, _("%(name)s is on the roster.") % {"name": made[0].person.name})
        return redirect(_address(made[0].starts.astimezone(OSLO).date()))
    return _form(request)


@desk.planning("POST")
def remove(request: DeskRequest, shift: UUID) -> HttpResponse:
    try:
        remove_shift(shift, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The shift is removed."), undo=reverse("plan:restore-shift", args=[shift]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect(_week_of_shift(shift))


@desk.planning("POST")
def restore(request: DeskRequest, shift: UUID) -> HttpResponse:
    try:
        restore_shift(shift, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The shift is back."))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect(_week_of_shift(shift))


def _form(request: DeskRequest, *, error: PlanError | None = None) -> HttpResponse:
    context = {
        "people": [(one.id, one.name) for one in people_who_can_watch()],
        "units": desk.units(),
        "weekdays": [(f"weekday-{day}", WEEKDAYS[day], day < 5) for day in range(7)],
        "today": now().astimezone(OSLO).date().isoformat(),
    }
    return desk.show(request, "shift_form", context, error=error)


def _rows(shifts: list[Shift], days: list[date]) -> list[Row]:
    """The body's watch first, always; units that have shifts; the duty list last."""
    names: dict[tuple[bool, str], str] = {(False, ""): _("The whole body")}
    for shift in shifts:
        unit = shift.unit.name if shift.unit else ""
        names[shift.urgent, unit] = _duty(unit) if shift.urgent else unit or _("The whole body")
    return [
        Row(name, [[one for one in shifts if _is_in(one, key, day)] for day in days])
        for key, name in sorted(names.items())
    ]


def _duty(unit: str) -> str:
    return f"{_('Duty list')}, {unit}" if unit else _("Duty list")


def _is_in(shift: Shift, key: tuple[bool, str], day: date) -> bool:
    unit = shift.unit.name if shift.unit else ""
    return (shift.urgent, unit) == key and shift.starts.astimezone(OSLO).date() == day


def _monday(asked: str, today: date) -> date:
    found = _WEEK.fullmatch(asked)
    try:
        day = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else today
        return day - timedelta(days=day.weekday()) if 1990 < day.year < 2200 else _monday("", today)
    except ValueError:
        return _monday("", today)


def _week_of(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def _address(day: date) -> str:
    return f"{reverse('plan:roster')}?week={_week_of(day)}"


def _week_of_shift(shift_id: UUID) -> str:
    starts = Shift.objects.filter(pk=shift_id).values_list("starts", flat=True).first()
    return _address(starts.astimezone(OSLO).date()) if starts else reverse("plan:roster")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), OSLO)


def _date(request: DeskRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise PlanError(_("Choose a date."), field=name) from None


def _time(request: DeskRequest, name: str) -> time:
    try:
        return time.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise PlanError(_("Choose a time."), field=name) from None
