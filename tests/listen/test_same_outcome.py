"""An import ends the same however it is cut into batches and whoever reads and writes them."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.listen import ahead, reading
from ordskifte.listen.imports import import_paths
from ordskifte.threads import record_versions
from ordskifte.threads.proof_rows import inconsistencies
from tests.exports import ME, archive, note
from tests.factories import make_channel

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
DRAWN = {"salt", "evidence_id", "evidence_offset", "evidence_length"}  # anew each time
TABLES = ("threads_thread", "threads_utterance", "threads_version", "threads_author")


def conversations() -> list[dict[str, Any]]:
    """Answers before and after what they answer, or to what never comes; edits before the first version, numbers."""
    chance = random.Random(2010)
    notes = []
    for number in range(1, 120):
        parent = chance.choice([None, None, f"{ME}/statuses/{chance.randint(-5, number - 1)}"])
        more: dict[str, Any] = {"inReplyTo": parent}
        if number % 7 == 0:
            more["summary"] = "Personlig"
            more["contentMap"] = {"nn": "Kva no?"}
        text = "Nummeret er 05909441023" if number % 11 == 0 else f"Melding {number}\t\\ «hei»\n😀"
        notes.append(note(number, text, **more))
        if number % 5 == 0:
            notes.append(note(number, f"Rettet {number}", **more, updated=f"2024-06-{number % 28 + 1:02d}T10:00:00Z"))
    chance.shuffle(notes)
    return notes


def stored() -> dict[str, list[dict[str, Any]]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select to_jsonb(t) from {table} t order by id")
            rows = [json.loads(row) for (row,) in cursor.fetchall()]
            found[table] = [{name: value for name, value in row.items() if name not in DRAWN} for row in rows]
    return found


@pytest.fixture
def outcome(tmp_path: Path, store: FolderStore, keys: Keys) -> Any:
    """What an import of the same archive to the same channel leaves, undone again."""
    channel = make_channel()
    channel.external_id = ME
    channel.save()
    path = archive(tmp_path / "a", conversations())

    def bring_in() -> dict[str, Any]:
        with transaction.atomic():
            run = import_paths([path], store=store, keys=keys, clock=lambda: AT)
            assert (run.state, inconsistencies()) == ("done", [])
            found: dict[str, Any] = stored()
            names = ("items", "utterances", "versions", "duplicates", "other", "problems")
            found["report"] = [[getattr(file, name) for name in names] for file in run.files.order_by("path")]
            transaction.set_rollback(True)
        return found

    return bring_in


def test_batches_of_any_size_end_the_same(outcome: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = outcome()
    assert len(whole["threads_utterance"]) == 119
    for size in (1, 7, 40):
        monkeypatch.setattr(reading, "BATCH_ITEMS", size)
        assert outcome() == whole


def test_reading_and_writing_apart_ends_the_same(outcome: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = outcome()
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 0)
    assert outcome() == whole
    monkeypatch.setattr(record_versions, "_WORTH_A_THREAD", 1)
    assert outcome() == whole
