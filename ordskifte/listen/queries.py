"""Reads of imports: how one goes, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Max, Min, Sum

from ordskifte.listen.models import Import, ImportFile, ImportProblem
from ordskifte.people.viewer import Viewer
from ordskifte.records.models import Numbered
from ordskifte.threads.queries import visible_ids

LISTED: Final = 100
"""Problems and remarks shown on the page."""

LONGEST_GUESS: Final = 24 * 3600
"""Seconds. More than this is no guess worth showing."""

COUNTS: Final = ("items", "utterances", "versions", "duplicates", "other", "problems", "media")


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import for its page. `seconds` it took or has taken; `left` is None while it cannot be known."""

    run: Import
    files: tuple[ImportFile, ...]
    sums: dict[str, int]
    problems: tuple[ImportProblem, ...]
    remarks: tuple[ImportProblem, ...]
    visible: frozenset[UUID]  # utterances of the lists that this viewer may open
    span: tuple[int, int] | None
    seconds: float
    left: float | None

    @property
    def ended(self) -> bool:
        return self.run.ended_at is not None

    @property
    def more_problems(self) -> int:
        """Problems that are counted but not listed here."""
        return max(self.sums["problems"] - len(self.problems), 0)


def earlier_imports(limit: int = 12) -> list[tuple[Import, int]]:
    """The latest imports, newest first, each with how many utterances it brought in."""
    runs = Import.objects.annotate(found=Sum("files__utterances")).order_by("-started_at")[:limit]
    return [(run, run.found or 0) for run in runs]


def import_view(import_id: UUID, *, viewer: Viewer, at: datetime) -> ImportView | None:
    """An import with its files and the first of its problems; None when there is none."""
    run = Import.objects.filter(pk=import_id).first()
    if run is None:
        return None
    files = tuple(run.files.select_related("channel"))
    listed = ImportProblem.objects.filter(file__run=run).select_related("file")
    problems, remarks = tuple(listed.filter(remark=False)[:LISTED]), tuple(listed.filter(remark=True)[:LISTED])
    seconds = max(((run.ended_at or at) - run.started_at) / timedelta(seconds=1), 0.0)
    return ImportView(
        run=run,
        files=files,
        sums={name: sum(getattr(file, name) for file in files) for name in COUNTS},
        problems=problems,
        remarks=remarks,
        visible=visible_ids(viewer, {one.utterance_id for one in (*problems, *remarks) if one.utterance_id}),
        span=_span(run) if run.ended_at else None,
        seconds=seconds,
        left=_left(run, seconds),
    )


def _left(run: Import, seconds: float) -> float | None:
    """Seconds left, from how much of the bytes is read; None in the first second and before the size is known."""
    if run.ended_at or not run.bytes_read or not run.bytes_total or seconds < 1:
        return None
    left = seconds * (run.bytes_total - run.bytes_read) / run.bytes_read
    return left if left < LONGEST_GUESS else None


def _span(run: Import) -> tuple[int, int] | None:
    """First and last entry number of an import, when its last batch is numbered."""
    if run.first_batch is None or run.last_batch is None:
        return None
    batches = Numbered.objects.filter(batch__gte=run.first_batch, batch__lte=run.last_batch)
    ends = batches.aggregate(low=Min("first"), high=Max(F("first") + F("size")), newest=Max("batch"))
    if ends["low"] is None or ends["newest"] != run.last_batch:
        return None
    return ends["low"], ends["high"] - 1
