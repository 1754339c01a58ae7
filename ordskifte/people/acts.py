"""What can be done with persons and their roles: one function, one transaction, one entry in the ledger.

The caller has checked who may: only administrators of the body, and the command line of the machine itself.
Entries hold ids, never a name or an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.people.errors import PeopleError
from ordskifte.people.models import Body, Grant, Identity, Invitation, Passkey, Person, Role, Session, Unit
from ordskifte.records.entry import record_act

COMMAND = "system:command"
INVITATION_DAYS = 7
_ADMINISTRATORS_LOCK = 7_301  # held while the number of administrators is looked at and changed


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role for the whole body, or for one unit or one channel."""

    role: str
    unit: UUID | None = None
    channel: UUID | None = None

    def as_details(self) -> dict[str, str]:
        reach = {"unit": self.unit, "channel": self.channel}
        return {"role": str(self.role)} | {name: str(value) for name, value in reach.items() if value}


@transaction.atomic
def create_body(
    name: str, *, at: datetime, org_number: str = "", language: str = "nb", demo: bool = False, actor: str = COMMAND
) -> Body:
    """The body this installation belongs to, once."""
    if Body.objects.exists():
        raise PeopleError(_("This installation already belongs to a body."))
    body = Body.objects.create(name=name, org_number=org_number, language=language, demo=demo, created_at=at)
    record_act("body.created", actor=actor, at=at, record=body.id, details={"demo": demo})
    return body


@transaction.atomic
def name_body(name: str, *, actor: str, at: datetime) -> None:
    """What the body is called from now on."""
    name = storable(name).strip()
    if not name:
        raise PeopleError(_("Write a name."))
    body = Body.objects.select_for_update().first()
    if body is not None and body.name != name:
        body.name = name
        body.save(update_fields=["name"])
        record_act("body.renamed", actor=actor, at=at, record=body.id)


@transaction.atomic
def create_first_administrator(email: str, name: str, password: str, *, at: datetime) -> Person:
    """The one person who may have a local password, so that everyone else can be invited."""
    _lock_administrators()
    if _administrators().exists():
        raise PeopleError(_("There is an administrator already. Ask them for an invitation."))
    try:
        validate_password(password)
    except ValidationError as error:
        raise PeopleError(" ".join(error.messages)) from error
    person = _person_of(email, name, at)
    person.password = make_password(password)
    person.is_active = True
    person.save()
    Grant.objects.create(person=person, role=Role.ADMINISTRATOR, given_at=at)
    record_act("person.first_administrator", actor=COMMAND, at=at, record=person.id)
    return person


@transaction.atomic
def invite(email: str, name: str, *, roles: Sequence[GivenRole], actor: str, at: datetime) -> tuple[Person, str]:
    """Invite someone, with roles. Returns the person and the secret of the one-time link, which is not kept.

    Someone who is invited already gets a new link and keeps what was given; the old link ends.
    """
    person = _person_of(email, name, at)
    if person.is_active:
        raise PeopleError(_("%(email)s is already a user.") % {"email": person.email})
    person.save()
    for given in roles:
        _give(person, given, at)
    secret = _new_link(person, at)
    details = {"roles": [given.as_details() for given in roles]}
    record_act("person.invited", actor=actor, at=at, record=person.id, details=details)
    return person, secret


@transaction.atomic
def renew_invitation(person: Person, *, actor: str, at: datetime) -> str:
    """A new one-time link for someone who has been invited and has not come in."""
    if person.is_active or not Grant.objects.filter(person=person, ended_at=None).exists():
        raise PeopleError(_("This person has no open invitation."))
    secret = _new_link(person, at)
    record_act("person.invited", actor=actor, at=at, record=person.id, details={"roles": [], "renewed": True})
    return secret


def open_invitation(secret: str, *, at: datetime) -> Invitation | None:
    """The invitation of a link, when it can still be used."""
    digest = sha256(secret.encode()).digest()
    found = Invitation.objects.filter(digest=digest, closed_at=None, expires_at__gt=at)
    return found.select_related("person").first()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, way: str, at: datetime) -> Person:
    """Use an invitation, once. The caller adds the passkey or the identity in the same transaction."""
    taken = Invitation.objects.filter(id=invitation.id, closed_at=None, expires_at__gt=at).update(closed_at=at)
    if not taken:
        raise PeopleError(_("This invitation has been used or has expired. Ask for a new one."))
    person = invitation.person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record_act("invitation.accepted", actor=f"person:{person.id}", at=at, record=person.id, details={"way": way})
    return person


@transaction.atomic
def remove_person(person: Person, *, actor: str, at: datetime) -> None:
    """End everything a person may do, and their sessions, at once. The person's acts keep their name."""
    _refuse_ending_the_last(person)
    if person.break_glass:
        raise PeopleError(_("The break-glass account cannot be removed here."))
    open_grants = Grant.objects.filter(person=person, ended_at=None)
    ended = [GivenRole(grant.role, grant.unit_id, grant.channel_id).as_details() for grant in open_grants]
    open_grants.update(ended_at=at)
    Invitation.objects.filter(person=person, closed_at=None).update(closed_at=at)
    Passkey.objects.filter(person=person).delete()
    Identity.objects.filter(person=person).delete()
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Session.objects.filter(person=person).delete()
    record_act("person.removed", actor=actor, at=at, record=person.id, details={"ended": ended})


