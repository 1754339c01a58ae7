"""What `record_versions` takes: rows-to-be, already masked, with their ids and commitments made.

Slotted classes with ids and times as text, not frozen dataclasses of UUID and datetime: hundreds of thousands are made
in an import. `lines.write_out` makes rows of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ordskifte.base.canonical import canonical, canonical_as_given


@dataclass(slots=True, eq=False)
class NewAuthor:
    """An account seen."""

    id: str
    external_id: str
    handle: str
    name: str
    url: str
    ours: bool


@dataclass(slots=True, eq=False)
class NewVersion:
    """One version of an utterance, masked, and the place of its bytes in the evidence. Times: RFC 3339 UTC or ""."""

    id: str
    utterance: str
    thread: str | None  # the platform's own conversation, when it has one
    parent: str | None
    author: NewAuthor | None
    external_id: str
    key: str
    kind: str
    ours: bool
    private: bool
    moment: datetime  # `at` as a time, to sort by
    at: str
    published: str
    edited: str
    seen: str
    title: str
    summary: str
    text: str
    alts: str
    language: str
    english: bool
    visibility: str
    permalink: str
    attachments: list[dict[str, str]]
    extra: dict[str, str]
    masked: int
    raw_digest: bytes
    salt: bytes
    evidence: int | None = None  # id of the object
    offset: int = 0
    length: int = 0


def version_row(
    version: Any,
    *,
    utterance: str,
    parent: str | None,
    author: str | None,
    times: tuple[str, str, str, str],
    tags: list[str],
) -> bytes:
    """The canonical JSON of a version's row: what its entry's `row` commits to. Takes a NewVersion or a stored row.

    `times`: at, published, edited, seen. Every column but the place in the evidence, which an erasure of somebody
    else's words may move. Channel and external id are held by the utterance's id, which is made of them.
    """
    at, published, edited, seen = times
    extra = version.extra
    return canonical_as_given(
        {
            "alts": version.alts,
            "at": at,
            "attachments": [dict(sorted(one.items())) for one in version.attachments] if version.attachments else [],
            "author": author,
            "edited": edited or None,
            "english": version.english,
            "extra": dict(sorted(extra.items())) if extra else {},
            "key": version.key,
            "kind": version.kind,
            "language": version.language,
            "masked": version.masked,
            "parent": parent,
            "permalink": version.permalink,
            "published": published or None,
            "seen": seen,
            "summary": version.summary,
            "tags": tags,
            "text": version.text,
            "title": version.title,
            "utterance": utterance,
            "version": str(version.id),
            "visibility": version.visibility,
        }
    )


def author_row(author: Any, *, channel: str) -> bytes:
    """The canonical JSON of an author's row."""
    return canonical(
        {
            "author": str(author.id),
            "channel": channel,
            "external_id": author.external_id,
            "handle": author.handle,
            "name": author.name,
            "url": author.url,
            "ours": author.ours,
        }
    )


def search_tags(*, channel: str, author: str | None, at: str, ours: bool) -> list[str]:
    """Lexemes that let search filter inside its index: month (UTC), channel, author, and `~o` for the body's own.

    Ids are told by the first twelve hex digits of their text without dashes. `at` is RFC 3339 UTC.
    """
    tags = [f"~m{at[:4]}{at[5:7]}", f"~c{channel[:8]}{channel[9:13]}"]
    if author:
        tags.append(f"~a{author[:8]}{author[9:13]}")
    if ours:
        tags.append("~o")
    return tags
