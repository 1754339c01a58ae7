"""What pages and verbs ask of the ledger. Each function is one query, or says how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection
from django.utils.dateparse import parse_datetime

from ordskifte.records.ledger.checkpoint import parse_checkpoint
from ordskifte.records.models import Checkpoint, Pending, Timestamp
from ordskifte.records.sequencer import ledger_size


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry as pages show it. `number` is None until the sequencer has been by."""

    number: int | None
    kind: str
    at: datetime
    actor: str
    record: UUID | None
    details: dict[str, object]
    body: bytes


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A checkpoint as pages and the feed show it. `key_id`: 8 hex digits of the key in force."""

    size: int
    root: bytes
    note: str
    at: datetime
    key_id: str
    stamped: tuple[datetime, ...]  # RFC 3161 time-stamps


@dataclass(frozen=True, slots=True)
class LedgerState:
    """`unnumbered` entries are committed and wait for the sequencer."""

    entries: int
    unnumbered: int
    latest: SignedHead | None


def _entry(number: int | None, body: bytes) -> LedgerEntry:
    leaf = orjson.loads(body)
    at = parse_datetime(leaf["at"])
    assert at is not None
    return LedgerEntry(
        number=number,
        kind=leaf["kind"],
        at=at,
        actor=leaf["actor"],
        record=UUID(leaf["record"]) if leaf["record"] else None,
        details=leaf["details"],
        body=bytes(body),
    )


def entry_by_number(number: int) -> LedgerEntry | None:
    """The entry with this number, from 0."""
    found = entries_from(number, 1)
    return found[0] if found else None


def entries_from(first: int, count: int) -> list[LedgerEntry]:
    """Up to `count` numbered entries from number `first` on, in order."""
    first, last = max(first, 0), min(first + count, 2**62) - 1
    if last < first:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select n.first + e.ordinal, e.body
            from records_numbered n
            join records_entry e on e.batch = n.batch and e.ordinal between %(lo)s - n.first and %(hi)s - n.first
            where n.first <= %(hi)s
              and n.first >= (select coalesce(max(first), 0) from records_numbered where first <= %(lo)s)
            order by 1
            """,
            {"lo": first, "hi": last},
        )
        return [_entry(number, body) for number, body in cursor.fetchall()]


def entries_of_record(record: UUID) -> list[LedgerEntry]:
    """All entries about a record, oldest first: its protocol."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.first + e.ordinal, e.body from records_entry e left join records_numbered n on n.batch = e.batch"
            " where e.record_id = %s order by 1 nulls last, e.batch, e.ordinal",
            [record],
        )
        return [_entry(number, body) for number, body in cursor.fetchall()]


def numbers_of(records: Sequence[UUID]) -> dict[UUID, int]:
    """The number of each record's newest numbered entry; those that have none are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.record_id, max(n.first + e.ordinal) from records_entry e"
            " join records_numbered n on n.batch = e.batch where e.record_id = any(%s) group by e.record_id",
            [list(records)],
        )
        return {record: int(number) for record, number in cursor.fetchall()}


def checkpoints(*, before: int | None = None, limit: int = 50) -> list[SignedHead]:
    """Checkpoints, newest first; `before`: only those smaller than this size. Two queries."""
    rows = Checkpoint.objects.order_by("-size")
    if before is not None:
        rows = rows.filter(size__lt=before)
    return _heads(list(rows[:limit]))


def checkpoint(size: int) -> SignedHead | None:
    """The checkpoint of this size. Two queries."""
    return next(iter(_heads(list(Checkpoint.objects.filter(size=size)))), None)


def latest_checkpoint() -> SignedHead | None:
    """The newest checkpoint. Two queries."""
    return next(iter(checkpoints(limit=1)), None)


def _heads(rows: Sequence[Checkpoint]) -> list[SignedHead]:
    stamps: dict[int, list[datetime]] = {}
    found = Timestamp.objects.filter(checkpoint__in=[row.size for row in rows]).order_by("id")
    for size, at in found.values_list("checkpoint_id", "at"):
        stamps.setdefault(size, []).append(at)
    return [
        SignedHead(
            size=row.size,
            root=bytes(row.root),
            note=row.note,
            at=row.at,
            key_id=parse_checkpoint(row.note)[1].signatures[0].id.hex(),
            stamped=tuple(stamps.get(row.size, ())),
        )
        for row in rows
    ]


def ledger_state() -> LedgerState:
    """How large the ledger is, what waits, and its newest checkpoint. Four queries."""
    waiting = sum(Pending.objects.values_list("size", flat=True))
    return LedgerState(entries=ledger_size(), unnumbered=waiting, latest=latest_checkpoint())
