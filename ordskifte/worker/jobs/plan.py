"""Jobs of the plan, each day: links of places are tried, and gaps in the roster become tasks a week ahead."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.http import Door
from ordskifte.converse.models import Task
from ordskifte.converse.telling import tell
from ordskifte.people.models import Body, Grant
from ordskifte.plan.link_check import check_places as try_links
from ordskifte.plan.queries import Gap, roster_gaps
from ordskifte.plan.queries.roster import AHEAD
from ordskifte.plan.rules import PLANNERS
from ordskifte.plan.working_time import OSLO
from ordskifte.records.entry import record_act
from ordskifte.ui.dates import when

ACTOR = "system:roster_gaps"
SHOWN = 5  # gaps that a task names; the roster's page has all


@app.periodic(cron="23 4 * * *")
@app.task(name="check_places", queueing_lock="check_places")
def check_places(timestamp: int) -> None:
    """Each night: the links of places are tried."""
    with Door(inside=settings.INSIDE_HOSTS, seconds=10) as door:
        try_links(door, at=now())


@app.periodic(cron="41 4 * * *")
@app.task(name="roster_gaps", queueing_lock="roster_gaps")
def warn_of_gaps(timestamp: int) -> None:
    """Each night: a gap in the coming week is a task for the body or the unit."""
    task_gaps(at=now())


def task_gaps(*, at: datetime) -> list[UUID]:
    """One open task for each watch with gaps, brought up to date; tasks whose gaps are filled are done.

    Gives the tasks that are new.
    """
    gaps: dict[UUID | None, list[Gap]] = {}
    for gap in roster_gaps(at, at + AHEAD):
        gaps.setdefault(gap.unit.id if gap.unit else None, []).append(gap)
    with transaction.atomic():
        standing = {task.unit_id: task for task in _open_tasks()}
        for unit_id, task in standing.items():
            if unit_id not in gaps:
                task.done_at = at
                task.save(update_fields=["done_at"])
                record_act("task.done", actor=ACTOR, at=at, record=task.id, details={"kind": "roster"})
        made = [_task(unit_id, found, standing, at) for unit_id, found in gaps.items()]
        new = [task.id for task in made if task is not None]
        if new:
            tell(_planners(), what="roster", conversation=None, at=at, actor=ACTOR)
    return new


def _planners() -> set[UUID]:
    """Those who may set up the roster."""
    grants = Grant.objects.filter(role__in=PLANNERS, unit=None, channel_id=None, ended_at=None)
    return set(grants.values_list("person_id", flat=True))


def _open_tasks() -> list[Task]:
    return list(Task.objects.select_for_update().filter(kind="roster", done_at=None).order_by("made_at", "id"))


def _task(unit_id: UUID | None, gaps: list[Gap], standing: dict[UUID | None, Task], at: datetime) -> Task | None:
    """The new task, if one was made."""
    says, due = _said(gaps, at), gaps[0].starts
    if known := standing.get(unit_id):
        if (known.says, known.due_at) != (says, due):
            known.says, known.due_at = says, due
            known.save(update_fields=["says", "due_at"])
        return None
    task = Task.objects.create(kind="roster", unit_id=unit_id, says=says, due_at=due, made_at=at)
    details = {"kind": "roster", "unit": str(unit_id) if unit_id else None, "gaps": len(gaps)}
    record_act("task.made", actor=ACTOR, at=at, record=task.id, details=details)
    return task


def _said(gaps: list[Gap], at: datetime) -> str:
    """The first gaps, in the body's language."""
    language = Body.objects.values_list("language", flat=True).first() or "nb"
    with translation.override(language):
        named = [f"{when(gap.starts, at)}–{_end(gap, at)}" for gap in gaps[:SHOWN]]
    return "; ".join(named) + (f" (+{len(gaps) - SHOWN})" if len(gaps) > SHOWN else "")


def _end(gap: Gap, at: datetime) -> str:
    starts, ends = gap.starts.astimezone(OSLO), gap.ends.astimezone(OSLO)
    return f"{ends:%H.%M}" if starts.date() == ends.date() else when(gap.ends, at)
