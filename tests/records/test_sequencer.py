"""The sequencer numbers everything once, in order, under one signed tree, wherever it stops and whoever helps."""

import threading
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections, transaction

from ordskifte.records import sequencer
from ordskifte.records.entry import append_entries
from ordskifte.records.ledger.checkpoint import check_checkpoint
from ordskifte.records.ledger.errors import LedgerError
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.ledger.note import Signer
from ordskifte.records.ledger.tree import leaf_hash, root
from ordskifte.records.models import Checkpoint, Entry, Numbered, Pending, Tile
from ordskifte.records.sequencer import (
    ledger_size,
    numbering_beside,
    sequence_all,
    sequence_pending,
    sequence_step,
    wait_for_turn,
)
from tests.records.world import AT, ORIGIN, tamper

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def acts(*sizes: int) -> None:
    """Committed batches of so many entries each."""
    for size in sizes:
        with transaction.atomic():
            bodies = [leaf_body("channel.changed", at=AT, actor="person:1", details={"n": n}) for n in range(size)]
            append_entries([("channel.changed", None, body) for body in bodies])


def number(limit: int | None = None, key: Ed25519PrivateKey = KEY) -> Checkpoint | None:
    return sequence_pending(signing=key, origin=ORIGIN, at=AT, limit=limit)


def number_all() -> int:
    return sequence_all(signing=KEY, origin=ORIGIN, clock=lambda: AT)


def leaves() -> list[bytes]:
    """All leaf hashes in order of number."""
    first = dict(Numbered.objects.values_list("batch", "first"))
    numbered = {first[entry.batch] + entry.ordinal: entry for entry in Entry.objects.all() if entry.batch in first}
    assert sorted(numbered) == list(range(len(numbered)))
    return [leaf_hash(bytes(numbered[number].body)) for number in sorted(numbered)]


