"""Reads of the deposit's pages: the list, one with its findings and lines, and a record's way from bytes to line."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from ordskifte.archive.models import Deposit, DepositLine
from ordskifte.archive.records_of import RecordOf, records_of
from ordskifte.people.names import actor_names
from ordskifte.people.viewer import Viewer
from ordskifte.records.models import JournalEntry, KeepDecision, Shielding
from ordskifte.threads.models import Utterance
from ordskifte.threads.rules import reach_of

LINES: Final = 100
SHOWN: Final = 50


def deposits() -> list[Deposit]:
    """The newest first. One query."""
    return list(Deposit.objects.select_related("ordered_by").defer("report").order_by("-ordered_at")[:SHOWN])


@dataclass(frozen=True, slots=True)
class DepositShown:
    deposit: Deposit
    wrong: tuple[dict[str, Any], ...]  # tests with findings
    notes: tuple[tuple[str, str], ...]  # (test, remark)
    lines: tuple[DepositLine, ...]
    next: int | None  # the line to go on after


def deposit_shown(deposit_id: UUID, *, after: int = 0) -> DepositShown | None:
    """One deposit with its findings and a page of its lines. Two queries."""
    deposit = Deposit.objects.select_related("ordered_by").filter(pk=deposit_id).first()
    if deposit is None:
        return None
    tests = deposit.report.get("tests", [])
    lines = list(DepositLine.objects.filter(deposit=deposit, line__gt=after).order_by("line")[: LINES + 1])
    return DepositShown(
        deposit=deposit,
        wrong=tuple(one for one in tests if one["error_count"]),
        notes=tuple((one["id"], note) for one in tests for note in one["notes"]),
        lines=tuple(lines[:LINES]),
        next=lines[LINES - 1].line if len(lines) > LINES else None,
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A record's stations, from the bytes to the line in each deposit."""

    record: RecordOf
    decisions: tuple[tuple[KeepDecision, str], ...]  # oldest first, with who
    entry: JournalEntry | None
    shieldings: int
    lines: tuple[DepositLine, ...]


def visible_record(viewer: Viewer, record_id: UUID) -> RecordOf | None:
    """A record whose utterance the viewer may see; practice is none."""
    record = records_of([record_id]).get(record_id)
    if record is None or record.channel.practice:
        return None
    seen = Utterance.objects.filter(reach_of(viewer).q(), pk=record.utterance_id)
    return record if seen.exists() else None


def way_of(viewer: Viewer, record_id: UUID) -> Way | None:
    """The stations, in a number of queries that does not depend on how many there are."""
    record = visible_record(viewer, record_id)
    if record is None:
        return None
    decisions = list(KeepDecision.objects.filter(record_id=record_id).order_by("at", "id"))
    names = actor_names({one.by for one in decisions})
    entry = JournalEntry.objects.filter(record_id=record_id).select_related("case__period").first()
    lines = (
        DepositLine.objects.filter(record_id=record_id)
        .select_related("deposit")
        .order_by("-deposit__ordered_at")[:SHOWN]
    )
    return Way(
        record=record,
        decisions=tuple((one, names[one.by]) for one in decisions),
        entry=entry,
        shieldings=Shielding.objects.filter(record_id=record_id, ended_at=None).count(),
        lines=tuple(lines),
    )
