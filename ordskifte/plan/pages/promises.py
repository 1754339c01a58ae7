"""What is promised: in force, waiting, ended; and the form for the next promise."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan import sayings
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Channel
from ordskifte.plan.pages import desk
from ordskifte.plan.promises import KINDS, make_promise, withdraw_promise
from ordskifte.plan.queries.promises import ended_promises, promises_with_examples, waiting_promises
from ordskifte.plan.working_time import OSLO


@desk.reading
def promises(request: DeskRequest) -> HttpResponse:
    at = now()
    context = {
        "lines": promises_with_examples(at),
        "waiting": waiting_promises(at),
        "ended": ended_promises(at),
    }
    return desk.show(request, "promises", context)


@desk.planning("GET", "POST")
def new_promise(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: promise it."""
    at = now()
    if request.method == "POST":
        try:
            make_promise(
                desk.one_of(request, "channel"),
                request.POST.get("kind", ""),
                value=None if "no_time" in request.POST else _whole_number(request.POST.get("value", "")),
                unit_of_time=request.POST.get("unit_of_time", ""),
                clock=request.POST.get("clock", ""),
                condition=request.POST.get("condition", ""),
                holding_counts="holding_counts" in request.POST,
                valid_from=_beginning(request.POST.get("valid_from", ""), at),
                actor=request.viewer.actor,
                at=at,
            )
        except PlanError as error:
            return _form(request, error=error)
        desk.tell(request, _("It is promised. Clocks that run already keep the promise they began with."))
        return redirect("plan:promises")
    return _form(request)


@desk.planning("POST")
def withdraw(request: DeskRequest, promise: UUID) -> HttpResponse:
    try:
        withdraw_promise(promise, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The promise is withdrawn."))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:promises")


def _form(request: DeskRequest, *, error: PlanError | None = None) -> HttpResponse:
    asked = request.GET.get("kind", "comment")
    context = {
        "channels": [(one.id, one.name) for one in Channel.objects.filter(closed_at=None).order_by("name")],
        "kinds": [(kind, sayings.KINDS[kind]) for kind in KINDS],
        "units": list(sayings.UNITS.items()),
        "clocks": [(code, *words) for code, words in sayings.CLOCKS.items()],
        "kind": asked if asked in KINDS else "comment",
        "channel": request.GET.get("channel", ""),
    }
    return desk.show(request, "promise_form", context, error=error)


def _whole_number(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 9:
        raise PlanError(_("Write a whole number, or promise no time."), field="value")
    return int(text)


def _beginning(text: str, at: datetime) -> datetime:
    """When it begins: a time of day in Oslo, or now when nothing was written."""
    if not text:
        return at
    try:
        return datetime.fromisoformat(text).replace(tzinfo=OSLO)
    except ValueError:
        raise PlanError(_("Choose a day and a time, or leave it empty."), field="valid_from") from None
