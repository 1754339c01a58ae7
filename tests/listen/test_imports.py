"""Bringing in an export: rows, threads, evidence, entries and report, through the real readers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.listen.imports import import_paths
from ordskifte.listen.models import Import
from ordskifte.records.evidence import plaintext, read_raw
from ordskifte.records.models import EvidenceObject, Pending
from ordskifte.records.warc.read import records
from ordskifte.threads.models import Author, Thread, Utterance, Version
from ordskifte.threads.proof_rows import inconsistencies, rows
from tests.exports import ME, archive, note

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def bring_in(path: Path, store: FolderStore, keys: Keys, **more: Any) -> Import:
    return import_paths([path], store=store, keys=keys, clock=lambda: AT, **more)


def outbox_counts(run: Import) -> dict[str, int]:
    file = run.files.get(path__endswith="outbox.json")
    names = ("items", "utterances", "versions", "duplicates", "other", "problems")
    return {name: getattr(file, name) for name in names}


def test_an_archive_becomes_utterances_in_threads(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    first = note(1, "Når blir veien brøytet?")
    answer = note(2, "I morgen tidlig.", inReplyTo=first["id"])
    run = bring_in(archive(tmp_path / "a", [first, answer, note(3, "God helg!")]), store, keys)
    assert run.state == "done"
    assert outbox_counts(run) == {
        "items": 3,
        "utterances": 3,
        "versions": 0,
        "duplicates": 0,
        "other": 0,
        "problems": 0,
    }
    threads = {thread.title: (thread.utterances, thread.ours) for thread in Thread.objects.all()}
    assert threads == {"Når blir veien brøytet?": (2, 2), "God helg!": (1, 1)}
    assert inconsistencies() == []


def test_a_reply_before_its_parent_stands_in_the_same_thread(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    top, middle = note(1, "Øverst"), note(2, "Midt i", inReplyTo=f"{ME}/statuses/1")
    low = note(3, "Nederst", inReplyTo=f"{ME}/statuses/2")
    for number, one in enumerate((low, middle, top)):
        bring_in(archive(tmp_path / str(number), [one]), store, keys)
    assert [(t.title, t.utterances) for t in Thread.objects.all()] == [("Øverst", 3)]
    assert inconsistencies() == []


def test_the_same_archive_twice_adds_nothing(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    path = archive(tmp_path / "a", [note(1, "En"), note(2, "To")])
    bring_in(path, store, keys)
    before = (Version.objects.count(), EvidenceObject.objects.count(), Author.objects.count())
    again = bring_in(path, store, keys)
    assert outbox_counts(again)["duplicates"] == 2
    assert (Version.objects.count(), EvidenceObject.objects.count(), Author.objects.count()) == before


def test_a_newer_archive_adds_the_new_and_the_changed(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    bring_in(archive(tmp_path / "a", [note(1, "Skuele i dag"), note(2, "To")]), store, keys)
    changed = note(1, "Skole i dag", updated="2024-06-01T10:00:00Z")
    run = bring_in(archive(tmp_path / "b", [changed, note(2, "To"), note(3, "Tre")]), store, keys)
    assert outbox_counts(run) == {
        "items": 3,
        "utterances": 1,
        "versions": 1,
        "duplicates": 1,
        "other": 0,
        "problems": 0,
    }
    utterance = Utterance.objects.get(external_id=changed["id"])
    assert utterance.versions == 2
    assert Version.objects.get(pk=utterance.current_id).text == "Skole i dag"
    assert Thread.objects.get(pk=utterance.thread_id).edited
    assert inconsistencies() == []


def test_personal_numbers_stand_only_in_sealed_evidence(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    number = "05909441023"  # synthetic: month + 80
    bring_in(archive(tmp_path / "a", [note(1, f"Fødselsnummeret mitt er {number}."), note(2, "Hei")]), store, keys)
    assert not Version.objects.filter(text__contains=number).exists()
    assert Version.objects.filter(masked__gt=0).count() == 1
    sealed = [row for row in EvidenceObject.objects.all() if row.encrypted]
    assert len(sealed) == 1
    assert any(number.encode() in record.payload for record in records(plaintext(store, keys, sealed[0])))
    for key in list(store.keys()):
        assert number.encode() not in store.get(key)
    plain = EvidenceObject.objects.exclude(pk=sealed[0].pk)
    for row in plain:
        assert not any(number.encode() in record.payload for record in records(plaintext(store, keys, row)))


def test_every_version_leads_to_the_bytes_as_received(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    path = archive(tmp_path / "a", [note(number, f"Melding {number}") for number in range(1, 6)])
    bring_in(path, store, keys)
    whole = (path / "outbox.json").read_bytes()
    for version in Version.objects.all():
        assert version.evidence_id is not None
        _, payload = read_raw(
            store, keys, version.evidence_id, offset=version.evidence_offset, length=version.evidence_length
        )
        assert payload in whole
        assert json.loads(payload)["object"]["id"] == version.utterance.external_id


def test_every_row_has_its_entry(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    bring_in(archive(tmp_path / "a", [note(1, "En"), note(2, "To")]), store, keys)
    assert sorted(row.kind for row in rows()) == ["author", "version", "version"]
    assert Pending.objects.count() > 0


def test_what_cannot_be_read_is_named(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    path = tmp_path / "tweets.js"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    run = bring_in(path, store, keys)
    file = run.files.get()
    assert (file.items, file.problems) == (1, 1)
    assert file.listed.get().why == "This is not an export we can read."


def test_a_channel_named_by_a_person_keeps_that_name(tmp_path: Path, store: FolderStore, keys: Keys) -> None:
    bring_in(archive(tmp_path / "a", [note(1, "En")]), store, keys, channel_name="Mastodon")
    assert Utterance.objects.get().channel.name == "Mastodon"
