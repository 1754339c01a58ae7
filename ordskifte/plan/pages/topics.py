"""Topics, their words and owners, and how much trust their replies get."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan import topics as acts
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Topic
from ordskifte.plan.pages import desk
from ordskifte.plan.queries import all_topics, live_places
from ordskifte.plan.words import said_in


@desk.reading
def topics(request: DeskRequest) -> HttpResponse:
    found = all_topics()
    context = {
        "open": [one for one in found if one.closed_at is None],
        "closed": [one for one in found if one.closed_at is not None],
    }
    return desk.show(request, "topics", context)


@desk.planning("GET", "POST")
def new_topic(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST: add it."""
    if request.method == "POST":
        try:
            acts.add_topic(**_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, None, error=error)
        desk.tell(request, _("The topic is added."))
        return redirect("plan:topics")
    return _form(request, None)


@desk.planning("GET", "POST")
def topic(request: DeskRequest, topic: UUID) -> HttpResponse:
    """GET: the form. POST: change it."""
    shown = get_object_or_404(Topic, pk=topic)
    if request.method == "POST":
        try:
            acts.change_topic(topic, **_written(request), actor=request.viewer.actor, at=now())
        except PlanError as error:
            return _form(request, shown, error=error)
        desk.tell(request, _("The topic is changed."))
        return redirect("plan:topics")
    return _form(request, shown)


@desk.planning("POST")
def close(request: DeskRequest, topic: UUID) -> HttpResponse:
    try:
        acts.close_topic(topic, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The topic is not used any more."), undo=reverse("plan:reopen-topic", args=[topic]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:topics")


@desk.planning("POST")
def reopen(request: DeskRequest, topic: UUID) -> HttpResponse:
    try:
        acts.reopen_topic(topic, actor=request.viewer.actor, at=now())
        desk.tell(request, _("The topic is in use."), undo=reverse("plan:close-topic", args=[topic]))
    except PlanError as error:
        desk.refuse(request, error)
    return redirect("plan:topics")


def _form(request: DeskRequest, shown: Topic | None, *, error: PlanError | None = None) -> HttpResponse:
    places = [(one.id, said_in(one.names)) for one in live_places()]
    context = {
        "topic": shown,
        "words": ", ".join(shown.words) if shown else "",
        "units": desk.units(),
        "places": places,
    }
    return desk.show(request, "topic_form", context, error=error)


def _written(request: DeskRequest) -> dict[str, Any]:
    return {
        "names": desk.texts(request, "names"),
        "words": request.POST.get("words", ""),
        "unit_id": desk.one_of(request, "unit"),
        "place_id": desk.one_of(request, "place"),
        "four_eyes": request.POST.get("trust") == "four_eyes",
    }
