"""Reads the API needs that no page shows: what was said, newest first, whatever the thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ordskifte.people.viewer import Viewer
from ordskifte.threads.models import Utterance, Version
from ordskifte.threads.queries import Cursor
from ordskifte.threads.rules import reach_of


@dataclass(frozen=True, slots=True)
class UtterancePage:
    """Utterances with their newest version, newest first; `older` goes on."""

    rows: tuple[tuple[Utterance, Version], ...]
    older: Cursor | None


def utterance_page(
    viewer: Viewer,
    *,
    channels: Sequence[UUID] = (),
    since: datetime | None = None,
    after: Cursor | None = None,
    limit: int,
) -> UtterancePage:
    """What the viewer may see, in three queries. `since` counts from when it was said, itself included."""
    wanted = Utterance.objects.filter(reach_of(viewer).q())
    if channels:
        wanted = wanted.filter(channel_id__in=channels)
    if since:
        wanted = wanted.filter(at__gte=since)
    if after:
        wanted = wanted.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id), at__lte=after.at)
    found = list(wanted.select_related("author", "channel").order_by("-at", "-id")[: limit + 1])
    rows = found[:limit]
    current = Version.objects.defer("search", "tags").in_bulk([row.current_id for row in rows])
    return UtterancePage(
        rows=tuple((row, current[row.current_id]) for row in rows),
        older=Cursor(rows[-1].at, rows[-1].id) if len(found) > limit else None,
    )
