"""Parties of an entry: who is a natural person, and who is a newspaper or an association."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.errors_journal import JournalError
from ordskifte.records.entry import record_act
from ordskifte.records.models import Party


@transaction.atomic
def mark(entry_id: UUID, party_id: str, *, natural: bool, by: str, at: datetime) -> None:
    """A name is taken for a natural person's until somebody says that it is an organisation's."""
    found = Party.objects.select_for_update(of=("self",)).select_related("entry")
    one = found.filter(pk=int(party_id), entry=entry_id).first() if party_id.isdecimal() else None
    if one is None or not one.account:
        raise JournalError(_("That is no account that wrote to us."))
    if one.natural == natural:
        return
    one.natural = natural
    one.save(update_fields=["natural"])
    details: dict[str, object] = {"party": one.id, "natural": natural}
    record_act("party.marked", actor=by, at=at, record=one.entry.record_id, details=details)
