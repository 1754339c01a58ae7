"""The tree as the database holds it: rows of hashes from full tiles, and from entries where no tile is full yet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from ordskifte.records.ledger.errors import LedgerError
from ordskifte.records.ledger.tile import WIDTH, GrowingTree, edge_of, node_from, split_hashes
from ordskifte.records.ledger.tree import Range, leaf_hash, range_hash

_BLOCK = 2_000  # rows fetched at a time
_COPY_HEAD = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_COPY_TAIL = b"\xff\xff"

_ENTRIES = """
    select e.batch, e.ordinal, {columns}
    from unnest(%s::bigint[]) with ordinality as taken(batch, place)
    join records_entry e on e.batch = taken.batch
    order by taken.place, e.ordinal
"""


def stream(sql: str, parameters: Sequence[object], *, block: int = _BLOCK) -> Iterator[Any]:
    """Rows of a query through a cursor on the server, in binary, so that memory is that of one block.

    The caller is in a transaction. Two streams at once are two cursors.
    """
    connection.ensure_connection()
    name = f"ledger_{next(_names)}"
    with connection.connection.cursor(name, binary=True) as cursor:
        cursor.itersize = block
        cursor.execute(sql, parameters)
        yield from cursor


def copy_rows(table: str, rows: bytes) -> None:
    """Put rows that are in PostgreSQL's binary COPY form already into a table of ours."""
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"copy {table} from stdin (format binary)") as copy,
    ):
        copy.write(_COPY_HEAD + rows + _COPY_TAIL)


def _count() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_names = _count()


def entries_of(batches: Sequence[int], columns: str = "e.body") -> Iterator[Any]:
    """(batch, ordinal, *columns) of the batches' entries, in the order the batches are given in."""
    return stream(_ENTRIES.format(columns=columns), [list(batches)])


def leaf_hashes(first: int, count: int) -> list[bytes]:
    """Leaf hashes of the numbered entries first .. first + count - 1. LedgerError when one is missing."""
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
            {"lo": first, "hi": first + count - 1},
        )
        rows = cursor.fetchall()
    if [number for number, _ in rows] != list(range(first, first + count)):
        raise _damaged(f"entries {first} to {first + count - 1} are not all there")
    return [leaf_hash(bytes(body)) for _, body in rows]


def row_of_hashes(level: int, first: int, count: int) -> list[bytes]:
    """Hashes first .. first + count - 1 of a level, within one tile. LedgerError when they are not there."""
    with connection.cursor() as cursor:
        cursor.execute('select hashes from records_tile where level = %s and "index" = %s', [level, first // WIDTH])
        if found := cursor.fetchone():
            return split_hashes(bytes(found[0]))[first % WIDTH : first % WIDTH + count]
        if level == 0:
            return leaf_hashes(first, count)
        cursor.execute(
            'select root from records_tile where level = %s and "index" between %s and %s order by "index"',
            [level - 1, first, first + count - 1],
        )
        roots = [bytes(root) for (root,) in cursor.fetchall()]
    if len(roots) != count:
        raise _damaged(f"tiles {first} to {first + count - 1} of level {level - 1} are not all there")
    return roots


def hash_of(leaves: Range) -> bytes:
    """The root over a range of leaves that a proof asks for."""
    return range_hash(leaves, node_from(row_of_hashes))


def load_tree(size: int) -> GrowingTree:
    """The tree of the first `size` entries, ready to be put to."""
    edge = [row_of_hashes(level, first, count) if count else [] for level, (first, count) in enumerate(edge_of(size))]
    return GrowingTree(size, edge)


def _damaged(what: str) -> LedgerError:
    return LedgerError(
        f"The ledger is damaged: {what}.", advice="Run `ordskifte verify` to see what is wrong; restore from a backup."
    )
