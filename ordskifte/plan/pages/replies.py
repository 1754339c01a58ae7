"""Saved replies: answers written once, in the languages the body writes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan import saved_replies as acts
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import SavedReply
from ordskifte.plan.pages import desk
from ordskifte.plan.queries import all_replies, open_topics
from ordskifte.plan.words import said_in


@desk.reading
def replies(request: DeskRequest) -> HttpResponse:
    found = all_replies()
    context = {
        "open": [one for one in found if one.closed_at is None],
        "closed": [one for one in found if one.closed_at is not None],
    }
    return desk.show(request, "replies", context)


@desk.planning("GET", "POST")
def new_reply(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: add it."""
    if request.method == "POST":
        try:
            acts.add_reply(**_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, None, error=error)
        desk.tell(request, _("The reply is saved."))
        return redirect("plan:replies")
    return _form(request, None)


@desk.planning("GET", "POST")
def reply(request: DeskRequest, reply: UUID) -> HttpResponse:
    """GET: the form. POST: change it."""
    shown = get_object_or_404(SavedReply, pk=reply)
    if request.method == "POST":
        try:
            acts.change_reply(reply, **_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, shown, error=error)
        desk.tell(request, _("The reply is changed."))
        return redirect("plan:replies")
    return _form(request, shown)


@desk.planning("POST")
def close(request: DeskRequest, reply: UUID) -> HttpResponse:
    try:
        acts.close_reply(reply, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The reply is not suggested any more."), undo=reverse("plan:reopen-reply", args=[reply]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:replies")


@desk.planning("POST")
def reopen(request: DeskRequest, reply: UUID) -> HttpResponse:
    try:
        acts.reopen_reply(reply, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The reply is in use."), undo=reverse("plan:close-reply", args=[reply]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:replies")


def _form(request: DeskRequest, shown: SavedReply | None, *, error: PlanError | None = None) -> HttpResponse:
    context = {
        "reply": shown,
        "kinds": [(code, f"{code} {name}") for code, name in acts.RESPONSE_TYPES.items()],
        "topics": [(one.id, said_in(one.names)) for one in open_topics()],
        "filled": [*acts.FILLED, *acts.BY_HAND],
    }
    return desk.show(request, "reply_form", context, error=error)


def _written(request: DeskRequest) -> dict[str, Any]:
    return {
        "name": request.POST.get("name", ""),
        "kind": request.POST.get("kind", ""),
        "texts": desk.texts(request, "texts"),
        "topic_id": desk.one_of(request, "topic"),
    }
