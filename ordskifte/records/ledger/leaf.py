"""What a leaf of the ledger says, and how it commits to content without holding it (D8).

A leaf's bytes are the canonical JSON (RFC 8785) of
`{"v": 1, "kind", "at", "actor", "record", "details", "content"?, "row"?}`.
`content` commits to the bytes as received, `row` to the row we made of them; both are salted, so that a leaf whose salt
is erased tells nothing about what it once stood for. The format is docs/formats/ledger.md.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from ordskifte.base.canonical import canonical, canonical_as_given
from ordskifte.base.clock import rfc3339


def content_commitment(salt: bytes, raw_digest: bytes) -> bytes:
    """SHA-256(0x01 || salt || SHA-256 of the bytes as received). 32 bytes."""
    return sha256(b"\x01" + salt + raw_digest).digest()


def row_commitment(salt: bytes, row: bytes) -> bytes:
    """SHA-256(0x02 || salt || canonical JSON of the row). 32 bytes."""
    return sha256(b"\x02" + salt + row).digest()


def leaf_body(
    kind: str,
    *,
    at: datetime,
    actor: str,
    record: str | None = None,
    details: Mapping[str, object] | None = None,
    content: bytes | None = None,
    row: bytes | None = None,
) -> bytes:
    """The exact bytes of a leaf. `details` holds ids, counts and digests, never a word that anyone said."""
    body: dict[str, object] = {
        "v": 1,
        "kind": kind,
        "at": rfc3339(at),
        "actor": actor,
        "record": record,
        "details": dict(details or {}),
    }
    if content is not None:
        body["content"] = content.hex()
    if row is not None:
        body["row"] = row.hex()
    return canonical(body)


def version_leaf(record: str, *, utterance: str, at: str, actor: str, content: bytes, row: bytes) -> bytes:
    """The leaf of one version: what `leaf_body` gives, with less ado, because an import makes one for each item."""
    return canonical_as_given(
        {
            "actor": actor,
            "at": at,
            "content": content.hex(),
            "details": {"utterance": utterance},
            "kind": "version",
            "record": record,
            "row": row.hex(),
            "v": 1,
        }
    )
