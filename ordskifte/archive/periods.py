"""Periods and classes: which series a day falls in, and which class a thread."""

from datetime import date, datetime, time
from uuid import UUID

from ordskifte.converse.models import Conversation
from ordskifte.plan.working_time import OSLO
from ordskifte.records.models import Period, RecordClass

ACTOR = "system:periods"


def period_of(day: date) -> Period:
    """The period of a day; the calendar year's is made when there is none."""
    found = Period.objects.filter(starts__lte=day).order_by("-starts").first()
    if found is not None and (found.ends is None or day <= found.ends):
        return found
    starts = date(day.year, 1, 1)
    made, _ = Period.objects.get_or_create(
        starts=starts,
        defaults={
            "title": f"Sosiale medier {day.year}",
            "ends": date(day.year, 12, 31),
            "opened_at": datetime.combine(starts, time(), OSLO),
            "opened_by": ACTOR,
        },
    )
    return made


def class_of(thread_id: UUID) -> RecordClass | None:
    """The class of the conversation's topic, else the standard class, where the body has one."""
    topic = Conversation.objects.filter(pk=thread_id).values_list("topic_id", flat=True).first()
    classes = RecordClass.objects.filter(valid_to=None)
    return (classes.filter(topic_id=topic).first() if topic else None) or classes.filter(standard=True).first()
