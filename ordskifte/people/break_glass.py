"""The sealed account for the day nobody else gets in: its password lies in an envelope, and its use alarms."""

import logging
import secrets
from datetime import datetime

from django.db import transaction

from ordskifte.people import throttle
from ordskifte.people.models import BreakGlassUse, Grant, Person, Role
from ordskifte.people.sessions import end_sessions
from ordskifte.records.entry import record_act

ACCOUNT = "break-glass@ordskifte.invalid"
SHORT_NAME = "break-glass"  # what is written in the sign-in form
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

log = logging.getLogger(__name__)


@transaction.atomic
def seal(*, at: datetime) -> str:
    """Make or renew the account. Returns its password, 6 groups of 5 (about 148 bits), which is stored nowhere."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(6))
    person, new = Person.objects.get_or_create(
        email=ACCOUNT, defaults={"name": "Break-glass", "break_glass": True, "created_at": at}
    )
    person.set_password(password)
    person.is_active = True
    person.save()
    Grant.objects.get_or_create(person=person, role=Role.ADMINISTRATOR, ended_at=None, defaults={"given_at": at})
    end_sessions(person)
    throttle.forget(SHORT_NAME)
    record_act(
        "person.break_glass_sealed", actor="system:command", at=at, record=person.id, details={"renewed": not new}
    )
    return password


@transaction.atomic
def alarm(person: Person, *, address: str, at: datetime) -> BreakGlassUse:
    """The account is used: an entry, a line in the log, and a banner for every administrator until one has seen it."""
    use = BreakGlassUse.objects.create(at=at, address=address)
    record_act(
        "person.break_glass_used", actor=f"person:{person.id}", at=at, record=person.id, details={"use": str(use.id)}
    )
    log.critical("The break-glass account was used at %s from %s.", at.isoformat(), address or "an unknown address")
    return use


@transaction.atomic
def acknowledge(use: BreakGlassUse, person: Person, *, at: datetime) -> None:
    """An administrator has seen the use of the account. The account cannot do so itself."""
    if person.break_glass:
        return
    seen = BreakGlassUse.objects.filter(id=use.id, acknowledged_at=None)
    if seen.update(acknowledged_at=at, acknowledged_by=person):
        details = {"use": str(use.id)}
        record_act("person.break_glass_acknowledged", actor=f"person:{person.id}", at=at, details=details)
