"""`verify` passes what is whole, and names everything that was changed, removed, put in or moved."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from ordskifte.records.entry import append_entries, record_act
from ordskifte.records.ledger.leaf import leaf_body, row_commitment
from ordskifte.records.ledger.timestamp import load_certificates
from ordskifte.records.models import EvidenceObject
from ordskifte.records.timestamping import Authority, stamp_when_due
from ordskifte.records.verify import Report, verify
from ordskifte.threads.erase import erase_utterance
from ordskifte.threads.models import Author, Media, Utterance, Version
from ordskifte.threads.values import author_row
from tests.records.tsa import make_tsa, served
from tests.records.world import AT, READERS, World, make_world, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two batches of three and two utterances, numbered: entries 0 to 7."""
    world = make_world(tmp_path)
    world.say("Når åpner biblioteket?", "Veien er full av hull.", "Takk for svar!")
    world.say("Hva koster barnehagen?", "Hvor leverer jeg hageavfall?")
    world.number()
    return world


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.what, finding.where) for finding in report.findings]


def test_a_whole_ledger_passes(world: World) -> None:
    report = world.verify()
    assert report.as_json() == {
        "ok": True,
        "entries": 8,
        "unnumbered": 0,
        "evidence_objects": 2,
        "holes": 0,
        "findings": [],
        "checkpoint": world.note(),
    }


def test_what_waits_for_a_number_is_counted_and_checked(world: World) -> None:
    world.say("Ny i kommunen")
    report = world.verify()
    assert (report.ok, report.entries, report.unnumbered) == (True, 8, 2)
    tamper("update threads_version set permalink = 'x' where text = 'Ny i kommunen'")
    assert [what for what, _ in found(world.verify())] == ["The row was changed: it is not what its entry commits to."]


def test_an_empty_ledger_passes(tmp_path: Path) -> None:
    assert make_world(tmp_path).verify().as_json() == {
        "ok": True,
        "entries": 0,
        "unnumbered": 0,
        "evidence_objects": 0,
        "holes": 0,
        "findings": [],
        "checkpoint": "",
    }


def version_of(world: World, place: int) -> UUID:
    return Utterance.objects.get(pk=world.said[place]).current_id


def test_a_changed_row_is_named(world: World) -> None:
    version = version_of(world, 1)
    tamper("update threads_version set text = 'Veien er fin.' where id = %s", [version])
    changed = "The row was changed: it is not what its entry commits to."
    assert (changed, f"version {version}") in found(world.verify())


def test_a_changed_author_is_named(world: World) -> None:
    tamper("update threads_author set name = 'Ola'")
    author = Author.objects.get().pk
    assert found(world.verify()) == [("The row was changed: it is not what its entry commits to.", f"author {author}")]


def test_an_author_is_held_against_its_newest_entry(world: World) -> None:
    author = Author.objects.get()
    salt, row = bytes(32), author_row(author, channel=str(author.channel_id))
    body = leaf_body("author", at=AT, actor="import", record=str(author.pk), row=row_commitment(salt, row))
    append_entries([("author", author.pk, body)])
    Author.objects.update(salt=salt)
    assert world.verify().ok
    world.number()
    assert world.verify().ok


def test_a_missing_row_is_named(world: World) -> None:
    version = version_of(world, 2)
    tamper("delete from threads_version where id = %s", [version])
    assert ("The row is missing: the ledger knows it.", f"version {version}") in found(world.verify())


def test_a_row_put_in_is_named(world: World) -> None:
    new = uuid4()
    columns = ", ".join(str(field.column) for field in Version._meta.fields if field.column not in ("id", "search"))
    tamper(
        f"insert into threads_version (id, {columns}) select %s, {columns} from threads_version where id = %s",
        [new, version_of(world, 0)],
    )
    assert ("A row was put in: no entry of the ledger knows it.", f"version {new}") in found(world.verify())


def test_a_changed_digest_is_named(world: World) -> None:
    version = version_of(world, 0)
    tamper("update threads_version set raw_digest = %s where id = %s", [bytes(32), version])
    assert found(world.verify()) == [
        ("The row's digest of what was received is not what its entry commits to.", f"version {version}"),
        ("The bytes in the evidence are not those that were recorded.", place_of(version)),
    ]


def place_of(version: UUID) -> str:
    row = Version.objects.get(pk=version)
    return f"version {version}, evidence object {row.evidence_id} at byte {row.evidence_offset}"


