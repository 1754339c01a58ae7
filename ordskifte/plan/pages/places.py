"""Places to go, and which of them are dead."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan import places as acts
from ordskifte.plan import sayings
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Place
from ordskifte.plan.pages import desk
from ordskifte.plan.queries import all_places


@desk.reading
def places(request: DeskRequest) -> HttpResponse:
    found = all_places()
    context = {
        "live": [one for one in found if one.dead_since is None],
        "dead": [one for one in found if one.dead_since is not None],
    }
    return desk.show(request, "places", context)


@desk.planning("GET", "POST")
def new_place(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: add it."""
    if request.method == "POST":
        try:
            acts.add_place(**_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, None, error=error)
        desk.tell(request, _("The place is added."))
        return redirect("plan:places")
    return _form(request, None)


@desk.planning("GET", "POST")
def place(request: DeskRequest, place: UUID) -> HttpResponse:
    """GET: the form. POST: change it."""
    shown = get_object_or_404(Place, pk=place)
    if request.method == "POST":
        try:
            acts.change_place(place, **_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, shown, error=error)
        desk.tell(request, _("The place is changed."))
        return redirect("plan:places")
    return _form(request, shown)


@desk.planning("POST")
def close(request: DeskRequest, place: UUID) -> HttpResponse:
    try:
        acts.close_place(place, actor=request.viewer.actor, at=now())
        desk.tell(request, _("Nobody is sent there any more."), undo=reverse("plan:reopen-place", args=[place]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:places")


@desk.planning("POST")
def reopen(request: DeskRequest, place: UUID) -> HttpResponse:
    try:
        acts.reopen_place(place, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The place is in use."), undo=reverse("plan:close-place", args=[place]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:places")


def _form(request: DeskRequest, shown: Place | None, *, error: PlanError | None = None) -> HttpResponse:
    context = {"place": shown, "purposes": list(sayings.PURPOSES.items()), "units": desk.units()}
    return desk.show(request, "place_form", context, error=error)


def _written(request: DeskRequest) -> dict[str, Any]:
    plain = {name: request.POST.get(name, "") for name in ("purpose", "url", "phone", "email", "hours")}
    return {**plain, "names": desk.texts(request, "names"), "unit_id": desk.one_of(request, "unit")}
