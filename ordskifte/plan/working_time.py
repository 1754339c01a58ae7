"""The clock of promises: when a body is at work, and when a promise falls due. Values in, values out; no database.

The rules, as `docs/explanation/how-the-clock-counts.md` tells them to people:

1. A day's hours are those of its own special day, else none on a public holiday, else those of its weekday. A special
   day that counts every year never opens a day that would be closed; one with a year always decides.
2. *Working* minutes and hours run only while the body is at work. What comes outside hours counts from next opening.
   When the time is used up exactly at closing, it is due at closing.
3. *Working* days: as many working days later, at the same time of day; when that is after closing, at closing. What
   comes before the day's first opening, or on a closed day, has until closing of the last of those days.
4. Around the clock: minutes and hours are real ones, also when the clocks change; days end at the same time of day.
5. Time of day is Europe/Oslo's. One that is skipped in spring is the moment of the change. Of one that comes twice in
   autumn, opening is the first and closing the last.

6. Hours that are changed count from the change on. What the clock counted before it stands.

A closing time of 23:59 means midnight.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ordskifte.base.errors import OrdskifteError

OSLO: Final = ZoneInfo("Europe/Oslo")
RISK_SHARE: Final = 0.8  # at risk when this much of the time is used
RISK_LEFT: Final = timedelta(minutes=60)  # or when no more than this is left
FURTHEST: Final = 3660  # days ahead that a promise may reach
LONGEST_REST: Final = 400  # days without an opening before we say that nothing is open
_END_OF_DAY: Final = time(23, 59)

Hours = tuple[tuple[time, time], ...]
Unit = Literal["minutes", "hours", "days"]
Clock = Literal["working", "all"]
Span = tuple[datetime, datetime]


class ClockError(OrdskifteError):
    """A deadline cannot be computed."""


def _too_far() -> ClockError:
    return ClockError(_("The deadline would be more than ten years away."), advice=_("Promise less time."))


@dataclass(frozen=True)
class WorkingTime:
    """When a body or a unit is at work: per weekday (0 is Monday), and on days of their own."""

    weekdays: Mapping[int, Hours]
    special: Mapping[tuple[int | None, int, int], Hours]  # (year or None, month, day): no hours is closed all day
    holidays: bool = True  # closed on Norwegian public holidays
    former: tuple[tuple[datetime, "WorkingTime"], ...] = ()  # what was in force until each moment, oldest first

    def hours_on(self, day: date) -> Hours:
        """The hours of a date, by the clock on the wall, as they are now."""
        dated = self.special.get((day.year, day.month, day.day))
        if dated is not None:
            return dated
        usual = () if self.holidays and is_holiday(day) else self.weekdays.get(day.weekday(), ())
        yearly = self.special.get((None, day.month, day.day))
        return usual if yearly is None or not usual else yearly

    def spans_on(self, day: date) -> list[Span]:
        """A date's working time as moments, in order, with what overlaps or touches joined.

        Hours that were changed count as they were until the change, and as they are from then on.
        """
        spans: list[Span] = []
        for start, end in self._spans_in_force(day):
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            elif start < end:
                spans.append((start, end))
        return spans

    def _spans_in_force(self, day: date) -> Iterator[Span]:
        since = _moment(day, time(0)) - timedelta(days=1)
        for until, hours in self.former:
            if until > since:
                for start, end in hours._spans_of(day):
                    yield max(start, since), min(end, until)
                since = until
        for start, end in self._spans_of(day):
            yield max(start, since), end

    def _spans_of(self, day: date) -> Iterator[Span]:
        for opens, closes in sorted(self.hours_on(day)):
            yield _moment(day, opens), _closing(day, closes)


@cache
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # here: the command line need not wait for it

    return frozenset(country_holidays("NO", years=year))


def is_holiday(day: date) -> bool:
    """A Norwegian public holiday (helligdagsfredloven § 2, and lov om 1. og 17. mai). Sundays have their weekday."""
    return day in _holidays(day.year)


def deadline(start: datetime, *, value: int, unit: Unit, clock: Clock, hours: WorkingTime) -> datetime:
    """When a promise of `value` `unit`s, given at `start`, falls due. UTC. ClockError when it never does."""
    if start.tzinfo is None:
        raise ClockError(_("A moment without a time zone has no deadline."))
    if value < 0:
        raise ClockError(_("Less than no time cannot be promised."))
    try:
        if unit == "days":
            if value > FURTHEST:
                raise _too_far()
            return _days_later(start, value) if clock == "all" else _working_days_later(start, value, hours)
        wanted = timedelta(minutes=value) if unit == "minutes" else timedelta(hours=value)
        if wanted > timedelta(days=FURTHEST):
            raise _too_far()
        return start.astimezone(UTC) + wanted if clock == "all" else _working_later(start, wanted, hours)
    except OverflowError:
        raise _too_far() from None


def working_minutes(start: datetime, end: datetime, hours: WorkingTime) -> int:
    """Whole minutes of working time between two moments; none when the end comes first."""
    return int(_working_between(start, end, hours).total_seconds() // 60)


def next_opening(at: datetime, hours: WorkingTime) -> datetime:
    """When the body is next at work: `at` itself when it is now. UTC. ClockError when nothing is ever open."""
    return max(at.astimezone(UTC), next(_spans(at, hours))[0])


def is_open(at: datetime, hours: WorkingTime) -> bool:
    return any(start <= at < end for start, end in hours.spans_on(at.astimezone(OSLO).date()))


def risk_moment(start: datetime, due: datetime, *, clock: Clock, hours: WorkingTime) -> datetime:
    """From when the promise is at risk: 80 % of its time used or 60 minutes of it left, whichever is first. UTC."""
    start, due = start.astimezone(UTC), due.astimezone(UTC)  # two moments of one zone would be subtracted by the wall
    whole = due - start if clock == "all" else _working_between(start, due, hours)
    used = max(min(whole * RISK_SHARE, whole - RISK_LEFT), timedelta(0))
    return min(start + used if clock == "all" else _working_later(start, used, hours), due)


def _spans(at: datetime, hours: WorkingTime) -> Iterator[Span]:
    """Spans of working time that end after `at`, in order, the last of them before the furthest we look."""
    day = first = opened = at.astimezone(OSLO).date()
    while (day - first).days <= FURTHEST:
        for span in hours.spans_on(day):
            if span[1] > at:
                opened = day
                yield span
        day += timedelta(days=1)
        if (day - opened).days > LONGEST_REST:
            raise ClockError(
                _("Nothing is open in the coming year, so no working time passes."), advice=_("Set opening hours.")
            )
    raise _too_far()


def _working_later(start: datetime, wanted: timedelta, hours: WorkingTime) -> datetime:
    left = wanted
    for opens, closes in _spans(start, hours):
        begins = max(start.astimezone(UTC), opens)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("spans end with an error")


def _working_between(start: datetime, end: datetime, hours: WorkingTime) -> timedelta:
    passed = timedelta(0)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    day, last = start.astimezone(OSLO).date(), end.astimezone(OSLO).date()
    while day <= last:
        for opens, closes in hours.spans_on(day):
            passed += max(min(closes, end) - max(opens, start), timedelta(0))
        day += timedelta(days=1)
    return passed


def _days_later(start: datetime, value: int) -> datetime:
    day, wall = _wall(start)
    return _moment(day + timedelta(days=value), wall) if value else start.astimezone(UTC)


def _working_days_later(start: datetime, value: int, hours: WorkingTime) -> datetime:
    begins = next_opening(start, hours)
    if not value:
        return begins
    day, wall = _wall(begins)
    at_first_opening = begins > start and begins == hours.spans_on(day)[0][0]
    days = _working_dates(begins, hours)
    for _number in range(value if at_first_opening else value + 1):
        day = next(days)
    spans = hours.spans_on(day)
    if at_first_opening:
        return spans[-1][1]
    wanted = _moment(day, wall)
    return next((max(wanted, opens) for opens, closes in spans if wanted <= closes), spans[-1][1])


def _working_dates(at: datetime, hours: WorkingTime) -> Iterator[date]:
    """Dates with working time in them, each once, from that of `at`."""
    last = None
    for opens, _closes in _spans(at, hours):
        day = opens.astimezone(OSLO).date()
        if day != last:
            last = day
            yield day


def _wall(moment: datetime) -> tuple[date, time]:
    """Date and time of day. The second of a time that comes twice counts as the end of that hour, so none runs back."""
    local = moment.astimezone(OSLO)
    if local.fold:
        local = local.replace(minute=0, second=0, microsecond=0, fold=0) + timedelta(hours=1)
    return local.date(), local.time()


def _moment(day: date, wall: time, *, last: bool = False) -> datetime:
    """A time of day as a moment. A skipped one is the moment of the change; of two, the first, or the `last`."""
    naive = datetime.combine(day, wall)
    found = naive.replace(tzinfo=OSLO, fold=int(last)).astimezone(UTC)
    if found.astimezone(OSLO).replace(tzinfo=None) != naive:
        after = naive.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        found = after.replace(tzinfo=OSLO).astimezone(UTC)
    return found


def _closing(day: date, wall: time) -> datetime:
    if wall >= _END_OF_DAY:
        return _moment(day + timedelta(days=1), time(0))
    return _moment(day, wall, last=True)