def test_a_row_that_points_elsewhere_is_named(world: World) -> None:
    version = version_of(world, 0)
    tamper("update threads_version set evidence_offset = evidence_offset + 1 where id = %s", [version])
    assert found(world.verify()) == [
        ("The row points at a place in the evidence where no record begins.", place_of(version))
    ]
    tamper("update threads_version set evidence_offset = null, evidence_id = null where id = %s", [version])
    assert found(world.verify()) == [
        ("The row has lost the place of its bytes, and no entry says that they went.", f"version {version}")
    ]


def test_a_row_that_points_at_another_record_is_named(world: World) -> None:
    first, second = version_of(world, 0), version_of(world, 1)
    tamper(
        "update threads_version v set evidence_offset = w.evidence_offset, evidence_length = w.evidence_length"
        " from threads_version w where v.id = %s and w.id = %s",
        [first, second],
    )
    assert found(world.verify()) == [("The bytes in the evidence are not those that were recorded.", place_of(first))]


def test_a_salt_taken_away_is_named_and_so_is_a_secret_erasure(world: World) -> None:
    version = version_of(world, 0)
    tamper("update threads_version set salt = null where id = %s", [version])
    assert ("The row has lost its salt.", f"version {version}") in found(world.verify())
    tamper("update threads_version set erased_at = now() where id = %s", [version])
    secret = "Its content was taken away, and no entry says that it was erased."
    assert (secret, f"version {version}") in found(world.verify())


@pytest.mark.parametrize("processes", [0, 1])
def test_a_lawful_erasure_is_a_hole_and_no_finding(world: World, processes: int) -> None:
    before = world.note()
    erase_utterance(world.said[1], basis="personvern", actor="person:1", at=AT, store=world.store, keys=world.keys)
    assert found(world.verify(processes=processes)) == []
    world.number()
    report = world.verify(since=before, processes=processes)
    assert (report.ok, report.holes, report.evidence_objects, report.entries) == (True, 1, 2, 11)


def test_an_erased_row_that_comes_back_is_named(world: World) -> None:
    version = version_of(world, 1)
    record_act("erased", actor="person:1", at=AT, record=version)
    still = ("The ledger says that this was erased, and its row still holds it.", f"version {version}")
    assert found(world.verify()) == [still]
    world.number()
    assert found(world.verify()) == [still]


def test_an_author_seen_again_after_an_erasure_is_no_finding(world: World) -> None:
    author = Author.objects.get()
    record_act("erased", actor="person:1", at=AT, record=author.pk)
    world.number()
    salt, row = bytes(32), author_row(author, channel=str(author.channel_id))
    body = leaf_body("author", at=AT, actor="import", record=str(author.pk), row=row_commitment(salt, row))
    append_entries([("author", author.pk, body)])
    Author.objects.update(salt=salt)
    assert world.verify().ok


def test_bytes_that_went_with_anothers_are_told_by_an_entry(world: World) -> None:
    version = version_of(world, 1)
    record_act("withdrawn", actor="person:1", at=AT, record=version)
    tamper("update threads_version set evidence_offset = null, evidence_id = null where id = %s", [version])
    assert world.verify().ok


