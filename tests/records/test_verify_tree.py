"""`verify` names entries, numbers, tiles and checkpoints that were changed, removed, put in, moved or signed anew."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ordskifte.records.entry import append_entries, record_act
from ordskifte.records.ledger.checkpoint import TreeHead, sign_checkpoint
from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.ledger.note import Signer
from ordskifte.records.ledger.tree import EMPTY_ROOT, leaf_hash, root
from ordskifte.records.models import Checkpoint, Entry, Numbered, Pending, Tile
from ordskifte.records.rotation import rotate_key
from ordskifte.records.sequencer import sequence_pending
from ordskifte.records.verify import Report
from tests.records.world import AT, World, make_world, tamper

pytestmark = pytest.mark.django_db

CHANGED = "The entry is not the one that was numbered: it was changed or moved."
MISFIT = "The signed root does not fit the entries: between these they were changed, moved or put in."
SIGNED = "The checkpoint is not signed with the key that was the ledger's then."


def act(number: int) -> None:
    record_act("channel.changed", actor="person:1", at=AT, details={"number": number})


def acts(*sizes: int) -> None:
    """Batches of so many entries each."""
    for size in sizes:
        bodies = [leaf_body("channel.changed", at=AT, actor="person:1", details={"n": n}) for n in range(size)]
        append_entries([("channel.changed", None, body) for body in bodies])


@pytest.fixture
def world(tmp_path: Path) -> World:
    """600 entries in batches of 100 under checkpoints at 100, 200, ... 600: two full tiles and a piece."""
    world = make_world(tmp_path)
    for _ in range(6):
        acts(100)
        world.number()
    return world


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.what, finding.where) for finding in report.findings]


def batch_of(number: int) -> tuple[int, int]:
    """Batch and ordinal of a numbered entry."""
    batch = Numbered.objects.filter(first__lte=number).latest("first")
    return batch.batch, number - batch.first


def test_a_whole_tree_passes(world: World) -> None:
    report = world.verify()
    assert (report.ok, report.entries, Tile.objects.count()) == (True, 600, 2)


def change(number: int) -> None:
    tamper("update records_entry set body = body || ' ' where batch = %s and ordinal = %s", batch_of(number))


@pytest.mark.parametrize("number", [0, 255, 256, 511])
def test_a_changed_entry_is_named_by_its_number(world: World, number: int) -> None:
    change(number)
    assert found(world.verify()) == [(CHANGED, f"entry {number}")]


def test_a_changed_entry_no_tile_holds_yet_is_named_by_its_checkpoints(world: World) -> None:
    change(599)
    assert found(world.verify()) == [(MISFIT, "checkpoints 500 and 600")]
    change(512)
    report = world.verify()
    assert found(report) == [(MISFIT, "checkpoints 500 and 600")]


def test_entries_that_changed_places_are_named(world: World) -> None:
    batch, _ = batch_of(310)
    for old, new in ((10, 1000), (11, 10), (1000, 11)):
        tamper("update records_entry set ordinal = %s where batch = %s and ordinal = %s", [new, batch, old])
    assert found(world.verify()) == [(CHANGED, "entry 310"), (CHANGED, "entry 311")]


def test_a_missing_entry_is_named(world: World) -> None:
    tamper("delete from records_entry where batch = %s and ordinal = %s", batch_of(123))
    assert found(world.verify()) == [("An entry is missing.", "entry 123")]


def test_a_missing_batch_is_named(world: World) -> None:
    tamper("delete from records_entry where batch = %s", batch_of(123)[:1])
    assert found(world.verify()) == [("Entries are missing.", "entries 100 to 199")]


def test_missing_numbers_are_named(world: World) -> None:
    batch, _ = batch_of(123)
    tamper("delete from records_numbered where batch = %s", [batch])
    findings = found(world.verify())
    assert findings[0] == ("Numbers are missing: no entry bears them.", "entries 100 to 199")
    put_in = [
        ("An entry was put in: it has no number and waits for none.", f"batch {batch}, place {n}") for n in range(100)
    ]
    assert findings[1:] == put_in


def test_an_entry_put_in_without_a_number_is_named(world: World) -> None:
    Entry.objects.create(batch=10**9, ordinal=0, kind="x", body=b"{}")
    what = "An entry was put in: it has no number and waits for none."
    assert found(world.verify()) == [(what, f"batch {10**9}, place 0")]


def test_an_entry_put_into_a_numbered_batch_is_named(world: World) -> None:
    batch, _ = batch_of(123)
    Entry.objects.create(batch=batch, ordinal=100, kind="x", body=b"{}")
    Entry.objects.create(batch=batch, ordinal=-1, kind="x", body=b"{}")
    what = "An entry was put into a numbered batch later."
    assert found(world.verify()) == [(what, f"batch {batch}, place -1"), (what, f"batch {batch}, place 100")]


def test_a_batch_that_is_numbered_twice_is_named(world: World) -> None:
    Numbered.objects.create(batch=10**9, first=150, size=10)
    findings = found(world.verify())
    assert findings == [("A batch has numbers that another has already.", f"batch {10**9} at entry 150")]


def test_a_batch_that_says_nonsense_is_named(world: World) -> None:
    batch, _ = batch_of(599)
    Numbered.objects.filter(batch=batch).update(size=2**31 - 1)
    assert found(world.verify()) == [(f"A batch says that it has {2**31 - 1} entries, and has 100.", f"batch {batch}")]


def test_numbers_after_the_last_checkpoint_are_named(world: World) -> None:
    Checkpoint.objects.filter(size=600).delete()
    assert found(world.verify()) == [("Numbered entries stand under no checkpoint.", "after entry 500")]


def test_a_changed_tile_is_named(world: World) -> None:
    Tile.objects.filter(level=0, index=1).update(root=bytes(32))
    assert found(world.verify()) == [("The tile's root is not that of its hashes.", "tile 1 of level 0")]


def test_a_missing_tile_is_named(world: World) -> None:
    Tile.objects.filter(level=0, index=0).delete()
    assert found(world.verify()) == [("A tile is missing or damaged.", "tile 0 of level 0")]


def test_a_damaged_tile_is_named(world: World) -> None:
    Tile.objects.filter(level=0, index=1).update(hashes=b"short", root=b"")
    assert found(world.verify()) == [
        ("A tile is missing or damaged.", "tile 1 of level 0"),
        ("The tile's root is not that of its hashes.", "tile 1 of level 0"),
    ]


def test_tiles_where_none_belong_are_named(world: World) -> None:
    for level, index in ((0, -1), (0, 2), (0, 7), (3, 0), (9, 0), (-1, 0)):
        Tile.objects.create(level=level, index=index, hashes=b"", root=b"")
    places = {where for what, where in found(world.verify()) if what == "A tile stands where none belongs."}
    assert places == {
        f"tile {index} of level {level}" for level, index in ((0, -1), (0, 2), (0, 7), (3, 0), (9, 0), (-1, 0))
    }


def test_a_tile_of_tiles_is_checked(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    acts(*[8_192] * 8, 10)
    world.number()
    assert world.verify().ok
    assert Tile.objects.filter(level=1).count() == 1
    Tile.objects.filter(level=1).update(root=bytes(32))
    assert found(world.verify()) == [("A tile is missing, or is not that of the tiles below it.", "tile 0 of level 1")]
    Tile.objects.filter(level=1).delete()
    assert found(world.verify()) == [("A tile is missing, or is not that of the tiles below it.", "tile 0 of level 1")]


def test_a_rebuilt_tile_does_not_hide_a_changed_entry(world: World) -> None:
    """Entry, tile and its root changed together still do not fit what was signed."""
    change(10)
    leaves = [bytes(entry.body) for entry in Entry.objects.order_by("batch", "ordinal")[:256]]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    Tile.objects.filter(level=0, index=0).update(hashes=b"".join(hashes), root=root(hashes))
    report = world.verify()
    assert [where for _, where in found(report)] == ["checkpoints 0 and 100"]
    assert report.finding_count == 6


def test_a_changed_column_is_named(world: World) -> None:
    batch, ordinal = batch_of(5)
    Entry.objects.filter(batch=batch, ordinal=ordinal).update(kind="erased")
    assert ("The entry's row says other than the entry.", "entry 5") in found(world.verify())


def test_an_entry_that_is_no_entry_is_named(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    for body in (b"not json", b"[]", b"{}", b"1"):
        append_entries([("x", None, body)])
    world.number()
    what = "The entry is not written as an entry must be."
    assert found(world.verify()) == [(what, f"entry {number}") for number in range(4)]


def test_a_waiting_batch_that_is_not_whole_is_named(world: World) -> None:
    acts(3)
    batch = Pending.objects.get().batch
    tamper("delete from records_entry where batch = %s and ordinal = 1", [batch])
    report = world.verify()
    assert found(report) == [("A batch that waits for numbers is not whole, or has numbers already.", f"batch {batch}")]
    assert report.unnumbered == 2


def test_a_numbered_batch_that_waits_again_is_named(world: World) -> None:
    batch, _ = batch_of(5)
    Pending.objects.create(batch=batch, size=100)
    report = world.verify()
    assert found(report) == [("A batch that waits for numbers is not whole, or has numbers already.", f"batch {batch}")]
    assert report.unnumbered == 0


def test_a_checkpoint_signed_by_another_is_named(world: World) -> None:
    stranger = Signer(world.keys.origin, Ed25519PrivateKey.generate())
    head = TreeHead(world.keys.origin, 300, bytes(Checkpoint.objects.get(size=300).root))
    Checkpoint.objects.filter(size=300).update(note=sign_checkpoint(head, [stranger]))
    assert found(world.verify()) == [(SIGNED, "checkpoint 300")]


def test_a_checkpoint_that_is_no_note_is_named(world: World) -> None:
    Checkpoint.objects.filter(size=300).update(note="nothing")
    assert found(world.verify()) == [("The checkpoint is not a signed note.", "checkpoint 300")]


def test_a_checkpoints_row_that_says_other_than_its_note_is_named(world: World) -> None:
    Checkpoint.objects.filter(size=300).update(root=bytes(32))
    assert found(world.verify()) == [("The checkpoint's row says other than its note.", "checkpoint 300")]


def test_a_rolled_back_database_is_named_by_its_own_checkpoint_and_by_an_older_one(world: World) -> None:
    kept = world.note()
    batch, _ = batch_of(599)
    for table in ("entry", "numbered"):
        tamper(f"delete from records_{table} where batch = %s", [batch])
    assert found(world.verify()) == [
        ("A checkpoint says more entries than there are.", "checkpoint 600"),
        ("A tile stands where none belongs.", "tile 1 of level 0"),
    ]
    Checkpoint.objects.filter(size=600).delete()
    Tile.objects.filter(index=1).delete()
    assert world.verify().ok
    back = "The ledger was rolled back: the older checkpoint has 600 entries, the ledger 500."
    assert found(world.verify(since=kept)) == [(back, "checkpoint 600")]


def test_a_rebuilt_database_is_named_by_an_older_checkpoint(world: World, tmp_path: Path) -> None:
    kept = [checkpoint.note for checkpoint in Checkpoint.objects.order_by("size")]
    for table in ("entry", "numbered", "tile", "checkpoint", "pending"):
        tamper(f"delete from records_{table}")
    acts(*[101] * 6)
    world.number()
    assert world.verify().ok
    for note, size in zip(kept, range(100, 700, 100), strict=True):
        what = "The ledger was rebuilt: at the size of the older checkpoint its root is another."
        findings = found(world.verify(since=note))
        assert findings == ([] if size == 100 else [(what, f"checkpoint {size}")])


@pytest.mark.parametrize("size", [100, 300, 600])
def test_an_older_checkpoint_of_the_same_ledger_passes(world: World, size: int) -> None:
    assert world.verify(since=Checkpoint.objects.get(size=size).note).ok


def test_a_checkpoint_between_ours_passes_when_it_is_true(world: World) -> None:
    """The sizes we signed are not the only ones that can be worked out."""
    bodies = [bytes(entry.body) for entry in Entry.objects.order_by("batch", "ordinal")[:333]]
    signer = Signer(world.keys.origin, world.keys.signing)
    true = TreeHead(world.keys.origin, 333, root([leaf_hash(body) for body in bodies]))
    assert world.verify(since=sign_checkpoint(true, [signer])).ok
    assert not world.verify(since=sign_checkpoint(TreeHead(world.keys.origin, 333, bytes(32)), [signer])).ok
    empty = TreeHead(world.keys.origin, 0, EMPTY_ROOT)
    assert world.verify(since=sign_checkpoint(empty, [signer])).ok
    assert not world.verify(since=sign_checkpoint(TreeHead(world.keys.origin, 0, bytes(32)), [signer])).ok


def test_an_older_checkpoint_of_a_stranger_is_named(world: World) -> None:
    stranger = Signer(world.keys.origin, Ed25519PrivateKey.generate())
    note = sign_checkpoint(TreeHead(world.keys.origin, 100, bytes(32)), [stranger])
    assert [where for _, where in found(world.verify(since=note))] == ["--since"]
    with pytest.raises(NoteError):
        world.verify(since="nothing")


def rotate(world: World) -> Signer:
    """Change the key; returns the old one's signer."""
    old, new = world.keys.signing, Ed25519PrivateKey.generate()
    rotate_key(signing=old, origin=world.keys.origin, replace=lambda: new, actor="person:1", at=AT)
    world.keys = type(world.keys)(evidence=world.keys.evidence, signing=new, origin=world.keys.origin)
    return Signer(world.keys.origin, old)


