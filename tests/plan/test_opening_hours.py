"""Hours are set as a whole week; days of their own stand beside it; a unit follows the body until it has its own."""

from datetime import time
from uuid import uuid4

import pytest

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import OpeningHours, SpecialDay
from ordskifte.plan.opening_hours import add_special_day, remove_special_day, set_opening_hours
from ordskifte.plan.queries import working_time, working_times
from ordskifte.plan.working_time import Hours
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