@pytest.mark.parametrize("processes", [0, 2])
def test_a_changed_byte_in_the_store_is_named(world: World, processes: int) -> None:
    row = EvidenceObject.objects.earliest("id")
    file = world.store.root / row.path
    content = file.read_bytes()
    for at in (0, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert found(world.verify(processes=processes)) == [
            (
                "The file was changed in the store: its SHA-256 is not what its row says.",
                f"evidence object {row.pk}: {row.path}",
            )
        ]


@pytest.mark.parametrize("processes", [0, 1])
def test_a_missing_object_is_named(world: World, processes: int) -> None:
    row = EvidenceObject.objects.latest("id")
    world.store.delete(row.path)
    missing = [("The file is missing from the store.", f"evidence object {row.pk}: {row.path}")]
    assert found(world.verify(processes=processes)) == missing


def test_an_object_changed_with_its_row_is_named_by_its_entry_and_its_versions(world: World) -> None:
    row = EvidenceObject.objects.earliest("id")
    other = EvidenceObject.objects.latest("id")
    content = world.store.get(other.path)
    world.store.put(row.path, content)
    EvidenceObject.objects.filter(pk=row.pk).update(digest=other.digest, size=other.size)
    findings = found(world.verify())
    entry = ("The row of the evidence object says other than its entry, or has none.", f"evidence object {row.pk}")
    assert findings[0] == entry
    assert len(findings) == 4


def test_an_object_that_is_no_archive_is_named(world: World) -> None:
    row = EvidenceObject.objects.earliest("id")
    world.store.put(row.path, b"not an archive")
    digest = sha256(b"not an archive").digest()
    EvidenceObject.objects.filter(pk=row.pk).update(digest=digest, size=14)
    assert [what for what, _ in found(world.verify())] == [
        "The evidence object cannot be read. The object is damaged at byte 0: Error -3 while decompressing data:"
        " incorrect header check.",
        "The row of the evidence object says other than its entry, or has none.",
    ]


def test_an_object_that_is_a_folder_is_named(world: World) -> None:
    row = EvidenceObject.objects.earliest("id")
    world.store.delete(row.path)
    (world.store.root / row.path).mkdir()
    assert len(found(world.verify())) == 1


def test_sealed_objects_are_opened_and_checked(world: World) -> None:
    world.say("Mitt nummer er hemmelig", sealed=True)
    assert world.verify().ok
    stranger = replace(world.keys, evidence=bytes(32))
    world.keys = stranger
    what, where = found(world.verify())[0]
    assert what.startswith("The evidence object cannot be read.")
    assert where.startswith("evidence object")


def test_an_objects_row_that_is_gone_is_named(world: World) -> None:
    row = EvidenceObject.objects.earliest("id")
    tamper("delete from records_evidenceobject where id = %s", [row.pk])
    gone = ("The row of the evidence object is missing: the ledger knows it.", f"evidence object {row.pk}")
    assert gone in found(world.verify())


def test_a_replacement_without_an_entry_is_named(world: World) -> None:
    first, second = EvidenceObject.objects.order_by("id")
    EvidenceObject.objects.filter(pk=second.pk).update(replaced_by=first)
    what = ("The evidence object was replaced, and no entry says so.", f"evidence object {second.pk}")
    assert what in found(world.verify())


def test_pictures_are_held_against_their_names(world: World) -> None:
    content = b"\x89PNG a picture"
    digest = sha256(content).hexdigest()
    key = f"media/{digest[:2]}/{digest}"
    Media.objects.create(digest=digest, media_type="image/png", size=len(content))
    assert found(world.verify()) == [("The file is missing from the store.", f"media: {key}")]
    world.store.put(key, content)
    assert world.verify().ok
    world.store.put(key, content + b"!")
    changed = "The file was changed in the store: its SHA-256 is not what its row says."
    assert found(world.verify()) == [(changed, f"media: {key}")]


def test_what_does_not_follow_from_the_versions_is_named(world: World) -> None:
    tamper("update threads_utterance set versions = 7 where id = %s", [world.said[0]])
    assert [where for _, where in found(world.verify())] == [str(world.said[0])]


def test_a_flood_of_findings_is_counted_and_cut(world: World) -> None:
    world.say(*(f"Melding {number}" for number in range(1_100)))
    tamper("update threads_version set permalink = 'x'")
    report = world.verify()
    assert (len(report.findings), report.finding_count) == (1_000, 1_105)


def test_progress_is_told(world: World) -> None:
    told: list[tuple[str, int]] = []
    verify(world.store, world.keys, READERS, progress=lambda what, count: told.append((what, count)))
    assert told[-1] == ("rows", 6)
    assert ("entries", 0) in told or ("entries", 8) in told


def test_a_time_stamp_is_checked_with_the_rest(world: World, tmp_path: Path) -> None:
    tsa = make_tsa(tmp_path / "tsa")
    with served(tsa) as url, httpx.Client() as client:
        authority = Authority(url, tuple(load_certificates(tsa.root)))
        stamp = stamp_when_due(authority, client, at=AT)
    assert stamp is not None
    assert world.verify().ok
    assert verify(world.store, world.keys, READERS, certificates=authority.certificates).ok
    other = load_certificates(make_tsa(tmp_path / "other").root)
    assert len(verify(world.store, world.keys, READERS, certificates=other).findings) == 1
    tamper("update records_timestamp set at = at + interval '1 day'")
    where = f"time-stamp {stamp.pk} of checkpoint 8"
    assert found(world.verify()) == [("The time-stamp's row says another time.", where)]
    tamper("update records_timestamp set token = %s", [b"x"])
    assert [what for what, _ in found(world.verify())] == ["This is not a time-stamp as RFC 3161 writes it."]
