"""The clock of a conversation: from when, which promise, when it is at risk and when it is due (R93).

The promise is the one in force when the clock began; one that is changed while the clock runs changes nothing. Our own
posts start no clock. Practice channels have clocks like all others: one cannot practise without.
"""

import logging
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from django.db.models import Q

from ordskifte.converse.models import Conversation
from ordskifte.plan.models import Promise
from ordskifte.plan.queries import promise_for, working_time
from ordskifte.plan.working_time import ClockError, WorkingTime, deadline, next_opening, risk_moment

log = logging.getLogger(__name__)


@dataclass
class Clocks:
    """Promises and working hours, each read once: what a batch of arrivals shares."""

    _hours: dict[UUID | None, WorkingTime] = field(default_factory=dict)
    _changes: dict[tuple[UUID, str], list[datetime]] = field(default_factory=dict)
    _promises: dict[tuple[UUID, str, int], Promise | None] = field(default_factory=dict)

    def hours(self, unit: UUID | None) -> WorkingTime:
        if unit not in self._hours:
            self._hours[unit] = working_time(unit)
        return self._hours[unit]

    def promise(self, channel: UUID, *, private: bool, start: datetime) -> Promise | None:
        """The promise in force at `start`, asked for once between two changes of what is promised."""
        kind: Literal["comment", "message"] = "message" if private else "comment"
        if (channel, kind) not in self._changes:
            rows = Promise.objects.filter(Q(channel=channel) | Q(channel=None), kind=kind)
            moments = {moment for pair in rows.values_list("valid_from", "valid_to") for moment in pair if moment}
            self._changes[channel, kind] = sorted(moments)
        known = (channel, kind, bisect_right(self._changes[channel, kind], start))
        if known not in self._promises:
            self._promises[known] = promise_for(channel, kind, at=start)
        return self._promises[known]

    def start(self, conversation: Conversation, *, start: datetime) -> None:
        """Begin the clock. Without a promise, or with one that names no number, no deadline is made up."""
        promise = self.promise(conversation.channel_id, private=conversation.private, start=start)
        conversation.promise = promise
        conversation.clock_from = start
        conversation.due_at = conversation.risk_at = conversation.risk_told_at = conversation.broken_told_at = None
        conversation.held_at = conversation.responded_at = None
        conversation.response_type = ""
        if promise is None or promise.value is None:
            return
        hours = self.hours(conversation.unit_id)
        clock = cast(Literal["working", "all"], promise.clock)
        unit = cast(Literal["minutes", "hours", "days"], promise.unit_of_time)
        try:
            conversation.due_at = deadline(start, value=promise.value, unit=unit, clock=clock, hours=hours)
            conversation.risk_at = risk_moment(start, conversation.due_at, clock=clock, hours=hours)
        except ClockError as error:  # nobody is ever at work by the hours that are set
            log.warning("no deadline for %s: %s", conversation.pk, error)


def stop(conversation: Conversation) -> None:
    """No clock runs any more."""
    conversation.clock_from = conversation.due_at = conversation.risk_at = None
    conversation.risk_told_at = conversation.broken_told_at = None
    conversation.held_at = None


def outside_hours(at: datetime, unit: UUID | None, clocks: Clocks | None = None) -> bool:
    """Whether nobody is at work now."""
    try:
        return next_opening(at, (clocks or Clocks()).hours(unit)) > at
    except ClockError:
        return True
