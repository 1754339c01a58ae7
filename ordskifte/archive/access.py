"""Requests for access (innsynskrav): asked, taken on, and answered through the outbox: all, part or none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ordskifte.archive.access_promise import due, right_to_complain
from ordskifte.archive.bases import basis_of
from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import AccessRequest, Redaction
from ordskifte.archive.package import Package, Piece, package_of
from ordskifte.base.text import storable
from ordskifte.language.personal_data import find_numbers, mask
from ordskifte.people.models import Body, Person
from ordskifte.publish.models import Kind
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.records.entry import record_act
from ordskifte.records.models import JournalEntry
from ordskifte.ui.dates import whole

LONGEST: Final = 3000
MOST_OPEN: Final = 20
"""Open requests from one address within a day: more are asked to be sent another way."""
OUTCOMES: Final = ("granted", "partly", "refused")


@transaction.atomic
def ask(*, entry_id: UUID | None, words: str, name: str, email: str, language: str, at: datetime) -> AccessRequest:
    """Anyone may ask, without saying who they are. JournalError says what is missing."""
    said = mask(storable(words).strip())[0]
    called = mask(" ".join(storable(name).split()))[0][:200]
    address = storable(email).strip()
    entry = None
    if entry_id is not None:
        entry = JournalEntry.objects.filter(pk=entry_id).exclude(number=None).first()
        if entry is None:
            raise JournalError(_("That entry is not in the journal."), field="entry")
    if entry is None and not said:
        raise JournalError(_("Say what you want to see."), field="words")
    if len(said) > LONGEST:
        raise JournalError(_("Write it shorter."), field="words")
    try:
        validate_email(address)
    except ValidationError:
        raise JournalError(_("Write an e-mail address that we can answer to."), field="email") from None
    if find_numbers(address):
        raise JournalError(_("The address holds a national identity number. Use another."), field="email")
    since = at - timedelta(days=1)
    if AccessRequest.objects.filter(email__iexact=address, arrived_at__gt=since, state="open").count() >= MOST_OPEN:
        raise JournalError(_("You have asked for much today. Write to us instead, so that we find it together."))
    ends, version = due(at)
    made = AccessRequest.objects.create(
        entry=entry,
        words=said,
        name=called,
        email=address,
        language=language if language in ("nb", "nn", "en") else "nb",
        arrived_at=at,
        due_at=ends,
        promise=version,
    )
    details: dict[str, object] = {
        "request": str(made.id),
        "promise": version,
        "entry": str(entry.id) if entry else None,
    }
    record_act("access.asked", actor="public", at=at, record=entry.record_id if entry else made.id, details=details)
    return made


@transaction.atomic
def take_on(request_id: UUID, *, person: Person, actor: str, at: datetime) -> None:
    row = _locked(request_id)
    row.assignee = person
    row.save(update_fields=["assignee"])
    record_act("access.taken_on", actor=actor, at=at, record=row.id, details={"person": str(person.id)})


@transaction.atomic
def point_at(request_id: UUID, *, entry_id: UUID, actor: str, at: datetime) -> None:
    """A person finds what a request in free words is about."""
    row = _locked(request_id)
    entry = JournalEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise JournalError(_("That entry is not in the journal."), field="entry")
    row.entry, row.case = entry, None
    row.save(update_fields=["entry", "case"])
    record_act("access.found", actor=actor, at=at, record=entry.record_id, details={"request": str(row.id)})


@transaction.atomic
def answer(
    request_id: UUID, *, outcome: str, words: str, basis: str, person: UUID | None, actor: str, at: datetime
) -> AccessRequest:
    """Answer by e-mail through the outbox. What is given is the redacted variant; "granted" is refused while something
    in it is shielded. A refusal, whole or in part, has its basis and says how to complain."""
    row = _locked(request_id)
    if outcome not in OUTCOMES:
        raise JournalError(_("Choose what the answer is."), field="outcome")
    said = mask(storable(words).strip())[0]
    found = package_of(row)
    law = basis_of(basis, local_day(at))
    bases = list(dict.fromkeys(one.basis for one in found.taken))
    if outcome == "refused":
        if law is None:
            raise JournalError(_("A refusal needs its legal basis."), field="basis")
        bases = [law.basis]
    elif not found.pieces:
        raise JournalError(_("Find first which entry is meant."), field="entry")
    elif outcome == "granted" and found.taken:
        raise JournalError(_("Something in it is shielded: it is given in part."), field="outcome")
    elif outcome == "partly" and not found.taken:
        raise JournalError(
            _("Nothing in it is shielded. Shield first what may not leave, or give all of it."), field="outcome"
        )
    with translation.override(row.language):
        subject, text = letter(row, found, outcome, said, bases)
    sent = put_in_outbox(
        kind=Kind.EMAIL,
        channel_id=None,
        actor=actor,
        by=person,
        at=at,
        text=text,
        subject=subject,
        to=row.email,
        language=row.language,
        details={"about": "access", "request": str(row.id)},
    )
    row.state, row.answer, row.basis, row.outbox = outcome, said, "; ".join(bases), sent
    row.answered_at, row.answered_by = at, actor
    row.save()
    if outcome == "partly":
        _log(row, found, actor=actor, at=at)
    details: dict[str, object] = {
        "outcome": outcome,
        "outbox": str(sent.id),
        "redactions": len(found.taken) if outcome == "partly" else 0,
        "in_time": at <= row.due_at,
    }
    record_act("access.answered", actor=actor, at=at, record=row.id, details=details)
    return row


def _log(row: AccessRequest, found: Package, *, actor: str, at: datetime) -> None:
    Redaction.objects.bulk_create(
        Redaction(
            request=row,
            record_id=one.record_id,
            place=one.place,
            start=one.start,
            length=one.length,
            basis=one.basis,
            shielding_id=one.shielding_id,
            by=actor,
            at=at,
        )
        for one in found.taken
    )


def letter(row: AccessRequest, found: Package, outcome: str, said: str, bases: Sequence[str]) -> tuple[str, str]:
    """(subject, text) in the language in force."""
    called = f"{row.entry.case.called}-{row.entry.number_in_case}" if row.entry else ""
    subject = _("Answer to your request for access %(number)s") % {"number": called}
    first = {
        "granted": _("You get access to all of it. It stands below."),
        "partly": _("You get access to the most of it. ***** stands where the law shields something."),
        "refused": _("You do not get access."),
    }[outcome]
    parts = [first]
    if bases and outcome != "granted":
        parts.append(_("Legal basis: %(basis)s.") % {"basis": "; ".join(bases)})
    if said:
        parts.append(said)
    if outcome != "granted":
        parts.append(right_to_complain(row.language))
    if outcome != "refused":
        parts += [redacted_text(found)]
    body = Body.objects.values_list("name", flat=True).first() or ""
    return " ".join(subject.split()), "\n\n".join([*parts, body])


def redacted_text(found: Package) -> str:
    """The redacted variant as plain text, in the language in force."""
    return "\n\n".join(_said(one) for one in found.pieces)


def full_text(found: Package) -> str:
    return "\n\n".join(_said(one, full=True) for one in found.pieces)


def _said(one: Piece, *, full: bool = False) -> str:
    head = ", ".join(filter(None, (one.called, one.author if full else one.red_author, whole(one.at))))
    lines = [f"-- {head}", one.text if full else one.red_text]
    lines += [f"[{_('Picture or file')}: {each}]" for each in (one.pictures if full else one.red_pictures)]
    lines += [f"[{_act(each)}]" for each in one.acts]
    return "\n".join(filter(None, lines))


def _act(kind: str) -> str:
    return {
        "hide": _("The body hid this"),
        "remove": _("The body removed this"),
        "block": _("The body blocked the account"),
    }.get(kind, kind)


def _locked(request_id: UUID) -> AccessRequest:
    row = AccessRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise JournalError(_("There is no such request."))
    if row.state != "open":
        raise JournalError(_("It is answered already."))
    return row