@transaction.atomic
def give_role(person: Person, given: GivenRole, *, actor: str, at: datetime) -> Grant:
    """Give a person a role. Giving the same role again is refused, so that every entry means a change."""
    grant = _give(person, given, at)
    record_act("role.given", actor=actor, at=at, record=person.id, details=given.as_details())
    return grant


@transaction.atomic
def end_role(grant: Grant, *, actor: str, at: datetime) -> None:
    """End a role. The last administrator's cannot be ended."""
    if grant.role == Role.ADMINISTRATOR:
        _refuse_ending_the_last(grant.person)
    if not Grant.objects.filter(id=grant.id, ended_at=None).update(ended_at=at):
        raise PeopleError(_("This role has been ended already."))
    details = GivenRole(grant.role, grant.unit_id, grant.channel_id).as_details()
    record_act("role.ended", actor=actor, at=at, record=grant.person_id, details=details)


@transaction.atomic
def add_unit(name: str, *, sensitive: bool, actor: str, at: datetime) -> Unit:
    """A new office of the body."""
    name = storable(name).strip()
    if not name:
        raise PeopleError(_("Write the unit's name."))
    if Unit.objects.filter(name__iexact=name).exists():
        raise PeopleError(_("There is a unit called %(name)s already.") % {"name": name})
    unit = Unit.objects.create(name=name, sensitive=sensitive)
    record_act("unit.added", actor=actor, at=at, record=unit.id, details={"sensitive": sensitive})
    return unit


@transaction.atomic
def mark_unit(unit: Unit, *, sensitive: bool, actor: str, at: datetime) -> None:
    """Say whether a unit's threads are seen only by the unit itself and the archivist."""
    if Unit.objects.filter(id=unit.id, sensitive=not sensitive).update(sensitive=sensitive):
        record_act("unit.marked", actor=actor, at=at, record=unit.id, details={"sensitive": sensitive})


@transaction.atomic
def rename_person(person: Person, name: str, *, actor: str, at: datetime) -> None:
    """What a person is called from now on."""
    name = storable(name).strip()
    if not name:
        raise PeopleError(_("Write a name."))
    if name != person.name:
        person.name = name
        person.save(update_fields=["name"])
        record_act("person.renamed", actor=actor, at=at, record=person.id)


def _person_of(email: str, name: str, at: datetime) -> Person:
    """The person with this address, who may have been here before, or a new one; not saved."""
    email, name = email.strip(), storable(name).strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise PeopleError(_("%(email)s is not an e-mail address.") % {"email": email}) from error
    if not name:
        raise PeopleError(_("Write a name."))
    person = Person.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        language = Body.objects.values_list("language", flat=True).first() or "nb"
        person = Person(email=email.lower(), is_active=False, language=language, created_at=at)
        person.set_unusable_password()
    person.name = name
    return person


def _new_link(person: Person, at: datetime) -> str:
    secret = token_urlsafe(32)
    Invitation.objects.filter(person=person, closed_at=None).update(closed_at=at)
    Invitation.objects.create(
        person=person,
        digest=sha256(secret.encode()).digest(),
        made_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    return secret


def _give(person: Person, given: GivenRole, at: datetime) -> Grant:
    if given.role not in Role.values:
        raise PeopleError(_("There is no such role."))
    if person.break_glass:
        raise PeopleError(_("The roles of the break-glass account cannot be changed."))
    if given.role == Role.ADMINISTRATOR and (given.unit or given.channel):
        raise PeopleError(_("An administrator is always for the whole body."))
    grant, new = Grant.objects.get_or_create(
        person=person,
        role=given.role,
        unit_id=given.unit,  # type: ignore[misc]  # None is meant: the whole body
        channel_id=given.channel,
        ended_at=None,
        defaults={"given_at": at},
    )
    if not new and person.is_active:
        raise PeopleError(_("%(name)s has this role already.") % {"name": person.name})
    return grant


def _administrators() -> models.QuerySet[Grant]:
    """Open grants of people who can sign in and administer; the sealed account is not one of them."""
    return Grant.objects.filter(
        role=Role.ADMINISTRATOR, ended_at=None, person__is_active=True, person__break_glass=False
    )


def _lock_administrators() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ADMINISTRATORS_LOCK])


def _refuse_ending_the_last(person: Person) -> None:
    _lock_administrators()
    if _administrators().filter(person=person).exists() and not _administrators().exclude(person=person).exists():
        raise PeopleError(
            _("%(name)s is the last administrator. Make someone else an administrator first.") % {"name": person.name}
        )
