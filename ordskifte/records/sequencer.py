"""The sequencer: numbers what was committed, lets the tree grow and signs it (D7). One at a time, whoever calls."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from threading import Event, Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import Error, connection, connections, transaction

from ordskifte.base.clock import Clock
from ordskifte.records.ledger.checkpoint import TreeHead, parse_checkpoint, sign_checkpoint
from ordskifte.records.ledger.errors import LedgerError
from ordskifte.records.ledger.note import Signer
from ordskifte.records.ledger.tile import FullTile, GrowingTree
from ordskifte.records.ledger.tree import leaf_hash
from ordskifte.records.models import Checkpoint
from ordskifte.records.signing_keys import announce_key, former_key_ids
from ordskifte.records.tiles import entries_of, load_tree

CHUNK = 50_000  # entries a transaction
MANY = 20_000  # entries that are worth a checkpoint while more are coming
_LOOK_EVERY = 0.2  # seconds
_LOCK = 0x6F72_6473_6B69  # "ordski", the sequencer's advisory lock
_MOST_BATCHES = 5_000  # looked at in a transaction
_HASHED_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction of the sequencer came to. Neither field set: nothing was waiting."""

    checkpoint: Checkpoint | None = None
    busy: bool = False  # another sequencer is at work


def sequence_pending(
    *, signing: Ed25519PrivateKey, origin: str, at: datetime, limit: int | None = None
) -> Checkpoint | None:
    """Number up to `limit` waiting entries (at least one batch; default CHUNK) and sign one checkpoint.

    None when nothing waits, or another sequencer is at work. LedgerError when the tree in the database is not the one
    that was signed last, or the key is a former one.
    """
    return sequence_step([Signer(origin, signing)], at=at, limit=limit or CHUNK).checkpoint


