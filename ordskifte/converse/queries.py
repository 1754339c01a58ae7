"""Reads of the desk: the inbox's views with their counts, and what stands in its rows. Every read asks who looks.

A view is one page by key, never by offset: emergencies first, then by deadline, then the rest by time. What a viewer
may not see is in no list and in no count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from ordskifte.base.recent import Recent
from ordskifte.converse.models import Answered, Conversation, State, Task, Turn
from ordskifte.converse.news import turn
from ordskifte.converse.rules import ANSWERING, Sight, sight_of
from ordskifte.people.models import Grant, Person, Unit
from ordskifte.people.viewer import NOBODY, Viewer
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import working_time
from ordskifte.plan.working_time import OSLO, working_minutes
from ordskifte.publish.models import Kind, Outbox
from ordskifte.threads.models import Author, Thread, Utterance, Version

ROWS: Final = 20
"""Conversations on one page."""

View = Literal["needs", "mine", "unit", "unassigned", "waiting", "warned", "done"]
VIEWS: Final[tuple[View, ...]] = ("needs", "mine", "unit", "unassigned", "waiting", "warned", "done")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN: Final = ~Q(state=State.DONE)
_OURS: Final = Q(state=State.OPEN, turn=Turn.OURS)


def view_of(text: str) -> View:
    """The view an address names; the first one when it names none."""
    return next((view for view in VIEWS if view == text), "needs")


def filter_of(view: View, viewer: Viewer, *, at: datetime) -> Q:
    """Which conversations stand in a view."""
    if view == "needs":
        return _OURS
    if view == "mine":
        return _OPEN & Q(assignee=viewer.person_id)
    if view == "unit":
        return _OPEN & Q(unit__in=viewer.units)
    if view == "unassigned":
        return _OURS & Q(assignee=None)
    if view == "waiting":
        return _OPEN & (Q(state__in=(State.WAITING, State.SNOOZED)) | Q(turn=Turn.THEIRS))
    if view == "warned":
        return _OPEN & ~Q(warnings=[])
    return Q(state=State.DONE, merged_into=None, closed_at__gte=start_of_day(at))


def start_of_day(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(OSLO).date(), time(0), OSLO)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a view: what it sorts by. For what is done only the time counts."""

    rank: int
    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.rank}_{(self.at - _EPOCH) // timedelta(microseconds=1)}_{self.id.hex}"


def place_of(text: str) -> Place | None:
    """The place an address names; None when it names none."""
    try:
        rank, at, found = text.split("_")
        return Place(int(rank) % 10, _EPOCH + timedelta(microseconds=int(at)), UUID(found))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation as the list shows it."""

    conversation: Conversation
    author: Author | None
    title: str  # of the thread
    edited: bool
    deleted: bool  # what they said last was taken back

    @property
    def place(self) -> Place:
        one = self.conversation
        if one.state == State.DONE and one.closed_at:
            return Place(0, one.closed_at, one.pk)
        return Place(one.rank, one.order_at, one.pk)


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of a view. `after`: where the next page begins; `back`: this is not the first."""

    view: View
    rows: tuple[Row, ...]
    after: Place | None
    back: bool


def inbox(
    viewer: Viewer,
    view: View,
    *,
    at: datetime,
    after: Place | None = None,
    channel: UUID | None = None,
    unit: UUID | None = None,
    limit: int = ROWS,
    sight: Sight | None = None,
) -> Inbox:
    """Three queries, and two when the page has not read the viewer's sight already."""
    seen = (sight or sight_of(viewer)).q()
    wanted = Conversation.objects.filter(seen, filter_of(view, viewer, at=at), merged_into=None)
    if channel:
        wanted = wanted.filter(channel=channel)
    if unit:
        wanted = wanted.filter(unit=unit)
    found = list(_ordered(wanted, view, after)[: limit + 1])
    rows = rows_of(found[:limit])
    return Inbox(view, rows, rows[-1].place if len(found) > limit else None, after is not None)


def _ordered(wanted: QuerySet[Conversation], view: View, after: Place | None) -> QuerySet[Conversation]:
    with_names = wanted.select_related("channel", "unit", "assignee")
    if view == "done":
        if after:
            past = Q(closed_at__lt=after.at) | Q(closed_at=after.at, thread_id__lt=after.id)
            with_names = with_names.filter(past, closed_at__lte=after.at)
        return with_names.order_by("-closed_at", "-thread_id")
    if after:
        same = Q(rank=after.rank) & (Q(order_at__gt=after.at) | Q(order_at=after.at, thread_id__gt=after.id))
        with_names = with_names.filter(Q(rank__gt=after.rank) | same, rank__gte=after.rank)
    return with_names.order_by("rank", "order_at", "thread_id")


_SPOKEN: Final = (
    "versions", "deleted", "author__name", "author__handle", "author__external_id", "author__erased_at"
)  # fmt: skip


def rows_of(conversations: Iterable[Conversation]) -> tuple[Row, ...]:
    """With who spoke last and what the thread is called. Two queries."""
    found = list(conversations)
    said = (
        Utterance.objects.select_related("author")
        .only(*_SPOKEN)
        .in_bulk({one.newest_id for one in found if one.newest_id})
    )
    threads = Thread.objects.only("title").in_bulk({one.source_id or one.pk for one in found})
    rows = []
    for one in found:
        newest = said.get(one.newest_id) if one.newest_id else None
        thread = threads.get(one.source_id or one.pk)
        rows.append(
            Row(
                conversation=one,
                author=newest.author if newest else None,
                title=thread.title if thread else "",
                edited=newest is not None and newest.versions > 1,
                deleted=newest is not None and newest.deleted,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the rail and the head count, of what the viewer may see."""

    views: Mapping[str, int]
    tasks: int
    channels: tuple[tuple[UUID, str, int], ...]
    units: tuple[tuple[UUID, str, int], ...]
    broken: int
    next_due: datetime | None
    answered: int  # today
    in_time: int  # of those that had a promise
    promised: int


@dataclass(frozen=True, slots=True)
class _Open:
    """Counted once for all who see the same: the open conversations by channel and unit, and the answers of today."""

    groups: tuple[Mapping[str, Any], ...]
    channels: Mapping[UUID, str]
    units: Mapping[UUID, str]
    done: int
    answered: Mapping[str, int]


_opened: Recent[Sight, _Open] = Recent(timedelta(seconds=15))
"""By sight: who sees something else has their own. Counted again after every change that was announced."""


def counts(viewer: Viewer, *, at: datetime, sight: Sight | None = None) -> Counts:
    """A fixed number of queries, whatever there is; the open conversations are gone through once."""
    sight = sight or sight_of(viewer)
    found = _opened.get(sight, lambda: _counted(sight, at), at=at, stamp=turn())
    groups = found.groups
    views = {view: sum(group[view] for group in groups) for view in ("needs", "unassigned", "waiting", "warned")}
    mine = Conversation.objects.filter(sight.q(), _OPEN, merged_into=None, assignee=viewer.person_id)
    views["mine"] = mine.count() if viewer.person_id else 0
    views["unit"] = sum(group["all"] for group in groups if group["unit_id"] in viewer.units)
    views["done"] = found.done
    needed = [group for group in groups if group["needs"]]
    return Counts(
        views=views,
        tasks=tasks_of(viewer, sight).count(),
        channels=_summed((one["channel_id"], found.channels[one["channel_id"]], one["needs"]) for one in needed),
        units=_summed((one["unit_id"], found.units[one["unit_id"]], one["needs"]) for one in needed if one["unit_id"]),
        broken=sum(group["broken"] for group in groups),
        next_due=min((group["next"] for group in groups if group["next"]), default=None),
        answered=found.answered["all"],
        in_time=found.answered["kept"],
        promised=found.answered["promised"],
    )


def _counted(sight: Sight, at: datetime) -> _Open:
    visible = Conversation.objects.filter(sight.q(), merged_into=None)
    shared: tuple[View, ...] = ("needs", "unassigned", "waiting", "warned")  # the same for all with this sight
    each: dict[str, Count | Min] = {view: Count("pk", filter=filter_of(view, NOBODY, at=at)) for view in shared}
    each["all"] = Count("pk")
    each["broken"] = Count("pk", filter=_OURS & Q(due_at__lt=at))
    each["next"] = Min("due_at", filter=Q(due_at__gte=at))
    open_ = visible.filter(_OPEN).values("channel_id", "unit_id").annotate(**each).order_by()
    today = Answered.objects.filter(at__gte=start_of_day(at), holding=False, channel__in=sight.reach.open).aggregate(
        all=Count("pk"), promised=Count("pk", filter=~Q(in_time=None)), kept=Count("pk", filter=Q(in_time=True))
    )
    return _Open(
        groups=tuple(dict(one) for one in open_),
        channels=dict(Channel.objects.values_list("pk", "name")),
        units=dict(Unit.objects.values_list("pk", "name")),
        done=visible.filter(filter_of("done", NOBODY, at=at)).count(),
        answered=today,
    )


def news_since(viewer: Viewer, view: View, *, since: datetime, at: datetime, sight: Sight | None = None) -> int:
    """How many conversations of a view something came into after a moment."""
    seen = (sight or sight_of(viewer)).q()
    wanted = Conversation.objects.filter(seen, filter_of(view, viewer, at=at), merged_into=None)
    return wanted.filter(arrived_at__gt=since).count()


def _summed(rows: Iterable[tuple[UUID, str, int]]) -> tuple[tuple[UUID, str, int], ...]:
    found: dict[tuple[UUID, str], int] = {}
    for key, name, n in rows:
        found[key, name] = found.get((key, name), 0) + n
    return tuple((key, name, n) for (key, name), n in sorted(found.items(), key=lambda one: one[0][1].casefold()))


def tasks_of(viewer: Viewer, sight: Sight | None = None) -> QuerySet[Task]:
    """Open tasks: one's own, one's units', and those nobody has, of conversations one may see; soonest first."""
    sight = sight or sight_of(viewer)
    mine = Q(assignee=viewer.person_id) | Q(unit__in=viewer.units) | Q(assignee=None)
    left = Q(outbox=None) | Q(outbox__channel=None) | Q(outbox__channel__in=sight.reach.open)
    return (
        Task.objects.filter(done_at=None)
        .filter(mine, left, Q(conversation=None) | sight.q("conversation__"))
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )


def conversation(viewer: Viewer, conversation_id: UUID, sight: Sight | None = None) -> Conversation | None:
    """One conversation, if the viewer may see it. A joined one leads to the one it went into."""
    found = (
        Conversation.objects.filter((sight or sight_of(viewer)).q(), pk=conversation_id)
        .select_related("channel__unit", "unit", "assignee", "topic__place", "topic__unit", "promise")
        .first()
    )
    return found


def beside(viewer: Viewer, one: Conversation, sight: Sight | None = None) -> tuple[UUID | None, UUID | None]:
    """The conversations before and after this one among what needs a person now. Two queries, each of one row."""
    ours = Conversation.objects.filter((sight or sight_of(viewer)).q(), _OURS, merged_into=None)
    order, here = Tuple(F("rank"), F("order_at"), F("thread_id")), (one.rank, one.order_at, one.pk)
    before = ours.filter(TupleLessThan(order, here)).order_by("-rank", "-order_at", "-thread_id")
    after = ours.filter(TupleGreaterThan(order, here)).order_by("rank", "order_at", "thread_id")
    return before.values_list("pk", flat=True).first(), after.values_list("pk", flat=True).first()


def colleagues(one: Conversation) -> list[Person]:
    """Whom a conversation can be given to, and who can be mentioned: those who answer there. Two queries."""
    near = Q(unit=None, channel_id=None) | Q(channel_id=one.channel_id)
    near |= Q(unit__in=[unit for unit in (one.unit_id, one.channel.unit_id) if unit])
    grants = Grant.objects.filter(near, role__in=ANSWERING, ended_at=None).values("person_id")
    people = Person.objects.filter(pk__in=grants, is_active=True, break_glass=False)
    return list(people.only("name").order_by("name")[:200])


def chosen(viewer: Viewer, ids: Collection[UUID]) -> list[Conversation]:
    """Those of some conversations that the viewer may see, in a list's order. Three queries."""
    found = Conversation.objects.filter(sight_of(viewer).q(), pk__in=ids, merged_into=None)
    return list(found.select_related("channel", "unit", "assignee").order_by("rank", "order_at", "thread_id"))


def colleagues_of_all(found: Collection[Conversation]) -> list[Person]:
    """Who answers in every one of them. Two queries."""
    where: dict[UUID, set[tuple[UUID | None, UUID | None]]] = {}
    grants = Grant.objects.filter(role__in=ANSWERING, ended_at=None)
    for person, unit, channel in grants.values_list("person_id", "unit_id", "channel_id"):
        where.setdefault(person, set()).add((unit, channel))

    def answers(given: set[tuple[UUID | None, UUID | None]], one: Conversation) -> bool:
        near = {unit for unit in (one.unit_id, one.channel.unit_id) if unit}
        return any((not unit and not at) or unit in near or at == one.channel_id for unit, at in given)

    people = [person for person, given in where.items() if all(answers(given, one) for one in found)]
    return list(Person.objects.filter(pk__in=people, is_active=True, break_glass=False).order_by("name")[:200])


def joinable(viewer: Viewer, one: Conversation, sight: Sight | None = None) -> tuple[Row, ...]:
    """Open conversations on the same channel, the newest first, that this one can be joined with."""
    wanted = Conversation.objects.filter(
        (sight or sight_of(viewer)).q(), _OPEN, channel=one.channel_id, private=one.private, merged_into=None
    ).exclude(pk=one.pk)
    return rows_of(wanted.only("says", "newest_id", "source_id").order_by("-last_at")[:15])


@dataclass(frozen=True, slots=True)
class PromiseSum:
    """How a deadline was counted: what was promised, from when, and how much of it was working time."""

    value: int
    unit: str
    clock: str
    start: datetime
    due: datetime
    since: datetime  # the promise is in force from then
    condition: str
    minutes: int  # working minutes from start to due


def promise_sum(one: Conversation) -> PromiseSum | None:
    """The sum behind the clock ("Slik regner vi"); None when no clock with a number runs."""
    promise = one.promise
    if promise is None or promise.value is None or one.clock_from is None or one.due_at is None:
        return None
    minutes = working_minutes(one.clock_from, one.due_at, working_time(one.unit_id))
    return PromiseSum(
        promise.value, promise.unit_of_time, promise.clock, one.clock_from, one.due_at, promise.valid_from,
        promise.condition, minutes,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Since:
    """What happened while somebody wrote: a reply of ours, or words of theirs."""

    who: str
    text: str
    ours: bool
    at: datetime


def since_serial(one: Conversation, *, since: datetime) -> list[Since]:
    """What is new in a conversation since a draft was begun. Three queries."""
    thread = one.source_id or one.pk
    sent = Outbox.objects.filter(kind=Kind.REPLY, details__conversation=str(one.pk), made_at__gte=since).select_related(
        "by"
    )
    found = [Since(row.by.name if row.by else "", row.text, ours=True, at=row.made_at) for row in sent]
    said = Utterance.objects.filter(thread_id=thread, ours=False, first_seen__gte=since).select_related("author")
    rows = list(said.order_by("-at")[:5])
    texts = dict(Version.objects.filter(pk__in=[row.current_id for row in rows]).values_list("pk", "text"))
    for row in rows:
        name = (row.author.name or row.author.handle) if row.author else ""
        found.append(Since(name, texts.get(row.current_id, ""), ours=False, at=row.first_seen))
    return sorted(found, key=lambda one: one.at)
