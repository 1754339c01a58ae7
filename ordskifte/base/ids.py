"""Ids. What comes from a platform gets the id its channel and its own name give it, so the same thing twice is one row.

An id is UUID version 8 (RFC 9562): the first 16 bytes of a SHA-256 over the parent's id as text, one letter and the
platform's own name. Nobody has to look up a parent before writing its child, and an import that starts again writes the
same ids. The `_text` forms give the id as text: an import makes millions, and a UUID object costs more than its hash.
"""

from hashlib import sha256
from uuid import UUID, uuid4


def new_id() -> UUID:
    """A random id, for what is born here."""
    return uuid4()


def derived_text(parent: str, letter: str, name: str) -> str:
    """The id of what `parent` calls `name`; `letter` keeps authors (a), utterances (u) and versions (v) apart."""
    digest = sha256(f"{parent}{letter}{name}".encode("utf-8", "surrogatepass")).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def author_text(channel: str, external_id: str) -> str:
    return derived_text(channel, "a", external_id)


def utterance_text(channel: str, external_id: str) -> str:
    return derived_text(channel, "u", external_id)


def version_text(utterance: str, version_key: str, content: str) -> str:
    """The same utterance with the same version key and the same content is one version; anything else is another."""
    return derived_text(utterance, "v", f"{version_key}\n{content}")


def author_id(channel: UUID, external_id: str) -> UUID:
    return UUID(author_text(str(channel), external_id))


def utterance_id(channel: UUID, external_id: str) -> UUID:
    return UUID(utterance_text(str(channel), external_id))


def version_id(utterance: UUID, version_key: str, content: str) -> UUID:
    return UUID(version_text(str(utterance), version_key, content))
