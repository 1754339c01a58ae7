"""The clock of promises, as a table. Times of day are Europe/Oslo's; 2026 unless said."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.plan.working_time import (
    OSLO,
    Clock,
    ClockError,
    Hours,
    Unit,
    WorkingTime,
    deadline,
    is_holiday,
    is_open,
    next_opening,
    risk_moment,
    working_minutes,
)


def hours(*spans: str) -> Hours:
    """`"8-15.30"`: from and to."""

    def wall(text: str) -> time:
        hour, _, minute = text.partition(".")
        return time(int(hour), int(minute or 0))

    return tuple((wall(span.split("-")[0]), wall(span.split("-")[1])) for span in spans)


def at(text: str, *, fold: int = 0) -> datetime:
    """`"4-1 10.00"` is 1 April 2026 at 10 in Oslo; `"2025-4-1 10.00"` another year."""
    day, _, wall = text.partition(" ")
    parts = [int(part) for part in day.split("-")]
    year, month, number = parts if len(parts) == 3 else [2026, *parts]
    hour, _, minute = wall.partition(".")
    return datetime(year, month, number, int(hour), int(minute or 0), tzinfo=OSLO, fold=fold)


def in_oslo(moment: datetime) -> str:
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(OSLO):%Y-%m-%d %H.%M}"


USUAL = dict.fromkeys(range(5), hours("8-15.30"))
HALF = {(None, 12, 24): hours("8-12"), (None, 12, 31): hours("8-12")}
BODY = WorkingTime(USUAL, HALF)
SPLIT = WorkingTime(dict.fromkeys(range(5), hours("9-11", "13-15")), {})
EVENINGS = WorkingTime({**USUAL, 0: hours("8-15.30", "18-21"), 6: hours("12-16")}, HALF)
ALWAYS = WorkingTime(dict.fromkeys(range(7), hours("0-23.59")), {}, holidays=False)
CLOSED = WorkingTime({}, {})
NIGHTS = WorkingTime(dict.fromkeys(range(7), hours("1-4")), {}, holidays=False)

DEADLINES: list[tuple[str, str, int, Unit, Clock, WorkingTime, str]] = [
    ("within a day", "3-10 10.00", 2, "hours", "working", BODY, "2026-03-10 12.00"),
    ("used up exactly at closing", "3-10 13.30", 2, "hours", "working", BODY, "2026-03-10 15.30"),
    ("over closing into the next morning", "3-10 14.30", 2, "hours", "working", BODY, "2026-03-11 09.00"),
    ("minutes", "3-10 15.20", 30, "minutes", "working", BODY, "2026-03-11 08.20"),
    ("at closing, so tomorrow", "3-10 15.30", 1, "hours", "working", BODY, "2026-03-11 09.00"),
    ("in the evening", "3-10 20.00", 4, "hours", "working", BODY, "2026-03-11 12.00"),
    ("before opening", "3-10 6.00", 4, "hours", "working", BODY, "2026-03-10 12.00"),
    ("Friday afternoon", "3-13 15.00", 4, "hours", "working", BODY, "2026-03-16 11.30"),
    ("Saturday", "3-14 12.00", 1, "hours", "working", BODY, "2026-03-16 09.00"),
    ("no time at all, when open", "3-10 10.00", 0, "hours", "working", BODY, "2026-03-10 10.00"),
    ("no time at all, when closed", "3-14 10.00", 0, "minutes", "working", BODY, "2026-03-16 08.00"),
    # Easter 2026: 2 to 6 April
    ("skjærtorsdag is closed", "4-1 15.00", 1, "hours", "working", BODY, "2026-04-07 08.30"),
    ("written on skjærtorsdag", "4-2 10.00", 4, "hours", "working", BODY, "2026-04-07 12.00"),
    ("written on Easter Sunday", "4-5 10.00", 1, "days", "working", BODY, "2026-04-07 15.30"),
    ("a day before Easter", "4-1 10.00", 1, "days", "working", BODY, "2026-04-07 10.00"),
    ("skjærtorsdag 2027", "2027-3-24 15.00", 1, "hours", "working", BODY, "2027-03-30 08.30"),
    # May
    ("1 May is a Friday", "4-30 15.00", 1, "hours", "working", BODY, "2026-05-04 08.30"),
    ("17 May on a Sunday moves nothing", "5-15 15.00", 1, "hours", "working", BODY, "2026-05-18 08.30"),
    ("17 May on a Monday", "2027-5-14 15.00", 1, "hours", "working", BODY, "2027-05-18 08.30"),
    ("Ascension Day", "5-13 15.00", 1, "hours", "working", BODY, "2026-05-15 08.30"),
    ("Whit Monday", "5-22 15.00", 1, "hours", "working", BODY, "2026-05-26 08.30"),
    # Christmas 2026: 24 December is a Thursday, 25 a Friday, 26 a Saturday
    ("half day on 24 December", "12-24 11.00", 2, "hours", "working", BODY, "2026-12-28 09.00"),
    ("used up exactly at noon on 24 December", "12-24 10.00", 2, "hours", "working", BODY, "2026-12-24 12.00"),
    ("a day that ends on the half day", "12-23 14.00", 1, "days", "working", BODY, "2026-12-24 12.00"),
    ("a day that begins after the half day", "12-24 13.00", 1, "days", "working", BODY, "2026-12-28 15.30"),
    ("over New Year", "12-31 11.30", 1, "hours", "working", BODY, "2027-01-04 08.30"),
    ("a half day every year opens no Sunday", "2028-12-22 15.00", 1, "hours", "working", BODY, "2028-12-27 08.30"),
    # the clocks change on 29 March and 25 October 2026
    ("over the weekend of the spring change", "3-27 15.00", 1, "hours", "working", BODY, "2026-03-30 08.30"),
    ("over the weekend of the autumn change", "10-23 15.00", 1, "hours", "working", BODY, "2026-10-26 08.30"),
    ("24 hours over the spring change", "3-28 12.00", 24, "hours", "all", BODY, "2026-03-29 13.00"),
    ("24 hours over the autumn change", "10-24 12.00", 24, "hours", "all", BODY, "2026-10-25 11.00"),
    ("a day over the spring change", "3-28 12.00", 1, "days", "all", BODY, "2026-03-29 12.00"),
    ("a day over the autumn change", "10-24 12.00", 1, "days", "all", BODY, "2026-10-25 12.00"),
    ("a day that ends in the skipped hour", "3-28 2.30", 1, "days", "all", BODY, "2026-03-29 03.00"),
    ("an hour over the skipped one", "3-29 1.30", 1, "hours", "all", BODY, "2026-03-29 03.30"),
    ("nights: one hour less in spring", "3-29 1.00", 2, "hours", "working", NIGHTS, "2026-03-29 04.00"),
    ("nights: one hour more in autumn", "10-25 1.00", 4, "hours", "working", NIGHTS, "2026-10-25 04.00"),
    ("always open over the spring change", "3-28 12.00", 24, "hours", "working", ALWAYS, "2026-03-29 13.00"),
    # split days
    ("over the break", "3-10 10.30", 1, "hours", "working", SPLIT, "2026-03-10 13.30"),
    ("used up at the break", "3-10 10.00", 1, "hours", "working", SPLIT, "2026-03-10 11.00"),
    ("written in the break", "3-10 12.00", 1, "hours", "working", SPLIT, "2026-03-10 14.00"),
    ("a whole split day", "3-10 9.00", 4, "hours", "working", SPLIT, "2026-03-10 15.00"),
    ("a day from the break", "3-10 12.00", 1, "days", "working", SPLIT, "2026-03-11 13.00"),
    ("a day from before the break", "3-10 10.00", 1, "days", "working", SPLIT, "2026-03-11 10.00"),
    ("Monday evening is open", "3-9 15.00", 2, "hours", "working", EVENINGS, "2026-03-09 19.30"),
    ("Sunday is open", "3-13 15.00", 4, "hours", "working", EVENINGS, "2026-03-15 15.30"),
    ("a Sunday's hours do not open Easter Sunday", "4-4 15.00", 1, "hours", "working", EVENINGS, "2026-04-07 09.00"),
    # days
    ("one day", "3-10 10.00", 1, "days", "working", BODY, "2026-03-11 10.00"),
    ("three days over a weekend", "3-12 10.00", 3, "days", "working", BODY, "2026-03-17 10.00"),
    ("one day from the evening", "3-10 20.00", 1, "days", "working", BODY, "2026-03-11 15.30"),
    ("one day from the early morning", "3-10 6.00", 1, "days", "working", BODY, "2026-03-10 15.30"),
    ("two days from Saturday", "3-14 10.00", 2, "days", "working", BODY, "2026-03-17 15.30"),
    ("no days, when closed", "3-14 10.00", 0, "days", "working", BODY, "2026-03-16 08.00"),
    ("no days around the clock", "3-14 10.00", 0, "days", "all", BODY, "2026-03-14 10.00"),
    (
        "a day from Monday evening ends when Tuesday closes",
        "3-9 19.00",
        1,
        "days",
        "working",
        EVENINGS,
        "2026-03-10 15.30",
    ),
    # around the clock needs no hours
    ("around the clock without any hours", "3-14 10.00", 90, "minutes", "all", CLOSED, "2026-03-14 11.30"),
    ("far, but within ten years", "3-10 10.00", 3000, "days", "all", BODY, "2034-05-27 10.00"),
]


@pytest.mark.parametrize(
    ("start", "value", "unit", "clock", "when", "due"),
    [row[1:] for row in DEADLINES],
    ids=[row[0] for row in DEADLINES],
)
def test_a_promise_falls_due(start: str, value: int, unit: Unit, clock: Clock, when: WorkingTime, due: str) -> None:
    assert in_oslo(deadline(at(start), value=value, unit=unit, clock=clock, hours=when)) == due


@pytest.mark.parametrize(
    ("value", "unit", "clock"),
    [
        (10**9, "minutes", "all"),
        (10**9, "hours", "working"),
        (10**12, "days", "all"),
        (10**30, "days", "working"),
        (10**30, "minutes", "working"),
        (3661, "days", "all"),
        (30_000, "hours", "working"),
    ],
)
def test_what_is_too_far_away_is_refused_in_words(value: int, unit: Unit, clock: Clock) -> None:
    with pytest.raises(ClockError, match=r"ten years|ti år"):
        deadline(at("3-10 10.00"), value=value, unit=unit, clock=clock, hours=BODY)


@pytest.mark.parametrize("unit", ["minutes", "hours", "days"])
@pytest.mark.parametrize("when", [CLOSED, WorkingTime({}, HALF), WorkingTime({6: ()}, {(2020, 1, 2): hours("8-12")})])
def test_when_nothing_is_ever_open_it_says_so(unit: Unit, when: WorkingTime) -> None:
    with pytest.raises(ClockError) as error:
        deadline(at("3-10 10.00"), value=1, unit=unit, clock="working", hours=when)
    assert error.value.advice


def test_less_than_no_time_and_a_moment_without_zone_are_refused() -> None:
    with pytest.raises(ClockError):
        deadline(at("3-10 10.00"), value=-1, unit="hours", clock="all", hours=BODY)
    with pytest.raises(ClockError):
        deadline(datetime(2026, 3, 10), value=1, unit="hours", clock="all", hours=BODY)  # noqa: DTZ001 - the point


SPECIAL: list[tuple[str, Mapping[tuple[int | None, int, int], Hours], bool, str, Hours]] = [
    ("a usual day", {}, True, "2026-03-10", hours("8-15.30")),
    ("a closed day of this year", {(2026, 3, 10): ()}, True, "2026-03-10", ()),
    ("of another year", {(2025, 3, 10): ()}, True, "2026-03-10", hours("8-15.30")),
    ("closed every year", {(None, 3, 10): ()}, True, "2026-03-10", ()),
    ("shorter every year", {(None, 3, 10): hours("8-12")}, True, "2026-03-10", hours("8-12")),
    ("dated before yearly", {(None, 3, 10): (), (2026, 3, 10): hours("9-10")}, True, "2026-03-10", hours("9-10")),
    ("a dated Saturday opens", {(2026, 3, 14): hours("10-12")}, True, "2026-03-14", hours("10-12")),
    ("a yearly day opens no Saturday", {(None, 3, 14): hours("10-12")}, True, "2026-03-14", ()),
    ("a yearly day opens no holiday", {(None, 5, 14): hours("10-12")}, True, "2026-05-14", ()),
    ("a dated day opens a holiday", {(2026, 5, 1): hours("10-12")}, True, "2026-05-01", hours("10-12")),
    ("a holiday", {}, True, "2026-05-01", ()),
    ("at work on holidays", {}, False, "2026-05-01", hours("8-15.30")),
    ("29 February", {(None, 2, 29): hours("8-9")}, True, "2028-02-29", hours("8-9")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("special", "holidays", "day", "found"), [row[1:] for row in SPECIAL], ids=[row[0] for row in SPECIAL]
)
def test_the_hours_of_a_day(special: Mapping[Any, Hours], holidays: bool, day: str, found: Hours) -> None:
    assert WorkingTime(USUAL, special, holidays).hours_on(date.fromisoformat(day)) == found


def test_hours_that_overlap_or_touch_count_once() -> None:
    tangled = WorkingTime({1: hours("12-16", "8-12", "9-13")}, {})
    assert working_minutes(at("3-10 0.00"), at("3-11 0.00"), tangled) == 8 * 60


def test_the_public_holidays_of_2026() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    found = [f"{day:%d.%m}" for day in days if is_holiday(day)]
    spring = ["01.01", "02.04", "03.04", "05.04", "06.04", "01.05", "14.05", "17.05", "24.05", "25.05"]
    assert found == [*spring, "25.12", "26.12"]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("3-10 8.00", "3-10 15.30", 450),
        ("3-10 7.00", "3-10 20.00", 450),
        ("3-10 15.00", "3-11 8.30", 60),
        ("3-13 0.00", "3-16 0.00", 450),
        ("4-1 0.00", "4-7 0.00", 450),
        ("12-24 0.00", "12-25 0.00", 240),
        ("3-10 12.00", "3-10 10.00", 0),
        ("1-1 0.00", "2027-1-1 0.00", 253 * 450 - 2 * 210),
    ],
)
def test_working_minutes_between_two_moments(start: str, end: str, minutes: int) -> None:
    assert working_minutes(at(start), at(end), BODY) == minutes


def test_a_night_of_the_clocks_has_an_hour_less_or_more() -> None:
    assert working_minutes(at("3-29 0.00"), at("3-29 12.00"), NIGHTS) == 2 * 60
    assert working_minutes(at("10-25 0.00"), at("10-25 12.00"), NIGHTS) == 4 * 60
    assert working_minutes(at("3-29 1.30"), at("3-29 3.30"), NIGHTS) == 60
    assert working_minutes(at("10-25 1.30"), at("10-25 3.30"), NIGHTS) == 3 * 60
    skipped = WorkingTime({6: hours("2.15-2.45", "2.15-3")}, {})
    assert working_minutes(at("3-29 0.00"), at("3-30 0.00"), skipped) == 0


def test_the_next_opening_is_now_when_it_is_open() -> None:
    assert in_oslo(next_opening(at("3-10 10.00"), BODY)) == "2026-03-10 10.00"
    assert in_oslo(next_opening(at("3-10 15.30"), BODY)) == "2026-03-11 08.00"
    assert [is_open(at(one), BODY) for one in ("3-10 7.59", "3-10 8.00", "3-10 15.29", "3-10 15.30")] == [
        False,
        True,
        True,
        False,
    ]


RISKS: list[tuple[str, str, int, Unit, Clock, str]] = [
    ("60 minutes are left before 80 % is used", "3-10 8.00", 4, "hours", "working", "2026-03-10 11.00"),
    ("80 % is used before 60 minutes are left", "3-10 8.00", 2, "days", "working", "2026-03-11 12.30"),
    ("over closing", "3-10 14.30", 2, "hours", "working", "2026-03-10 15.30"),
    ("over Easter", "4-1 15.00", 3, "hours", "working", "2026-04-07 09.30"),
    ("less than an hour: at once", "3-10 10.00", 30, "minutes", "working", "2026-03-10 10.00"),
    ("less than an hour, written at night: from opening", "3-10 22.00", 30, "minutes", "working", "2026-03-11 08.00"),
    ("around the clock", "3-14 22.00", 10, "hours", "all", "2026-03-15 06.00"),
    ("around the clock over the spring change", "3-28 20.00", 10, "hours", "all", "2026-03-29 05.00"),
    ("around the clock, short", "3-14 22.00", 2, "hours", "all", "2026-03-14 23.00"),
]


@pytest.mark.parametrize(
    ("start", "value", "unit", "clock", "risk"), [row[1:] for row in RISKS], ids=[row[0] for row in RISKS]
)
def test_a_promise_is_at_risk(start: str, value: int, unit: Unit, clock: Clock, risk: str) -> None:
    due = deadline(at(start), value=value, unit=unit, clock=clock, hours=BODY)
    assert in_oslo(risk_moment(at(start), due, clock=clock, hours=BODY)) == risk


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
BODIES = st.sampled_from([BODY, SPLIT, EVENINGS, ALWAYS, NIGHTS])
UNITS = st.sampled_from(["minutes", "hours", "days"])
CLOCKS = st.sampled_from(["working", "all"])
VALUES = st.integers(0, 200)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), VALUES, UNITS, CLOCKS, BODIES)
def test_who_writes_later_is_never_due_earlier(
    start: datetime, later: timedelta, value: int, unit: Unit, clock: Clock, when: WorkingTime
) -> None:
    first = deadline(start, value=value, unit=unit, clock=clock, hours=when)
    assert first <= deadline(start + later, value=value, unit=unit, clock=clock, hours=when)


@given(MOMENTS, VALUES, VALUES, UNITS, CLOCKS, BODIES)
def test_more_time_is_never_due_earlier(
    start: datetime, value: int, more: int, unit: Unit, clock: Clock, when: WorkingTime
) -> None:
    first = deadline(start, value=value, unit=unit, clock=clock, hours=when)
    assert start <= first <= deadline(start, value=value + more, unit=unit, clock=clock, hours=when)


@given(MOMENTS, VALUES, UNITS, BODIES)
def test_a_working_deadline_lies_in_working_time(start: datetime, value: int, unit: Unit, when: WorkingTime) -> None:
    due = deadline(start, value=value, unit=unit, clock="working", hours=when)
    assert is_open(due, when) or is_open(due - timedelta(microseconds=1), when)


@given(MOMENTS, VALUES, st.sampled_from(["minutes", "hours"]), BODIES)
def test_the_working_time_until_the_deadline_is_what_was_promised(
    start: datetime, value: int, unit: Unit, when: WorkingTime
) -> None:
    due = deadline(start, value=value, unit=unit, clock="working", hours=when)
    assert working_minutes(start, due, when) == value * (60 if unit == "hours" else 1)


@given(MOMENTS, VALUES, UNITS, CLOCKS, BODIES)
def test_the_warning_comes_between_start_and_deadline(
    start: datetime, value: int, unit: Unit, clock: Clock, when: WorkingTime
) -> None:
    due = deadline(start, value=value, unit=unit, clock=clock, hours=when)
    assert start <= risk_moment(start, due, clock=clock, hours=when) <= due
