"""One's own page: name, language, light and dark, keys, passkeys, password, sessions; and the language switch."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.people import acts, passkeys, throttle
from ordskifte.people.access import desk
from ordskifte.people.entering import address_of
from ordskifte.people.errors import PeopleError
from ordskifte.people.language import KNOWN, remember_language
from ordskifte.people.models import Person, Session
from ordskifte.people.pages.sign_in import answer_of, origin_of, safe_next
from ordskifte.people.roles import role_line
from ordskifte.records.entry import record_act

SCHEMES = ("auto", "light", "dark")


def me_of(request: HttpRequest) -> Person:
    """The one who is signed in."""
    assert isinstance(request.user, Person)
    return request.user


@never_cache
@desk()
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Everything about oneself, on one page."""
    person = me_of(request)
    grants = person.grants.filter(ended_at=None).select_related("unit").order_by("role")
    context = {
        "roles": [role_line(grant, {}) for grant in grants],
        "languages": settings.LANGUAGES,
        "passkeys": person.passkeys.all(),
        "passkeys_possible": passkeys.possible_on(request.get_host()) and not person.break_glass,
        "sessions": Session.objects.filter(person=person, expire_date__gt=now()).order_by("-started_at"),
        "this_session": request.session.get("id"),
        "has_password": person.has_usable_password() and not person.break_glass,
    }
    return render(request, "people/me.html", context)


@desk()
@require_POST
def save_me(request: HttpRequest) -> HttpResponse:
    """Name, language, colours and keys."""
    person = me_of(request)
    language, scheme = request.POST.get("language"), request.POST.get("scheme")
    try:
        with transaction.atomic():
            if not person.break_glass:
                name = request.POST.get("name", "")[:200]
                acts.rename_person(person, name, actor=f"person:{person.id}", at=now())
            person.language = language if language in KNOWN else person.language
            person.scheme = scheme if scheme in SCHEMES else person.scheme
            person.keys = "keys" in request.POST
            person.save(update_fields=["language", "scheme", "keys"])
        messages.success(request, _("Saved."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("me")


@desk()
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey for the one who is signed in."""
    person = me_of(request)
    if person.break_glass:
        raise PermissionDenied
    options, state = passkeys.begin_adding(person, **origin_of(request))
    request.session["passkey"] = state
    return JsonResponse(options)


@desk()
@require_POST
def passkey_complete(request: HttpRequest) -> HttpResponse:
    person, answer = me_of(request), answer_of(request)
    state = request.session.pop("passkey", None)
    if person.break_glass:
        raise PermissionDenied
    try:
        if state is None:
            raise PeopleError(_("This took too long. Try again."))
        name = str(answer.get("name", ""))
        credential = answer.get("credential", {})
        passkeys.add_passkey(person, credential, state=state, name=name, **origin_of(request), at=now())
    except PeopleError as error:
        return JsonResponse({"error": str(error)}, status=400)
    messages.success(request, _("The passkey is added."))
    return JsonResponse({"next": reverse("me")})


@desk()
@require_POST
def passkey_remove(request: HttpRequest, passkey: UUID) -> HttpResponse:
    try:
        passkeys.remove_passkey(me_of(request), passkey, at=now())
        messages.success(request, _("The passkey is removed."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("me")


@desk()
@require_POST
def end_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one of one's own sessions on another machine."""
    if Session.objects.filter(person=me_of(request), id=session).delete()[0]:
        messages.success(request, _("The session is ended."))
    return redirect("me")


@desk()
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for the one kind of person who has one; every other session ends."""
    person, at = me_of(request), now()
    if person.break_glass or not person.has_usable_password():
        raise PermissionDenied
    try:
        if throttle.too_many(person.email, address_of(request), at=at):
            raise PeopleError(_("Too many attempts. Wait a quarter of an hour, then try again."))
        if not check_password(request.POST.get("old", "")[:1000], person.password):
            raise PeopleError(_("The old password is wrong."))
        password = request.POST.get("new", "")[:1000]
        validate_password(password, person)
        with transaction.atomic():
            person.set_password(password)
            person.save(update_fields=["password"])
            Session.objects.filter(person=person).exclude(session_key=str(request.session.session_key)).delete()
            record_act("person.password_changed", actor=f"person:{person.id}", at=at, record=person.id)
        throttle.forget(person.email)
        update_session_auth_hash(request, person)
        messages.success(request, _("The password is changed."))
    except PeopleError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("me")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language switch: kept on the person who is signed in, in a cookie for anyone else."""
    response = redirect(safe_next(request.POST.get("next", "/")))
    code = request.POST.get("language", "")
    if code in KNOWN:
        if isinstance(request.user, Person):
            Person.objects.filter(id=request.user.id).update(language=code)
        remember_language(response, code)
    return response