def sequence_all(
    *,
    signing: Ed25519PrivateKey,
    origin: str,
    clock: Clock,
    progress: Callable[[int], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Number until nothing waits, beside or instead of another sequencer. Returns the ledger's size.

    What was committed before the call is numbered when it returns. `progress` is told the size after each step.
    """
    while True:
        step = sequence_step([Signer(origin, signing)], at=clock(), limit=CHUNK)
        if step.busy:
            pause(0.05)
        elif step.checkpoint is None:
            return ledger_size()
        elif progress:
            progress(step.checkpoint.size)


@contextmanager
def numbering_beside(*, signing: Ed25519PrivateKey, origin: str, clock: Clock) -> Iterator[Callable[[], None]]:
    """Number what the block commits while it goes on, in a thread and a connection of its own, MANY at a time.

    The block is given what tells that no more will come, so that the rest is numbered at once. What is still left, and
    any trouble met, is for the `sequence_all` that the caller ends with.
    """
    stop, last = Event(), Event()

    def number() -> None:
        try:
            while not stop.wait(_LOOK_EVERY):
                if last.is_set() or _waiting() >= MANY:
                    sequence_step([Signer(origin, signing)], at=clock(), limit=CHUNK)
        except (Error, LedgerError):
            return
        finally:
            connections.close_all()  # this thread's

    thread = Thread(target=number, name="numbering", daemon=True)
    thread.start()
    try:
        yield last.set
    finally:
        stop.set()
        thread.join()


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(sum(size), 0) from records_pending")
        return int(cursor.fetchone()[0])


def ledger_size() -> int:
    """How many entries have a number."""
    with connection.cursor() as cursor:
        cursor.execute("select first + size from records_numbered order by first desc limit 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def wait_for_turn() -> None:
    """Be the only sequencer until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def sequence_step(signers: Sequence[Signer], *, at: datetime, limit: int, changing: bool = False) -> Step:
    """One transaction of the sequencer. The first of `signers` is the ledger's key from now on.

    `changing`: the caller has announced that key itself.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return Step(busy=True)
        latest = Checkpoint.objects.order_by("-size").first()
        if latest and not changing:
            _stand_for(latest, signers[0], at=at)
        batches = _take(cursor, limit)
        if not batches:
            return Step()
        tree = load_tree(ledger_size())
        _refuse_another_tree(tree, latest)
        first = tree.size
        tiles = _grow(tree, [batch for batch, _ in batches])
        if tree.size != first + sum(size for _, size in batches):
            raise LedgerError("Entries were changed while they were numbered.", advice="Run `ordskifte verify`.")
        _write(cursor, batches, first=first, tiles=tiles)
        if tree.size == first:
            return Step()
        return Step(_sign(tree, signers, at=at))


def _stand_for(latest: Checkpoint, signer: Signer, *, at: datetime) -> None:
    """A key that has not signed before is announced by an entry; one that was replaced may not sign again."""
    last = parse_checkpoint(latest.note)[1].signatures[0]  # the key in force signs first
    now = signer.verifier
    if (last.name, last.id) == (now.name, now.id):
        return
    if now.id.hex() in former_key_ids():
        raise LedgerError(
            "This process holds a ledger key that has been replaced.",
            advice="Start it again, so that it reads the new key.",
        )
    announce_key(last.id, now, actor="system", at=at)


def _refuse_another_tree(tree: GrowingTree, latest: Checkpoint | None) -> None:
    signed = (latest.size, bytes(latest.root)) if latest else (0, GrowingTree().root())
    if (tree.size, tree.root()) != signed:
        raise LedgerError(
            f"The ledger's {tree.size} entries are not what was signed at {signed[0]}; nothing more is signed.",
            advice="Run `ordskifte verify` to see what is wrong; restore from a backup.",
        )


def _take(cursor: Any, limit: int) -> list[tuple[int, int]]:
    """The next (batch, size) in order, up to `limit` entries, whose entries are all there.

    A batch whose entries are not what its queue row says was tampered with: it stays, and `verify` names it.
    """
    odd: list[int] = []
    while True:
        cursor.execute(
            """
            select batch, size from (
                select batch, size, sum(size) over (order by batch) as upto
                from (select batch, size from records_pending where batch <> all(%s) order by batch limit %s) waiting
            ) counted
            where upto <= %s or upto = size order by batch
            """,
            [odd, _MOST_BATCHES, limit],
        )
        taken = [(int(batch), int(size)) for batch, size in cursor.fetchall()]
        cursor.execute(
            """
            select p.batch from unnest(%s::bigint[], %s::int[]) as p(batch, size)
            where p.size <> (select count(*) from records_entry e where e.batch = p.batch)
               or exists (
                select 1 from records_entry e where e.batch = p.batch and e.ordinal not between 0 and p.size - 1
               )
               or exists (select 1 from records_numbered n where n.batch = p.batch)
            """,
            [[batch for batch, _ in taken], [size for _, size in taken]],
        )
        found = [int(batch) for (batch,) in cursor.fetchall()]
        if not found:
            return taken
        odd += found


def _grow(tree: GrowingTree, batches: Sequence[int]) -> list[FullTile]:
    """Put the batches' entries to the tree. Returns the tiles that became full."""
    tiles: list[FullTile] = []
    bodies: Iterator[Any] = entries_of(batches)
    while block := [leaf_hash(body) for _, _, body in islice(bodies, _HASHED_AT_ONCE)]:
        tiles += tree.extend(block)
    return tiles


def _write(cursor: Any, batches: Sequence[tuple[int, int]], *, first: int, tiles: Sequence[FullTile]) -> None:
    numbers, number = [], first
    for _, size in batches:
        numbers.append(number)
        number += size
    cursor.execute(
        """
        insert into records_numbered (batch, first, size)
        select * from unnest(%s::bigint[], %s::bigint[], %s::int[]) as n(batch, first, size) where n.size > 0
        """,
        [[batch for batch, _ in batches], numbers, [size for _, size in batches]],
    )
    cursor.executemany(
        'insert into records_tile (level, "index", hashes, root) values (%s, %s, %s, %s)',
        [(tile.level, tile.index, tile.hashes, tile.root) for tile in tiles],
    )
    cursor.execute("delete from records_pending where batch = any(%s)", [[batch for batch, _ in batches]])


def _sign(tree: GrowingTree, signers: Sequence[Signer], *, at: datetime) -> Checkpoint:
    head = TreeHead(signers[0].name, tree.size, tree.root())
    note = sign_checkpoint(head, signers)
    return Checkpoint.objects.create(size=head.size, root=head.root, note=note, at=at)
