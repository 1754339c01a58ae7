"""Keep-decisions: journal, archive or leave out, set for many records at once, raised later, undone.

A decision is never changed: another follows it, and the chain shows both. One act, one entry, however many records.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ordskifte.records.entry import record_act
from ordskifte.records.errors import KeepError
from ordskifte.records.models import JournalEntry, KeepDecision
from ordskifte.records.models.keeping import Outcome

_LOCK = 20_262  # held while decisions are followed, so that a record has one standing decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision about one record, as it will stand. `words` are masked by the caller."""

    record_id: UUID
    record_kind: str  # utterance, measure, complaint
    outcome: str
    handled: bool | None
    documents: bool | None
    reason: str
    words: str
    rule: str
    rule_version: str
    basis: str


def standing(record_ids: Collection[UUID]) -> dict[UUID, KeepDecision]:
    """The standing decision of each record that has one. One query."""
    found = KeepDecision.objects.filter(record_id__in=list(record_ids), ended_at=None)
    return {one.record_id: one for one in found}


def chain(record_id: UUID) -> list[KeepDecision]:
    """Every decision about a record, oldest first. One query."""
    return list(KeepDecision.objects.filter(record_id=record_id).order_by("at", "follows_id"))


@transaction.atomic
def keep(decisions: Sequence[Decided], *, by: str, at: datetime, batch: UUID | None = None) -> int:
    """Let these decisions stand, each after the one before it. Returns how many are new.

    The same decision again is no decision. KeepError when one would lower what is in the journal.
    """
    _alone()
    wanted = {one.record_id: one for one in decisions}
    now_standing = standing(wanted)
    new = [one for key, one in wanted.items() if not _same(one, now_standing.get(key))]
    if not new:
        return 0
    ids = [one.record_id for one in new]
    lowered = {one.record_id for one in new if one.outcome != Outcome.JOURNAL}
    if JournalEntry.objects.filter(record_id__in=lowered).exclude(status="cancelled").exists():
        raise KeepError(_("One of them is in the journal. What is journalled stays journalled."))
    tails = dict(
        KeepDecision.objects.filter(record_id__in=ids, followed_by=None).values_list("record_id", "pk")  # its last one
    )
    KeepDecision.objects.filter(record_id__in=ids, ended_at=None).update(ended_at=at)
    KeepDecision.objects.bulk_create(
        [
            KeepDecision(
                record_id=one.record_id,
                record_kind=one.record_kind,
                outcome=one.outcome,
                handled=one.handled,
                documents=one.documents,
                reason=one.reason,
                words=one.words,
                rule=one.rule,
                rule_version=one.rule_version,
                basis=one.basis,
                by=by,
                at=at,
                batch=batch,
                follows_id=tails.get(one.record_id),
            )
            for one in new
        ]
    )
    record_act(
        "keep.decided",
        actor=by,
        at=at,
        record=new[0].record_id if len(new) == 1 else None,
        details={
            "count": len(new),
            "raised": sum(1 for one in new if one.record_id in now_standing),
            "outcomes": dict(Counter(str(one.outcome) for one in new)),
            "rules": sorted({f"{one.rule_version} {one.rule}" for one in new}),
            "batch": str(batch) if batch else None,
            "digest": digest_of((one.record_id, one.outcome, one.reason) for one in new),
        },
    )
    return len(new)


@transaction.atomic
def undo(batch: UUID, *, by: str, at: datetime) -> list[UUID]:
    """End the decisions of a batch that still stand; what they followed stands again. Returns the records."""
    _alone()
    undone = list(KeepDecision.objects.filter(batch=batch, ended_at=None).select_related("follows"))
    ids = [one.record_id for one in undone]
    KeepDecision.objects.filter(pk__in=[one.pk for one in undone]).update(ended_at=at)
    again = [one.follows.pk for one in undone if one.follows is not None and one.follows.ended_at == one.at]
    KeepDecision.objects.filter(pk__in=again).update(ended_at=None)
    if undone:
        details: dict[str, object] = {
            "count": len(undone),
            "batch": str(batch),
            "digest": digest_of((one.record_id, one.outcome, one.reason) for one in undone),
        }
        record = ids[0] if len(ids) == 1 else None
        record_act("keep.undone", actor=by, at=at, record=record, details=details)
    return ids


def digest_of(lines: Iterable[tuple[UUID, str, str]]) -> str:
    """What an entry commits to: SHA-256 of "record outcome reason" lines, sorted."""
    said = sorted(f"{record} {outcome} {reason}" for record, outcome, reason in lines)
    return sha256("\n".join(said).encode()).hexdigest()


def _same(one: Decided, other: KeepDecision | None) -> bool:
    return other is not None and (
        (one.outcome, one.handled, one.documents, one.reason, one.words)
        == (other.outcome, other.handled, other.documents, other.reason, other.words)
    )


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
