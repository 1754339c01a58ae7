"""How long an answer to a request for access may take: dated data, counted in working days."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from ordskifte.archive.cases import local_day
from ordskifte.plan.queries import working_time
from ordskifte.plan.working_time import ClockError, deadline

_ORDINARY: Final = 5  # days that three working days are, at most, where no opening hours are set


@dataclass(frozen=True, slots=True)
class AccessPromise:
    version: str
    working_days: int
    basis: str


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "access.json").read_text(encoding="utf-8"))
    return loaded


def promise_on(day: date) -> AccessPromise:
    """The one in force on a day."""
    for one in _data()["promises"]:
        if date.fromisoformat(one["valid_from"]) <= day and (
            not one["valid_to"] or day <= date.fromisoformat(one["valid_to"])
        ):
            return AccessPromise(one["version"], int(one["working_days"]), one["basis"])
    raise LookupError(f"no promise of access is in force on {day}")


def due(at: datetime) -> tuple[datetime, str]:
    """When an answer is due, and the version of the promise."""
    promise = promise_on(local_day(at))
    try:
        ends = deadline(at, value=promise.working_days, unit="days", clock="working", hours=working_time(None))
    except ClockError:
        ends = at + timedelta(days=_ORDINARY)
    return ends, promise.version


def right_to_complain(language: str) -> str:
    data = _data()
    code = language if language in data["complaint"] else "nb"
    return str(data["complaint"][code]).format(above=data["above"][code])
