"""What is left out of the archive goes after the set time; a count for each reason stays."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from ordskifte.archive.choices import choice
from ordskifte.archive.erasing import Place, erase
from ordskifte.archive.models import Purged
from ordskifte.records.entry import record_act
from ordskifte.records.models import KeepDecision
from ordskifte.records.models.keeping import Outcome
from ordskifte.threads.models import Utterance

ACTOR: Final = "system:purge"
CHUNK: Final = 500


def purge_due(*, at: datetime, place: Place) -> int:
    """Purge what was left out longer ago than the body has set. Returns how many."""
    before = at - timedelta(days=choice().purge_days)
    gone = 0
    after: tuple[datetime, UUID] | None = None
    while rows := _due(before, after):
        gone += _purge(rows, at=at, place=place)
        after = (rows[-1].at, rows[-1].id)
    return gone


def purge_deleted(record_ids: Collection[UUID], *, at: datetime, place: Place) -> int:
    """What its author deleted and was left out goes at once."""
    deleted = set(Utterance.objects.filter(pk__in=list(record_ids), deleted=True).values_list("pk", flat=True))
    rows = KeepDecision.objects.filter(record_id__in=deleted, ended_at=None, outcome=Outcome.LEAVE_OUT)
    return _purge(list(rows), at=at, place=place)


def _due(before: datetime, after: tuple[datetime, UUID] | None) -> list[KeepDecision]:
    """The next left-out decisions, oldest first, whose content is not gone; one query."""
    at, last = after or (None, None)
    return list(
        KeepDecision.objects.raw(
            """
            select d.* from records_keepdecision d
            where d.ended_at is null and d.outcome = 'leave_out' and d.record_kind = 'utterance' and d.at < %s
                and (%s::timestamptz is null or (d.at, d.id) > (%s, %s::uuid))
                and not exists (select 1 from archive_purged p where p.record_id = d.record_id)
            order by d.at, d.id limit %s
            """,
            [before, at, at, last, CHUNK],
        )
    )


def _purge(rows: Sequence[KeepDecision], *, at: datetime, place: Place) -> int:
    """Erase, then write down that it went: killed between the two, the next run finds nothing to erase and writes."""
    gone = 0
    for basis in sorted({one.basis for one in rows}):
        same = [one for one in rows if one.basis == basis]
        done = erase([one.record_id for one in same], basis=f"{basis} (left out)", by=ACTOR, at=at, place=place)
        deleted = set(Utterance.objects.filter(pk__in=done.erased, deleted=True).values_list("pk", flat=True))
        made = [
            Purged(
                record_id=one.record_id,
                decision_id=one.id,
                reason=one.reason,
                rule_version=one.rule_version,
                deleted=one.record_id in deleted,
                at=at,
            )
            for one in same
            if one.record_id in done.erased
        ]
        if not made:
            continue
        with transaction.atomic():
            Purged.objects.bulk_create(made, ignore_conflicts=True)
            counted = {reason: sum(1 for one in made if one.reason == reason) for reason in {x.reason for x in made}}
            record_act("keep.purged", actor=ACTOR, at=at, details={"count": len(made), "reasons": counted})
        gone += len(made)
    return gone


def purged_by_reason() -> list[tuple[int, str, int]]:
    """(year, reason, how many), newest year first. One query."""
    rows = Purged.objects.values_list("at__year", "reason").annotate(count=Count("pk"))
    return sorted(((year, reason, count) for year, reason, count in rows), key=lambda row: (-row[0], row[1]))
