"""Public figures of moderation: how many, on which grounds, complained about, reversed. Practice never counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from ordskifte.converse.models import Measure
from ordskifte.measure.small import Share
from ordskifte.plan.models import Ground

OSLO: Final = ZoneInfo("Europe/Oslo")
FIRST: Final = date(1900, 1, 1)
LAST: Final = date(9990, 1, 1)
"""Beyond these days a calendar has no days around them; nothing was done there."""


@dataclass(frozen=True, slots=True)
class GroundFigures:
    """What was done on one ground."""

    code: str
    names: Mapping[str, str]
    hidden: int
    removed: int
    blocked: int
    automated: int
    complained: int
    reversed: int

    @property
    def measures(self) -> int:
        return self.hidden + self.removed + self.blocked


@dataclass(frozen=True, slots=True)
class Figures:
    """A period's figures, grounds with the most measures first."""

    since: date
    until: date
    grounds: tuple[GroundFigures, ...]

    def total(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.grounds)

    @property
    def measures(self) -> int:
        return self.total("measures")

    @property
    def complained(self) -> Share:
        return Share(self.total("complained"), self.measures)

    @property
    def reversed(self) -> Share:
        return Share(self.total("reversed"), self.measures)

    @property
    def automated(self) -> Share:
        return Share(self.total("automated"), self.measures)

    def as_json(self) -> dict[str, Any]:
        """As the API and the open figures give them: counts; a share only from 20 measures up."""
        names = ("measures", "hidden", "removed", "blocked", "automated", "complained", "reversed")
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            **{name: self.total(name) for name in names},
            "complained_percent": self.complained.percent,
            "reversed_percent": self.reversed.percent,
            "grounds": [
                {"code": one.code, "names": dict(one.names), **{name: getattr(one, name) for name in names}}
                for one in self.grounds
            ],
        }


def bounds(since: date, until: date) -> tuple[datetime, datetime]:
    """The moments a period of whole local days begins and has ended."""
    start = datetime.combine(max(since, FIRST), time(), OSLO)
    return start, datetime.combine(min(until, LAST) + timedelta(days=1), time(), OSLO)


def figures(since: date, until: date) -> Figures:
    """What was carried out in a period, by the day it was done. Two queries.

    A ground with a new wording keeps its code: its measures are counted together, under the newest name.
    """
    start, end = bounds(since, until)
    found = (
        Measure.objects.filter(done_at__gte=start, done_at__lt=end, utterance__channel__practice=False)
        .values("ground__code")
        .annotate(
            hidden=Count("id", filter=Q(kind="hide"), distinct=True),
            removed=Count("id", filter=Q(kind="remove"), distinct=True),
            blocked=Count("id", filter=Q(kind="block"), distinct=True),
            automated=Count("id", filter=Q(automated=True), distinct=True),
            complained=Count("id", filter=Q(complaints__isnull=False), distinct=True),
            reversed=Count("id", filter=Q(state="reversed"), distinct=True),
        )
    )
    names = dict(Ground.objects.order_by("published_at").values_list("code", "names"))
    grounds = [
        GroundFigures(
            code=one["ground__code"],
            names=names[one["ground__code"]],
            hidden=one["hidden"],
            removed=one["removed"],
            blocked=one["blocked"],
            automated=one["automated"],
            complained=one["complained"],
            reversed=one["reversed"],
        )
        for one in found
    ]
    return Figures(since, until, tuple(sorted(grounds, key=lambda one: (-one.measures, one.code))))


def last_year(today: date) -> tuple[date, date]:
    """The twelve months that end today."""
    return today - timedelta(days=364), today
