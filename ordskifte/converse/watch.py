"""Who is on watch now, and the next hour that nobody is: beside the inbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ordskifte.base.recent import Recent
from ordskifte.people.models import Person
from ordskifte.plan.queries import Gap, on_watch, roster_gaps

AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Watch:
    """`people` are on watch now; `gap`: the first stretch of opening hours in the week ahead that nobody has."""

    people: tuple[Person, ...]
    gap: Gap | None


_shown: Recent[None, Watch] = Recent(timedelta(seconds=30))


def watch_shown(at: datetime) -> Watch:
    """The same for all who look, and read twice a minute: the roster's own page is exact."""
    return _shown.get(None, lambda: _watch(at), at=at)


def _watch(at: datetime) -> Watch:
    gaps = roster_gaps(at, at + AHEAD)
    return Watch(tuple(on_watch(at)), gaps[0] if gaps else None)
