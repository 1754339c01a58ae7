"""What the lists and the calendar show: drafts and their rows, who is on watch, what collides, and good times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import shifts_between, working_time
from ordskifte.plan.working_time import OSLO, is_open
from ordskifte.publish.models import Asked, Draft, DraftState, Outbox, State, Variant
from ordskifte.publish.placing import rows_of
from ordskifte.threads.rules import reach_of

NEAR: Final = timedelta(minutes=30)
"""Two posts on one channel closer than this are in each other's way."""

FOLLOWED: Final = timedelta(hours=2)
"""So long after a post somebody should be there to answer."""

PROPOSED: Final = 3
AHEAD: Final = timedelta(days=7)
PAGE: Final = 50
_OUT: Final = (State.SENT, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft in a list or in the calendar."""

    draft: Draft
    rows: tuple[Outbox, ...]
    at: datetime | None  # when it leaves, or left
    state: str  # sent, wait, fail, stopped, missed, scheduled, writing, dropped
    channels: tuple[str, ...]
    collides: tuple[str, ...] = ()  # titles of posts on the same channel at about the same time

    @property
    def movable(self) -> bool:
        return self.state in ("writing", "wait", "scheduled", "stopped", "missed")


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a day in the calendar."""

    starts: datetime
    ends: datetime
    posts: tuple[Planned, ...]
    watched: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    day: date
    today: bool
    inside: bool  # of the month that is shown
    cells: tuple[Cell, ...] = ()
    posts: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The drafts' page."""

    posts: tuple[Planned, ...]
    counts: dict[str, int] = field(default_factory=dict)


def visible_drafts(viewer: Viewer) -> QuerySet[Draft]:
    """Drafts whose channels and unit this viewer sees; one's own, and those one is asked about."""
    hidden = Exists(Variant.objects.filter(draft=OuterRef("pk")).exclude(channel__in=reach_of(viewer).open))
    me = viewer.person_id
    asked = Exists(Asked.objects.filter(draft=OuterRef("pk"), person_id=me) if me else Asked.objects.none())
    sensitive = Q(unit__sensitive=True) & ~Q(unit__in=viewer.units)
    others = ~hidden if viewer.sees_everything else ~hidden & ~sensitive
    return Draft.objects.filter(others | (Q(owner_id=me) if me else Q(pk=None)) | asked)


def one_draft(viewer: Viewer, draft_id: UUID) -> Draft | None:
    found = visible_drafts(viewer).select_related("topic", "owner", "saved_by", "campaign", "unit", "reviewed_by")
    return found.filter(pk=draft_id).first()


SHOWS: Final[dict[str, Q]] = {
    "writing": Q(state=DraftState.WRITING),
    "asked": Q(state=DraftState.ASKED),
    "placed": Q(state=DraftState.PLACED),
    "dropped": Q(state=DraftState.DROPPED),
}


def overview(viewer: Viewer, show: str) -> Overview:
    """One view, the newest first. A fixed number of queries."""
    mine = visible_drafts(viewer)
    counts = {name: mine.filter(which).count() for name, which in SHOWS.items()}
    counts["review"] = mine.filter(alone_at__isnull=False, reviewed_at=None).count()
    which = Q(alone_at__isnull=False, reviewed_at=None) if show == "review" else SHOWS[show]
    return Overview(tuple(_planned(_read(mine.filter(which).order_by("-saved_at", "-id")[:PAGE]))), counts)


def _read(drafts: QuerySet[Draft]) -> list[Draft]:
    variants = Prefetch("variants", Variant.objects.select_related("channel").order_by("channel__name"))
    return list(drafts.select_related("owner", "saved_by", "campaign").prefetch_related(variants))


def _planned(drafts: Sequence[Draft]) -> list[Planned]:
    rows: dict[str, list[Outbox]] = {}
    for row in rows_of([draft.id for draft in drafts]):
        rows.setdefault(row.details["draft"], []).append(row)
    return [planned_of(draft, rows.get(str(draft.id), [])) for draft in drafts]


def planned_of(draft: Draft, rows: Sequence[Outbox]) -> Planned:
    """A draft with its rows in one word: the worst of them."""
    live = [row for row in rows if row.state != State.WITHDRAWN]
    names = tuple(one.channel.name for one in draft.variants.all())
    state, at = _state_of(draft, live), draft.wanted_at
    if draft.state == DraftState.PLACED and live:
        at = min(row.sent_at or row.wanted_at for row in live)
    return Planned(draft, tuple(rows), at, state, names)


def _state_of(draft: Draft, live: Sequence[Outbox]) -> str:
    if draft.state == DraftState.DROPPED:
        return "dropped"
    if draft.state != DraftState.PLACED:
        if draft.missed_at:
            return "missed"
        return "wait" if draft.state == DraftState.ASKED else "writing"
    states = {row.state for row in live}
    if states & {State.FAILED, State.UNKNOWN}:
        return "fail"
    if State.STOPPED in states:
        return "stopped"
    if states and states <= set(_OUT):
        return "sent"
    return "scheduled"


def between(viewer: Viewer, starts: datetime, ends: datetime) -> list[Planned]:
    """What leaves, or left, between two moments, with collisions. Dropped drafts are not there."""
    near = (starts - NEAR, ends + NEAR)
    rows = Outbox.objects.filter(kind="post", details__has_key="draft").exclude(state=State.WITHDRAWN)
    placed = {
        draft
        for draft in rows.filter(Q(wanted_at__range=near) | Q(sent_at__range=near)).values_list(
            "details__draft", flat=True
        )
    }
    wanted = Q(wanted_at__range=near) & ~Q(state=DraftState.PLACED)
    found = _read(visible_drafts(viewer).filter(wanted | Q(pk__in=placed)).exclude(state=DraftState.DROPPED))
    every = sorted((one for one in _planned(found) if one.at), key=lambda one: (one.at, str(one.draft.id)))
    return [with_collisions(one, every) for one in every if one.at and starts <= one.at < ends]


def with_collisions(one: Planned, others: Iterable[Planned]) -> Planned:
    """The same, with the titles of what is in its way."""
    if one.at is None or one.state == "sent":
        return one
    mine = {variant.channel_id for variant in one.draft.variants.all()}
    near = tuple(
        other.draft.title
        for other in others
        if other.draft.id != one.draft.id
        and other.at is not None
        and abs(other.at - one.at) < NEAR
        and mine & {variant.channel_id for variant in other.draft.variants.all()}
    )
    return Planned(one.draft, one.rows, one.at, one.state, one.channels, near)


_BANDS: Final = ((0, 8), (8, 10), (10, 12), (12, 15), (15, 20), (20, 24))


def week(viewer: Viewer, first: date, *, at: datetime) -> list[Day]:
    """Monday to Sunday, each in bands of hours, those without anybody on watch marked."""
    days = [first + timedelta(days=number) for number in range(7)]
    starts, ends = moment(days[0], 0), moment(days[-1] + timedelta(days=1), 0)
    posts = between(viewer, starts, ends)
    shifts = [(one.starts, one.ends) for one in shifts_between(starts, ends) if not one.urgent]
    today = at.astimezone(OSLO).date()
    found = []
    for day in days:
        cells = []
        for begins, until in _BANDS:
            span = moment(day, begins), moment(day, until)
            inside = tuple(one for one in posts if one.at and span[0] <= one.at < span[1])
            watched = any(start < span[1] and end > span[0] for start, end in shifts)
            cells.append(Cell(span[0], span[1], inside, watched))
        found.append(Day(day, day == today, True, tuple(cells)))
    return found


def month(viewer: Viewer, first: date, *, at: datetime) -> list[list[Day]]:
    """The weeks of a month, from Monday."""
    begins = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    weeks = -(-((after - begins).days) // 7)
    posts = between(viewer, moment(begins, 0), moment(begins + timedelta(weeks=weeks), 0))
    today = at.astimezone(OSLO).date()
    found = []
    for number in range(weeks):
        days = [begins + timedelta(weeks=number, days=day) for day in range(7)]
        found.append(
            [
                Day(
                    day,
                    day == today,
                    day.month == first.month,
                    posts=tuple(one for one in posts if one.at and one.at.astimezone(OSLO).date() == day),
                )
                for day in days
            ]
        )
    return found


def moment(day: date, hour: int) -> datetime:
    """An hour of a day in Norway; 24 is the next day's beginning."""
    whole = day + timedelta(days=hour // 24)
    return datetime.combine(whole, time(hour % 24), OSLO).astimezone(UTC)


def proposed_times(viewer: Viewer, draft: Draft, *, at: datetime) -> list[datetime]:
    """Times when somebody is on watch for two hours after, in opening hours, with nothing else near. Few queries."""
    shifts = [one for one in shifts_between(at, at + AHEAD) if not one.urgent]
    hours = working_time(draft.unit_id)
    mine = {variant.channel_id for variant in draft.variants.all()}
    others = [
        one.at
        for one in between(viewer, at, at + AHEAD)
        if one.at and one.draft.id != draft.id and mine & {variant.channel_id for variant in one.draft.variants.all()}
    ]
    found: list[datetime] = []
    moment_ = _next_half_hour(at + timedelta(minutes=15))
    while moment_ < at + AHEAD and len(found) < PROPOSED:
        until = moment_ + FOLLOWED
        watched = any(shift.starts <= moment_ and shift.ends >= until for shift in shifts)
        free = all(abs(other - moment_) >= NEAR for other in others)
        if watched and free and is_open(moment_, hours):
            found.append(moment_)
            moment_ = _next_half_hour(moment_ + timedelta(hours=3))
        else:
            moment_ += timedelta(minutes=30)
    return found


def _next_half_hour(at: datetime) -> datetime:
    whole = at.replace(minute=0, second=0, microsecond=0)
    return next(one for one in (whole, whole + timedelta(minutes=30), whole + timedelta(hours=1)) if one >= at)


def watchers_after(at: datetime | None) -> tuple[list[str], datetime | None]:
    """Who is on watch when it leaves, and until when. One query."""
    if at is None:
        return [], None
    shifts = [one for one in shifts_between(at, at + timedelta(minutes=1)) if not one.urgent]
    return sorted({one.person.name for one in shifts}), max((one.ends for one in shifts), default=None)


def channels_to_write_on(viewer: Viewer) -> list[Channel]:
    """Open channels this viewer sees, by name. Two queries."""
    found = Channel.objects.filter(pk__in=reach_of(viewer).open, closed_at=None)
    return list(found.select_related("unit").order_by("practice", "name"))
