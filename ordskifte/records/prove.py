"""Proofs: what a record's entry, its path and the newest checkpoint say together. The file's format is the ledger's."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db import connection, transaction

from ordskifte.records.errors import ProofError
from ordskifte.records.ledger.checkpoint import parse_checkpoint
from ordskifte.records.ledger.proof import Proof
from ordskifte.records.ledger.tree import inclusion_ranges
from ordskifte.records.models import Checkpoint, Timestamp
from ordskifte.records.tiles import hash_of

KINDS = ("version", "author")  # kinds of entries that say what a record is


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a version's commitment: its salt and the SHA-256 of the bytes as received."""

    salt: bytes
    raw_digest: bytes


def prove_record(record: UUID, opening: Opening | None) -> Proof:
    """The proof of the newest entry that says what `record` is. ProofError when there is none, or it has no number yet.

    `opening` is None for an author, and for what has been erased: the proof is then of the entry alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.first + e.ordinal from records_entry e left join records_numbered n on n.batch = e.batch"
            " where e.record_id = %s and e.kind = any(%s) order by 1 desc nulls first, e.batch desc limit 1",
            [record, list(KINDS)],
        )
        found = cursor.fetchone()
    if not found:
        raise ProofError(
            f"No entry of the ledger is about {record}.", advice="Look at the id; `ordskifte search` shows ids."
        )
    if found[0] is None:
        raise ProofError(
            f"The entry of {record} has no number yet.",
            advice="It gets one within a second when `ordskifte worker` runs.",
        )
    return prove_entry(int(found[0]), opening)


def prove_entry(number: int, opening: Opening | None = None) -> Proof:
    """The proof of entry `number` under the newest checkpoint. ProofError when no checkpoint holds it."""
    with transaction.atomic():
        checkpoint = Checkpoint.objects.order_by("-size").first()
        if checkpoint is None or not 0 <= number < checkpoint.size:
            size = checkpoint.size if checkpoint else 0
            raise ProofError(
                f"There is no entry {number}: the ledger has {size}.", advice="Entries are numbered from 0."
            )
        found = _entry(number)
        if found is None:
            raise ProofError(f"Entry {number} is missing.", advice="Run `ordskifte verify`.")
        body, _, _, erased = found
        path = tuple(hash_of(leaves) for leaves in inclusion_ranges(number, checkpoint.size))
        stamp = Timestamp.objects.filter(checkpoint=checkpoint).first()
    leaf = orjson.loads(body)
    return Proof(
        origin=parse_checkpoint(checkpoint.note)[0].origin,
        record=leaf["record"],
        entry=number,
        leaf=body,
        salt=opening.salt if opening else None,
        raw_digest=opening.raw_digest if opening else None,
        erased=erased,
        path=path,
        checkpoint=checkpoint.note,
        timestamp=bytes(stamp.token) if stamp else None,
    )


_ENTRY = """
    select e.body, e.record_id, e.kind, exists (
        select 1 from records_entry x left join records_numbered m on m.batch = x.batch
        where x.record_id = e.record_id and x.kind = 'erased' and coalesce(m.first + x.ordinal > %(number)s, true)
    )
    from records_numbered n join records_entry e on e.batch = n.batch and e.ordinal = %(number)s - n.first
    where n.first = (select max(first) from records_numbered where first <= %(number)s)
"""


def record_of(number: int) -> UUID | None:
    """Which version or author entry `number` says something about, if any."""
    found = _entry(number)
    return found[1] if found and found[2] in KINDS else None


def _entry(number: int) -> tuple[bytes, UUID | None, str, bool] | None:
    """Body, record, kind, and whether a later entry says that the record was erased."""
    if not 0 <= number < 2**62:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, {"number": number})
        found = cursor.fetchone()
    return (bytes(found[0]), *found[1:]) if found else None
