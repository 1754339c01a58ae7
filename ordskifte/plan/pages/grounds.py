"""Grounds for moderation: published, not in use yet, withdrawn."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan import grounds as acts
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Ground
from ordskifte.plan.pages import desk
from ordskifte.plan.queries import all_grounds


@desk.reading
def grounds(request: DeskRequest) -> HttpResponse:
    found = all_grounds()
    context = {
        "published": [one for one in found if one.published_at and not one.withdrawn_at],
        "drafts": [one for one in found if not one.published_at and not one.withdrawn_at],
        "withdrawn": [one for one in found if one.withdrawn_at],
    }
    return desk.show(request, "grounds", context)


@desk.planning("GET", "POST")
def new_ground(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: add it; it is published by an act of its own."""
    if request.method == "POST":
        try:
            acts.add_ground(**_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return desk.show(request, "ground_form", {"ground": None}, error=error)
        desk.tell(request, _("The ground is added. It can be used when it is published."))
        return redirect("plan:grounds")
    return desk.show(request, "ground_form", {"ground": None})


@desk.planning("GET", "POST")
def ground(request: DeskRequest, ground: UUID) -> HttpResponse:
    """GET: the form. POST: write it anew; what was published is withdrawn and followed."""
    shown = get_object_or_404(Ground, pk=ground, withdrawn_at=None)
    if request.method == "POST":
        try:
            acts.change_ground(ground, **_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return desk.show(request, "ground_form", {"ground": shown}, error=error)
        desk.tell(request, _("The ground is written anew."))
        return redirect("plan:grounds")
    return desk.show(request, "ground_form", {"ground": shown})


@desk.planning("POST")
def publish(request: DeskRequest, ground: UUID) -> HttpResponse:
    try:
        acts.publish_ground(ground, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The ground is published."))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:grounds")


@desk.planning("POST")
def withdraw(request: DeskRequest, ground: UUID) -> HttpResponse:
    try:
        acts.withdraw_ground(ground, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The ground is withdrawn. Measures that rest on it stand."))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:grounds")


def _written(request: DeskRequest) -> dict[str, Any]:
    return {
        "names": desk.texts(request, "names"),
        "examples": desk.texts(request, "examples"),
        "legal_basis": request.POST.get("legal_basis", ""),
    }
