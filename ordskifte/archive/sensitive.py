"""What comes to a sensitive unit is shielded when it is journalled: that somebody wrote there is itself a secret."""

from collections.abc import Sequence
from datetime import datetime

from ordskifte.archive.bases import basis_of
from ordskifte.archive.cases import local_day
from ordskifte.archive.sources import Source
from ordskifte.records.entry import record_act
from ordskifte.records.models import Shielding

ACTOR = "system:sensitive_units"


def shield_sensitive(sources: Sequence[Source], *, at: datetime) -> None:
    """Author, title and text, by the duty of secrecy. A person may end it, or choose a closer basis."""
    law = basis_of("personal", local_day(at))
    if law is None or not sources:
        return
    Shielding.objects.bulk_create(
        Shielding(record_id=one.id, field=field, basis=law.basis, restriction=law.restriction, by=ACTOR, at=at)
        for one in sources
        for field in ("author", "title", "text")
    )
    for one in sources:
        details: dict[str, object] = {"fields": ["author", "title", "text"], "basis": law.code}
        record_act("shielding.made", actor=ACTOR, at=at, record=one.id, details=details)
