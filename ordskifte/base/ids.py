"""Ids. What comes from a platform gets the id its channel and its own name give it, so the same thing twice is one row.

An id is UUID version 8 (RFC 9562): the first 16 bytes of a SHA-256 over the parent's id, one letter and the platform's
own name. Nobody has to look up a parent before writing its child, and an import that starts again writes the same ids.
"""

from hashlib import sha256
from uuid import UUID, uuid4


def new_id() -> UUID:
    """A random id, for what is born here."""
    return uuid4()


def derived_id(parent: UUID, letter: str, name: str) -> UUID:
    """The id of what `parent` calls `name`; `letter` keeps authors (a), utterances (u) and versions (v) apart."""
    digest = sha256(parent.bytes + letter.encode() + name.encode("utf-8", "surrogatepass")).digest()
    raw = int.from_bytes(digest[:16], "big")
    raw = raw & ~(0xF << 76) | 0x8 << 76
    raw = raw & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=raw)


def author_id(channel: UUID, external_id: str) -> UUID:
    return derived_id(channel, "a", external_id)


def utterance_id(channel: UUID, external_id: str) -> UUID:
    return derived_id(channel, "u", external_id)


def version_id(utterance: UUID, version_key: str, content_digest: str) -> UUID:
    """The same utterance with the same version key and the same content is one version; anything else is another."""
    return derived_id(utterance, "v", f"{version_key}\n{content_digest}")
