"""Documents in the public journal: set free by a person who has read them (offentlegforskrifta § 7), and taken back."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Release
from ordskifte.archive.shielding import shieldings
from ordskifte.records.entry import record_act
from ordskifte.records.models import JournalEntry, Shielding
from ordskifte.threads.models import Utterance


def digest_of(shielded: Sequence[Shielding]) -> str:
    """Which shieldings a person looked at."""
    return sha256("\n".join(sorted(str(one.id) for one in shielded)).encode()).hexdigest()


@transaction.atomic
def release(entry_id: UUID, *, seen: str, version_id: UUID, by: str, at: datetime) -> Release:
    """Anyone may read the words. `seen`: the digest of the shieldings, and the version, that stood in the preview."""
    entry = JournalEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None or entry.number is None:
        raise JournalError(_("Only what is in our own journal is shown in public."))
    current = Utterance.objects.filter(pk=entry.record_id).values_list("current_id", "private").first()
    if current is None:
        raise JournalError(_("Only what was said can be read in public, not our internal documents."))
    if current[1]:
        raise JournalError(_("A private message is never put on the open net. Give access when somebody asks."))
    standing = shieldings([entry.record_id]).get(entry.record_id, [])
    if any(one.field in ("text", "whole") for one in standing):
        raise JournalError(_("The whole text is shielded."))
    if digest_of(standing) != seen or current[0] != version_id:
        raise JournalError(_("It has been changed since you looked. Read it again."))
    Release.objects.filter(entry=entry, ended_at=None).update(ended_at=at, ended_by=by)
    made = Release.objects.create(entry=entry, version_id=version_id, shieldings=seen, by=by, at=at)
    entry.assessed_on = local_day(at)
    entry.save(update_fields=["assessed_on"])
    details: dict[str, object] = {"entry": str(entry.id), "version": str(version_id)}
    record_act("document.released", actor=by, at=at, record=entry.record_id, details=details)
    return made


@transaction.atomic
def take_back(entry_id: UUID, *, by: str, at: datetime) -> None:
    entry = JournalEntry.objects.filter(pk=entry_id).first()
    if entry is None or not Release.objects.filter(entry=entry, ended_at=None).update(ended_at=at, ended_by=by):
        raise JournalError(_("The document is not in the public journal."))
    record_act("document.taken_back", actor=by, at=at, record=entry.record_id, details={"entry": str(entry.id)})


def current_release(entry_id: UUID) -> Release | None:
    return Release.objects.filter(entry_id=entry_id, ended_at=None).first()
