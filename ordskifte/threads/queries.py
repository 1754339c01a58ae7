"""Reads of threads: the list, and one thread with its versions, pictures and proofs. Every read asks who is looking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, OrderBy, Q, QuerySet, Value

from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.threads.filters import Filters
from ordskifte.threads.models import Thread, Utterance, Version
from ordskifte.threads.rules import Reach, reach_of

ROWS: Final = 40
"""Threads on one page of the list."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: the time and id of a thread."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}_{self.id.hex}"


def cursor_of(text: str) -> Cursor | None:
    """The place an address names; None when it names none."""
    at, _, found = text.partition("_")
    try:
        return Cursor(_EPOCH + timedelta(microseconds=int(at)), UUID(found))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class ThreadList:
    """One page, newest activity first. `older` and `newer`: places of the pages beside it, where there are any."""

    rows: tuple[Thread, ...]
    older: Cursor | None
    newer: Cursor | None


def thread_list(
    viewer: Viewer, filters: Filters, *, after: Cursor | None = None, before: Cursor | None = None
) -> ThreadList:
    """Two queries whatever there is, three when a language is asked for.

    `after` goes on to older threads, `before` back to newer ones.
    """
    back = before is not None and after is None
    place = before if back else after
    found = list(_listed(reach_of(viewer), filters, place, back=back))
    more, rows = len(found) > ROWS, found[:ROWS]
    if back:
        rows.reverse()
    first = Cursor(rows[0].last_at, rows[0].id) if rows else None
    last = Cursor(rows[-1].last_at, rows[-1].id) if rows else None
    return ThreadList(
        rows=tuple(rows),
        older=last if (more or back) else None,
        newer=first if (more if back else after is not None) else None,
    )


def _listed(reach: Reach, filters: Filters, place: Cursor | None, *, back: bool) -> QuerySet[Thread]:
    """The page and one row more. Chosen channels are read each by its own index and then merged: a channel that has
    been silent for years would else be looked for through all the others."""
    order = ("last_at", "id") if back else ("-last_at", "-id")
    wanted = Thread.objects.filter(filters.q())
    if place and back:
        wanted = wanted.filter(Q(last_at__gt=place.at) | Q(last_at=place.at, id__gt=place.id), last_at__gte=place.at)
    elif place:
        wanted = wanted.filter(Q(last_at__lt=place.at) | Q(last_at=place.at, id__lt=place.id), last_at__lte=place.at)
    chosen = [channel for channel in filters.channels if channel in reach.open]
    if filters.channels and not chosen:
        return Thread.objects.none()
    if filters.language and _rare(filters.language):
        wanted = wanted.filter(channel__in=chosen) if chosen else wanted
        return wanted.filter(reach.q()).select_related("channel").order_by(*_sorted_afterwards(back))[: ROWS + 1]
    if not chosen:
        return wanted.filter(reach.q()).select_related("channel").order_by(*order)[: ROWS + 1]
    each = [
        (wanted.filter(channel=channel) if channel in reach.full else wanted.filter(channel=channel, private=False))
        .select_related("channel")
        .order_by(*order)[: ROWS + 1]
        for channel in chosen
    ]
    if len(each) == 1:
        return each[0]
    return each[0].union(*each[1:], all=True).order_by(*order)[: ROWS + 1]


def _rare(language: str) -> bool:
    """Whether fewer than one thread in a hundred is in this language, as far as the database knows."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMON_LANGUAGES)
        row = cursor.fetchone()
    common = dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}
    return bool(common.get(language, 0.0) < 0.01)


_COMMON_LANGUAGES: Final = """
select most_common_elems::text::text[], most_common_elem_freqs from pg_stats
where schemaname = 'public' and tablename = 'threads_thread' and attname = 'languages'
"""


def _sorted_afterwards(back: bool) -> tuple[OrderBy | str, ...]:
    """The list's order in words that no index has: the few threads of a rare language are found first, then sorted.
    Else the database walks the threads by time, past all the others, in the belief that one will come soon."""
    moment = ExpressionWrapper(F("last_at") + Value(timedelta(0)), output_field=DateTimeField())
    return (moment.asc(), "id") if back else (moment.desc(), "-id")


def channels_in_reach(viewer: Viewer) -> list[Channel]:
    """The channels a viewer may choose among, by name."""
    return list(Channel.objects.filter(id__in=reach_of(viewer).open).order_by("name"))


def visible_version(viewer: Viewer, version_id: UUID) -> Version | None:
    """A version with its utterance, channel and evidence object, if the viewer may see it."""
    reach = reach_of(viewer)
    inside = Q(utterance__channel_id__in=reach.open, utterance__private=False) | Q(utterance__channel_id__in=reach.full)
    return (
        Version.objects.filter(inside, pk=version_id)
        .select_related("utterance__channel", "utterance__author", "evidence")
        .defer("search", "tags")
        .first()
    )


def visible_utterance(viewer: Viewer, utterance_id: UUID) -> Utterance | None:
    """An utterance with its author and channel, if the viewer may see it."""
    return (
        Utterance.objects.filter(reach_of(viewer).q(), pk=utterance_id)
        .select_related("channel", "author", "thread")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an id leads: a thread, and perhaps one utterance in it; `version` when it was a version's own id."""

    thread: UUID
    utterance: UUID | None = None
    version: UUID | None = None


def place_of(viewer: Viewer, found: UUID) -> Place | None:
    """What this id is, among what the viewer may see: an utterance, a version or a thread."""
    if utterance := visible_utterance(viewer, found):
        return Place(utterance.thread_id, utterance.id)
    if version := visible_version(viewer, found):
        return Place(version.utterance.thread_id, version.utterance_id, version.id)
    if Thread.objects.filter(reach_of(viewer).q(), pk=found).exists():
        return Place(found)
    return None


def visible_ids(viewer: Viewer, utterances: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these utterances the viewer may see."""
    wanted = list(utterances)
    return frozenset(Utterance.objects.filter(reach_of(viewer).q(), pk__in=wanted).values_list("pk", flat=True))
