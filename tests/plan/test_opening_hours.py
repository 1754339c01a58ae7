"""Hours are set as a whole week; days of their own stand beside it; a unit follows the body until it has its own."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import OpeningHours, SpecialDay
from ordskifte.plan.opening_hours import add_special_day, remove_special_day, set_opening_hours
from ordskifte.plan.queries import working_time, working_times
from ordskifte.plan.queries.hours import special_days, weekly_hours
from ordskifte.plan.working_time import OSLO, Hours, working_minutes
from ordskifte.records.models import Entry
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_unit

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"
MORNING, EVENING = (time(9), time(11)), (time(18), time(21))
DAY = (time(8), time(15, 30))


def hours(**days: Hours) -> dict[int, Hours]:
    return {["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(day): spans for day, spans in days.items()}


def test_a_week_is_set_and_read() -> None:
    assert set_opening_hours(None, hours(mon=(EVENING, MORNING), sat=(DAY,)), actor=ACTOR, at=NOW)
    assert working_time(None).weekdays == {0: (MORNING, EVENING), 5: (DAY,)}
    assert not set_opening_hours(None, hours(mon=(MORNING, EVENING), sat=(DAY,)), actor=ACTOR, at=NOW)
    assert set_opening_hours(None, hours(mon=(DAY,)), actor=ACTOR, at=NOW)
    assert Entry.objects.filter(kind="opening_hours.set").count() == 2


def test_a_unit_has_its_own_week_until_it_has_none() -> None:
    unit = make_unit()
    set_opening_hours(None, hours(mon=(DAY,)), actor=ACTOR, at=NOW)
    set_opening_hours(unit.id, hours(tue=(MORNING,)), actor=ACTOR, at=NOW)
    assert working_time(unit.id).weekdays == {1: (MORNING,)}
    set_opening_hours(unit.id, {}, actor=ACTOR, at=NOW)
    assert working_time(unit.id).weekdays == working_time(None).weekdays == {0: (DAY,)}
    assert [entry.details for entry in entries_of_record(unit.id)] == [
        {"from": [], "to": ["1 09:00-11:00"]},
        {"from": ["1 09:00-11:00"], "to": []},
    ]


def test_the_bodys_special_days_are_the_units_too_until_it_says_otherwise() -> None:
    unit = make_unit()
    add_special_day(None, month=12, day=24, year=None, hours=(MORNING,), note="", actor=ACTOR, at=NOW)
    add_special_day(None, month=3, day=20, year=2026, hours=(), note="Plandag", actor=ACTOR, at=NOW)
    add_special_day(unit.id, month=3, day=20, year=2026, hours=(EVENING, MORNING), note="", actor=ACTOR, at=NOW)
    assert working_time(None).special == {(None, 12, 24): (MORNING,), (2026, 3, 20): ()}
    assert working_time(unit.id).special == {(None, 12, 24): (MORNING,), (2026, 3, 20): (MORNING, EVENING)}
    assert entries_of_record(unit.id)[0].details == {
        "unit": str(unit.id),
        "date": "2026-03-20",
        "hours": ["09:00-11:00", "18:00-21:00"],
    }


@pytest.mark.parametrize(
    ("week", "field"),
    [
        ({}, "day-0"),
        ({0: ()}, "day-0"),
        ({3: ((time(15), time(8)),)}, "day-3"),
        ({3: ((time(8), time(8)),)}, "day-3"),
        ({4: ((time(8), time(12)), (time(11, 59), time(15)))}, "day-4"),
        ({1: tuple((time(n), time(n + 1)) for n in range(0, 10, 2))}, "day-1"),
    ],
)
def test_hours_that_cannot_be_are_refused_at_their_day(week: dict[int, Hours], field: str) -> None:
    with pytest.raises(PlanError) as error:
        set_opening_hours(None, week, actor=ACTOR, at=NOW)
    assert error.value.field == field
    assert OpeningHours.objects.count() == 0


def test_a_special_day_must_be_a_date_and_new() -> None:
    for month, day, year in ((2, 30, None), (2, 29, 2026), (13, 1, None), (0, 0, None), (1, 1, 10**9)):
        with pytest.raises(PlanError):
            add_special_day(None, month=month, day=day, year=year, hours=(), note="", actor=ACTOR, at=NOW)
    add_special_day(None, month=2, day=29, year=None, hours=(), note="", actor=ACTOR, at=NOW)
    with pytest.raises(PlanError, match=r"."):
        add_special_day(None, month=2, day=29, year=None, hours=(MORNING,), note="", actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        add_special_day(uuid4(), month=2, day=28, year=None, hours=(), note="", actor=ACTOR, at=NOW)


def test_a_special_day_is_removed_whole() -> None:
    row = add_special_day(None, month=3, day=20, year=2026, hours=(MORNING, EVENING), note="", actor=ACTOR, at=NOW)
    remove_special_day(row.id, actor=ACTOR, at=NOW)
    assert SpecialDay.objects.count() == 0
    with pytest.raises(PlanError):
        remove_special_day(row.id, actor=ACTOR, at=NOW)
    assert list(Entry.objects.values_list("kind", flat=True)) == ["special_day.added", "special_day.removed"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_hours_of_units_are_read_in_two_queries(count: int, django_assert_num_queries: object) -> None:
    set_opening_hours(None, hours(mon=(DAY,)), actor=ACTOR, at=NOW)
    units = [make_unit() for _ in range(count)]
    for unit in units:
        set_opening_hours(unit.id, hours(tue=(DAY,)), actor=ACTOR, at=NOW)
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        assert working_time(units[0].id).weekdays == {1: (DAY,)}
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = working_times([None, *(unit.id for unit in units)])
    assert [found[unit.id].weekdays for unit in units] == [{1: (DAY,)}] * count
    assert found[None].weekdays == {0: (DAY,)}


def test_a_change_counts_from_its_own_moment_and_leaves_the_past_alone() -> None:
    set_opening_hours(None, {day: (DAY,) for day in range(5)}, actor=ACTOR, at=NOW)  # Thursday 12 March, 10.00
    until_then = datetime(2026, 3, 12, 12, 0, tzinfo=OSLO)
    before = working_minutes(datetime(2026, 3, 10, 0, 0, tzinfo=OSLO), until_then, working_time(None))
    set_opening_hours(None, {day: (MORNING,) for day in range(5)}, actor=ACTOR, at=until_then)
    add_special_day(
        None, month=3, day=11, year=2026, hours=(), note="", actor=ACTOR, at=until_then
    )  # yesterday: it was a day like others
    hours = working_time(None)
    assert working_minutes(datetime(2026, 3, 10, 0, 0, tzinfo=OSLO), until_then, hours) == before
    assert working_minutes(until_then, datetime(2026, 3, 13, 0, 0, tzinfo=OSLO), hours) == 0
    morning = datetime(2026, 3, 13, 0, 0, tzinfo=OSLO), datetime(2026, 3, 14, 0, 0, tzinfo=OSLO)
    assert working_minutes(*morning, hours) == _minutes(MORNING)
    assert (hours.weekdays[0], weekly_hours(None)[0]) == ((MORNING,), (MORNING,))


def test_a_day_that_was_taken_off_the_list_counted_as_long_as_it_stood() -> None:
    set_opening_hours(None, {day: (DAY,) for day in range(5)}, actor=ACTOR, at=NOW)
    thursday = datetime(2026, 3, 19, 0, 0, tzinfo=OSLO), datetime(2026, 3, 20, 0, 0, tzinfo=OSLO)
    row = add_special_day(None, month=3, day=19, year=2026, hours=(), note="", actor=ACTOR, at=NOW)
    assert working_minutes(*thursday, working_time(None)) == 0
    remove_special_day(row.pk, actor=ACTOR, at=thursday[1])
    assert working_minutes(*thursday, working_time(None)) == 0
    assert special_days(None, thursday[1].date()) == []
    with pytest.raises(PlanError):
        remove_special_day(row.pk, actor=ACTOR, at=thursday[1])


def test_a_unit_with_hours_of_its_own_followed_the_body_until_then() -> None:
    unit = make_unit()
    set_opening_hours(None, {3: (DAY,), 4: (DAY,)}, actor=ACTOR, at=NOW)
    change = datetime(2026, 3, 13, 0, 0, tzinfo=OSLO)
    set_opening_hours(unit.id, {4: (MORNING,)}, actor=ACTOR, at=change)
    hours = working_time(unit.id)
    assert working_minutes(datetime(2026, 3, 12, 0, 0, tzinfo=OSLO), change, hours) == _minutes(DAY)
    assert working_minutes(change, change + timedelta(days=1), hours) == _minutes(MORNING)
    assert working_time(None).former == ()


def _minutes(span: tuple[time, time]) -> int:
    return (span[1].hour - span[0].hour) * 60 + span[1].minute - span[0].minute
