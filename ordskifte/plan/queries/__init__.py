"""What the plan says: hours, promises, grounds, places, topics, saved replies. Each a fixed number of queries."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from ordskifte.plan.models import Ground, Place, Promise, SavedReply, Topic
from ordskifte.plan.queries.hours import working_time, working_times
from ordskifte.plan.queries.roster import Gap, duty_list, on_watch, roster_gaps, shifts_between

__all__ = [
    "Gap",
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


def promise_for(channel_id: UUID | None, kind: str, *, at: datetime) -> Promise | None:
    """The promise in force at a moment for comments or messages: the channel's own, else the general one.

    A channel's own promise may say that nothing is promised (`value` is None): then no clock runs.
    """
    return (
        _in_force(at)
        .filter(Q(channel=None) | Q(channel_id=channel_id), kind=kind)
        .order_by(F("channel_id").asc(nulls_last=True), "-valid_from", "id")
        .first()
    )


def promises_in_force(at: datetime) -> list[Promise]:
    """All of them, general ones first, with their channels."""
    found = _in_force(at).select_related("channel")
    return list(found.order_by(F("channel__name").asc(nulls_first=True), "kind", "id"))


def _in_force(at: datetime) -> QuerySet[Promise]:
    return Promise.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)


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
