"""What a record is, read for many at once: an utterance, a measure or a complaint, with all that belongs to it.

The number of queries does not depend on how many records there are. Texts are as the rows have them: masked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection

_UTTERANCES: Final = """
select u.id, u.thread_id, u.parent_id, p.external_id, u.external_id, u.kind, u.ours, u.private, u.published, u.at,
       u.first_seen, u.deleted, coalesce(a.name, ''), coalesce(a.handle, ''), coalesce(a.external_id, ''), a.id,
       c.id, c.kind, c.name, c.url, c.handle, c.external_id, c.practice, t.title, coalesce(k.name, ''),
       coalesce(k.sensitive, false)
from threads_utterance u
join plan_channel c on c.id = u.channel_id
left join people_unit k on k.id = c.unit_id
left join threads_author a on a.id = u.author_id
left join threads_thread t on t.id = u.thread_id
left join threads_utterance p on p.id = u.parent_id
where u.id = any(%s)
"""
_VERSIONS: Final = """
select v.id, v.utterance_id, v.key, v.kind, v.at, v.published, v.edited, v.seen, v.title, v.summary, v.text, v.language,
       v.visibility, v.permalink, v.attachments::text, v.masked, v.evidence_id, v.evidence_offset, v.evidence_length,
       coalesce(o.encrypted, false), coalesce(o.path, ''), v.raw_digest, v.erased_at, n.first + e.ordinal
from threads_version v
left join records_evidenceobject o on o.id = v.evidence_id
left join records_entry e on e.record_id = v.id and e.kind = 'version'
left join records_numbered n on n.batch = e.batch
where v.utterance_id = any(%s)
order by v.utterance_id, v.at, v.id
"""
_MEASURES: Final = """
select m.id, m.utterance_id, m.version_id, m.kind, m.state, m.code, g.code, g.names::text, g.legal_basis, m.facts,
       m.made_at, m.done_at, m.ended_at, m.until, b.name, s.name, m.decided_why
