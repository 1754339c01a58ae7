"""Every entry of a ledger of any size has a proof that holds under the newest checkpoint, and nothing else has."""

from pathlib import Path
from uuid import uuid4

import pytest

from ordskifte.records.entry import append_entries, record_act
from ordskifte.records.errors import ProofError
from ordskifte.records.ledger.check import check_proof
from ordskifte.records.ledger.errors import LedgerError
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.prove import Opening, prove_entry, prove_record, record_of
from ordskifte.threads.models import Author, Utterance, Version
from tests.records.world import AT, World, make_world, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def acts(*sizes: int) -> None:
    for size in sizes:
        bodies = [leaf_body("channel.changed", at=AT, actor="person:1", details={"n": n}) for n in range(size)]
        append_entries([("channel.changed", None, body) for body in bodies])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_entries_are_proved_in_trees_of_any_size(world: World, size: int) -> None:
    acts(size)
    world.number()
    for number in {0, 1, size // 2, 254, 255, 256, size - 2, size - 1} & set(range(size)):
        proved = check_proof(prove_entry(number), str(world.verifier))
        assert (proved.entry, proved.size, proved.kind, proved.content) == (number, size, "channel.changed", "none")


def test_entries_are_proved_in_a_tree_with_tiles_of_tiles(world: World) -> None:
    acts(*[8_192] * 9)
    size = world.number()
    for number in (0, 65_535, 65_536, size - 1):
        assert check_proof(prove_entry(number), str(world.verifier)).entry == number


def test_a_version_is_proved_with_its_opening(world: World) -> None:
    said = world.say("Når åpner biblioteket?")[0]
    world.number()
    record = Utterance.objects.get(pk=world.said[0]).current_id
    proof = prove_record(record, Opening(said.salt, said.raw_digest))
    assert check_proof(proof, str(world.verifier), content_digest=said.raw_digest).content == "matches"
    assert record_of(proof.entry) == record
    assert proof.record == str(record)


def test_an_authors_newest_entry_is_proved(world: World) -> None:
    world.say("En")
    author = Author.objects.get().pk
    body = leaf_body("author", at=AT, actor="import", record=str(author), row=bytes(32))
    append_entries([("author", author, body)])
    world.number()
    assert prove_record(author, None).leaf == body


def test_what_was_erased_later_is_told(world: World) -> None:
    world.say("En")
    version = Version.objects.get().pk
    world.number()
    assert not prove_record(version, None).erased
    record_act("erased", actor="person:1", at=AT, record=version)
    assert prove_record(version, None).erased
    world.number()
    proof = prove_record(version, None)
    assert (proof.erased, check_proof(proof, str(world.verifier)).content) == (True, "erased")
    erasure = prove_entry(world.number() - 1)
    assert (erasure.erased, record_of(erasure.entry)) == (False, None)


def test_what_is_unknown_is_refused(world: World) -> None:
    with pytest.raises(ProofError, match="No entry"):
        prove_record(uuid4(), None)
    with pytest.raises(ProofError, match="the ledger has 0"):
        prove_entry(0)
    acts(1)
    world.number()
    for number in (-1, 1, 2**62, 10**30):
        with pytest.raises(ProofError, match="There is no entry"):
            prove_entry(number)
        assert record_of(number) is None


def test_what_has_no_number_yet_is_refused(world: World) -> None:
    world.say("En")
    with pytest.raises(ProofError, match="no number yet"):
        prove_record(Version.objects.get().pk, None)


def test_a_damaged_ledger_gives_no_proof(world: World) -> None:
    acts(300)
    world.number()
    tamper("delete from records_entry where ordinal = 7")
    with pytest.raises(ProofError, match="is missing"):
        prove_entry(7)
    tamper("delete from records_entry where ordinal = 290")
    with pytest.raises(LedgerError, match="not all there"):
        prove_entry(299)
