"""Erasing what was said: the words go everywhere, the proof of the others stands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.base.errors import StoreError
from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.listen.imports import import_paths
from ordskifte.records.errors import ErasureError
from ordskifte.records.evidence import finish_replacements, plaintext, read_raw, sweep_orphans
from ordskifte.records.models import Entry, EvidenceObject
from ordskifte.records.warc.read import records
from ordskifte.threads.erase import Erasure, erase_utterance
from ordskifte.threads.models import Thread, Utterance, Version
from ordskifte.threads.proof_rows import inconsistencies
from tests.exports import archive, note

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
SECRET = "Hemmelig hestehov"


@pytest.fixture
def said(tmp_path: Path, store: FolderStore, keys: Keys) -> Utterance:
    """Three utterances in one object; the one to be erased among them."""
    first = note(1, SECRET)
    path = archive(tmp_path / "a", [first, note(2, "Svar", inReplyTo=first["id"]), note(3, "Noe annet")])
    import_paths([path], store=store, keys=keys, clock=lambda: AT)
    return Utterance.objects.get(external_id=first["id"])


def erase(utterance: Utterance, store: FolderStore, keys: Keys) -> Erasure:
    return erase_utterance(
        utterance.id, basis="personvernforordningen art. 17", actor="test", at=AT, store=store, keys=keys
    )


def test_the_words_are_gone_from_rows_and_store(said: Utterance, store: FolderStore, keys: Keys) -> None:
    assert erase(said, store, keys) == Erasure(versions=1, objects=1, media=0)
    assert not Version.objects.filter(text__contains="hestehov").exists()
    assert not Thread.objects.filter(title__contains="hestehov").exists()
    live = EvidenceObject.objects.filter(removed_at=None)
    assert sorted(store.keys("evidence/")) == sorted(row.path for row in live)
    for row in live:
        assert not any(SECRET.encode() in record.payload for record in records(plaintext(store, keys, row)))


def test_the_others_still_lead_to_their_bytes(said: Utterance, store: FolderStore, keys: Keys) -> None:
    erase(said, store, keys)
    texts = []
    for version in Version.objects.filter(erased_at=None):
        assert version.evidence_id is not None
        assert version.evidence_offset is not None
        assert version.evidence_length is not None
        _, payload = read_raw(
            store, keys, version.evidence_id, offset=version.evidence_offset, length=version.evidence_length
        )
        texts.append(version.text)
        assert version.text.encode() in payload
    assert sorted(texts) == ["Noe annet", "Svar"]
    assert inconsistencies() == []


def test_the_entry_names_the_record_and_holds_no_word(said: Utterance, store: FolderStore, keys: Keys) -> None:
    erase(said, store, keys)
    entry = Entry.objects.get(kind="erased")
    assert entry.record_id == said.current_id
    assert b"hestehov" not in bytes(entry.body)
    assert Entry.objects.filter(kind="replaced").count() == 1


def test_a_second_erasure_does_nothing(said: Utterance, store: FolderStore, keys: Keys) -> None:
    erase(said, store, keys)
    assert erase(said, store, keys) == Erasure(0, 0, 0)


def test_an_unknown_utterance_is_refused(said: Utterance, store: FolderStore, keys: Keys) -> None:
    said.id = said.thread.channel_id
    with pytest.raises(ErasureError, match="There is no utterance"):
        erase(said, store, keys)


class _Broken(FolderStore):
    """A store whose machine stops: after the new object is written, or before the old one is removed."""

    stop_at = ""

    def put(self, key: str, content: bytes) -> None:
        super().put(key, content)
        if self.stop_at == "put":
            raise StoreError("the machine stopped")

    def delete(self, key: str) -> None:
        if self.stop_at == "delete":
            raise StoreError("the machine stopped")
        super().delete(key)


def test_stopped_after_writing_the_new_object_nothing_has_changed(
    said: Utterance, store: FolderStore, keys: Keys
) -> None:
    broken = _Broken(store.root)
    broken.stop_at = "put"
    with pytest.raises(StoreError):
        erase(said, broken, keys)
    assert Version.objects.filter(text=SECRET).count() == 1
    later = datetime(2030, 1, 1, tzinfo=UTC)
    assert sweep_orphans(store, at=later) == 1
    assert erase(said, store, keys).versions == 1


def test_stopped_before_removing_the_old_object_it_is_finished_later(
    said: Utterance, store: FolderStore, keys: Keys
) -> None:
    broken = _Broken(store.root)
    broken.stop_at = "delete"
    with pytest.raises(StoreError):
        erase(said, broken, keys)
    assert not Version.objects.filter(text=SECRET).exists()
    assert finish_replacements(store, at=AT) == 1
    assert len(list(store.keys("evidence/"))) == EvidenceObject.objects.filter(removed_at=None).count()
