"""Jobs of publishing: what became of a post, times that passed, links, reviews after a crisis, figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.http import Door
from ordskifte.channels.live import Counting
from ordskifte.channels.registry import live_class
from ordskifte.converse.models import Task
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import working_time
from ordskifte.plan.working_time import ClockError, deadline
from ordskifte.publish.models import Campaign, Draft, Kind, Outbox, State
from ordskifte.publish.outbox import HAND_OFF
from ordskifte.records.entry import record_act
from ordskifte.worker.reach import post_office
from ordskifte.worker.retry import AFTER_TROUBLE

ACTOR: Final = "system:publish"
_TROUBLE: Final = {State.FAILED: "failed", State.UNKNOWN: "unknown"}


@transaction.atomic
def on_post(outbox_id: UUID, *, at: datetime) -> None:
    """A post, a correction or a profile text left, or did not: a task for its writer, the next part of a thread.

    May be run twice. Answers in conversations are `converse.sent`'s.
    """
    from ordskifte.publish.placing import go_on

    row = Outbox.objects.select_related("channel").filter(pk=outbox_id).first()
    if row is None or not (row.kind == Kind.PROFILE or {"draft", "corrects"} & set(row.details)):
        return
    if row.state in (State.SENT, State.CONFIRMED, State.WITHDRAWN):
        Task.objects.filter(outbox=row, conversation=None, done_at=None).update(done_at=at)
        go_on(row.id, at=at)
    elif row.state in _TROUBLE:
        _task(_TROUBLE[State(row.state)], at=at, due=at, outbox=row, assignee_id=row.by_id)
    elif row.state == State.CLAIMED and row.claimed_by == HAND_OFF:
        _task("hand_off", at=at, due=row.wanted_at, outbox=row, assignee_id=row.by_id)
    elif row.missed_at is not None:
        _task("draft_missed", at=at, due=row.wanted_at, outbox=row, assignee_id=row.by_id)


def _task(kind: str, *, at: datetime, due: datetime, says: str = "", **about: Any) -> None:
    """One open task of a kind about a thing."""
    if Task.objects.filter(kind=kind, done_at=None, says=says, **about).exists():
        return
    task = Task.objects.create(kind=kind, due_at=due, made_at=at, says=says, **about)
    record_act("task.made", actor=ACTOR, at=at, record=task.id, details={"kind": kind})


@app.task(name="review_alone", retry=AFTER_TROUBLE)
def review_alone(draft_id: str) -> None:
    """What was sent alone in a crisis is reviewed by another the next working day."""
    task_review(UUID(draft_id), at=now())


@transaction.atomic
def task_review(draft_id: UUID, *, at: datetime) -> None:
    """The task, due at the end of the next working day."""
    draft = Draft.objects.get(pk=draft_id)
    try:
        due = deadline(draft.alone_at or at, value=1, unit="days", clock="working", hours=working_time(draft.unit_id))
    except ClockError:  # no opening hours are set: a day
        due = deadline(draft.alone_at or at, value=1, unit="days", clock="all", hours=working_time(draft.unit_id))
    _task("review_alone", at=at, due=due, says=draft.title, unit_id=draft.unit_id)


@app.task(name="try_links", retry=AFTER_TROUBLE)
def try_links(draft_id: str) -> None:
    """Whether the addresses of a draft answer."""
    from ordskifte.publish.ticking import try_links as ask

    with Door(inside=settings.INSIDE_HOSTS, seconds=10) as door:
        ask(UUID(draft_id), door, at=now())


@app.periodic(cron="* * * * *")
@app.task(name="publish_tick", queueing_lock="publish_tick")
def publish_tick(timestamp: int) -> None:
    """Each minute: drafts that missed their time, posts that are no longer true, campaigns that are over."""
    tick(at=now())


def tick(*, at: datetime) -> None:
    """All of it, each told once."""
    from ordskifte.publish.ticking import ended_campaigns, expired_drafts, missed_drafts

    for draft_id in missed_drafts(at=at):
        draft = Draft.objects.get(pk=draft_id)
        with transaction.atomic():
            _task("draft_missed", at=at, due=draft.wanted_at or at, says=draft.title, assignee_id=draft.owner_id)
    expired_drafts(at=at)
    for campaign_id in ended_campaigns(at=at):
        campaign = Campaign.objects.get(pk=campaign_id)
        with transaction.atomic():
            _task("campaign", at=at, due=at, says=campaign.name, assignee_id=campaign.owner_id)


@app.periodic(cron="17 5 * * *")
@app.task(name="figures", queueing_lock="figures")
def figures(timestamp: int) -> None:
    """Each night: what the channels say of our posts of the last month."""
    from ordskifte.publish.figures import Counted, take_figures

    with post_office() as post:

        def ask(channel: Channel) -> Callable[[str], Counted | None] | None:
            if not hasattr(live_class(channel.way), "figures"):
                return None
            counting = cast(Counting, post.reach(channel))
            return lambda name: next(iter(counting.figures((name,))), None)

        take_figures(ask, at=now())