from converse_measure m
join plan_ground g on g.id = m.ground_id
left join people_person b on b.id = m.by_id
left join people_person s on s.id = m.second_id
where m.id = any(%s) or m.utterance_id = any(%s)
order by m.made_at, m.id
"""
_COMPLAINTS: Final = """
select c.id, c.measure_id, c.text, c.made_at, c.outcome, c.answer, c.answered_at, b.name
from converse_complaint c left join people_person b on b.id = c.answered_by_id
where c.id = any(%s)
"""
_SENT: Final = """
select r.version_id, coalesce(o.sent_at, r.at), b.name, a.name
from publish_receipt r
join publish_outbox o on o.id = r.outbox_id
left join people_person b on b.id = o.by_id
left join people_person a on a.id = o.approved_by_id
where r.version_id = any(%s)
order by 2
"""
_ACTS: Final = """
select e.record_id, e.kind, e.body, n.first + e.ordinal
from records_entry e left join records_numbered n on n.batch = e.batch
where e.record_id = any(%s) and e.kind not in ('version', 'author', 'evidence')
order by e.batch, e.ordinal
"""


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """Where the bytes lie as they were received."""

    object_id: int
    offset: int
    length: int
    sealed: bool
    path: str


@dataclass(frozen=True, slots=True)
class AttachmentOf:
    """A picture, film or file. `digest` is "" when its bytes are not in the store."""

    digest: str
    media_type: str
    alt: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class VersionOf:
    """One version of an utterance, with its place in evidence and in the ledger."""

    id: UUID
    key: str
    kind: str
    at: datetime
    published: datetime | None
    edited: datetime | None
    seen: datetime
    title: str
    summary: str
    text: str
    language: str
    visibility: str
    permalink: str
    attachments: tuple[AttachmentOf, ...]
    masked: int
    evidence: PlaceOf | None
    raw_digest: str  # hexadecimal; "" once erased
    erased_at: datetime | None
    entry: int | None  # number in the ledger


@dataclass(frozen=True, slots=True)
class MeasureOf:
    """What was done to an utterance or an account, with its ground."""

    id: UUID
    utterance_id: UUID
    version_id: UUID
    kind: str  # hide, remove, block
    state: str
    code: str
    ground: str  # code
    ground_names: dict[str, str]
    legal_basis: str
    facts: str
    made_at: datetime
    done_at: datetime | None
    ended_at: datetime | None
    until: datetime | None
    by: str
    second: str
    decided_why: str


@dataclass(frozen=True, slots=True)
class ComplaintOf:
    id: UUID
    measure_id: UUID
    text: str
    made_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class SentOf:
    """That an utterance of ours left through the outbox."""

    at: datetime
    by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class ActOf:
    """An entry of the ledger about the record, other than that a version came."""

    kind: str
    at: datetime
    actor: str
    number: int | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChannelOf:
    id: UUID
    kind: str
    name: str
    url: str
    handle: str
    account: str
    practice: bool
    unit: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record. A measure's and a complaint's versions, author and channel are those of the utterance it is about."""

    record_id: UUID
    record_kind: str  # utterance, measure, complaint
    utterance_id: UUID
    thread_id: UUID
    parent_id: UUID | None
    parent_external_id: str
    external_id: str
    kind: str  # post, comment, reply, message, ...
    ours: bool
    private: bool
    published: datetime | None
    said_at: datetime
    first_seen: datetime
    author_name: str
    author_handle: str
    author_account: str
    author_id: UUID | None
    natural: bool
    channel: ChannelOf
    thread_title: str
    versions: tuple[VersionOf, ...]  # oldest first
    deleted_at: datetime | None
    measures: tuple[MeasureOf, ...] = ()
    sent: tuple[SentOf, ...] = ()
    acts: tuple[ActOf, ...] = ()
    measure: MeasureOf | None = None  # of a measure or a complaint: the measure itself
    complaint: ComplaintOf | None = None

    @property
    def standing(self) -> VersionOf | None:
        """The newest version that says something."""
        return next((one for one in reversed(self.versions) if one.kind != "deletion"), None)

    @property
    def said(self) -> tuple[VersionOf, ...]:
        """The versions that say something, oldest first."""
        return tuple(one for one in self.versions if one.kind != "deletion")

    @property
    def erased_at(self) -> datetime | None:
        """When the content was erased or disposed of; none while there is a version with content."""
        if not self.versions or any(one.erased_at is None for one in self.versions):
            return None
        return max(one.erased_at for one in self.versions if one.erased_at)


