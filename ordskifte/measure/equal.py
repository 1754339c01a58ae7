"""Equal treatment: are those who criticise answered as fast, and moderated as seldom, as those who praise?

Stance is computed while the report is made and is kept with no utterance and no author. A group smaller than 20 is not
shown; of it the report keeps nothing but that it is small.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, Final, Literal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ordskifte.measure.errors import MeasureError
from ordskifte.measure.figures import bounds
from ordskifte.measure.models import EqualTreatment
from ordskifte.measure.small import SMALLEST, Share
from ordskifte.people.models import Person
from ordskifte.plan.queries import working_time
from ordskifte.plan.working_time import WorkingTime, working_minutes
from ordskifte.records.entry import record_act

Stance = Literal["against", "for", "neither"]

STANCES: Final[tuple[Stance, ...]] = ("against", "neither", "for")

_OF_KIND: Final[dict[str, Stance]] = {"criticism": "against", "complaint": "against", "praise": "for"}
"""What a kind says of a person's stance to the body. Threats, harassment and spam have none: they are left out."""

_LEFT_OUT: Final = frozenset({"threat", "harassment", "spam"})

_ROWS: Final = """
select a.kind, u.at, ans.at, ans.clock_from,
    exists (select 1 from converse_measure m where m.utterance_id = u.id and m.kind = 'hide' and m.done_at is not null),
    exists (select 1 from converse_measure m where m.utterance_id = u.id and m.kind = 'remove'
        and m.done_at is not null),
    exists (select 1 from converse_measure m where m.utterance_id = u.id and m.state = 'reversed')
from threads_utterance u
join plan_channel c on c.id = u.channel_id and not c.practice
join converse_assessment a on a.version_id = u.current_id
left join lateral (
    select x.at, x.clock_from from converse_answered x
    where x.utterance_id = u.id and not x.holding order by x.at limit 1
) ans on true
where not u.ours and u.at >= %s and u.at < %s
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance while the report is made. Never kept."""

    stance: Stance
    minutes: int | None  # of working time until it was answered; None: not answered
    hidden: bool
    removed: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one stance. All but `stance` is None where there are fewer than 20."""

    stance: Stance
    count: int | None = None
    answered: int | None = None
    median_minutes: int | None = None
    hidden: int | None = None
    removed: int | None = None
    reversed: int | None = None

    def as_json(self) -> dict[str, Any]:
        if self.count is None:
            return {"stance": self.stance}
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def answered_share(self) -> Share:
        return Share(self.answered or 0, self.count or 0)

    @property
    def moderated_share(self) -> Share:
        return Share((self.hidden or 0) + (self.removed or 0), self.count or 0)


def stance_of(kind: str) -> Stance | None:
    """The stance that a kind tells; None for what is no word in a conversation with the body."""
    return None if kind in _LEFT_OUT else _OF_KIND.get(kind, "neither")


def group(said: Iterable[Said]) -> tuple[Group, ...]:
    """Groups by stance. Pure. A small group holds nothing, and no total is given that it could be reckoned from."""
    by: dict[Stance, list[Said]] = {stance: [] for stance in STANCES}
    for one in said:
        by[one.stance].append(one)
    small = {stance for stance, found in by.items() if len(found) < SMALLEST}
    return tuple(Group(stance) if stance in small else _summed(stance, by[stance]) for stance in STANCES)


def _summed(stance: Stance, found: list[Said]) -> Group:
    minutes = [one.minutes for one in found if one.minutes is not None]
    return Group(
        stance,
        count=len(found),
        answered=len(minutes),
        median_minutes=round(median(minutes)) if len(minutes) >= SMALLEST else None,
        hidden=sum(one.hidden for one in found),
        removed=sum(one.removed for one in found),
        reversed=sum(one.reversed for one in found),
    )


@transaction.atomic
def make_report(since: date, until: date, *, by: Person, actor: str, at: datetime) -> EqualTreatment:
    """Compute a period's report and keep it. MeasureError when the period is none."""
    if until < since or until > at.date():
        raise MeasureError(_("Choose a period that has begun and ends no later than today."))
    hours = working_time(None)
    groups = group(_read(since, until, hours))
    report = EqualTreatment.objects.create(
        since=since, until=until, groups=[one.as_json() for one in groups], made_by=by, made_at=at
    )
    details = {"since": since.isoformat(), "until": until.isoformat()}
    record_act("equal_treatment.made", actor=actor, at=at, record=report.id, details=details)
    return report


def _read(since: date, until: date, hours: WorkingTime) -> Iterable[Said]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, list(bounds(since, until)))
        while rows := cursor.fetchmany(1_000):
            for kind, at, answered, clock_from, hidden, removed, reversed_ in rows:
                stance = stance_of(kind)
                if stance is not None:
                    minutes = working_minutes(clock_from or at, answered, hours) if answered else None
                    yield Said(stance, minutes, hidden, removed, reversed_)


def groups_of(report: EqualTreatment) -> tuple[Group, ...]:
    """The groups a report kept."""
    return tuple(Group(**one) for one in report.groups)


def reports(limit: int = 12) -> list[EqualTreatment]:
    """The newest reports."""
    return list(EqualTreatment.objects.select_related("made_by").order_by("-made_at")[:limit])
