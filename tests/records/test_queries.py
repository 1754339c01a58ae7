"""What pages ask of the ledger, and that it costs the same however much there is."""

from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from ordskifte.records.entry import record_act
from ordskifte.records.models import Checkpoint, Timestamp
from ordskifte.records.queries import (
    LedgerEntry,
    LedgerState,
    checkpoint,
    checkpoints,
    entries_from,
    entries_of_record,
    entry_by_number,
    latest_checkpoint,
    ledger_state,
    numbers_of,
)
from tests.records.world import AT, World, make_world

pytestmark = pytest.mark.django_db
RECORD = uuid4()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries under two checkpoints, and one that waits."""
    world = make_world(tmp_path)
    record_act("channel.created", actor="person:1", at=AT, record=RECORD, details={"n": 1})
    record_act("channel.changed", actor="person:2", at=AT, record=RECORD)
    world.number()
    record_act("export.made", actor="system", at=AT)
    world.number()
    record_act("channel.closed", actor="person:1", at=AT, record=RECORD)
    return world


def test_an_entry_is_found_by_its_number(world: World) -> None:
    found = entry_by_number(0)
    assert found == LedgerEntry(
        number=0,
        kind="channel.created",
        at=AT,
        actor="person:1",
        record=RECORD,
        details={"n": 1},
        body=found.body if found else b"",
    )
    assert [entry_by_number(number) for number in (-1, 3, 10**30)] == [None, None, None]


def test_entries_are_listed_from_a_number_on(world: World) -> None:
    assert [entry.kind for entry in entries_from(1, 5)] == ["channel.changed", "export.made"]
    assert [entry.number for entry in entries_from(0, 2)] == [0, 1]
    assert entries_from(0, 0) == []


def test_a_record_has_its_protocol(world: World) -> None:
    found = [(entry.number, entry.kind) for entry in entries_of_record(RECORD)]
    assert found == [(0, "channel.created"), (1, "channel.changed"), (None, "channel.closed")]
    assert entries_of_record(uuid4()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_of_many_records_are_one_query(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = [RECORD, *(uuid4() for _ in range(count - 1))]
    with django_assert_num_queries(1):
        assert numbers_of(asked) == {RECORD: 1}
    assert numbers_of([]) == {}


def test_checkpoints_are_listed_newest_first_with_their_time_stamps(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Timestamp.objects.create(checkpoint=Checkpoint.objects.get(size=2), tsa="t", token=b"", at=AT)
    with django_assert_num_queries(2):
        heads = checkpoints()
    assert [(head.size, head.key_id, head.stamped) for head in heads] == [
        (3, world.verifier.id.hex(), ()),
        (2, world.verifier.id.hex(), (AT,)),
    ]
    assert [head.size for head in checkpoints(before=3)] == [2]
    assert [head.size for head in checkpoints(limit=1)] == [3]
    assert latest_checkpoint() == heads[0] == checkpoint(3)
    assert checkpoint(1) is None


def test_the_state_counts_what_is_numbered_and_what_waits(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        state = ledger_state()
    assert state == LedgerState(entries=3, unnumbered=1, latest=latest_checkpoint())


def test_an_empty_ledger_has_a_state() -> None:
    assert ledger_state() == LedgerState(entries=0, unnumbered=0, latest=None)
