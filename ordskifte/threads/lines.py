"""Rows as lines of COPY. Written out by hand: this is where an import spends its time."""

from typing import Any
from uuid import UUID

import orjson

from ordskifte.records.ledger.leaf import content_commitment, row_commitment, version_leaf
from ordskifte.threads.copying import NULL, escaped, text_array
from ordskifte.threads.values import NewVersion, search_tags, version_row

UTTERANCE = (
    "id, channel_id, thread_id, parent_id, external_id, author_id, kind, ours, private, published, at, current_id,"
    " versions, deleted, first_seen"
)
VERSION = (
    "id, utterance_id, parent_id, author_id, key, kind, at, published, edited, seen, title, summary, text, alts,"
    " language, english, visibility, permalink, attachments, extra, masked, tags, evidence_id, evidence_offset,"
    " evidence_length, raw_digest, salt"
)
ENTRY = "batch, ordinal, record_id, kind, body"

Leaf = tuple[str, UUID | str | None, bytes]
"""(kind, record id, the leaf's bytes)."""


TITLE_LENGTH = 120


def title_of(version: Any) -> str:
    """A version's own title, else its first words. Takes a NewVersion or a stored one."""
    words = " ".join((version.title or version.summary or version.text)[:1000].split())
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def utterance_line(versions: list[NewVersion], thread: str, channel: str) -> str:
    """All the versions of a new utterance, in order of time, as its row."""
    first, last = versions[0], versions[-1]
    author, parent, published = first.author, first.parent, first.published
    private = first.private
    if len(versions) > 1:
        author = next((version.author for version in versions if version.author), None)
        parent = next((version.parent for version in versions if version.parent), None)
        published = next((version.published for version in versions if version.published), "")
        private = any(version.private for version in versions)
    return (
        f"{first.utterance}\t{channel}\t{thread}\t{parent or NULL}\t{escaped(first.external_id)}"
        f"\t{author.id if author else NULL}\t{first.kind}\t{'t' if first.ours else 'f'}\t{'t' if private else 'f'}"
        f"\t{published or NULL}\t{published or first.at}\t{last.id}\t{len(versions)}"
        f"\t{'t' if last.kind == 'deletion' else 'f'}\t{first.seen}"
    )


def write_out(version: NewVersion, *, channel: str, actor: str, at: str) -> None:
    """Make a version's COPY line and ledger entry, all but the place in the evidence. `at` is RFC 3339 UTC."""
    author = version.author.id if version.author else None
    tags = search_tags(channel=channel, author=author, at=version.moment, ours=version.ours)
    times = (version.at, version.published, version.edited, version.seen)
    row = version_row(
        version, utterance=version.utterance, parent=version.parent, author=author, times=times, tags=tags
    )
    version.leaf = version_leaf(
        version.id,
        utterance=version.utterance,
        at=at,
        actor=actor,
        content=content_commitment(version.salt, version.raw_digest),
        row=row_commitment(version.salt, row),
    )
    version.heading = title_of(version)
    version.has_media = bool(version.attachments)
    attachments = escaped(orjson.dumps(version.attachments).decode()) if version.attachments else "[]"
    extra = escaped(orjson.dumps(version.extra).decode()) if version.extra else "{}"
    version.head = (
        f"{version.id}\t{version.utterance}\t{version.parent or NULL}\t{author or NULL}\t{escaped(version.key)}"
        f"\t{version.kind}\t{version.at}\t{version.published or NULL}\t{version.edited or NULL}\t{version.seen}"
        f"\t{escaped(version.title)}\t{escaped(version.summary)}\t{escaped(version.text)}\t{escaped(version.alts)}"
        f"\t{version.language}\t{'t' if version.english else 'f'}\t{version.visibility}\t{escaped(version.permalink)}"
        f"\t{attachments}\t{extra}\t{version.masked}\t{text_array(tags)}"
    )
    version.tail = f"\\\\x{version.raw_digest.hex()}\t\\\\x{version.salt.hex()}"


def version_line(version: NewVersion) -> str:
    """A written-out version as a line, with its place in the evidence."""
    if version.evidence is None:
        return f"{version.head}\t{NULL}\t{NULL}\t{NULL}\t{version.tail}"
    return f"{version.head}\t{version.evidence}\t{version.offset}\t{version.length}\t{version.tail}"


def entry_line(batch: int, ordinal: int, leaf: Leaf) -> str:
    """One ledger entry."""
    kind, record, body = leaf
    return f"{batch}\t{ordinal}\t{record or NULL}\t{kind}\t\\\\x{body.hex()}"
