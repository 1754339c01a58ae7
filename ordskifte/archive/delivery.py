"""A delivery goes to the body's case system, again and again until there is a receipt, and is there once all the same.

The entry's id is the external key: the case system finds by it what it has already. A delivery is claimed by a row
update and the network is asked outside every transaction, so a worker that dies loses nothing: another takes it when
its time comes. The first entry of a case makes the case over there; the others wait for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from ordskifte.archive.delivering import choice
from ordskifte.archive.delivery_documents import Press, with_documents
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_values import Valued, journal_values
from ordskifte.archive.models import Delivery, JournalChoice
from ordskifte.archive.ways import Tried, by_folder, by_http, by_noark5, read_receipt_folder
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.http import Door
from ordskifte.base.keys import open_secret
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.records.entry import record_act
from ordskifte.records.models import Case, JournalEntry
from ordskifte.records.noark5.arkivmelding import Kvittering, Mottatt, arkivmelding
from ordskifte.records.noark5.errors import MessageError

ACTOR: Final = "system:deliveries"
PURPOSE: Final = "journal-delivery"
MOST_MISMATCHES: Final = 3
_CLAIM: Final = timedelta(minutes=10)
_WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 2, 5, 15, 60, 240, 720))
TROUBLE: Final = {
    "first": gettext_noop("Waits for the first entry of the case."),
    "unreachable": gettext_noop("The case system did not answer. It is tried again."),
    "busy": gettext_noop("The case system could not take it now. It is tried again."),
    "checksum": gettext_noop("The case system says that a file is not what we said. It is made again and sent again."),
    "refused": gettext_noop("The case system refused it."),
    "receipt": gettext_noop("What came back is no receipt for this entry."),
    "evidence": gettext_noop("The document could not be made from what lies in evidence."),
    "way": gettext_noop("It is not said where deliveries go."),
}
"""Why a delivery is not there yet: fixed sentences."""


@dataclass(frozen=True, slots=True)
class Road:
    """How the case system is reached, handed in by the edge."""

    door: Door
    press: Press
    folder: Path  # where deliveries lie when they go as files
    hand_over: Callable[[Path], None] = lambda path: None  # gives a file to the home's owner


def deliver(delivery_id: UUID, *, road: Road, clock: Callable[[], datetime]) -> str:
    """Try one delivery. Gives its state afterwards; "" when somebody else has it or it is not due."""
    at = clock()
    row = _claim(delivery_id, at)
    if row is None:
        return ""
    chosen = choice()
    if chosen is None:
        return _later(row, "way", at, again=None)
    entry = JournalEntry.objects.select_related("case", "case__record_class", "case__period").get(pk=row.entry_id)
    if _must_wait(entry):
        return _later(row, "first", at, again=timedelta(minutes=1))
    (valued,) = journal_values([entry])
    try:
        tried = _try(row, valued, chosen, road)
    except (MessageError, OrdskifteError) as error:
        return _later(row, "evidence", clock(), said=str(error))
    return _finish(row, valued, tried, chosen, clock())


def due(at: datetime) -> list[UUID]:
    """Deliveries whose time has come."""
    rows = Delivery.objects.filter(state__in=["waiting", "sent"], next_at__lte=at)
    return list(rows.order_by("next_at").values_list("id", flat=True)[:500])


def collect_receipts(*, road: Road, at: datetime) -> int:
    """Receipts that lie in the folder are read, each once. Gives how many were for us."""
    count = 0
    for key, receipt, text, done in read_receipt_folder(road.folder):
        row = Delivery.objects.filter(entry_id=key, state__in=["waiting", "sent"]).select_related("entry").first()
        if row is not None:
            entry = JournalEntry.objects.select_related("case", "case__record_class", "case__period").get(pk=key)
            (valued,) = journal_values([entry])
            _finish(row, valued, Tried(receipt=receipt, text=text), choice(), at)
            count += 1
        done()
    return count


@transaction.atomic
def try_again(delivery_id: UUID, *, by: str, at: datetime) -> None:
    """A person has mended what was wrong."""
    row = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if row is None or row.state == "received":
        raise JournalError(_("It has been received."))
    row.state, row.next_at, row.attempts, row.trouble = "waiting", at, 0, ""
    row.save(update_fields=["state", "next_at", "attempts", "trouble"])
    record_act("delivery.asked_again", actor=by, at=at, record=row.entry.record_id, details={"delivery": str(row.id)})
    app.configure_task("deliver").defer(delivery_id=str(row.id))


@transaction.atomic
def _claim(delivery_id: UUID, at: datetime) -> Delivery | None:
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("entry")
    row = rows.filter(pk=delivery_id, state__in=["waiting", "sent"], next_at__lte=at).first()
    if row is None:
        return None
    row.attempts += 1
    row.next_at = at + _CLAIM
    row.save(update_fields=["attempts", "next_at"])
    return row


def _must_wait(entry: JournalEntry) -> bool:
    if entry.case.external_id:
        return False
    before = JournalEntry.objects.filter(case=entry.case, number_in_case__lt=entry.number_in_case)
    return before.filter(delivery__isnull=False).exclude(delivery__state="received").exists()


def _try(row: Delivery, valued: Valued, chosen: JournalChoice, road: Road) -> Tried:
    post = with_documents(valued, road.press)
    case = valued.entry.case
    secret = open_secret(road.press.keys, bytes(chosen.secret), purpose=PURPOSE).decode() if chosen.secret else ""
    if chosen.way == "noark5":
        return by_noark5(
            post,
            valued.sak,
            door=road.door,
            address=chosen.address,
            series=chosen.series,
            secret=secret,
            codes=chosen.codes,
            case_address=case.external_id,
            made=row.made,
            keep=lambda made: _keep(row, made),
        )
    theirs = _uuid(case.external_id)
    message = arkivmelding(
        post, valued.sak, valued.klasse, ny_sak=not case.external_id, sak_system_id=theirs, koder=chosen.codes
    )
    Delivery.objects.filter(pk=row.pk).update(digest=sha256(message.xml).hexdigest(), way=chosen.way)
    if chosen.way == "http":
        return by_http(message, door=road.door, address=chosen.address, secret=secret)
    return by_folder(message, road.folder, road.hand_over)


def _keep(row: Delivery, made: dict[str, str]) -> None:
    row.made = made
    Delivery.objects.filter(pk=row.pk).update(made=made, way="noark5")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@transaction.atomic
def _finish(row: Delivery, valued: Valued, tried: Tried, chosen: JournalChoice | None, at: datetime) -> str:
    if tried.trouble:
        if tried.trouble == "checksum" and row.attempts >= MOST_MISMATCHES:
            return _later(row, "checksum", at, again=None, said=tried.said)
        return _later(row, tried.trouble, at, said=tried.said, again=timedelta(0) if tried.again else None)
    if tried.receipt is None:
        Delivery.objects.filter(pk=row.pk).exclude(state="received").update(
            state="sent", sent_at=at, next_at=None, trouble="", said=""
        )
        details: dict[str, object] = {"delivery": str(row.id), "attempt": row.attempts}
        record_act("delivery.sent", actor=ACTOR, at=at, record=row.entry.record_id, details=details)
        return "sent"
    return _received(row, valued, tried.receipt, tried, chosen, at)


def _received(
    row: Delivery, valued: Valued, receipt: Kvittering, tried: Tried, chosen: JournalChoice | None, at: datetime
) -> str:
    entry = valued.entry
    mine = receipt.registrering
    if not isinstance(mine, Mottatt) or (mine.noekkel and mine.noekkel != str(entry.id)):
        return _later(row, "receipt", at, again=None)
    case = Case.objects.select_for_update(of=("self",)).get(pk=entry.case_id)
    theirs = receipt.mappe
    if isinstance(theirs, Mottatt) and not case.external_id:
        case.external_id = tried.case_address or theirs.system_id
        case.external_system = chosen.address[:200] if chosen and chosen.way != "folder" else "folder"
        case.external_year, case.external_number = theirs.saksaar, theirs.sakssekvensnummer
        case.save(update_fields=["external_id", "external_system", "external_year", "external_number"])
    if not case.external_id:
        return _later(row, "receipt", at, again=None)
    JournalEntry.objects.filter(pk=entry.pk).update(
        external_id=mine.system_id,
        external_year=mine.journalaar,
        external_number=mine.journalsekvensnummer,
        external_number_in_case=mine.journalpostnummer,
    )
    done = Delivery.objects.filter(pk=row.pk).exclude(state="received")
    changed = done.update(
        state="received",
        sent_at=row.sent_at or at,
        answered_at=at,
        next_at=None,
        trouble="",
        said="",
        receipt=storable(tried.text)[:100_000],
    )
    if not changed:
        return "received"
    details: dict[str, object] = {
        "delivery": str(row.id),
        "attempt": row.attempts,
        "existed": mine.fantes,
        "year": mine.journalaar,
        "number": mine.journalsekvensnummer,
    }
    record_act("delivery.received", actor=ACTOR, at=at, record=entry.record_id, details=details)
    return "received"


@transaction.atomic
def _later(row: Delivery, trouble: str, at: datetime, *, again: timedelta | None = timedelta(0), said: str = "") -> str:
    """`again`: after how long; nothing: by the number of tries; None: when a person says so."""
    stays = again is None
    wait = again or _WAITS[min(row.attempts - 1, len(_WAITS) - 1)] if again is not None else None
    if trouble == "first":
        row.attempts -= 1  # it was not tried
    state = "refused" if stays and trouble != "way" else "waiting"
    Delivery.objects.filter(pk=row.pk).exclude(state="received").update(
        state=state,
        next_at=at + wait if wait is not None else None,
        trouble=trouble,
        said=mask(storable(said))[0][:500],
        attempts=row.attempts,
    )
    if stays and trouble != "way":
        details: dict[str, object] = {"delivery": str(row.id), "trouble": trouble, "attempt": row.attempts}
        record_act("delivery.refused", actor=ACTOR, at=at, record=row.entry.record_id, details=details)
    return state
