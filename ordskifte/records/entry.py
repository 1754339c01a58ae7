"""Record and act are one: entries are inserted, unnumbered, in the transaction of the act they record (D7)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.models import Entry, Pending


def next_batch() -> int:
    """The number of a new batch of entries; a batch is one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('records_batch_seq')")
        return int(cursor.fetchone()[0])


def append_entries(entries: Sequence[tuple[str, UUID | None, bytes]]) -> int:
    """Insert (kind, record id, leaf bytes) as one batch in the caller's transaction. Returns the batch."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry is written in the transaction of its act")
    batch = next_batch()
    Entry.objects.bulk_create(
        Entry(batch=batch, ordinal=ordinal, kind=kind, record_id=record, body=body)
        for ordinal, (kind, record, body) in enumerate(entries)
    )
    Pending.objects.create(batch=batch, size=len(entries))
    return batch


def record_act(
    kind: str,
    *,
    actor: str,
    at: datetime,
    record: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """One act, one entry. `kind` is noun.verb ("channel.created"); `details` holds ids and facts, never content."""
    body = leaf_body(kind, at=at, actor=actor, record=str(record) if record else None, details=details)
    return append_entries([(kind, record, body)])
