"""Shielding: what the public does not see of a record, and by which law. Words become *****, fields are left out."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.bases import basis_of
from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Release
from ordskifte.base.text import storable
from ordskifte.records.entry import record_act
from ordskifte.records.models import Case, JournalEntry, Shielding
from ordskifte.records.noark5.public import HIDDEN, Shield

FIELDS: Final = ("words", "title", "text", "author", "pictures", "whole")
MOST_WORDS: Final = 100
LONGEST_WORD: Final = 2000


def shieldings(record_ids: Collection[UUID]) -> dict[UUID, list[Shielding]]:
    """What stands now, by record. One query."""
    found: dict[UUID, list[Shielding]] = {}
    for one in Shielding.objects.filter(record_id__in=list(record_ids), ended_at=None).order_by("at", "id"):
        found.setdefault(one.record_id, []).append(one)
    return found


@transaction.atomic
def shield(
    record_id: UUID,
    *,
    field: str,
    basis: str,
    by: str,
    at: datetime,
    words: Sequence[str] = (),
    years: int | None = None,
) -> Shielding:
    """Shield words or a field of an entry's record or a case. The ledger says where and why, never what.

    `basis`: a code of the list of the day. The document, when it was set free, is no longer.
    """
    law = basis_of(basis, local_day(at))
    if law is None:
        raise JournalError(_("Choose the legal basis."), field="basis")
    if field not in FIELDS:
        raise JournalError(_("Choose what is to be shielded."), field="field")
    said = _words(words)
    if field == "words" and not said:
        raise JournalError(_("Mark or write the words that nobody else may see."), field="words")
    if years is not None and not 0 < years <= 100:
        raise JournalError(_("Shield for between 1 and 100 years, or leave it open."), field="years")
    if not _known(record_id):
        raise JournalError(_("Only what is in the journal is shielded."))
    made = Shielding.objects.create(
        record_id=record_id,
        field=field,
        words=said if field == "words" else [],
        basis=law.basis,
        restriction=law.restriction,
        years=years,
        by=by,
        at=at,
    )
    JournalEntry.objects.filter(record_id=record_id).update(assessed_on=local_day(at))
    details: dict[str, object] = {
        "shielding": str(made.id),
        "field": field,
        "words": len(made.words),
        "basis": law.code,
    }
    record_act("shielding.made", actor=by, at=at, record=record_id, details=details)
    _end_releases([record_id], by=by, at=at)
    return made


@transaction.atomic
def end(shielding_id: UUID, *, by: str, at: datetime) -> None:
    """The public may see it. The row stays: it says what was shielded until when."""
    one = Shielding.objects.select_for_update().filter(pk=shielding_id, ended_at=None).first()
    if one is None:
        raise JournalError(_("It is not shielded any more."))
    one.ended_at, one.ended_by = at, by
    one.save(update_fields=["ended_at", "ended_by"])
    record_act("shielding.ended", actor=by, at=at, record=one.record_id, details={"shielding": str(one.id)})
    _end_releases([one.record_id], by=by, at=at)


def public_words(text: str, shielded: Sequence[Shielding]) -> str:
    """A text as the public may see it: nothing of it when it is shielded whole, else ***** for the words."""
    if any(one.field in ("text", "whole") for one in shielded):
        return HIDDEN
    return Shield(word for one in shielded for word in one.words)(text)


def _words(given: Sequence[str]) -> list[str]:
    words = list(dict.fromkeys(filter(None, (" ".join(storable(one).split()) for one in given))))
    if len(words) > MOST_WORDS or any(len(one) > LONGEST_WORD for one in words):
        raise JournalError(_("That is too much to shield word by word. Shield the whole text."), field="words")
    return words


def _known(record_id: UUID) -> bool:
    return JournalEntry.objects.filter(record_id=record_id).exists() or Case.objects.filter(pk=record_id).exists()


def _end_releases(record_ids: Sequence[UUID], *, by: str, at: datetime) -> None:
    Release.objects.filter(entry__record_id__in=record_ids, ended_at=None).update(ended_at=at, ended_by=by)
