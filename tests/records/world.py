"""A small world for tests of ledger and verify: what was said, kept as evidence, recorded and numbered by real acts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from ordskifte.base.clock import rfc3339
from ordskifte.base.ids import author_id, utterance_id, version_id
from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.plan.models import Channel
from ordskifte.records.evidence import Draft, write_object
from ordskifte.records.ledger.note import Signer, Verifier
from ordskifte.records.models import Checkpoint
from ordskifte.records.sequencer import sequence_all
from ordskifte.records.verify import Readers, Report, verify
from ordskifte.records.warc.write import resource
from ordskifte.threads.models import Media
from ordskifte.threads.proof_rows import inconsistencies, rows
from ordskifte.threads.record_versions import lock_channel, record_versions
from ordskifte.threads.values import NewAuthor, NewVersion

AT = datetime(2026, 3, 11, 14, 50, tzinfo=UTC)
ORIGIN = "eksempel.example/ordskifte"
READERS = Readers(
    rows=rows,
    media=lambda: Media.objects.values_list("digest", "size").iterator(),
    inconsistencies=inconsistencies,
)


@dataclass
class World:
    """A store, keys and one channel of a body."""

    store: FolderStore
    keys: Keys
    channel: UUID
    said: list[UUID] = field(default_factory=list)  # ids of utterances

    @property
    def verifier(self) -> Verifier:
        return Signer(self.keys.origin, self.keys.signing).verifier

    def say(self, *texts: str, sealed: bool = False) -> list[NewVersion]:
        """One batch: one evidence object, one version for each text, their entries."""
        draft = Draft(self.channel, AT, sealed)
        places = [self._keep(draft, text.encode()) for text in texts]
        with transaction.atomic():
            lock_channel(self.channel)
            row, leaf = write_object(draft, put=self.store.put, keys=self.keys, actor="import")
            fresh = [self._version(text, row.id, *place) for text, place in zip(texts, places, strict=True)]
            record_versions(fresh, channel=self.channel, actor="import", at=AT, leaves=[("evidence", None, leaf)])
        self.said += [UUID(version.utterance) for version in fresh]
        return fresh

    def _keep(self, draft: Draft, raw: bytes) -> tuple[int, int]:
        member = resource(
            raw,
            digest=sha256(raw).digest(),
            record_id=str(uuid4()),
            uri="urn:ordskifte:test",
            date=rfc3339(AT),
            media_type="text/plain",
            source="test",
        )
        return draft.add(member), len(member)

    def _version(self, text: str, evidence: int, offset: int, length: int) -> NewVersion:
        external = f"post-{uuid4()}"
        digest = sha256(text.encode()).digest()
        utterance = utterance_id(self.channel, external)
        return NewVersion(
            id=str(version_id(utterance, "1", digest.hex())),
            utterance=str(utterance),
            thread=None,
            parent=None,
            author=NewAuthor(str(author_id(self.channel, "kari")), "kari", "@kari", "Kari", "", False),
            external_id=external,
            key="1",
            kind="post",
            ours=False,
            private=False,
            moment=AT,
            at=rfc3339(AT),
            published=rfc3339(AT),
            edited="",
            seen=rfc3339(AT),
            title="",
            summary="",
            text=text,
            alts="",
            language="nb",
            english=False,
            visibility="public",
            permalink="",
            attachments=[],
            extra={},
            masked=0,
            raw_digest=digest,
            salt=token_bytes(32),
            evidence=evidence,
            offset=offset,
            length=length,
        )

    def number(self) -> int:
        """Number everything that waits; the ledger's size."""
        return sequence_all(signing=self.keys.signing, origin=self.keys.origin, clock=lambda: AT)

    def note(self) -> str:
        """The newest checkpoint's signed note."""
        return Checkpoint.objects.latest("size").note

    def verify(self, *, since: str | None = None, former: Sequence[Verifier] = (), processes: int = 0) -> Report:
        return verify(self.store, self.keys, READERS, since=since, former=former, processes=processes)


def make_world(folder: Path) -> World:
    """An empty world with a store in `folder`."""
    keys = Keys(evidence=token_bytes(32), signing=Ed25519PrivateKey.generate(), origin=ORIGIN)
    channel = Channel.objects.create(
        name="Eksempel", kind="mastodon", external_id="konto", handle="@eksempel", created_at=AT
    )
    return World(FolderStore(folder), keys, channel.id)


def tamper(sql: str, parameters: Sequence[Any] = ()) -> None:
    """Change the database as its superuser could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
