"""Evidence: the bytes exactly as received, in WARC objects of one batch of one channel and day (D5)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from ordskifte import __version__
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.models import EvidenceObject
from ordskifte.records.removal import may_remove
from ordskifte.records.sealed import seal, unseal
from ordskifte.records.warc.read import payloads, read_member
from ordskifte.records.warc.write import warcinfo

PREFIX = "evidence/"


@dataclass(slots=True)
class Draft:
    """An object being filled. `add` gives the place a record will have in the object's plaintext."""

    channel_id: UUID
    at: datetime
    sealed: bool
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def __post_init__(self) -> None:
        self._append(warcinfo(record_id=uuid4(), at=self.at, software=f"Ordskifte/{__version__}"))

    def _append(self, member: bytes) -> None:
        self.parts.append(member)
        self.size += len(member)

    def add(self, member: bytes) -> int:
        """Add one gzip member; returns its offset."""
        offset = self.size
        self._append(member)
        return offset

    @property
    def records(self) -> int:
        """How many records were added, the first one (warcinfo) not counted."""
        return len(self.parts) - 1


def write_object(
    draft: Draft, *, put: Callable[[str, bytes], object], keys: Keys, actor: str
) -> tuple[EvidenceObject, bytes]:
    """Write the object and its row. Returns the row and the leaf for its ledger entry.

    `put` is the store's; one that only begins to write must have ended before the caller commits. So a crash leaves an
    orphan that `sweep_orphans` removes, never a row without its object.
    """
    day = draft.at.astimezone(UTC).date()
    ending = ".warc.gz.sealed" if draft.sealed else ".warc.gz"
    path = f"{PREFIX}{str(draft.channel_id)[:8]}/{day.isoformat()}/{uuid4().hex}{ending}"
    content = b"".join(draft.parts)
    if draft.sealed:
        content = seal(content, key=keys.evidence, name=path)
    put(path, content)
    row = EvidenceObject.objects.create(
        path=path,
        digest=sha256(content).digest(),
        size=len(content),
        records=draft.records,
        encrypted=draft.sealed,
        channel_id=draft.channel_id,
        day=day,
        written_at=draft.at,
    )
    return row, evidence_leaf(row, actor=actor)


def evidence_leaf(row: EvidenceObject, *, actor: str) -> bytes:
    """The ledger entry of an object: what `verify` compares the store with."""
    details = {
        "object": row.id,
        "digest": bytes(row.digest).hex(),
        "size": row.size,
        "records": row.records,
        "encrypted": row.encrypted,
    }
    return leaf_body("evidence", at=row.written_at, actor=actor, details=details)


def plaintext(store: Store, keys: Keys, row: EvidenceObject) -> bytes:
    """The WARC file itself, opened when it is sealed."""
    content = store.get(row.path)
    return unseal(content, key=keys.evidence, name=row.path) if row.encrypted else content


def read_raw(store: Store, keys: Keys, object_id: int, *, offset: int, length: int) -> tuple[dict[str, str], bytes]:
    """Headers and payload of one record: what we received."""
    row = EvidenceObject.objects.get(pk=object_id)
    if row.encrypted:
        return read_member(plaintext(store, keys, row)[offset : offset + length])
    return read_member(store.read(row.path, offset, length))


def open_records(store: Store, keys: Keys, row: EvidenceObject) -> Iterator[tuple[int, int, bytes]]:
    """(offset, length, SHA-256 of the payload) of every record but the first. Reading is checking."""
    for offset, length, payload in payloads(plaintext(store, keys, row)):
        yield offset, length, sha256(payload).digest()


def sweep_orphans(store: Store, *, at: datetime, age: timedelta = timedelta(days=1)) -> int:
    """Remove evidence files no row names that are older than `age`, and files of objects that were replaced."""
    removed = 0
    with transaction.atomic():
        if not may_remove():
            return 0
    known = set(EvidenceObject.objects.filter(removed_at=None).values_list("path", flat=True))
    for key in list(store.keys(PREFIX)):
        if key not in known and store.written_at(key) < at - age:
            store.delete(key)
            removed += 1
    return removed + finish_replacements(store, at=at)


def finish_replacements(store: Store, *, at: datetime) -> int:
    """The last step of an erasure: take away files of objects that were replaced. Safe to run at any time."""
    done = 0
    for row in EvidenceObject.objects.filter(replaced_by__isnull=False, removed_at=None):
        with transaction.atomic():
            if not may_remove():  # a backup is reading, and its database still names the file: the sweep comes back
                break
            store.delete(row.path)
            EvidenceObject.objects.filter(pk=row.pk).update(removed_at=at)
        done += 1
    return done
