"""Opening hours as people write them, and back: "9–11, 13–15.30"."""

import re
from datetime import time

from django.utils.translation import gettext as _

from ordskifte.plan.errors import PlanError
from ordskifte.plan.working_time import Hours

_SPAN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|til|to)\s*(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)
_MIDNIGHT = time(23, 59)


def hours_of(text: str, *, field: str) -> Hours:
    """The hours of one day; none when the field is empty. 24 is midnight. PlanError when it cannot be read."""
    parts = [part.strip() for part in re.split(r",|;|\bog\b|\band\b", text) if part.strip()]
    return tuple(_span(part, field) for part in parts)


def written_hours(hours: Hours) -> str:
    return ", ".join(f"{_wall(opens)}–{_wall(closes)}" for opens, closes in hours)


def _span(text: str, field: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return _time(found[1], found[2]), _time(found[3], found[4])
    except ValueError:
        raise PlanError(
            _("“%(text)s” is not hours. Write them like 8–15.30, or 9–11, 13–15.") % {"text": text[:40]}, field=field
        ) from None


def _time(hour: str, minute: str | None) -> time:
    return _MIDNIGHT if hour == "24" and not int(minute or 0) else time(int(hour), int(minute or 0))


def _wall(moment: time) -> str:
    if moment >= _MIDNIGHT:
        return "24"
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)