def records_of(record_ids: Sequence[UUID], *, acts: bool = True) -> dict[UUID, RecordOf]:
    """Eight queries at most. `acts`: also what the ledger says of them."""
    wanted = list(record_ids)
    said = _utterances(wanted)
    rest = [one for one in wanted if one not in said]
    complaints = _complaints(rest) if rest else {}
    measures = [*_measures([*rest, *(one.measure_id for one in complaints.values())], list(said))]
    about = {one.id: one for one in measures}
    others = [one.utterance_id for one in measures if one.utterance_id not in said]
    around = _utterances(others) if others else {}
    found = {**around, **said}
    versions = _versions(found)
    sent = _sent(version.id for one in said for version in versions.get(one, ()))
    told = _acts([*wanted, *(version.id for one in said for version in versions.get(one, ()))]) if acts else {}
    made: dict[UUID, RecordOf] = {}
    for record_id in wanted:
        complaint = complaints.get(record_id)
        measure = about.get(complaint.measure_id if complaint else record_id)
        base = found.get(measure.utterance_id if measure and record_id not in said else record_id)
        if base is None:
            continue
        own = versions.get(base.utterance_id, ())
        whole = replace(
            base,
            versions=own,
            deleted_at=next((one.at for one in reversed(own) if one.kind == "deletion"), None),
            measures=tuple(one for one in measures if one.utterance_id == base.utterance_id) if measures else (),
            sent=tuple(line for one in own for line in sent.get(one.id, ())) if sent else (),
            acts=tuple(line for key in (record_id, *(one.id for one in own)) for line in told.get(key, ())),
        )
        if record_id not in said and measure is not None:
            whole = replace(
                whole,
                record_id=record_id,
                record_kind="complaint" if complaint else "measure",
                ours=complaint is None,
                said_at=complaint.made_at if complaint else measure.done_at or measure.made_at,
                first_seen=complaint.made_at if complaint else measure.made_at,
                measure=measure,
                complaint=complaint,
            )
        made[record_id] = whole
    return made


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _utterances(ids: Sequence[UUID]) -> dict[UUID, RecordOf]:
    found = {}
    for row in _rows(_UTTERANCES, [list(ids)]):
        found[row[0]] = RecordOf(
            record_id=row[0],
            record_kind="utterance",
            utterance_id=row[0],
            thread_id=row[1],
            parent_id=row[2],
            parent_external_id=row[3] or "",
            external_id=row[4],
            kind=row[5],
            ours=row[6],
            private=row[7],
            published=row[8],
            said_at=row[9],
            first_seen=row[10],
            author_name=row[12] or row[13] or row[14],
            author_handle=row[13],
            author_account=row[14],
            author_id=row[15],
            natural=not row[6],
            channel=_channel([*row[16:23], row[24], row[25]]),
            thread_title=row[23] or "",
            versions=(),
            deleted_at=None,
        )
    return found


def _channel(fields: list[Any]) -> ChannelOf:
    return ChannelOf(*fields)


def _versions(ids: Iterable[UUID]) -> dict[UUID, tuple[VersionOf, ...]]:
    found: dict[UUID, list[VersionOf]] = {}
    for row in _rows(_VERSIONS, [list(ids)]):
        place = PlaceOf(row[16], row[17] or 0, row[18] or 0, row[19], row[20]) if row[16] is not None else None
        attachments = () if row[14] == "[]" else tuple(map(_attachment, orjson.loads(row[14])))
        digest = bytes(row[21]).hex() if row[21] else ""
        fields: list[Any] = [row[0], *row[2:14], attachments, row[15], place, digest, row[22], row[23]]
        found.setdefault(row[1], []).append(VersionOf(*fields))
    return {key: tuple(lines) for key, lines in found.items()}


def _attachment(one: dict[str, str]) -> AttachmentOf:
    return AttachmentOf(*(one.get(key) or "" for key in ("blob", "media_type", "alt", "name", "url")))


def _measures(ids: Sequence[UUID], about: Sequence[UUID]) -> list[MeasureOf]:
    found = []
    for row in _rows(_MEASURES, [list(ids), list(about)]):
        fields: list[Any] = [*row[:7], orjson.loads(row[7]), *row[8:14], row[14] or "", row[15] or "", row[16]]
        found.append(MeasureOf(*fields))
    return found


def _complaints(ids: Sequence[UUID]) -> dict[UUID, ComplaintOf]:
    found = {}
    for row in _rows(_COMPLAINTS, [list(ids)]):
        fields: list[Any] = [*row[:7], row[7] or ""]
        found[row[0]] = ComplaintOf(*fields)
    return found


def _sent(versions: Iterable[UUID]) -> dict[UUID, list[SentOf]]:
    found: dict[UUID, list[SentOf]] = {}
    for version, at, by, approved in _rows(_SENT, [list(versions)]):
        found.setdefault(version, []).append(SentOf(at, by or "", approved or ""))
    return found


def _acts(ids: Sequence[UUID]) -> dict[UUID, list[ActOf]]:
    found: dict[UUID, list[ActOf]] = {}
    for record, kind, body, number in _rows(_ACTS, [list(ids)]):
        leaf = orjson.loads(bytes(body))
        at = datetime.fromisoformat(leaf["at"])
        found.setdefault(record, []).append(ActOf(kind, at, leaf["actor"], number, leaf["details"]))
    return found
