"""Reading in a process of its own gives what reading here gives."""

import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from ordskifte.base.errors import OrdskifteError
from ordskifte.channels.errors import ReadError
from ordskifte.listen import ahead
from ordskifte.listen.ahead import Task, batches_of
from ordskifte.listen.reading import Batch
from tests.exports import archive, note

CHANNEL = UUID("6f2cbd62-5a0e-4c0c-9f4e-0d1a8a5b2f11")
HUGE = 10**9


def task(folder: Path, names: list[str]) -> Task:
    at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    return Task(folder, "mastodon", names, CHANNEL, str(folder.parent / "store"), at, "system:command")


def told(batches: list[Batch]) -> list[tuple[object, ...]]:
    """What the writer will use, but for the salts, which are drawn anew each time."""
    return [
        (
            one.version._replace(
                version_line=one.version.version_line.rsplit(b"\t", 1)[0],
                entry_line=one.version.entry_line.split(b"{", 1)[0],
            ),
            one.author.name if one.author else None,
            one.packed.member if one.packed else None,
            one.packed.sealed if one.packed else None,
            one.file,
        )
        for batch in batches
        for one in batch.versions
    ]


@pytest.fixture
def read(tmp_path: Path) -> Task:
    notes = [note(1, "Når blir veien brøytet?"), note(2, "Nummeret er 05909441023", summary="Personlig")]
    return task(archive(tmp_path / "a", [*notes]), ["actor.json", "outbox.json"])


def test_both_ways_give_the_same(read: Task) -> None:
    here, there = list(batches_of(read, size=0)), list(batches_of(read, size=HUGE))
    assert told(there) == told(here)
    assert [one.id for batch in there for one in batch.asides] == [one.id for batch in here for one in batch.asides]
    assert [batch.doubts for batch in there] == [batch.doubts for batch in here]
    assert [batch.items for batch in there] == [batch.items for batch in here]


def test_what_cannot_be_read_there_is_said_here(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ReadError):
        list(batches_of(task(path, ["outbox.json"]), size=HUGE))


def test_a_process_that_is_gone_is_said(read: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead.sys, "executable", "/bin/true")  # type: ignore[attr-defined]  # ends at once
    with pytest.raises(OrdskifteError, match="ended"):
        list(batches_of(read, size=HUGE))


@pytest.mark.parametrize("sent", [b"", b"\x00" * 7, b"\x00" * 8, (9).to_bytes(8, "big") + b"bcut"])
def test_half_a_message_is_not_taken(sent: bytes) -> None:
    assert ahead._received(io.BytesIO(sent))[:1] == b"f"
