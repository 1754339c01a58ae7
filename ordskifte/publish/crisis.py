"""A crisis: one act stops all that is scheduled, shortens promises and says who did it; each thing is restarted alone.

Stopped are posts, edits, profile texts, and answers that were to leave later. Measures of moderation, mail and answers
that leave within the minute are not: people who ask in a crisis get their answer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Promise
from ordskifte.plan.promises import LONGEST, make_promise
from ordskifte.plan.queries import promises_in_force
from ordskifte.publish.errors import DraftError
from ordskifte.publish.models import Crisis, Kind, Outbox, State
from ordskifte.publish.outbox import record_row
from ordskifte.publish.states import move
from ordskifte.records.entry import record_act

AT_ONCE: Final = timedelta(minutes=1)
_STOPS: Final = (Kind.POST, Kind.EDIT, Kind.PROFILE, Kind.REPLY)
UNITS: Final = ("minutes", "hours")


def crisis_now() -> Crisis | None:
    """The one that is on. One query."""
    return Crisis.objects.filter(ended_at=None).select_related("by").first()


def crises() -> list[Crisis]:
    """All of them, the newest first."""
    return list(Crisis.objects.select_related("by", "ended_by").order_by("-started_at")[:50])


@transaction.atomic
def start_crisis(says: str, *, answer_within: int, unit_of_time: str, by: UUID, actor: str, at: datetime) -> Crisis:
    """Stop everything that is scheduled, and promise answers within this time. One act; a second one is refused."""
    words = mask(" ".join(storable(says).split()))[0][:300]
    if not words:
        raise DraftError(_("Say what has happened: colleagues read it on every page."))
    if unit_of_time not in UNITS or not 1 <= answer_within <= LONGEST[unit_of_time]:
        raise DraftError(_("Say within how many minutes or hours people are answered."))
    try:
        with transaction.atomic():
            crisis = Crisis.objects.create(says=words, by_id=by, started_at=at)
    except IntegrityError as error:
        raise DraftError(_("A crisis is on already.")) from error
    stopped = _stop(crisis, actor=actor, at=at)
    crisis.stopped = [str(row) for row in stopped]
    crisis.promises = _shorten(answer_within, unit_of_time, actor=actor, at=at)
    crisis.save(update_fields=["stopped", "promises"])
    details = {"stopped": len(stopped), "promises": len(crisis.promises)}
    record_act("crisis.started", actor=actor, at=at, record=crisis.id, details=details)
    return crisis


def _stop(crisis: Crisis, *, actor: str, at: datetime) -> list[UUID]:
    waits = Outbox.objects.filter(kind__in=_STOPS, state__in=[State.SCHEDULED, State.WAITING])
    later = Q(send_at__gt=at + AT_ONCE) | ~Q(kind=Kind.REPLY) | Q(details__has_key="draft")
    stopped = []
    for row in waits.filter(later).order_by("made_at", "id"):
        if move(row.id, of=[State.SCHEDULED, State.WAITING], to=State.STOPPED):
            record_row("stopped", row, actor=actor, at=at, crisis=str(crisis.id))
            stopped.append(row.id)
    return stopped


def _shorten(value: int, unit: str, *, actor: str, at: datetime) -> list[dict[str, Any]]:
    """Around the clock, for whatever has a promise now; one that is shorter already stays."""
    made = []
    for before in promises_in_force(at):
        if before.value is None or _minutes(before.value, before.unit_of_time) <= _minutes(value, unit):
            continue
        try:
            new = make_promise(
                before.channel_id,
                before.kind,
                value=value,
                unit_of_time=unit,
                clock="all",
                condition=before.condition,
                holding_counts=True,
                valid_from=at,
                actor=actor,
                at=at,
            )
        except PlanError:  # another one waits to begin here: it is left alone
            continue
        made.append({"made": str(new.id), "before": str(before.id)})
    return made


def _minutes(value: int, unit: str) -> int:
    return value * {"minutes": 1, "hours": 60, "days": 24 * 60}[unit]


@transaction.atomic
def end_crisis(*, by: UUID, actor: str, at: datetime) -> Crisis:
    """The crisis is over: the promises from before hold again. What was stopped stays so until each is let go."""
    crisis = Crisis.objects.select_for_update(of=("self",)).filter(ended_at=None).first()
    if crisis is None:
        raise DraftError(_("No crisis is on."))
    for pair in crisis.promises:
        _back(pair, actor=actor, at=at)
    crisis.ended_at, crisis.ended_by_id = at, by
    crisis.save(update_fields=["ended_at", "ended_by"])
    record_act("crisis.ended", actor=actor, at=at, record=crisis.id, details={"promises": len(crisis.promises)})
    return crisis


def _back(pair: dict[str, str], *, actor: str, at: datetime) -> None:
    ours = Promise.objects.filter(pk=pair["made"], valid_to=None).first()
    before = Promise.objects.filter(pk=pair["before"]).first()
    if ours is None or before is None:  # somebody has promised something else meanwhile: that holds
        return
    make_promise(
        before.channel_id,
        before.kind,
        value=before.value,
        unit_of_time=before.unit_of_time,
        clock=before.clock,
        condition=before.condition,
        holding_counts=before.holding_counts,
        valid_from=at,
        actor=actor,
        at=at,
    )


def still_stopped(crisis: Crisis) -> Sequence[Outbox]:
    """What a crisis stopped and nobody has let go again. One query."""
    rows = Outbox.objects.filter(pk__in=crisis.stopped, state=State.STOPPED).select_related("channel", "by")
    return list(rows.order_by("wanted_at", "id"))
