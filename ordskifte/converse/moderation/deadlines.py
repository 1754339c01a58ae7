"""When a look, or an answer, is due: by the working hours of the unit it lies with."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from ordskifte.plan.queries import working_time
from ordskifte.plan.working_time import ClockError, deadline

_WEEK: Final = timedelta(days=7)
_HOUR: Final = timedelta(hours=1)


def working_hour(start: datetime, unit: UUID | None) -> datetime:
    """One working hour on. Where nobody has said when the body is at work, one hour."""
    try:
        return deadline(start, value=1, unit="hours", clock="working", hours=working_time(unit))
    except ClockError:
        return start + _HOUR


def working_days(start: datetime, days: int, unit: UUID | None) -> datetime:
    """So many working days on. Where nobody has said when the body is at work, a week."""
    try:
        return deadline(start, value=days, unit="days", clock="working", hours=working_time(unit))
    except ClockError:
        return start + _WEEK