def whole() -> bool:
    """Everything has a number, and the newest checkpoint signs the tree of it."""
    checkpoint = Checkpoint.objects.latest("size")
    head, _ = check_checkpoint(checkpoint.note, [Signer(ORIGIN, KEY).verifier])
    hashes = leaves()
    assert (head.size, head.root) == (checkpoint.size, bytes(checkpoint.root)) == (len(hashes), root(hashes))
    assert [bytes(tile.root) for tile in Tile.objects.filter(level=0).order_by("index")] == [
        root(hashes[at : at + 256]) for at in range(0, len(hashes) // 256 * 256, 256)
    ]
    return not Pending.objects.exists()


@pytest.mark.django_db
def test_nothing_waiting_is_nothing_done() -> None:
    assert number() is None
    assert (number_all(), Checkpoint.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_entries_are_numbered_in_order_of_batch_and_place() -> None:
    acts(3, 1, 2)
    checkpoint = number()
    assert checkpoint is not None
    assert list(Numbered.objects.order_by("batch").values_list("first", "size")) == [(0, 3), (3, 1), (4, 2)]
    assert (checkpoint.size, ledger_size(), whole()) == (6, 6, True)


@pytest.mark.django_db
@pytest.mark.parametrize("sizes", [[1] * 10, [255, 1], [256], [257], [100, 700, 3], [1, 511, 1, 511]])
def test_the_tree_grows_the_same_in_any_steps(sizes: list[int]) -> None:
    for size in sizes:
        acts(size)
        number()
        assert whole()
    assert Checkpoint.objects.count() == len(sizes)


@pytest.mark.django_db
def test_a_chunk_takes_whole_batches_up_to_its_limit() -> None:
    acts(4, 4, 4, 20, 1)
    sizes = []
    while checkpoint := number(limit=10):
        sizes.append(checkpoint.size)
    assert sizes == [8, 12, 32, 33]
    assert whole()


@pytest.mark.django_db
def test_a_batch_without_entries_leaves_the_queue_without_a_checkpoint() -> None:
    acts(0)
    assert number() is None
    acts(0, 2, 0)
    assert number() is not None
    assert (list(Numbered.objects.values_list("first", "size")), whole()) == ([(0, 2)], True)


@pytest.mark.django_db
def test_only_the_empty_batches_are_left_and_the_work_still_ends() -> None:
    acts(0, 0)
    assert (number_all(), Pending.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_role_of_the_app_can_do_it_and_cannot_undo_it() -> None:
    acts(300)
    tamper("set role app")
    assert number() is not None
    for sql in (
        "update records_entry set body = ''",
        "delete from records_numbered",
        "truncate records_checkpoint",
        "update records_tile set root = ''",
        "delete from records_timestamp",
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            tamper(sql)
    tamper("reset role")
    assert whole()


@pytest.mark.django_db
def test_a_batch_that_was_tampered_with_stays_and_holds_nobody_up() -> None:
    acts(2, 3, 2)
    batch = Pending.objects.get(size=3).batch
    tamper("delete from records_entry where batch = %s and ordinal = 1", [batch])
    assert number_all() == 4
    assert list(Pending.objects.values_list("batch", flat=True)) == [batch]


@pytest.mark.django_db
def test_a_tree_that_is_not_what_was_signed_is_not_signed_again() -> None:
    acts(300)
    number()
    tamper("update records_tile set root = %s", [bytes(32)])
    acts(1)
    with pytest.raises(LedgerError, match="not what was signed"):
        number()
    assert (Pending.objects.count(), Checkpoint.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "delete from records_entry where ordinal = 299",
        "delete from records_tile",
        "delete from records_numbered",
        "delete from records_checkpoint",
    ],
)
def test_a_damaged_ledger_is_refused_with_a_clear_error(sql: str) -> None:
    acts(300)
    number()
    tamper(sql)
    acts(1)
    with pytest.raises(LedgerError):
        number()


@pytest.mark.django_db
def test_a_level_without_its_tiles_is_refused() -> None:
    acts(600)
    number()
    tamper('delete from records_tile where "index" = 0')
    acts(1)
    with pytest.raises(LedgerError, match="tiles 0 to 1 of level 0"):
        number()


@pytest.mark.django_db
def test_a_replaced_key_may_not_sign_again() -> None:
    acts(1)
    number()
    new = Ed25519PrivateKey.generate()
    acts(1)
    assert number(key=new) is not None
    acts(1)
    with pytest.raises(LedgerError, match="has been replaced"):
        number()
    assert number(key=new) is not None


@pytest.mark.django_db(transaction=True)
def test_another_sequencer_at_work_is_left_alone() -> None:
    acts(5)
    turn, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            wait_for_turn()
            turn.set()
            done.wait(10)
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert turn.wait(10)
    assert number() is None
    assert sequence_step([Signer(ORIGIN, KEY)], at=AT, limit=10).busy
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        done.set()
        other.join()

    assert sequence_all(signing=KEY, origin=ORIGIN, clock=lambda: AT, pause=pause) == 5
    assert len(waited) == 1
    assert whole()


@pytest.mark.django_db(transaction=True)
def test_many_sequencers_and_many_writers_give_one_tree() -> None:
    def write() -> None:
        for size in (1, 30, 7, 200, 1):
            acts(size)
        connections.close_all()

    def sequence() -> None:
        for _ in range(20):
            sequence_pending(signing=KEY, origin=ORIGIN, at=AT, limit=50)
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (write, sequence, write, sequence, write, sequence)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number_all() == 3 * 239
    assert whole()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_write", "_sign", "_grow", "load_tree"])
def test_an_end_at_any_step_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    acts(300)
    number()
    acts(5, 300)
    real = getattr(sequencer, step)

    def killed(*given: object, **named: object) -> None:
        real(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sequencer, step, killed)
        with pytest.raises(KeyboardInterrupt):
            number()
    assert (ledger_size(), Pending.objects.count(), Tile.objects.count()) == (300, 2, 1)
    assert number_all() == 605
    assert whole()


@pytest.mark.django_db
def test_progress_is_told_after_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "CHUNK", 10)
    acts(8, 8)
    told: list[int] = []
    assert sequence_all(signing=KEY, origin=ORIGIN, clock=lambda: AT, progress=told.append) == 16
    assert told == [8, 16]


@pytest.mark.django_db(transaction=True)
def test_numbering_beside_takes_what_is_worth_a_checkpoint_and_leaves_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sequencer, "MANY", 5)
    monkeypatch.setattr(sequencer, "_LOOK_EVERY", 0.01)
    with numbering_beside(signing=KEY, origin=ORIGIN, clock=lambda: AT):
        acts(3, 3)
        for _ in range(1000):
            if not Pending.objects.exists():
                break
            time.sleep(0.01)
        acts(4)
    assert (Pending.objects.count(), ledger_size()) == (1, 6)
    assert (number_all(), whole()) == (10, True)


@pytest.mark.django_db(transaction=True)
def test_trouble_beside_is_left_to_the_one_who_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "MANY", 1)
    monkeypatch.setattr(sequencer, "_LOOK_EVERY", 0.01)
    met = threading.Event()

    def refuse(*_: object, **__: object) -> None:
        met.set()
        raise LedgerError("The ledger's entries are not what was signed.")

    acts(2)
    with monkeypatch.context() as broken:
        broken.setattr(sequencer, "sequence_step", refuse)
        with numbering_beside(signing=KEY, origin=ORIGIN, clock=lambda: AT):
            assert met.wait(10)
    assert (number_all(), whole()) == (2, True)
