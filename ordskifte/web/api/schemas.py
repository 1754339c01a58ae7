"""What the API answers with. Times are RFC 3339 in UTC; ids are UUIDs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from ordskifte.plan.models import Channel
from ordskifte.records.models import EvidenceObject
from ordskifte.threads.models import Author, Thread, Utterance, Version
from ordskifte.threads.reading import SHOWN_TEXT
from ordskifte.threads.search import Hit


class Refusal(Schema):
    error: str = Field(description="What happened.")
    advice: str = Field(description="What to do about it.")


class ChannelOut(Schema):
    id: UUID
    name: str
    kind: str = Field(description="mastodon, facebook, x, ...")


class AuthorOut(Schema):
    id: UUID
    handle: str
    name: str
    url: str
    ours: bool = Field(description="Whether this is the body itself.")


class AttachmentOut(Schema):
    media_type: str
    alt: str
    name: str
    url: str = Field(description="Where the platform had it.")
    sha256: str = Field(description="Digest of the bytes we hold; empty when we do not hold them.")


class ThreadOut(Schema):
    id: UUID
    channel: ChannelOut
    title: str
    first_at: datetime
    last_at: datetime
    utterances: int
    ours: int = Field(description="How many of them are the body's.")
    has_media: bool
    edited: bool
    deleted: bool
    private: bool
    languages: list[str] = Field(description="As declared, BCP 47.")


class ThreadPage(Schema):
    items: list[ThreadOut]
    next: str | None = Field(description="Give it as `after` to go on; null at the end.")


class UtteranceOut(Schema):
    id: UUID
    thread: UUID
    parent: UUID | None = Field(description="What it answers. It may never have been seen.")
    channel: UUID
    external_id: str
    author: AuthorOut | None
    kind: str
    published: datetime | None
    at: datetime = Field(description="Published, else edited, else first seen.")
    private: bool
    deleted: bool
    versions: int
    version: UUID = Field(description="The newest version.")
    title: str
    text: str = Field(description="Personal numbers are masked. Cut at 20,000 characters; the versions have it whole.")


class UtterancePageOut(Schema):
    items: list[UtteranceOut]
    next: str | None = Field(description="Give it as `after` to go on; null at the end.")


class ThreadDetail(ThreadOut):
    items: list[UtteranceOut] = Field(description="In order of time and answers, up to 50.")
    next: UUID | None = Field(description="Give it as `after` to go on; null at the end.")


class VersionOut(Schema):
    id: UUID
    number: int | None = Field(description="Of its entry in the ledger; null until it has one, within a second or so.")
    kind: str
    at: datetime
    published: datetime | None
    edited: datetime | None
    seen: datetime
    title: str
    summary: str = Field(description="Content warning.")
    text: str
    language: str
    visibility: str
    permalink: str
    masked: int = Field(description="How many personal numbers were masked.")
    attachments: list[AttachmentOut]
    erased: bool


class UtteranceDetail(UtteranceOut):
    items: list[VersionOut] = Field(description="Versions, newest first, up to 10.")
    next: int | None = Field(description="Give it as `after` to go on; null at the end.")


class HitOut(Schema):
    id: UUID
    thread: UUID
    thread_title: str
    channel: UUID
    external_id: str
    author: UUID | None
    author_name: str
    ours: bool
    kind: str
    published: datetime | None
    at: datetime
    title: str
    text: str = Field(description="Of the newest version that matches. Personal numbers are masked.")
    marks: list[tuple[int, int]] = Field(description="Where the hits stand in the text: code points, end not included.")
    versions: int
    matched_version: int = Field(description="Which version it is, from 1.")
    version: UUID
    deleted: bool


class HitPage(Schema):
    items: list[HitOut]
    total: int = Field(description="Exact up to 1,000.")
    more: bool = Field(description="Whether there are more than 1,000.")
    also: list[str] = Field(description="Other spellings that were searched for.")
    suggestion: str = Field(description="A question that may have been meant, when nothing was found.")
    next: UUID | None = Field(description="Give it as `after` to go on; null at the end.")


class EvidenceOut(Schema):
    version: UUID
    object: str = Field(description="The WARC object's key in the content store.")
    object_sha256: str = Field(description="Of the object as stored.")
    object_size: int
    encrypted: bool
    offset: int = Field(description="Of the record, in the object's plaintext.")
    length: int
    raw_sha256: str | None = Field(description="Of the bytes as received; null once erased.")
    received_at: datetime
    raw: str | None = Field(description="Where the bytes are; null when they are sealed or erased.")


class CheckpointOut(Schema):
    size: int
    root: str = Field(description="Hexadecimal.")
    at: datetime
    note: str = Field(description="The signed note (C2SP tlog-checkpoint).")


class ProofOut(Schema):
    v: int
    origin: str
    record: UUID | None
    entry: int
    leaf: str
    salt: str | None
    raw_digest: str | None
    erased: bool
    path: list[str]
    checkpoint: str
    timestamp: str | None


def channel_out(channel: Channel) -> dict[str, Any]:
    return {"id": channel.id, "name": channel.name, "kind": channel.kind}


def author_out(author: Author | None) -> dict[str, Any] | None:
    if author is None:
        return None
    return {"id": author.id, "handle": author.handle, "name": author.name, "url": author.url, "ours": author.ours}


def thread_out(thread: Thread) -> dict[str, Any]:
    same = (
        "id",
        "title",
        "first_at",
        "last_at",
        "utterances",
        "ours",
        "has_media",
        "edited",
        "deleted",
        "private",
        "languages",
    )
    return {"channel": channel_out(thread.channel), **{name: getattr(thread, name) for name in same}}


def utterance_out(row: Utterance, version: UUID, title: str, text: str) -> dict[str, Any]:
    same = ("id", "external_id", "kind", "published", "at", "private", "deleted", "versions")
    return {
        **{name: getattr(row, name) for name in same},
        "thread": row.thread_id,
        "parent": row.parent_id,
        "channel": row.channel_id,
        "author": author_out(row.author),
        "version": version,
        "title": title,
        "text": text[:SHOWN_TEXT],
    }


def version_out(version: Version, text: str, number: int | None) -> dict[str, Any]:
    same = (
        "id",
        "kind",
        "at",
        "published",
        "edited",
        "seen",
        "title",
        "summary",
        "language",
        "visibility",
        "permalink",
        "masked",
    )
    return {
        **{name: getattr(version, name) for name in same},
        "number": number,
        "text": text,
        "attachments": [
            {
                "sha256": one.get("blob", ""),
                **{name: one.get(name, "") for name in ("media_type", "alt", "name", "url")},
            }
            for one in version.attachments
        ],
        "erased": version.erased_at is not None,
    }


class GroundFiguresOut(Schema):
    """What was done on one ground. Counts of measures."""

    code: str
    names: dict[str, str]
    measures: int
    hidden: int
    removed: int
    blocked: int
    automated: int
    complained: int
    reversed: int


class FiguresOut(Schema):
    """Moderation in a period, practice channels left out. Shares are null below 20 measures."""

    since: date
    until: date
    measures: int
    hidden: int
    removed: int
    blocked: int
    automated: int
    complained: int
    reversed: int
    complained_percent: int | None
    reversed_percent: int | None
    grounds: list[GroundFiguresOut]


def hit_out(hit: Hit) -> dict[str, Any]:
    same = ("external_id", "ours", "kind", "published", "at", "title", "text", "marks", "versions", "matched_version")
    return {
        **{name: getattr(hit, name) for name in same},
        "id": hit.utterance_id,
        "thread": hit.thread_id,
        "thread_title": hit.thread_title,
        "channel": hit.channel_id,
        "author": hit.author_id,
        "author_name": hit.author_name,
        "version": hit.version_id,
        "deleted": hit.deleted,
    }


def evidence_out(version: Version, object_: EvidenceObject, raw: str | None) -> dict[str, Any]:
    return {
        "version": version.id,
        "object": object_.path,
        "object_sha256": bytes(object_.digest).hex(),
        "object_size": object_.size,
        "encrypted": object_.encrypted,
        "offset": version.evidence_offset or 0,
        "length": version.evidence_length or 0,
        "raw_sha256": bytes(version.raw_digest).hex() if version.raw_digest else None,
        "received_at": object_.written_at,
        "raw": raw,
    }
