"""Rows as lines of COPY. Written out by hand: this is where an import spends its time.

The reading process writes out each version with all that follows from it alone; what depends on other rows (the place
in the evidence, the thread) stands first in its line, so that the writing process only puts it before the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from struct import Struct
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from ordskifte.records.ledger.leaf import content_commitment, row_commitment, version_leaf
from ordskifte.threads.copying import NULL, escaped, escaped_fields, text_array
from ordskifte.threads.values import NewVersion, search_tags, version_row

VERSION = (
    "evidence_id, evidence_offset, evidence_length, id, utterance_id, parent_id, author_id, kind, at, published,"
    " edited, seen, key, title, summary, text, alts, permalink, language, english, visibility, attachments, extra,"
    " masked, tags, raw_digest, salt"
)
UTTERANCE = (
    "thread_id, id, channel_id, parent_id, external_id, author_id, kind, ours, private, published, at, current_id,"
    " versions, deleted, first_seen"
)
THREAD = (
    "id, channel_id, title, title_at, first_at, last_at, utterances, ours, has_media, edited, deleted, private,"
    " languages"
)
ENTRY = "batch, ordinal, record_id, kind, body"

Leaf = tuple[str, UUID | str | None, bytes]
"""(kind, record id, the leaf's bytes)."""

Place = tuple[int, int, int]
"""Where a version's bytes lie: evidence object, offset, length."""

TITLE_LENGTH = 120

_ENTRY_PLACE = Struct(">hiqii").pack  # five fields; batch and ordinal, each after its length
_VERSION_ENTRY = Struct(">i16si7si").pack  # record id and kind, each after its length; the leaf's length


class Written(NamedTuple):
    """A version written out: lines for four tables, and what is needed where it does not stand alone."""

    id: str
    utterance: str
    thread: str | None  # the platform's own conversation, when it has one
    parent: str | None
    author: str | None
    moment: str  # when it was said or edited: RFC 3339 UTC without its Z, so that it sorts as time
    external_id: str
    kind: str
    ours: bool
    private: bool
    published: str
    seen: str
    language: str
    heading: str  # what a thread would be called after it
    has_media: bool
    version_line: bytes  # after the place in the evidence
    utterance_line: bytes  # after the thread; of an utterance that has this version only
    thread_line: bytes  # after the thread; of one that has this utterance only
    entry_line: bytes  # after batch and ordinal


def title_of(version: Any) -> str:
    """A version's own title, else its first words. Takes a NewVersion or a stored one."""
    said = version.title or version.summary or version.text
    if len(said) <= TITLE_LENGTH and said.isprintable() and "  " not in said:  # no space to be mended, but at an end
        return str(said).strip(" ")
    words = " ".join(said[:1000].split())
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def write_out(version: NewVersion, *, channel: str, actor: str, at: str) -> Written:
    """Write out a version. `at` is when it is recorded, RFC 3339 UTC."""
    record, utterance, parent, kind = version.id, version.utterance, version.parent, version.kind
    author = version.author.id if version.author else None
    tags = search_tags(channel=channel, author=author, at=version.at, ours=version.ours)
    said, published, seen = version.at, version.published, version.seen
    row = version_row(
        version,
        utterance=utterance,
        parent=parent,
        author=author,
        times=(said, published, version.edited, seen),
        tags=tags,
    )
    salt = version.salt
    leaf = version_leaf(
        record,
        utterance=utterance,
        at=at,
        actor=actor,
        content=content_commitment(salt, version.raw_digest),
        row=row_commitment(salt, row),
    )
    attachments = escaped(orjson.dumps(version.attachments).decode()) if version.attachments else "[]"
    extra = escaped(orjson.dumps(version.extra).decode()) if version.extra else "{}"
    texts = escaped_fields(
        version.key, version.title, version.summary, version.text, version.alts, version.permalink, version.language
    )
    version_line = (
        f"{record}\t{utterance}\t{parent or NULL}\t{author or NULL}\t{kind}\t{said}\t{published or NULL}"
        f"\t{version.edited or NULL}\t{seen}\t{texts}\t{'t' if version.english else 'f'}\t{version.visibility}"
        f"\t{attachments}\t{extra}\t{version.masked}\t{text_array(tags)}"
        f"\t\\\\x{version.raw_digest.hex()}\t\\\\x{salt.hex()}\n"
    )
    ours, private = "t" if version.ours else "f", "t" if version.private else "f"
    deleted = "t" if kind == "deletion" else "f"
    utterance_line = (
        f"{utterance}\t{channel}\t{parent or NULL}\t{escaped(version.external_id)}\t{author or NULL}\t{kind}\t{ours}"
        f"\t{private}\t{published or NULL}\t{published or said}\t{record}\t1\t{deleted}\t{seen}\n"
    )
    heading, media = title_of(version), bool(version.attachments)
    thread_line = (
        f"{channel}\t{escaped(heading)}\t{said}\t{said}\t{said}\t1\t{1 if version.ours else 0}"
        f"\t{'t' if media else 'f'}\tf\t{deleted}\t{private}\t{{{version.language}}}\n"
    )
    return Written(
        record,
        utterance,
        version.thread,
        parent,
        author,
        said[:-1],
        version.external_id,
        kind,
        version.ours,
        version.private,
        published,
        seen,
        version.language,
        heading,
        media,
        version_line.encode(),
        utterance_line.encode(),
        thread_line.encode(),
        _VERSION_ENTRY(16, bytes.fromhex(record.replace("-", "")), 7, b"version", len(leaf)) + leaf,
    )


def version_lines(versions: Sequence[Written], places: Sequence[Place | None]) -> list[bytes]:
    """Versions with their places in the evidence, each line in two parts."""
    lines: list[bytes] = []
    for version, place in zip(versions, places, strict=True):
        if place is None:
            lines.append(b"\\N\t\\N\t\\N\t")
        else:
            lines.append(b"%d\t%d\t%d\t" % place)
        lines.append(version.version_line)
    return lines


def utterance_lines(new: Iterable[Sequence[Written]], threads: Mapping[str, str], channel: str) -> list[bytes]:
    """New utterances, each given by all of its versions in order of time, as rows; `threads`: where they stand."""
    lines: list[bytes] = []
    for versions in new:
        first = versions[0]
        lines.append(f"{threads[first.utterance]}\t".encode())
        lines.append(first.utterance_line if len(versions) == 1 else _of_several(versions, channel))
    return lines


def _of_several(versions: Sequence[Written], channel: str) -> bytes:
    first, last = versions[0], versions[-1]
    author = next((version.author for version in versions if version.author), None)
    parent = next((version.parent for version in versions if version.parent), None)
    published = next((version.published for version in versions if version.published), "")
    return (
        f"{first.utterance}\t{channel}\t{parent or NULL}\t{escaped(first.external_id)}\t{author or NULL}"
        f"\t{first.kind}\t{'t' if first.ours else 'f'}\t{'t' if any(version.private for version in versions) else 'f'}"
        f"\t{published or NULL}\t{published or first.moment + 'Z'}\t{last.id}\t{len(versions)}"
        f"\t{'t' if last.kind == 'deletion' else 'f'}\t{first.seen}\n"
    ).encode()


def entry_lines(batch: int, leaves: Sequence[Leaf], versions: Sequence[Written]) -> list[bytes]:
    """The ledger entries of a batch, numbered within it: those of other acts first, then the versions'.

    In the binary form of COPY (`records.tiles.copy_rows`): an entry is mostly its leaf, which then needs no escaping.
    """
    lines: list[bytes] = []
    for ordinal, (kind, record, body) in enumerate(leaves):
        lines.append(_ENTRY_PLACE(5, 8, batch, 4, ordinal))
        lines.append(_entry_after_place(str(record) if record else "", kind.encode(), body))
    for ordinal, version in enumerate(versions, len(leaves)):
        lines.append(_ENTRY_PLACE(5, 8, batch, 4, ordinal))
        lines.append(version.entry_line)
    return lines


def _entry_after_place(record: str, kind: bytes, leaf: bytes) -> bytes:
    """Record id, kind and leaf, each after its length."""
    identity = b"\x00\x00\x00\x10" + bytes.fromhex(record.replace("-", "")) if record else b"\xff\xff\xff\xff"
    return b"%b%b%b%b%b" % (identity, len(kind).to_bytes(4, "big"), kind, len(leaf).to_bytes(4, "big"), leaf)
