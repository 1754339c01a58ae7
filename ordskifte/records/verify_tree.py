"""The first part of `verify`: entries, numbers, tiles and checkpoints against each other, in one pass by number."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from ordskifte.records.findings import Findings, numbers
from ordskifte.records.ledger.checkpoint import TreeHead, parse_checkpoint
from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.note import check_note
from ordskifte.records.ledger.tile import WIDTH, FullTile, GrowingTree, split_hashes
from ordskifte.records.ledger.tree import leaf_hash
from ordskifte.records.signing_keys import KeyHistory
from ordskifte.records.tiles import entries_of, stream

_CHUNK = 20_000  # entries read at a time
_MOST_MISSING = 1_000_000  # a batch that says it has more than it has by this many says nonsense
_TELLING = ("evidence", "replaced", "erased", "withdrawn")  # kinds that other parts need
_NOTHING = bytes(32)  # stands for a leaf that is not there

Progress = Callable[[int], None]


@dataclass(slots=True)
class Told:
    """What the entries say that other parts of `verify` need. Numbers are None while an entry waits for one."""

    entries: int = 0
    unnumbered: int = 0
    evidence: dict[int, str] = field(default_factory=dict)  # object id -> hex digest
    replaced: dict[int, tuple[str, str]] = field(default_factory=dict)  # old object id -> digests, old and new
    replacements: dict[int, str] = field(default_factory=dict)  # new object id -> hex digest
    erased: dict[UUID, int | None] = field(default_factory=dict)  # record -> number of its newest erasure
    withdrawn: set[UUID] = field(default_factory=set)  # versions whose bytes went with another's


def listen_to(told: Told, number: int | None, kind: str, leaf: dict[str, Any]) -> None:
    """Keep what an entry of a kind that matters says."""
    details = leaf["details"]
    if kind == "evidence":
        told.evidence[details["object"]] = details["digest"]
    elif kind == "replaced":
        told.replaced[details["old_object"]] = (details["old"], details["new"])
        told.replacements[details["new_object"]] = details["new"]
    elif kind == "erased":
        told.erased[UUID(leaf["record"])] = number
    elif kind == "withdrawn":
        told.withdrawn.add(UUID(leaf["record"]))


class TreeCheck:
    """Walks the entries in order of number, lets a tree grow from them and holds it against tiles and notes.

    Where a stored tile says other than the entries, the tile's hashes are believed for the tree: so a changed entry is
    named by its number, and the checkpoints still tell whether the tiles are those that were signed.
    """

    def __init__(self, findings: Findings, history: KeyHistory, since: TreeHead | None) -> None:
        self.findings = findings
        self.history = history
        self.since = since
        self.told = Told()
        self._tree = GrowingTree()
        self._block: list[bytes | None] = []
        self._tiles = _rows('select "index", hashes, root from records_tile where level = 0 order by "index"')
        self._tile = next(self._tiles, None)
        self._checkpoints = _rows("select size, root, note from records_checkpoint order by size")
        self._checkpoint = next(self._checkpoints, None)
        self._agreed = 0  # the largest size whose signed root is that of the entries
        self._wrong: list[int] = []  # sizes whose signed root is not

    def run(self, progress: Progress) -> None:
        """Check everything that has a number, then what has none."""
        self._check_heads()
        for chunk in _chunks(self._numbered()):
            self._read(chunk)
            progress(self._tree.size)
        self._end_block()
        self._end()
        self._check_unnumbered()

    def _numbered(self) -> Iterator[tuple[int, int, int]]:
        """(batch, first, size) in order, with what is odd about them reported."""
        expected = 0
        for batch, first, size, held in _rows(
            "select n.batch, n.first, n.size, (select count(*) from records_entry e where e.batch = n.batch)"
            " from records_numbered n order by n.first"
        ):
            if first > expected:
                self.findings.add("Numbers are missing: no entry bears them.", numbers(expected, first - 1))
                gap = min(first - expected, _MOST_MISSING)
                yield -1, expected, gap
            elif first < expected:
                self.findings.add("A batch has numbers that another has already.", f"batch {batch} at entry {first}")
                continue
            if not 0 < size <= held + _MOST_MISSING:
                self.findings.add(f"A batch says that it has {size} entries, and has {held}.", f"batch {batch}")
                size = held
            yield batch, first, size
            expected = first + size

    def _read(self, chunk: Sequence[tuple[int, int, int]]) -> None:
        rows = groupby(entries_of([batch for batch, _, _ in chunk], "e.kind, e.record_id::text, e.body"), itemgetter(0))
        group = next(rows, None)
        for batch, first, size in chunk:
            hashes: list[bytes | None] = [None] * size
            if group and group[0] == batch:
                self._read_batch(first, hashes, group[1])
                group = next(rows, None)
            if batch >= 0:
                self._name_missing(first, hashes)
            self._put(hashes)

    def _read_batch(self, first: int, hashes: list[bytes | None], rows: Iterator[Any]) -> None:
        for batch, ordinal, kind, record, body in rows:
            if not 0 <= ordinal < len(hashes):
                self.findings.add("An entry was put into a numbered batch later.", f"batch {batch}, place {ordinal}")
                continue
            hashes[ordinal] = leaf_hash(body)
            self._listen(first + ordinal, kind, record, body)

    def _listen(self, number: int | None, kind: str, record: str | None, body: bytes) -> None:
        try:
            leaf = orjson.loads(body)
            if leaf["kind"] != kind or leaf["record"] != record:
                self.findings.add("The entry's row says other than the entry.", f"entry {number}")
            if kind in _TELLING:
                listen_to(self.told, number, kind, leaf)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.findings.add("The entry is not written as an entry must be.", f"entry {number}")

    def _name_missing(self, first: int, hashes: Sequence[bytes | None]) -> None:
        for gone, run in groupby(enumerate(hashes, first), lambda pair: pair[1] is None):
            if gone:
                places = [number for number, _ in run]
                what = "An entry is missing." if len(places) == 1 else "Entries are missing."
                self.findings.add(what, numbers(places[0], places[-1]))

    def _put(self, hashes: Sequence[bytes | None]) -> None:
        at = 0
        while at < len(hashes):
            part = hashes[at : at + WIDTH - len(self._block)]
            self._block += part
            at += len(part)
            if len(self._block) == WIDTH:
                self._end_block()

    def _end_block(self) -> None:
        """Hold a tile's worth of leaves (fewer at the end) against the stored tile, then let the tree grow by them."""
        start, index = self._tree.size, self._tree.size // WIDTH
        leaves = [each or _NOTHING for each in self._block]
        if len(leaves) == WIDTH:
            leaves = self._believed(index, leaves)
        self._block = []
        while leaves:
            stop = min((size for size in self._stops() if size > self._tree.size), default=start + WIDTH)
            part, leaves = leaves[: stop - self._tree.size], leaves[stop - self._tree.size :]
            for tile in self._tree.extend(part):
                self._check_upper(tile)
            self._check_heads()

    def _believed(self, index: int, leaves: list[bytes]) -> list[bytes]:
        while self._tile and self._tile[0] < index:
            self.findings.add("A tile stands where none belongs.", f"tile {self._tile[0]} of level 0")
            self._tile = next(self._tiles, None)
        if not self._tile or self._tile[0] != index or len(self._tile[1]) != WIDTH * 32:
            self.findings.add("A tile is missing or damaged.", f"tile {index} of level 0")
            return leaves
        stored = split_hashes(self._tile[1])
        for place, (ours, theirs) in enumerate(zip(leaves, stored, strict=True)):
            if ours not in (theirs, _NOTHING):
                self.findings.add(
                    "The entry is not the one that was numbered: it was changed or moved.",
                    f"entry {index * WIDTH + place}",
                )
        return stored

    def _check_upper(self, tile: FullTile) -> None:
        where = f"tile {tile.index} of level {tile.level}"
        if tile.level == 0:
            if self._tile and self._tile[0] == tile.index:
                if bytes(self._tile[2]) != tile.root:
                    self.findings.add("The tile's root is not that of its hashes.", where)
                self._tile = next(self._tiles, None)
            return
        with connection.cursor() as cursor:
            cursor.execute(
                'select hashes, root from records_tile where level = %s and "index" = %s', [tile.level, tile.index]
            )
            found = cursor.fetchone()
        if not found or (bytes(found[0]), bytes(found[1])) != (tile.hashes, tile.root):
            self.findings.add("A tile is missing, or is not that of the tiles below it.", where)

    def _stops(self) -> Iterator[int]:
        if self._checkpoint:
            yield self._checkpoint[0]
        if self.since:
            yield self.since.size

    def _check_heads(self) -> None:
        size, root = self._tree.size, self._tree.root()
        if self.since and self.since.size == size and self.since.root != root:
            self.findings.add(
                "The ledger was rebuilt: at the size of the older checkpoint its root is another.", f"checkpoint {size}"
            )
        while self._checkpoint and self._checkpoint[0] <= size:
            self._check_checkpoint(*self._checkpoint, root=root)
            self._checkpoint = next(self._checkpoints, None)

    def _check_checkpoint(self, size: int, stored: bytes, note: str, *, root: bytes | None) -> None:
        where = f"checkpoint {size}"
        try:
            head, parsed = parse_checkpoint(note)
        except NoteError:
            self.findings.add("The checkpoint is not a signed note.", where)
            return
        key = self.history.at(size)
        try:
            check_note(parsed, [key] if key else [])
        except NoteError:
            self.findings.add("The checkpoint is not signed with the key that was the ledger's then.", where)
        name = self.history.keys[-1]
        if (head.size, head.root) != (size, stored) or (name and head.origin != name.name):
            self.findings.add("The checkpoint's row says other than its note.", where)
        if root is not None and head.root == root:
            self._agreed = size
        elif root is not None:
            self._wrong.append(size)

    def _end(self) -> None:
        size = self.told.entries = self._tree.size
        if self._wrong:
            later = f", nor do {len(self._wrong) - 1} later ones" if len(self._wrong) > 1 else ""
            self.findings.add(
                f"The signed root does not fit the entries{later}: between these they were changed, moved or put in.",
                f"checkpoints {self._agreed} and {self._wrong[0]}",
                times=len(self._wrong),
            )
        while self._checkpoint:
            self.findings.add("A checkpoint says more entries than there are.", f"checkpoint {self._checkpoint[0]}")
            self._check_checkpoint(*self._checkpoint, root=None)
            self._checkpoint = next(self._checkpoints, None)
        if size > max([self._agreed, *self._wrong]):
            self.findings.add(
                "Numbered entries stand under no checkpoint.", f"after entry {max([self._agreed, *self._wrong])}"
            )
        if self.since and self.since.size > size:
            self.findings.add(
                f"The ledger was rolled back: the older checkpoint has {self.since.size} entries, the ledger {size}.",
                f"checkpoint {self.since.size}",
            )
        for level, index in _rows(
            'select level, "index" from records_tile where case when level between 0 and 7'
            ' then ("index" + 1)::numeric * (256::numeric ^ (level + 1)) > %s else true end limit 1000',
            [size],
        ):
            self.findings.add("A tile stands where none belongs.", f"tile {index} of level {level}")

    def _check_unnumbered(self) -> None:
        for batch, size, held, numbered in _rows(
            """
            select p.batch, p.size, count(e.batch), exists (select 1 from records_numbered n where n.batch = p.batch)
            from records_pending p left join records_entry e on e.batch = p.batch and e.ordinal between 0 and p.size - 1
            group by p.batch, p.size order by p.batch
            """
        ):
            if size != held or numbered:
                self.findings.add(
                    "A batch that waits for numbers is not whole, or has numbers already.", f"batch {batch}"
                )
            self.told.unnumbered += 0 if numbered else held
        for batch, ordinal in _rows(
            """
            select e.batch, e.ordinal from records_entry e
            where not exists (select 1 from records_numbered n where n.batch = e.batch)
              and not exists (
                select 1 from records_pending p where p.batch = e.batch and e.ordinal between 0 and p.size - 1
              )
            """
        ):
            self.findings.add(
                "An entry was put in: it has no number and waits for none.", f"batch {batch}, place {ordinal}"
            )
        for kind, record, body in _rows(
            "select e.kind, e.record_id::text, e.body from records_pending p join records_entry e on e.batch = p.batch"
            " where e.kind = any(%s) order by e.batch, e.ordinal",
            [list(_TELLING)],
        ):
            self._listen(None, kind, record, body)


def _rows(sql: str, parameters: Sequence[object] = ()) -> Iterator[Any]:
    return stream(sql, parameters)


def _chunks(batches: Iterator[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    chunk: list[tuple[int, int, int]] = []
    count = 0
    for batch in batches:
        if chunk and count + batch[2] > _CHUNK:
            yield chunk
            chunk, count = [], 0
        chunk.append(batch)
        count += batch[2]
    if chunk:
        yield chunk
