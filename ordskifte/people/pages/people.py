"""The administrators' pages: who may come in, what they may do, and the body's units.

Channels lie above this package: their names come in as `channels`, a function given where the addresses are put
together.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.people import acts, break_glass
from ordskifte.people.access import administrators, viewer_for
from ordskifte.people.errors import PeopleError
from ordskifte.people.models import BreakGlassUse, Grant, Invitation, Person, Unit
from ordskifte.people.roles import NAMES, given_role, reaches, role_line

Channels = Callable[[], Mapping[UUID, str]]


def _people(channels: Mapping[UUID, str]) -> list[dict[str, Any]]:
    at = now()
    grants = Prefetch(
        "grants", Grant.objects.filter(ended_at=None).select_related("unit").order_by("role"), "open_grants"
    )
    waiting = Prefetch("invitations", Invitation.objects.filter(closed_at=None), "open_invitations")
    found = Person.objects.prefetch_related(grants, waiting).order_by("-is_active", "name", "id")
    return [
        {
            "person": person,
            "roles": [role_line(grant, channels) for grant in person.open_grants],
            "state": _state(person, at),
        }
        for person in found
    ]


def _state(person: Any, at: Any) -> str:
    """`active`, `invited`, `expired` (an invitation nobody used in time) or `removed`."""
    if person.is_active:
        return "active"
    if not person.open_invitations:
        return "removed"
    return "invited" if person.open_invitations[0].expires_at > at else "expired"


@administrators
@require_GET
def people(request: HttpRequest, *, channels: Channels) -> HttpResponse:
    """Everyone who may come in, with their roles."""
    return render(request, "people/people.html", {"people": _people(channels())})


@never_cache
@administrators
def invite(request: HttpRequest, *, channels: Channels) -> HttpResponse:
    """GET: the form. POST: invite, and show the one-time link, this once."""
    names = channels()
    context: dict[str, Any] = {"roles": NAMES.items(), "reaches": reaches(list(Unit.objects.order_by("name")), names)}
    if request.method == "POST":
        context["given"] = request.POST
        try:
            role = given_role(request.POST.get("role", ""), request.POST.get("reach", ""), names)
            person, secret = acts.invite(
                request.POST.get("email", ""),
                request.POST.get("name", ""),
                roles=[role],
                actor=viewer_for(request).actor,
                at=now(),
            )
        except PeopleError as error:
            return render(request, "people/invite.html", context | {"error": str(error)}, status=400)
        return _show_link(request, person, secret)
    return render(request, "people/invite.html", context)


@never_cache
@administrators
@require_POST
def invite_again(request: HttpRequest, person: UUID) -> HttpResponse:
    """A new one-time link for someone who has not come in."""
    invited = get_object_or_404(Person, id=person)
    try:
        secret = acts.renew_invitation(invited, actor=viewer_for(request).actor, at=now())
    except PeopleError as error:
        messages.error(request, str(error))
        return redirect("person", person)
    return _show_link(request, invited, secret)


def _show_link(request: HttpRequest, person: Person, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return render(request, "people/invited.html", {"person": person, "link": link, "days": acts.INVITATION_DAYS})


@administrators
@require_GET
def person(request: HttpRequest, person: UUID, *, channels: Channels) -> HttpResponse:
    """One person: roles to give and to end, and the way out."""
    names = channels()
    shown = get_object_or_404(
        Person.objects.prefetch_related(
            Prefetch("invitations", Invitation.objects.filter(closed_at=None), "open_invitations")
        ),
        id=person,
    )
    grants = Grant.objects.filter(person=shown).select_related("unit").order_by("ended_at", "role", "given_at")
    lines = [role_line(grant, names) for grant in grants]
    context = {
        "shown": shown,
        "state": _state(shown, now()),
        "open": [line for line in lines if line.grant.ended_at is None],
        "ended": [line for line in lines if line.grant.ended_at is not None],
        "roles": NAMES.items(),
        "reaches": reaches(list(Unit.objects.order_by("name")), names),
    }
    return render(request, "people/person.html", context)


@administrators
@require_POST
def give_role(request: HttpRequest, person: UUID, *, channels: Channels) -> HttpResponse:
    shown = get_object_or_404(Person, id=person)
    try:
        role = given_role(request.POST.get("role", ""), request.POST.get("reach", ""), channels())
        acts.give_role(shown, role, actor=viewer_for(request).actor, at=now())
        messages.success(request, _("The role is given."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("person", person)


@administrators
@require_POST
def end_role(request: HttpRequest, person: UUID, grant: UUID) -> HttpResponse:
    ended = get_object_or_404(Grant.objects.select_related("person"), id=grant, person_id=person)
    try:
        acts.end_role(ended, actor=viewer_for(request).actor, at=now())
        messages.success(request, _("The role is ended."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("person", person)


@administrators
@require_POST
def remove(request: HttpRequest, person: UUID) -> HttpResponse:
    shown = get_object_or_404(Person, id=person)
    try:
        acts.remove_person(shown, actor=viewer_for(request).actor, at=now())
        messages.success(request, _("%(name)s can no longer come in.") % {"name": shown.name})
    except PeopleError as error:
        messages.error(request, str(error))
        return redirect("person", person)
    return redirect("people")


@administrators
def units(request: HttpRequest) -> HttpResponse:
    """GET: the body's units. POST: a new one."""
    if request.method == "POST":
        try:
            acts.add_unit(
                request.POST.get("name", "")[:200],
                sensitive="sensitive" in request.POST,
                actor=viewer_for(request).actor,
                at=now(),
            )
            messages.success(request, _("The unit is added."))
        except PeopleError as error:
            messages.error(request, str(error))
        return redirect("units")
    return render(request, "people/units.html", {"units": Unit.objects.order_by("name")})


@administrators
@require_POST
def mark_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    marked = get_object_or_404(Unit, id=unit)
    sensitive = request.POST.get("sensitive") == "yes"
    acts.mark_unit(marked, sensitive=sensitive, actor=viewer_for(request).actor, at=now())
    return redirect("units")


@administrators
@require_POST
def acknowledge(request: HttpRequest, use: UUID) -> HttpResponse:
    """An administrator has seen that the break-glass account was used."""
    assert isinstance(request.user, Person)
    break_glass.acknowledge(get_object_or_404(BreakGlassUse, id=use), request.user, at=now())
    return redirect("people")
