"""The administrators' page for the API's tokens: make one (shown once), see when each was last used, end one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ordskifte.base.clock import now
from ordskifte.people.access import administrators, viewer_for
from ordskifte.people.models import Grant, Person
from ordskifte.people.roles import NAMES
from ordskifte.web.api.tokens import TokenError, create_token, end_token
from ordskifte.web.models import ApiToken


@never_cache
@administrators
def tokens(request: HttpRequest) -> HttpResponse:
    """GET: the tokens, and the form for the person in `?person=`. POST: make one and show it, this once."""
    context: dict[str, Any] = {}
    chosen = request.POST.get("person") or request.GET.get("person")
    if chosen:
        person = _person(chosen)
        held = Grant.objects.filter(person=person, ended_at=None).values_list("role", flat=True).distinct()
        context = {"chosen": person, "roles": [(role, NAMES[role]) for role in sorted(held)]}
    if request.method == "POST" and chosen:
        name, roles = request.POST.get("name", ""), request.POST.getlist("role")
        try:
            made, secret = create_token(name, person, roles=roles, actor=viewer_for(request).actor, at=now())
        except TokenError as error:
            context |= {"error": str(error), "typed": name, "ticked": roles}
            return render(request, "web/tokens.html", context | _lists(), status=422)
        return render(request, "web/token_made.html", {"token": made, "secret": secret})
    return render(request, "web/tokens.html", context | _lists())


@administrators
@require_POST
def end(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    token = get_object_or_404(ApiToken, pk=token_id)
    end_token(token, actor=viewer_for(request).actor, at=now())
    messages.success(request, _("The token “%(name)s” has ended.") % {"name": token.name})
    return redirect("tokens")


def _person(text: str) -> Person:
    try:
        return get_object_or_404(Person, pk=UUID(text), is_active=True, break_glass=False)
    except ValueError:
        raise Http404 from None


def _lists() -> dict[str, Any]:
    rows = ApiToken.objects.select_related("person").order_by("-created_at")
    every = [(token, [NAMES[role] for role in token.roles]) for token in rows]
    return {
        "open": [one for one in every if one[0].ended_at is None],
        "ended": [one for one in every if one[0].ended_at is not None],
        "people": Person.objects.filter(is_active=True, break_glass=False, grants__ended_at=None)
        .distinct()
        .order_by("name"),
    }
