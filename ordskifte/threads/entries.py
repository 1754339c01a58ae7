"""What the ledger says of a thread: its entries, with their numbers, as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection

_ABOUT = """
select e.record_id, e.kind, e.body, n.first + e.ordinal
from records_entry e left join records_numbered n on n.batch = e.batch
where e.record_id = any(%s) order by e.batch desc, e.ordinal desc
"""


@dataclass(frozen=True, slots=True)
class NumberedEntry:
    """One entry of the ledger. `number` is None until the sequencer has numbered it, within a second or so."""

    record_id: UUID
    kind: str
    at: datetime
    actor: str
    number: int | None
    details: dict[str, object]


def entries_about(records: Iterable[UUID]) -> tuple[NumberedEntry, ...]:
    """The entries about these records, newest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, [list(records)])
        rows = cursor.fetchall()
    found = []
    for record_id, kind, body, number in rows:
        leaf = orjson.loads(bytes(body))
        at = datetime.fromisoformat(leaf["at"])
        found.append(NumberedEntry(record_id, kind, at, leaf["actor"], number, leaf["details"]))
    return tuple(found)
