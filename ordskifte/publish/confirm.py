"""Our own posts that came back through intake: each joins the row of the outbox it left from.

Intake knows no outbox. It defers a job with the versions of ours it has recorded, and here they are known again by our
mark, or by the name the channel had given the post before.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ordskifte.publish.models import Outbox
from ordskifte.publish.receipts import COMES_BACK, came_back
from ordskifte.threads.models import Version

MARK = "mark"
"""Where a channel puts our mark among an arrival's small facts (`Arrival.extra`)."""


def confirm(version_ids: Iterable[UUID], *, at: datetime) -> list[UUID]:
    """Join versions of ours to their rows. Returns the rows that were found. Safe to run twice."""
    found = []
    versions = Version.objects.filter(pk__in=list(version_ids), utterance__ours=True).select_related("utterance")
    for version in versions.order_by("seen", "id"):
        row = _row_of(version)
        if row is not None:
            came_back(
                row,
                version_id=version.id,
                external_id=version.utterance.external_id,
                permalink=version.permalink,
                at=at,
            )
            found.append(row)
    return found


def _row_of(version: Version) -> UUID | None:
    named = Q(external_id=version.utterance.external_id)
    with suppress(ValueError):
        named |= Q(mark=UUID(str(version.extra.get(MARK, ""))))
    rows = Outbox.objects.filter(named, channel_id=version.utterance.channel_id, kind__in=COMES_BACK)
    return rows.values_list("id", flat=True).first()
