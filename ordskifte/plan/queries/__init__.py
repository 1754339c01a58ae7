"""What the plan says: hours, promises, grounds, places, topics, saved replies. Each a fixed number of queries."""

from uuid import UUID

from django.db.models import F, Q

from ordskifte.plan.models import Ground, Place, SavedReply, Topic
from ordskifte.plan.queries.hours import working_time, working_times
from ordskifte.plan.queries.promises import promise_for, promises_in_force
from ordskifte.plan.queries.roster import Gap, duty_list, on_watch, roster_gaps, shifts_between

__all__ = [
    "Gap",
    "all_grounds",
    "all_places",
    "all_replies",
    "all_topics",
    "duty_list",
    "live_places",
    "on_watch",
    "open_replies",
    "open_topics",
    "promise_for",
    "promises_in_force",
    "published_grounds",
    "roster_gaps",
    "shifts_between",
    "working_time",
    "working_times",
]


def published_grounds() -> list[Ground]:
    """The grounds a measure may rest on today."""
    return list(Ground.objects.filter(published_at__isnull=False, withdrawn_at=None).order_by("published_at", "code"))


def live_places(purpose: str | None = None) -> list[Place]:
    """The places a reply may send people to; dead ones are not among them."""
    found = Place.objects.filter(dead_since=None).select_related("unit").order_by("purpose", "names__nb", "id")
    return list(found.filter(purpose=purpose) if purpose else found)


def open_topics() -> list[Topic]:
    """The topics in use, with unit and place."""
    return list(Topic.objects.filter(closed_at=None).select_related("unit", "place").order_by("names__nb", "id"))


def open_replies(topic_id: UUID | None = None) -> list[SavedReply]:
    """The saved replies in use: those of a topic and those of none, the topic's own first. No topic: all."""
    found = SavedReply.objects.filter(closed_at=None).select_related("topic")
    if topic_id is not None:
        found = found.filter(Q(topic=None) | Q(topic_id=topic_id))
    return list(found.order_by(F("topic_id").asc(nulls_last=True), "name"))


def all_grounds() -> list[Ground]:
    """Every ground there was, the newest first where it was withdrawn."""
    return list(Ground.objects.order_by("-withdrawn_at", "published_at", "names__nb", "id"))


def all_places() -> list[Place]:
    """Dead ones too."""
    return list(Place.objects.select_related("unit").order_by("purpose", "names__nb", "id"))


def all_topics() -> list[Topic]:
    """Closed ones too."""
    return list(Topic.objects.select_related("unit", "place").order_by("names__nb", "id"))


def all_replies() -> list[SavedReply]:
    """Closed ones too, in the order of their response types."""
    return sorted(SavedReply.objects.select_related("topic"), key=lambda one: (int(one.kind[1:]), one.name))
