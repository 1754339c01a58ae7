"""The snapshot: no measure without the bytes that were seen, lying whole in evidence (R105, R108)."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from ordskifte.base.errors import StoreError
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.records.errors import EvidenceError
from ordskifte.records.evidence import read_raw
from ordskifte.records.models import Entry
from ordskifte.threads.models import Version


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where evidence lies and what opens it, handed in by the edge."""

    store: Store
    keys: Keys


def original_bytes(version: Version, evidence: Evidence) -> bytes:
    """What we received for this version, checked against its row. ModerationError when it does not hold."""
    if version.evidence is None or version.raw_digest is None or version.erased_at is not None:
        raise ModerationError(_no_snapshot(), reason="snapshot")
    row = version.evidence
    try:
        with evidence.store.open(row.path) as handle:
            digest = sha256()
            while block := handle.read(1 << 20):
                digest.update(block)
        _headers, payload = read_raw(
            evidence.store,
            evidence.keys,
            row.id,
            offset=version.evidence_offset or 0,
            length=version.evidence_length or 0,
        )
    except (StoreError, EvidenceError, OSError) as error:
        raise ModerationError(_no_snapshot(), reason="snapshot") from error
    if digest.digest() != bytes(row.digest) or sha256(payload).digest() != bytes(version.raw_digest):
        raise ModerationError(_no_snapshot(), reason="snapshot")
    return payload


def require_snapshot(version: Version, evidence: Evidence) -> None:
    """ModerationError unless the version's bytes and its ledger entry are there and fit."""
    original_bytes(version, evidence)
    if not Entry.objects.filter(record_id=version.id, kind="version").exists():
        raise ModerationError(_no_snapshot(), reason="snapshot")


def _no_snapshot() -> str:
    return _(
        "What was written does not lie whole in evidence, so nothing can be done to it. Tell the one who runs Ordskifte"
        " to run “ordskifte verify”."
    )
