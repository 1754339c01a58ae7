"""What the journal needs to know of a record: an utterance, a measure or a complaint. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ordskifte.converse.models import Complaint, Conversation, Measure
from ordskifte.threads.models import Utterance, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One record as the journal sees it. `kind`: utterance, measure, complaint."""

    id: UUID
    kind: str
    thread_id: UUID
    thread_title: str
    channel_id: UUID
    channel_name: str
    channel_kind: str
    practice: bool
    unit_id: UUID | None
    unit_name: str
    sensitive: bool
    ours: bool
    private: bool
    at: datetime
    first_seen: datetime
    author_name: str = ""
    author_account: str = ""
    topic: dict[str, str] | None = None
    title: str = ""
    text: str = ""
    act: str = ""  # of a measure: hide, remove, block
    parent_id: UUID | None = None
    version_id: UUID | None = None
    permalink: str = ""
    responsible: str = ""


def sources_of(record_ids: Sequence[UUID]) -> dict[UUID, Source]:
    """Five queries at most."""
    wanted = list(record_ids)
    said = list(Utterance.objects.filter(pk__in=wanted).select_related("channel", "channel__unit", "thread", "author"))
    found = {one.id for one in said}
    rest = [one for one in wanted if one not in found]
    measures: list[Measure] = []
    complaints: list[Complaint] = []
    if rest:
        through = ("utterance", "utterance__channel", "utterance__channel__unit", "utterance__thread")
        measures = list(Measure.objects.filter(pk__in=rest).select_related(*through))
        complaints = list(
            Complaint.objects.filter(pk__in=rest).select_related("measure", *(f"measure__{one}" for one in through))
        )
    threads = {
        *(one.thread_id for one in said),
        *(one.utterance.thread_id for one in measures),
        *(one.measure.utterance.thread_id for one in complaints),
    }
    versions = Version.objects.only("id", "title", "text", "permalink", "author_id").in_bulk(
        [one.current_id for one in said]
    )
    talks = {
        one.thread_id: one
        for one in Conversation.objects.filter(pk__in=threads).select_related("topic", "unit", "assignee")
    }
    made = [_of_utterance(one, versions.get(one.current_id), talks.get(one.thread_id)) for one in said]
    made += [_of_measure(one, talks.get(one.utterance.thread_id)) for one in measures]
    made += [_of_complaint(one, talks.get(one.measure.utterance.thread_id)) for one in complaints]
    return {one.id: one for one in made}


def _of_utterance(one: Utterance, version: Version | None, talk: Conversation | None) -> Source:
    author = one.author
    return Source(
        **_around(one, talk),
        id=one.id,
        kind="utterance",
        ours=one.ours,
        at=one.at,
        first_seen=one.first_seen,
        author_name=(author.name or author.handle or author.external_id) if author else "",
        author_account=author.external_id if author else "",
        title=version.title if version else "",
        text=version.text if version else "",
        parent_id=one.parent_id,
        version_id=one.current_id,
        permalink=version.permalink if version else "",
    )


def _of_measure(one: Measure, talk: Conversation | None) -> Source:
    return Source(
        **_around(one.utterance, talk),
        id=one.id,
        kind="measure",
        ours=True,
        at=one.done_at or one.made_at,
        first_seen=one.made_at,
        act=one.kind,
        parent_id=one.utterance_id,
    )


def _of_complaint(one: Complaint, talk: Conversation | None) -> Source:
    return Source(
        **_around(one.measure.utterance, talk),
        id=one.id,
        kind="complaint",
        ours=False,
        at=one.made_at,
        first_seen=one.made_at,
        parent_id=one.measure_id,
    )


def _around(one: Utterance, talk: Conversation | None) -> dict[str, Any]:
    channel = one.channel
    unit = talk.unit if talk and talk.unit else channel.unit
    return {
        "thread_id": one.thread_id,
        "thread_title": one.thread.title,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "channel_kind": channel.kind,
        "practice": channel.practice,
        "unit_id": unit.id if unit else None,
        "unit_name": unit.name if unit else "",
        "sensitive": bool(unit and unit.sensitive) or bool(channel.unit and channel.unit.sensitive),
        "private": one.private,
        "topic": talk.topic.names if talk and talk.topic else None,
        "responsible": talk.assignee.name if talk and talk.assignee else "",
    }
