"""Erasing what an utterance said: content and salt go, the ledger keeps a hole that can be proved lawful (D8).

Three steps, each safe to be the last: the objects that hold its bytes are written anew without them; rows, places and
entries change in one transaction; the old objects are removed. `finish` completes the last step after a crash.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.records.entry import append_entries
from ordskifte.records.errors import ErasureError
from ordskifte.records.evidence import Draft, finish_replacements, plaintext, write_object
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.models import EvidenceObject
from ordskifte.records.removal import may_remove
from ordskifte.records.warc.read import records
from ordskifte.threads.lines import title_of
from ordskifte.threads.models import Media, Thread, Utterance, Version
from ordskifte.threads.record_versions import lock_channel

_Entry = tuple[str, UUID | None, bytes]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did: versions erased, objects replaced, media files removed."""

    versions: int
    objects: int
    media: int


def erase_utterance(utterance_id: UUID, *, basis: str, actor: str, at: datetime, store: Store, keys: Keys) -> Erasure:
    """Erase the content of every version of an utterance. `basis` is the legal basis, and is in the entry.

    ErasureError when there is no such utterance. Erased before: nothing happens.
    """
    utterance = Utterance.objects.filter(pk=utterance_id).first()
    if utterance is None:
        raise ErasureError(f"There is no utterance {utterance_id}.", advice="Look it up with `ordskifte search`.")
    with transaction.atomic():
        lock_channel(utterance.channel_id)
        versions = list(Version.objects.filter(utterance=utterance, erased_at=None))
        if not versions:
            return Erasure(0, 0, 0)
        entries: list[_Entry] = []
        objects = sorted({version.evidence_id for version in versions if version.evidence_id is not None})
        gone = {(version.evidence_id, version.evidence_offset) for version in versions}
        _blank(versions, at=at)
        for object_id in objects:
            entries += _replace(object_id, gone, actor=actor, at=at, store=store, keys=keys)
        media = _media_only_here(versions)
        Media.objects.filter(digest__in=media).delete()
        for version in versions:
            details = {"utterance": str(utterance_id), "basis": basis}
            entries.append(
                ("erased", version.id, leaf_body("erased", at=at, actor=actor, record=str(version.id), details=details))
            )
        _new_title(utterance.thread_id)
        append_entries(entries)
    finish_replacements(store, at=at)
    _remove_media(store, media)
    return Erasure(len(versions), len(objects), len(media))


def sweep_media(store: Store, *, at: datetime, age: timedelta = timedelta(days=1)) -> int:
    """Take away pictures and films that no row has named for a day, unless a backup is reading. Returns how many."""
    known = set(Media.objects.values_list("digest", flat=True))
    old = [
        key
        for key in list(store.keys("media/"))
        if key.rsplit("/", 1)[-1] not in known and store.written_at(key) < at - age
    ]
    return _remove_media(store, [key.rsplit("/", 1)[-1] for key in old])


def _remove_media(store: Store, digests: list[str]) -> int:
    """Remove files whose rows are gone; a backup that is reading leaves them to the sweep."""
    with transaction.atomic():
        if not digests or not may_remove():
            return 0
        again = set(Media.objects.filter(digest__in=digests).values_list("digest", flat=True))
        for digest in set(digests) - again:
            store.delete(f"media/{digest[:2]}/{digest}")
        return len(set(digests) - again)


def _blank(versions: list[Version], *, at: datetime) -> None:
    """Take content, salt and place out of the rows; what is left says that something was said, and when."""
    Version.objects.filter(pk__in=[version.pk for version in versions]).update(
        title="",
        summary="",
        text="",
        alts="",
        permalink="",
        attachments=[],
        extra={},
        evidence=None,
        evidence_offset=None,
        evidence_length=None,
        raw_digest=None,
        salt=None,
        erased_at=at,
    )


def _replace(
    object_id: int,
    gone: set[tuple[int | None, int | None]],
    *,
    actor: str,
    at: datetime,
    store: Store,
    keys: Keys,
) -> list[_Entry]:
    """Write an object anew without the records that go, and point everything else at it."""
    old = EvidenceObject.objects.select_for_update().get(pk=object_id)
    content = plaintext(store, keys, old)
    draft = Draft(old.channel_id, at, old.encrypted)
    moved: list[tuple[int, int]] = []
    for record in records(content):
        if record.headers.get("WARC-Type") == "warcinfo" or (object_id, record.offset) in gone:
            continue
        moved.append((record.offset, draft.add(content[record.offset : record.offset + record.length])))
    new, leaf = write_object(draft, put=store.put, keys=keys, actor=actor)
    withdrawn = _move(old.id, new.id, moved, [offset for found, offset in gone if found == object_id])
    EvidenceObject.objects.filter(pk=old.pk).update(replaced_by=new)
    details = {
        "old": bytes(old.digest).hex(),
        "new": bytes(new.digest).hex(),
        "old_object": old.id,
        "new_object": new.id,
    }
    entries: list[_Entry] = [
        ("evidence", None, leaf),
        ("replaced", None, leaf_body("replaced", at=at, actor=actor, details=details)),
    ]
    for version in withdrawn:
        entries.append(("withdrawn", version, leaf_body("withdrawn", at=at, actor=actor, record=str(version))))
    return entries


def _move(old: int, new: int, moved: list[tuple[int, int]], gone: list[int | None]) -> list[UUID]:
    """Point rows at the new object. Returns other versions whose bytes lay in a record that went with it.

    That happens only where a file was kept whole because its format gives no places: its bytes cannot stay for one
    author and go for another, so they go, and the others keep row and commitment.
    """
    with connection.cursor() as cursor:
        for table in ("threads_version", "records_aside"):
            cursor.execute(
                f"""update {table} t set evidence_id = %s, evidence_offset = m.new
                from unnest(%s::bigint[], %s::bigint[]) m(old, new)
                where t.evidence_id = %s and t.evidence_offset = m.old""",  # noqa: S608 - our own tables
                [new, [place for place, _ in moved], [place for _, place in moved], old],
            )
        cursor.execute(
            "update threads_version set evidence_id = null, evidence_offset = null, evidence_length = null"
            " where evidence_id = %s and evidence_offset = any(%s) returning id",
            [old, gone],
        )
        pointed = [row[0] for row in cursor.fetchall()]
        cursor.execute("delete from records_aside where evidence_id = %s and evidence_offset = any(%s)", [old, gone])
    return pointed


def _media_only_here(versions: list[Version]) -> list[str]:
    """Digests of attachments that no other version holds."""
    own = {one["blob"] for version in versions for one in version.attachments if one["blob"]}
    ids = [version.pk for version in versions]
    return [
        digest
        for digest in sorted(own)
        if not Version.objects.filter(attachments__contains=[{"blob": digest}]).exclude(pk__in=ids).exists()
    ]


def _new_title(thread_id: UUID) -> None:
    """A thread named by erased words gets the first words that are left."""
    left = Version.objects.filter(utterance__thread_id=thread_id, erased_at=None).order_by("at", "id").first()
    if left is None:
        Thread.objects.filter(pk=thread_id).update(title="", title_at=None)
    else:
        Thread.objects.filter(pk=thread_id).update(title=title_of(left), title_at=left.at)
