"""What the pages of deciding and keeping show. Each a fixed number of queries, however much waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min

from ordskifte.archive.deciding import UNDO, Proposal, propose
from ordskifte.archive.models import Disposal, Hold, Undecided
from ordskifte.archive.rule_sets import Rules
from ordskifte.people.models import Person
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.records.models import KeepDecision, Period, RecordClass
from ordskifte.threads.models import Author, Thread, Utterance
from ordskifte.threads.rules import reach_of

ROWS: Final = 25
COUNTED: Final = 10_000
_REACH: Final = "(w.channel_id = any(%(full)s) or (w.channel_id = any(%(open)s) and not w.private))"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, counted to ten thousand."""

    count: int
    oldest: datetime | None
    deleted: int

    @property
    def more(self) -> bool:
        return self.count >= COUNTED


@dataclass(frozen=True, slots=True)
class Kind:
    """Proposals of the same kind among what waits longest."""

    rule: str
    name: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    waits: Undecided
    proposal: Proposal
    text: str
    author: str
    channel: str
    case: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Batch:
    id: UUID
    at: datetime
    by: str
    count: int
    outcomes: Mapping[str, int]


def reach_values(viewer: Viewer) -> dict[str, list[UUID]]:
    reach = reach_of(viewer)
    return {"open": list(reach.open), "full": list(reach.full)}


def waiting(viewer: Viewer) -> Waiting:
    """Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select count(*), min(at), count(*) filter (where deleted) from (
                select w.at, w.deleted from archive_undecided w where {_REACH}
                order by w.deleted desc, w.at, w.record_id limit {COUNTED}) x""",  # noqa: S608 - our own words
            reach_values(viewer),
        )
        return Waiting(*cursor.fetchone())


def kinds(viewer: Viewer, sets: Sequence[Rules]) -> list[Kind]:
    """What waits by the rule that proposes, among the ten thousand that have waited longest. Two queries."""
    names = {rule.code: rule.name for rules in reversed(sets) for rule in rules.rules}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select rule, outcome, count(*) from (
                select w.rule, w.outcome from archive_undecided w where {_REACH}
                order by w.deleted desc, w.at, w.record_id limit {COUNTED}) x
                where rule <> '' group by rule, outcome order by 3 desc, 1""",  # noqa: S608 - our own words
            reach_values(viewer),
        )
        return [Kind(rule, names.get(rule, rule), outcome, count) for rule, outcome, count in cursor.fetchall()]


def undecided(viewer: Viewer, *, may: frozenset[UUID], rule: str = "", after: str = "", at: datetime) -> list[Row]:
    """The next rows, deleted first, then oldest. A fixed number of queries, each by an index."""
    reach = reach_of(viewer)
    rows = Undecided.objects.filter(reach.q())
    if rule:
        rows = rows.filter(rule=rule)
    found = list(rows.order_by("-deleted", "at", "record_id")[: ROWS + 1])
    return _rows(found[:ROWS], may, at)


def same_kind(viewer: Viewer, rule: str, *, may: frozenset[UUID], most: int) -> list[UUID]:
    """Records whose proposal is of one kind, that the viewer may decide on. Two queries."""
    rows = Undecided.objects.filter(reach_of(viewer).q(), rule=rule, channel_id__in=may)
    return list(rows.order_by("record_id").values_list("record_id", flat=True)[:most])


def _rows(found: Sequence[Undecided], may: frozenset[UUID], at: datetime) -> list[Row]:
    ids = [one.record_id for one in found]
    proposals = propose(ids, at=at)
    channels = dict(Channel.objects.values_list("id", "name"))
    authors = {
        key: name or handle or external
        for key, name, handle, external in Author.objects.filter(
            pk__in=[one.facts.utterance.author_id for one in proposals.values() if one.facts.utterance.author_id]
        ).values_list("id", "name", "handle", "external_id")
    }
    threads = Thread.objects.filter(pk__in={one.thread_id for one in found})
    titles = dict(threads.values_list("id", "title"))
    made = []
    for one in found:
        if proposal := proposals.get(one.record_id):
            author = proposal.facts.utterance.author_id
            made.append(
                Row(
                    waits=one,
                    proposal=proposal,
                    text=proposal.facts.text,
                    author=authors.get(author, "") if author else "",
                    channel=channels.get(one.channel_id, ""),
                    case=titles.get(one.thread_id, ""),
                    mine=one.channel_id in may,
                )
            )
    return made


def recent_batches(viewer: Viewer, *, at: datetime) -> list[Batch]:
    """What the viewer decided within the time that can be undone, newest first. One query."""
    rows = (
        KeepDecision.objects.filter(at__gte=at - UNDO, ended_at=None, by=viewer.actor)
        .exclude(batch=None)
        .values("batch", "by", "outcome")
        .annotate(at=Max("at"), count=Count("pk"))
        .order_by("-at")[:60]
    )
    found: dict[UUID, Batch] = {}
    for row in rows:
        batch = row["batch"]
        if batch is not None:
            one = found.get(batch)
            outcomes = {**(one.outcomes if one else {}), row["outcome"]: row["count"]}
            found[batch] = Batch(batch, row["at"], row["by"], (one.count if one else 0) + row["count"], outcomes)
    return list(found.values())[:10]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something missing, with the record that misses it."""

    what: str  # date, party, title
    thread_id: UUID
    record_id: UUID
    channel: str


def flaws(viewer: Viewer, *, most: int = 50) -> list[Flaw]:
    """Utterances without date or sender, and threads without title, newest first. Four queries, each by an index."""
    reach = reach_of(viewer)
    channels = dict(Channel.objects.filter(practice=False).values_list("id", "name"))
    said = Utterance.objects.filter(reach.q(), channel_id__in=list(channels))
    wanted = ("thread_id", "id", "channel_id")
    rows = [("date", *row) for row in said.filter(published=None).order_by("-at", "-id").values_list(*wanted)[:most]]
    rows += [
        ("party", *row)
        for row in said.filter(author=None, ours=False).order_by("-at", "-id").values_list(*wanted)[:most]
    ]
    untitled = Thread.objects.filter(reach.q(), title="", channel_id__in=list(channels)).order_by("-last_at", "-id")
    rows += [("title", key, key, channel) for key, channel in untitled.values_list("id", "channel_id")[:most]]
    return [Flaw(what, thread, record, channels.get(channel, "")) for what, thread, record, channel in rows]


def classes() -> list[RecordClass]:
    """Standing classes first, by code. One query."""
    return sorted(
        RecordClass.objects.all(), key=lambda one: (one.valid_to is not None, one.code, -one.valid_from.timestamp())
    )


def periods() -> list[Period]:
    return list(Period.objects.order_by("-starts"))


def disposals() -> list[Disposal]:
    """Newest first, with how many stand on each. One query."""
    rows = Disposal.objects.select_related("record_class", "made_by", "second")
    return list(
        rows.annotate(
            items_count=Count("items"), gone=Count("items__disposed_at"), first=Min("items__said_at")
        ).order_by("-made_at")[:100]
    )


def holds() -> list[Hold]:
    return sorted(Hold.objects.all(), key=lambda one: (one.ended_at is not None, -one.at.timestamp()))


def names_of(actors: Sequence[str]) -> dict[str, str]:
    """Actor -> name, for persons. One query."""
    ids = [one.partition(":")[2] for one in actors if one.startswith("person:")]
    people = Person.objects.filter(pk__in=ids).values_list("id", "name")
    return {f"person:{key}": name for key, name in people}
