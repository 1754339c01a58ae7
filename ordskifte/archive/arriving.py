"""What came in waits for its keep-decision."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from ordskifte.archive.worklist import enqueue
from ordskifte.records.models import KeepDecision
from ordskifte.records.models.keeping import Outcome
from ordskifte.threads.models import Utterance, Version


@transaction.atomic
def on_arrived(version_ids: Sequence[UUID], *, at: datetime) -> int:
    """Let the utterances of these versions wait. Left out before and now deleted by its author: it goes at once."""
    ids = list(Version.objects.filter(pk__in=version_ids).values_list("utterance_id", flat=True).distinct())
    waiting = enqueue(ids, at=at)
    deleted = Utterance.objects.filter(pk__in=ids, deleted=True).values_list("pk", flat=True)
    gone = KeepDecision.objects.filter(record_id__in=list(deleted), ended_at=None, outcome=Outcome.LEAVE_OUT)
    if records := [str(one) for one in gone.values_list("record_id", flat=True)]:
        app.configure_task("purge_deleted").defer(record_ids=[*records])
    return waiting
