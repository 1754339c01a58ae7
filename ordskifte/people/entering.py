"""Who someone is, by each way in, and the one act that lets them in."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.people import break_glass, throttle
from ordskifte.people.acts import accept_invitation
from ordskifte.people.errors import SignInError
from ordskifte.people.models import Body, Identity, Invitation, Person
from ordskifte.people.oidc import Claims
from ordskifte.people.sessions import open_session
from ordskifte.records.entry import record_act

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1")


def address_of(request: HttpRequest) -> str:
    """Where the request came from, as the web server saw it; empty over a socket file."""
    return str(request.META.get("REMOTE_ADDR") or "")


@transaction.atomic
def let_in(request: HttpRequest, person: Person, *, way: str, at: datetime) -> None:
    """Open a session for someone who has shown who they are; the sealed account's use alarms."""
    if not person.is_active:
        raise SignInError(_("Your access has ended."))
    if person.break_glass:
        way = "break_glass"
        break_glass.alarm(person, address=address_of(request), at=at)
    else:
        record_act("person.signed_in", actor=f"person:{person.id}", at=at, record=person.id, details={"way": way})
    open_session(request, person, way=way, at=at)


@transaction.atomic
def let_out(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Sign out: this session ends, others of the same person go on."""
    record_act("person.signed_out", actor=f"person:{person.id}", at=at, record=person.id)
    logout(request)


def person_by_password(account: str, password: str, *, address: str, at: datetime) -> Person:
    """The first administrator or the sealed account. SignInError when wrong, unknown, or tried too often."""
    account = storable(account).strip()
    if throttle.too_many(account, address, at=at):
        raise SignInError(_("Too many attempts. Wait a quarter of an hour, then try again."))
    email = break_glass.ACCOUNT if account.lower() == break_glass.SHORT_NAME else account
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None or not person.has_usable_password():
        make_password(password)  # takes the time of a check, so that the answer does not tell who has a password
        raise SignInError(_("The e-mail address or the password is wrong."))
    if not check_password(password, person.password):
        raise SignInError(_("The e-mail address or the password is wrong."))
    throttle.forget(account)
    return person


@transaction.atomic
def person_by_claims(claims: Claims, *, invitation: UUID | None, at: datetime) -> Person:
    """The person an OpenID provider vouches for: by a subject seen before, by the invitation whose link was opened, or
    by verified e-mail. SignInError for anyone else."""
    known = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).select_related("person").first()
    if known is not None and known.person.is_active:
        return known.person
    person = (
        _invited(invitation, claims, at)
        or Person.objects.filter(email__iexact=claims.email or None, is_active=True, break_glass=False)
        .exclude(identities__issuer=claims.issuer)
        .first()
    )
    if person is None:
        raise SignInError(_("You are signed in with your provider, but nobody has invited you here."))
    Identity.objects.update_or_create(
        issuer=claims.issuer, subject=claims.subject, defaults={"person": person, "linked_at": at}
    )
    record_act("identity.linked", actor=f"person:{person.id}", at=at, record=person.id)
    return person


def _invited(invitation: UUID | None, claims: Claims, at: datetime) -> Person | None:
    """The invited person, by the link they came through or by verified e-mail; the invitation is used up."""
    waiting = Invitation.objects.filter(closed_at=None, expires_at__gt=at).select_related("person")
    found = waiting.filter(id=invitation).first() if invitation else None
    if found is None and claims.email:
        found = waiting.filter(person__email__iexact=claims.email).first()
    return accept_invitation(found, way="oidc", at=at) if found else None


def demo_allowed(request: HttpRequest) -> bool:
    """Signing in by a list of names: only in a demo body, and only from the machine itself."""
    host = request.get_host()
    return (
        (host in LOOPBACK_NAMES or host.rsplit(":", 1)[0] in LOOPBACK_NAMES)
        and address_of(request) in LOOPBACK_ADDRESSES
        and not any(name in request.headers for name in ("X-Forwarded-For", "Forwarded"))
        and Body.objects.filter(demo=True).exists()
    )
