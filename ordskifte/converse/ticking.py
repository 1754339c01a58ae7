"""Job "clock_tick", each minute: warn before a promise breaks, escalate when it has, end snoozes, follow up.

Each is told once. A row that another worker has taken is passed over; it is told by that one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from ordskifte.converse.models import Conversation, State, Turn
from ordskifte.converse.news import announce
from ordskifte.converse.presence import forget_presence
from ordskifte.converse.telling import ESCALATED_TO, holders, tell, watchers
from ordskifte.records.entry import record_act

ACTOR: Final = "system:clock"
_MOST: Final = 500  # in one minute; the rest in the next


def tick(*, at: datetime) -> int:
    """Everything that is due now. Returns how many conversations it touched."""
    done = _each(Q(risk_at__lte=at, risk_told_at=None, due_at__gt=at) & ~Q(state=State.DONE), _warn, at)
    done += _each(Q(due_at__lte=at, broken_told_at=None) & ~Q(state=State.DONE), _escalate, at)
    done += _each(Q(state=State.SNOOZED, snoozed_until__lte=at), _wake, at)
    done += _each(Q(follow_up_at__lte=at, state=State.WAITING), _follow_up, at)
    forget_presence(at=at)
    return done


def _each(which: Q, what: Callable[[Conversation, datetime], None], at: datetime) -> int:
    """One transaction each, so that one that fails stops no other."""
    count = 0
    for key in list(Conversation.objects.filter(which, merged_into=None).values_list("pk", flat=True)[:_MOST]):
        with transaction.atomic():
            one = (
                Conversation.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("channel", "unit")
                .filter(which, pk=key)
                .first()
            )
            if one is None:
                continue
            what(one, at)
            one.save()
            announce("changed", [one.pk])
            count += 1
    return count


def _warn(one: Conversation, at: datetime) -> None:
    one.risk_told_at = at
    if one.state == State.SNOOZED:
        one.state, one.snoozed_until = State.OPEN, None
    tell(watchers(one, at=at), what="at_risk", conversation=one, at=at)
    record_act("conversation.at_risk", actor=ACTOR, at=at, record=one.pk, details={"due": _said(one.due_at)})


def _escalate(one: Conversation, at: datetime) -> None:
    """Deputy and leader are told, and the one who has it; a snoozed one comes back."""
    one.broken_told_at = at
    one.risk_told_at = one.risk_told_at or at
    if one.state == State.SNOOZED:
        one.state, one.snoozed_until = State.OPEN, None
    above = {
        person
        for role in ESCALATED_TO
        for person in holders([role], unit=one.unit_id or one.channel.unit_id, channel=one.channel_id)
    }
    tell(above | watchers(one, at=at), what="broken", conversation=one, at=at)
    details = {"due": _said(one.due_at), "told": sorted(str(person) for person in above)}
    record_act("conversation.broken", actor=ACTOR, at=at, record=one.pk, details=details)


def _wake(one: Conversation, at: datetime) -> None:
    one.state, one.snoozed_until = State.OPEN, None
    one.serial += 1
    record_act("conversation.woken", actor=ACTOR, at=at, record=one.pk)


def _follow_up(one: Conversation, at: datetime) -> None:
    """What was to be followed up is ours now, whoever's turn it was."""
    one.state, one.turn = State.OPEN, Turn.OURS
    one.serial += 1
    tell(watchers(one, at=at), what="follow_up", conversation=one, at=at)
    record_act("conversation.follow_up", actor=ACTOR, at=at, record=one.pk, details={"due": _said(one.follow_up_at)})


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
