"""Pages of figures: the desk's with the equal treatment report, and the public one."""

from datetime import date
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from ordskifte.base.clock import now
from ordskifte.converse.moderation.queries import scope_of, waiting
from ordskifte.converse.moderation.rules import READERS
from ordskifte.measure.equal import groups_of, make_report, reports
from ordskifte.measure.errors import MeasureError
from ordskifte.measure.figures import Figures, figures, last_year
from ordskifte.measure.small import SMALLEST
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Person, Role

MAKERS: Final = (Role.OWNER, Role.DEPUTY, Role.LEADER, Role.DPO)
"""May have a report on equal treatment made."""


def _today() -> date:
    return timezone.localtime(now()).date()


def _public() -> Figures:
    return figures(*last_year(_today()))


@require_http_methods(["GET", "POST"])
@desk(*READERS)
def desk_figures(request: DeskRequest) -> HttpResponse:
    """Moderation in figures; POST makes a report on equal treatment."""
    since, until = last_year(_today())
    context: dict[str, Any] = {"since": since, "until": until}
    status = 200
    if request.method == "POST":
        if not request.viewer.has(*MAKERS):
            raise PermissionDenied
        begins, ends = _date(request.POST.get("since", "")), _date(request.POST.get("until", ""))
        try:
            if begins is None or ends is None:
                raise MeasureError(_("Choose a period that has begun and ends no later than today."))
            make_report(begins, ends, by=cast(Person, request.user), actor=request.viewer.actor, at=now())
            messages.success(request, _("The report is made."))
            return redirect("measure:figures")
        except MeasureError as error:
            context |= {"error": error, "since": begins or since, "until": ends or until}
            status = 422
    context |= {
        "figures": figures(since, until) if status == 200 else _public(),
        "reports": [(one, groups_of(one)) for one in reports()],
        "may_make": request.viewer.has(*MAKERS),
        "smallest": SMALLEST,
        "waiting": waiting(scope_of(request.viewer)),
    }
    return render(request, "measure/desk.html", context, status=status)


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_safe
@cache_control(public=True, max_age=300)
def public_figures(request: HttpRequest) -> HttpResponse:
    """How many, on which grounds, complained about, reversed: the last twelve months. No script, no cookie."""
    return render(request, "measure/public.html", {"figures": _public(), "smallest": SMALLEST})


@require_safe
@cache_control(public=True, max_age=300)
def open_figures(request: HttpRequest) -> JsonResponse:
    """The same as JSON."""
    return JsonResponse(_public().as_json())
