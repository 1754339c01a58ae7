"""Titles of an entry: ours, and the neutral one that everyone sees."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.records.entry import record_act
from ordskifte.records.models import JournalEntry

LONGEST = 500


@transaction.atomic
def set_titles(entry_id: UUID, *, title: str, public_title: str, by: str, at: datetime) -> None:
    """A person has read both: the entry counts as assessed."""
    entry = JournalEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        raise JournalError(_("That entry is not in the journal."))
    said = [mask(storable(" ".join(one.split())))[0][:LONGEST] for one in (title, public_title)]
    if not said[0]:
        raise JournalError(_("An entry needs a title."), field="title")
    changed = [
        name
        for name, was, is_now in (
            ("title", entry.title, said[0]),
            ("public_title", entry.public_title, said[1]),
        )
        if was != is_now
    ]
    entry.title, entry.public_title = said
    entry.assessed_on = local_day(at)
    entry.save(update_fields=["title", "public_title", "assessed_on"])
    record_act("entry.changed", actor=by, at=at, record=entry.record_id, details={"fields": changed})
