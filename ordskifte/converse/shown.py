"""How a conversation's clock is shown: computed on the server, relative and absolute side by side (ux.md 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ordskifte.converse.models import Conversation, State
from ordskifte.ui.dates import lasted, number, when

ClockState = Literal["", "risk", "broken", "held", "none", "done"]
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClockShown:
    """The first column: what is left, until when, and how much is used (0-100; -1: no bar)."""

    state: ClockState
    left: str
    until: str
    used: int = -1


def clock_shown(one: Conversation, now: datetime) -> ClockShown:
    if one.state == State.DONE:
        closed = one.responded_at or one.closed_at
        return ClockShown("done", _("Done"), when(closed, now) if closed else "")
    if one.due_at is None:
        if one.held_at:
            until = _("next by %(when)s") % {"when": by(one.follow_up_at, now)} if one.follow_up_at else ""
            return ClockShown("held", _("Held"), until or _("holding reply %(when)s") % {"when": by(one.held_at, now)})
        follow = _("follow up %(when)s") % {"when": by(one.follow_up_at, now)} if one.follow_up_at else ""
        return ClockShown("none", _("No deadline"), follow)
    if one.due_at < now:
        promised = _("promised %(when)s") % {"when": by(one.due_at, now)}
        late = now - one.due_at
        if _HOUR <= late < _DAY:
            late_by = ngettext("%(n)s hour", "%(n)s hours", late // _HOUR) % {"n": late // _HOUR}
        else:
            late_by = span(late)
        return ClockShown("broken", _("%(time)s late") % {"time": late_by}, promised, 100)
    state: ClockState = "risk" if one.risk_at and one.risk_at <= now else "held" if one.held_at else ""
    return ClockShown(state, span(one.due_at - now), _("by %(when)s") % {"when": by(one.due_at, now)}, used(one, now))


def used(one: Conversation, now: datetime) -> int:
    """How much of the time from the clock's start to the deadline has gone, in hundredths."""
    if one.clock_from is None or one.due_at is None or one.due_at <= one.clock_from:
        return 100
    return max(0, min(100, round(100 * ((now - one.clock_from) / (one.due_at - one.clock_from)))))


def span(time: timedelta) -> str:
    """ "38 min", "1 t 42 min", "6 dager"."""
    if time < _DAY:
        return lasted(max(60.0, time.total_seconds() // 60 * 60))
    days = time // _DAY
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": number(days)}


def by(moment: datetime, now: datetime) -> str:
    """A moment to come: the clock alone when it is today."""
    day, today = timezone.localtime(moment).date(), timezone.localtime(now).date()
    clock = when(moment, moment).rsplit(" ", 1)[-1]
    if day == today:
        return clock
    if day == today + _DAY:
        return _("tomorrow %(clock)s") % {"clock": clock}
    return when(moment, now)