def test_a_changed_key_is_followed_through_the_ledger(world: World) -> None:
    kept = world.note()
    first = rotate(world)
    act(1)
    world.number()
    middle = world.note()
    second = rotate(world)
    assert (world.verify().ok, world.verify().entries) == (True, 603)
    assert world.verify(since=kept).ok
    assert world.verify(since=middle).ok
    heads = {checkpoint.size: checkpoint.note.count("\N{EM DASH}") for checkpoint in Checkpoint.objects.all()}
    assert heads == {100: 1, 200: 1, 300: 1, 400: 1, 500: 1, 600: 1, 601: 2, 602: 1, 603: 2}
    assert first.verifier.id != second.verifier.id


def test_a_former_keys_signature_counts_only_for_its_own_time(world: World) -> None:
    old = rotate(world)
    act(1)
    world.number()
    forged = Checkpoint.objects.get(size=602)
    note = sign_checkpoint(TreeHead(world.keys.origin, 602, bytes(forged.root)), [old])
    Checkpoint.objects.filter(size=602).update(note=note)
    assert found(world.verify()) == [(SIGNED, "checkpoint 602")]
    then = "The older checkpoint is signed with a key that was not the ledger's then."
    assert found(world.verify(since=note)) == [(SIGNED, "checkpoint 602"), (then, "checkpoint 602")][::-1]
    early = Checkpoint.objects.get(size=300)
    new = Signer(world.keys.origin, world.keys.signing)
    Checkpoint.objects.filter(size=300).update(
        note=sign_checkpoint(TreeHead(world.keys.origin, 300, bytes(early.root)), [new])
    )
    assert (SIGNED, "checkpoint 300") in found(world.verify())


def test_a_key_that_changed_without_an_act_is_announced_and_known_from_the_home(world: World) -> None:
    """The key's file was replaced, and the program was killed before the ledger heard of it."""
    old = Signer(world.keys.origin, world.keys.signing).verifier
    world.keys = type(world.keys)(
        evidence=world.keys.evidence, signing=Ed25519PrivateKey.generate(), origin=world.keys.origin
    )
    act(1)
    sequence_pending(signing=world.keys.signing, origin=world.keys.origin, at=AT)
    assert world.verify(former=[old]).ok
    assert [what for what, _ in found(world.verify())] == [SIGNED] * 6


def test_a_rotation_entry_with_a_damaged_key_is_no_key(world: World) -> None:
    body = leaf_body("key.rotated", at=AT, actor="x", details={"old": "00000000", "old_key": "damaged", "new": "x"})
    append_entries([("key.rotated", None, body)])
    world.number()
    assert (SIGNED, "checkpoint 600") in found(world.verify())
