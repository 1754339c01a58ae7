"""The second part of `verify`: every row against the entry that commits to it, and every entry against its row."""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

import orjson
import psycopg
from django.db import connection

from ordskifte.records.findings import Findings
from ordskifte.records.ledger.leaf import content_commitment, row_commitment
from ordskifte.records.tiles import copy_rows, stream
from ordskifte.records.verify_tree import Told

_BLOCK = 2_000
_TAKEN = "Its content was taken away, and no entry says that it was erased."

_ABOUT = """
    select e.record_id, e.kind, e.body, n.first + e.ordinal, e.batch, e.ordinal
    from records_entry e left join records_numbered n on n.batch = e.batch
    where e.record_id = any(%s::uuid[])
"""

_TABLES = """
    create temporary table verified_row (
        kind text, record_id uuid, object_id bigint, start bigint, length int, digest bytea
    ) on commit drop
"""


_SEEN, _ID = struct.Struct(">hi"), struct.Struct(">i16s")  # PostgreSQL's binary COPY: each value after its length
_PLACE = struct.Struct(">iqiqiii32s")
_NOWHERE = b"\xff\xff\xff\xff" * 4  # four nulls


class ProofRow(Protocol):
    """A row as its owner hands it over; `threads.proof_rows.ProofRow` is one."""

    @property
    def kind(self) -> str: ...
    @property
    def record_id(self) -> UUID: ...
    @property
    def row(self) -> bytes | None: ...
    @property
    def salt(self) -> bytes | None: ...
    @property
    def raw_digest(self) -> bytes | None: ...
    @property
    def evidence(self) -> tuple[int, int, int] | None: ...
    @property
    def erased(self) -> bool: ...


def check_rows(
    rows: Iterable[ProofRow], told: Told, findings: Findings, *, between: Callable[[int], None] = lambda _: None
) -> int:
    """Recompute every commitment. Returns how many records are lawful holes.

    Leaves the temporary table `verified_row` behind, which tells the evidence check where each version's bytes should
    lie. `between` is told the number of rows after each block.
    """
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists verified_row")
        cursor.execute(_TABLES)
    holes = done = 0
    source = iter(rows)
    while block := list(islice(source, _BLOCK)):
        for row, (body, number) in zip(block, _entries(block), strict=True):
            if _is_hole(row, number, told):
                holes += 1
                continue
            for what in _wrongs(row, body, number, told):
                findings.add(what, f"{row.kind} {row.record_id}")
        _remember(block)
        done += len(block)
        between(done)
    _name_missing(findings)
    return holes


def _entries(block: Sequence[ProofRow]) -> list[tuple[bytes | None, int | None]]:
    """The newest entry of each row, in the same order: its body (None: there is none) and its number."""
    connection.ensure_connection()
    ids = ",".join([row.record_id.hex for row in block])
    with psycopg.Cursor(connection.connection) as cursor:  # Django's own would send and take everything as text
        entries = cursor.execute(_ABOUT, [f"{{{ids}}}"], binary=True).fetchall()
    newest: dict[tuple[UUID, str], tuple[Any, ...]] = {}
    for entry in entries:
        about = entry[:2]
        other = newest.get(about)
        if other is None or _age(entry) > _age(other):
            newest[about] = entry
    found = []
    for row in block:
        entry = newest.get((row.record_id, row.kind))
        found.append((None, None) if entry is None else (entry[2], entry[3]))
    return found


def _age(entry: tuple[Any, ...]) -> tuple[bool, int, int, int]:
    """What orders the entries about one record: those without a number are the newest."""
    _, _, _, number, batch, ordinal = entry
    return number is None, number or 0, batch, ordinal


def _is_hole(row: ProofRow, number: int | None, told: Told) -> bool:
    """Was its content taken away, and does an entry say so?"""
    if not row.erased or row.salt is not None or row.record_id not in told.erased:
        return False
    return not _said_again(number, told.erased[row.record_id])


def _said_again(number: int | None, erased: int | None) -> bool:
    """Was the record written anew after its erasure?"""
    return erased is not None and (number is None or number > erased)


def _wrongs(row: ProofRow, body: bytes | None, number: int | None, told: Told) -> Iterator[str]:
    """What does not fit between a row and its entry, as sentences."""
    if body is None:
        yield "A row was put in: no entry of the ledger knows it."
    elif row.salt is None or row.row is None:
        yield _TAKEN if row.erased else "The row has lost its salt."
    elif told.erased and row.record_id in told.erased and not _said_again(number, told.erased[row.record_id]):
        yield "The ledger says that this was erased, and its row still holds it."
    else:
        yield from _misfits(row, body, bytes(row.salt), row.row, told)


def _misfits(row: ProofRow, body: bytes, salt: bytes, content: bytes, told: Told) -> Iterator[str]:
    try:
        leaf = orjson.loads(body)
        received, kept = leaf.get("content"), leaf.get("row")
    except (ValueError, AttributeError):
        return  # the tree has named this entry already
    if row_commitment(salt, content).hex() != kept:
        yield "The row was changed: it is not what its entry commits to."
    raw = None if row.raw_digest is None else content_commitment(salt, bytes(row.raw_digest)).hex()
    if raw is not None and row.evidence is None and row.record_id not in told.withdrawn:
        yield "The row has lost the place of its bytes, and no entry says that they went."
    if raw != received:
        yield "The row's digest of what was received is not what its entry commits to."


def _remember(block: Sequence[ProofRow]) -> None:
    """Keep who was seen, and where their bytes should lie."""
    copy_rows("verified_row", b"".join(_packed(row) for row in block))


def _packed(row: ProofRow) -> bytes:
    kind = row.kind.encode()
    seen = _SEEN.pack(6, len(kind)) + kind + _ID.pack(16, row.record_id.bytes)
    if row.evidence is None or row.raw_digest is None:
        return seen + _NOWHERE
    object_id, start, length = row.evidence
    return seen + _PLACE.pack(8, object_id, 8, start, 4, length, 32, row.raw_digest)


def _name_missing(findings: Findings) -> None:
    """Entries whose row is gone."""
    rows: Iterator[Any] = stream(
        """
        select distinct e.kind, e.record_id from records_entry e
        where e.kind in ('version', 'author') and e.record_id is not null
          and not exists (select 1 from verified_row r where r.record_id = e.record_id and r.kind = e.kind)
        """,
        [],
    )
    for kind, record in rows:
        findings.add("The row is missing: the ledger knows it.", f"{kind} {record}")
