"""The whole plan at a glance: what is set, and what is missing."""

from dataclasses import dataclass
from datetime import datetime

from ordskifte.plan.models import Ground, Place, Promise, SavedReply, Topic
from ordskifte.plan.queries.hours import weekly_hours
from ordskifte.plan.queries.promises import promises_in_force
from ordskifte.plan.queries.roster import AHEAD, Gap, roster_gaps
from ordskifte.plan.working_time import Hours


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts and lists for the first settings page. Twelve queries, whatever there is."""

    hours: dict[int, Hours]
    promises: list[Promise]
    gaps: list[Gap]
    topics: int
    topics_without_unit: int
    four_eyes: int
    places: int
    dead_places: list[Place]
    replies: int
    grounds: int
    drafts: int


def overview(at: datetime) -> Overview:
    topics = Topic.objects.filter(closed_at=None)
    standing = Ground.objects.filter(withdrawn_at=None)
    return Overview(
        hours=weekly_hours(None),
        promises=promises_in_force(at),
        gaps=roster_gaps(at, at + AHEAD),
        topics=topics.count(),
        topics_without_unit=topics.filter(unit=None).count(),
        four_eyes=topics.filter(four_eyes=True).count(),
        places=Place.objects.filter(dead_since=None).count(),
        dead_places=list(Place.objects.filter(dead_why__in=("link", "address")).order_by("purpose", "id")),
        replies=SavedReply.objects.filter(closed_at=None).count(),
        grounds=standing.filter(published_at__isnull=False).count(),
        drafts=standing.filter(published_at=None).count(),
    )
