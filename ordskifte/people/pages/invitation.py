"""The page behind an invitation's link: choose a way in, once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.people import passkeys
from ordskifte.people.acts import accept_invitation, open_invitation
from ordskifte.people.entering import let_in
from ordskifte.people.errors import PeopleError
from ordskifte.people.models import Body
from ordskifte.people.pages.sign_in import answer_of, origin_of, send_to_provider


@never_cache
@require_GET
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Who is invited, and the ways to accept. Looking uses nothing up: link scanners look too."""
    found = open_invitation(secret, at=now())
    context: dict[str, Any] = {
        "body": Body.objects.first(),
        "invitation": found,
        "secret": secret,
        "provider": settings.OIDC,
        "passkeys_possible": passkeys.possible_on(request.get_host()),
    }
    response = render(request, "people/invitation.html", context, status=200 if found else 404)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_GET
def invitation_oidc(request: HttpRequest, secret: str) -> HttpResponse:
    found = open_invitation(secret, at=now())
    return send_to_provider(request, invitation=found.id) if found else invitation(request, secret)


@never_cache
@require_POST
def invitation_passkey_begin(request: HttpRequest, secret: str) -> HttpResponse:
    """What the browser needs to make the invited person's first passkey."""
    found = open_invitation(secret, at=now())
    if found is None:
        return _gone()
    options, state = passkeys.begin_adding(found.person, **origin_of(request))
    request.session["passkey"] = state
    return JsonResponse(options)


@never_cache
@require_POST
def invitation_passkey_complete(request: HttpRequest, secret: str) -> HttpResponse:
    """The passkey: invitation used, passkey kept, session opened, all or nothing."""
    at = now()
    found = open_invitation(secret, at=at)
    state = request.session.pop("passkey", None)
    if found is None or state is None:
        return _gone()
    answer = answer_of(request)
    try:
        with transaction.atomic():
            person = accept_invitation(found, way="passkey", at=at)
            passkeys.add_passkey(
                person,
                answer.get("credential", {}),
                state=state,
                name=str(answer.get("name", "")),
                **origin_of(request),
                at=at,
            )
            let_in(request, person, way="passkey", at=at)
    except PeopleError as error:
        return JsonResponse({"error": str(error)}, status=403)
    return JsonResponse({"next": str(settings.LOGIN_REDIRECT_URL)})


def _gone() -> HttpResponse:
    said = _("This invitation has been used or has expired. Ask for a new one.")
    return JsonResponse({"error": said}, status=403)
