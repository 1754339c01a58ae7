"""Blocks end by themselves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.carrying_out import record_measure
from ordskifte.threads.models import Utterance

ACTOR = "system:moderation"


def lift_blocks(*, at: datetime) -> int:
    """Open every account whose time is up. Returns how many. Safe to run twice."""
    due = Measure.objects.filter(kind="block", state="done", until__lte=at).order_by("until")
    return sum(_lift(found, at=at) for found in due.values_list("id", flat=True))


@transaction.atomic
def _lift(measure_id: UUID, *, at: datetime) -> int:
    found = Measure.objects.select_for_update(of=("self",), skip_locked=True).select_related("ground", "outbox")
    measure = found.filter(pk=measure_id, state="done", until__lte=at).first()
    if measure is None:
        return 0
    utterance = Utterance.objects.select_related("channel", "author").get(pk=measure.utterance_id)
    measure.state, measure.ended_at = "ended", at
    measure.save(update_fields=["state", "ended_at"])
    platform.act_back(measure, utterance, actor=ACTOR, at=at)
    record_measure("measure.ended", measure, actor=ACTOR, at=at)
    return 1
