"""The sign-in page and its ways: passkey, OpenID provider, password, and the list of names in a demo."""

import json
import logging
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.people import oidc, passkeys
from ordskifte.people.entering import address_of, demo_allowed, let_in, let_out, person_by_claims, person_by_password
from ordskifte.people.errors import PeopleError, SignInError
from ordskifte.people.models import Body, Grant, Person
from ordskifte.people.provider import Provider
from ordskifte.people.roles import NAMES

BODY_LIMIT = 100_000  # bytes of a browser's passkey answer
log = logging.getLogger(__name__)


def safe_next(address: object) -> str:
    """An address of ours to go on to, or the desk."""
    wanted = str(address)
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)


def origin_of(request: HttpRequest) -> dict[str, str]:
    """The host and origin the page was opened under, for passkeys."""
    return {"host": request.get_host(), "origin": f"{request.scheme}://{request.get_host()}"}


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """The browser's answer as JSON: {"credential": {...}, "name"?}. Empty when it is not."""
    if len(request.body) > BODY_LIMIT:
        return {}
    try:
        value = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def page(request: HttpRequest, *, error: str = "", account: str = "", status: int = 200) -> HttpResponse:
    """The sign-in page, with what went wrong above it."""
    context = {
        "body": Body.objects.first(),
        "error": error,
        "account": account,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo_people": _demo_people() if demo_allowed(request) else [],
        "provider": settings.OIDC,
        "passkeys_possible": passkeys.possible_on(request.get_host()),
    }
    return render(request, "people/sign_in.html", context, status=status)


def _demo_people() -> list[tuple[Person, str]]:
    """Everyone in the demo, with their roles in words."""
    grants = Prefetch("grants", Grant.objects.filter(ended_at=None).order_by("role"), "open_grants")
    known = Person.objects.filter(is_active=True, break_glass=False).order_by("name").prefetch_related(grants)
    return [(one, ", ".join(dict.fromkeys(str(NAMES[grant.role]) for grant in one.open_grants))) for one in known]


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET: the ways in. POST: a password."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(safe_next(request.GET.get("next")))
        return page(request)
    account = request.POST.get("account", "")[:254]
    try:
        person = person_by_password(
            account, request.POST.get("password", "")[:1000], address=address_of(request), at=now()
        )
        let_in(request, person, way="password", at=now())
    except SignInError as error:
        return page(request, error=str(error), account=account, status=403)
    return redirect(safe_next(request.POST.get("next")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    if isinstance(request.user, Person):
        let_out(request, request.user, at=now())
    return redirect("sign-in")


@never_cache
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """A challenge for the browser to have signed."""
    options, state = passkeys.begin_signing_in(**origin_of(request))
    request.session["passkey"] = state
    request.session["next"] = request.POST.get("next", "")
    return JsonResponse(options)


@never_cache
@require_POST
def passkey_complete(request: HttpRequest) -> HttpResponse:
    """The signed challenge: {"next"} where to go on to, or {"error"} with 403."""
    state = request.session.pop("passkey", None)
    onwards = safe_next(request.session.pop("next", ""))
    try:
        if state is None:
            raise SignInError(_("This took too long. Try again."))
        credential = answer_of(request).get("credential", {})
        person = passkeys.recognise(credential, state=state, **origin_of(request), at=now())
        let_in(request, person, way="passkey", at=now())
    except SignInError as error:
        return JsonResponse({"error": str(error)}, status=403)
    return JsonResponse({"next": onwards})


@require_POST
def sign_in_as_demo(request: HttpRequest) -> HttpResponse:
    """Be one of the demo's people. Refused everywhere but in a demo on the machine itself."""
    if not demo_allowed(request):
        return page(request, error=_("This is not a demo."), status=403)
    try:
        chosen = Person.objects.filter(
            id=UUID(request.POST.get("person", "")), is_active=True, break_glass=False
        ).first()
    except ValueError:
        chosen = None
    if chosen is None:
        return page(request, error=_("There is no such person in the demo."), status=404)
    let_in(request, chosen, way="demo", at=now())
    return redirect(safe_next(request.POST.get("next")))


def send_to_provider(request: HttpRequest, *, invitation: UUID | None = None) -> HttpResponse:
    """On to the OpenID provider; a link, since a form's redirects would need its address in our security policy."""
    if settings.OIDC is None:
        return page(request, status=404)
    try:
        with httpx.Client(timeout=10) as http:
            address, pending = oidc.begin(settings.OIDC, request.build_absolute_uri(reverse("oidc-answer")), http)
    except oidc.OidcError as error:
        return _provider_failed(request, settings.OIDC, error)
    request.session["oidc"] = pending.as_dict() | {"invitation": str(invitation or "")}
    request.session["next"] = request.GET.get("next", "")
    return HttpResponseRedirect(address)


@never_cache
@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    return send_to_provider(request)


@never_cache
@require_GET
def oidc_answer(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    kept = request.session.pop("oidc", None)
    onwards = safe_next(request.session.pop("next", ""))
    if kept is None or settings.OIDC is None:
        return page(request, error=_("This took too long. Try again."), status=403)
    invitation = kept.pop("invitation")
    try:
        with httpx.Client(timeout=10) as http:
            claims = oidc.finish(settings.OIDC, oidc.Pending(**kept), request.GET.dict(), http)
        person = person_by_claims(claims, invitation=UUID(invitation) if invitation else None, at=now())
        let_in(request, person, way="oidc", at=now())
    except oidc.OidcError as error:
        return _provider_failed(request, settings.OIDC, error)
    except PeopleError as error:
        context = {"body": Body.objects.first(), "error": str(error), "provider": settings.OIDC}
        return render(request, "people/not_known.html", context, status=403)
    return redirect(onwards)


def _provider_failed(request: HttpRequest, provider: Provider, error: oidc.OidcError) -> HttpResponse:
    log.warning("Sign-in through %s failed: %s %s", provider.issuer, error, error.advice)
    said = _("Signing in with %(name)s did not work. Try again, or tell your administrator.") % {"name": provider.name}
    return page(request, error=said, status=403)
