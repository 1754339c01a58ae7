"""The roster: who is on watch, when nobody is, and what a shift may be. Times of day are Europe/Oslo's."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from ordskifte.people.models import Person, Role, Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import OpeningHours, Promise, Shift
from ordskifte.plan.queries import duty_list, on_watch, roster_gaps, shifts_between
from ordskifte.plan.shifts import add_shifts, remove_shift, restore_shift
from ordskifte.plan.working_time import OSLO
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_person, make_unit

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"
MONDAY, FRIDAY = date(2026, 3, 16), date(2026, 3, 20)


def at(text: str) -> datetime:
    """`"16 10.00"`: 16 March 2026 at 10."""
    day, wall = text.split()
    return datetime(2026, 3, int(day), *map(int, wall.split(".")), tzinfo=OSLO)


def watch(
    person: Person,
    first: date = MONDAY,
    last: date = FRIDAY,
    *,
    weekdays: Iterable[int] = range(5),
    begins: time = time(8),
    ends: time = time(15, 30),
    unit: Unit | None = None,
    urgent: bool = False,
) -> list[Shift]:
    return add_shifts(
        person.id,
        unit_id=unit.id if unit else None,
        first=first,
        last=last,
        weekdays=weekdays,
        begins=begins,
        ends=ends,
        urgent=urgent,
        actor=ACTOR,
        at=NOW,
    )


@pytest.fixture
def open_week() -> None:
    OpeningHours.objects.bulk_create(OpeningHours(weekday=day, opens=time(8), closes=time(15, 30)) for day in range(5))


def gaps(start: str = "16 0.00", end: str = "23 0.00") -> list[str]:
    def said(moment: datetime) -> str:
        return f"{moment.astimezone(OSLO):%d %H.%M}"

    found = roster_gaps(at(start), at(end))
    return [f"{gap.unit.name + ': ' if gap.unit else ''}{said(gap.starts)}-{said(gap.ends)}" for gap in found]


def test_who_is_on_watch_and_who_is_alerted() -> None:
    ingrid, tarjei, randi = (make_person(Role.MODERATOR, name=name) for name in ("Ingrid", "Tarjei", "Randi"))
    roads = make_unit()
    watch(ingrid)
    watch(tarjei, unit=roads)
    watch(randi, begins=time(15, 30), ends=time(8), urgent=True)
    assert on_watch(at("16 8.00")) == [ingrid, tarjei]
    assert on_watch(at("16 8.00"), unit_id=roads.id) == [tarjei]
    assert on_watch(at("16 8.00"), unit_id=uuid4()) == [ingrid]
    assert (on_watch(at("16 15.30")), on_watch(at("21 10.00"))) == ([], [])
    assert (duty_list(at("17 3.00")), duty_list(at("16 10.00")), duty_list(at("21 7.59"))) == ([randi], [], [randi])


def test_without_anybody_all_working_time_is_a_gap(open_week: None) -> None:
    assert gaps() == [f"{day} 08.00-{day} 15.30" for day in range(16, 21)]


def test_a_whole_week_has_no_gap_and_what_is_missing_is_one(open_week: None) -> None:
    ingrid, tarjei = make_person(Role.MODERATOR), make_person(Role.MODERATOR)
    first = watch(ingrid, weekdays=range(3))
    watch(tarjei, weekdays=[3], ends=time(12))
    watch(tarjei, weekdays=[3, 4], begins=time(13), ends=time(20))
    assert gaps() == ["19 12.00-19 13.00", "20 08.00-20 13.00"]
    assert gaps("19 12.30", "20 9.00") == ["19 12.30-19 13.00", "20 08.00-20 09.00"]
    remove_shift(first[1].id, actor=ACTOR, at=NOW)
    assert gaps("16 0.00", "18 0.00") == ["17 08.00-17 15.30"]


def test_a_person_who_can_no_longer_sign_in_leaves_a_gap(open_week: None) -> None:
    ingrid = make_person(Role.MODERATOR)
    watch(ingrid)
    assert gaps() == []
    Person.objects.filter(pk=ingrid.pk).update(is_active=False)
    assert len(gaps()) == 5
    assert on_watch(at("16 10.00")) == []


def test_holidays_need_nobody(open_week: None) -> None:
    easter = [gap.starts.astimezone(OSLO).day for gap in roster_gaps(at("30 0.00"), at("30 0.00") + timedelta(days=8))]
    assert easter == [30, 31, 1]


def test_the_duty_list_does_not_stand_in_by_day(open_week: None) -> None:
    watch(make_person(Role.MODERATOR), begins=time(0), ends=time(23, 59), urgent=True)
    assert len(gaps()) == 5


def test_a_promise_around_the_clock_wants_somebody_around_the_clock(open_week: None) -> None:
    Promise.objects.create(kind="message", value=2, unit_of_time="hours", clock="all", valid_from=NOW)
    watch(make_person(Role.MODERATOR))
    assert gaps("16 0.00", "17 12.00") == ["16 00.00-16 08.00", "16 15.30-17 08.00"]
    watch(make_person(Role.MODERATOR), begins=time(15, 30), ends=time(8), urgent=True)
    assert gaps("16 8.00", "20 12.00") == []


def test_a_unit_with_a_roster_of_its_own_is_warned_of_its_own_gaps(open_week: None) -> None:
    roads = make_unit("Vei")
    watch(make_person(Role.MODERATOR))
    watch(make_person(Role.CASEWORKER), unit=roads, weekdays=[0, 1, 2, 3])
    assert gaps() == ["Vei: 20 08.00-20 15.30"]
    OpeningHours.objects.create(unit=roads, weekday=0, opens=time(9), closes=time(16))
    assert gaps() == ["Vei: 16 15.30-16 16.00"]


@pytest.mark.parametrize("count", [1, 3])
def test_gaps_are_read_in_a_fixed_number_of_queries(
    count: int, open_week: None, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        watch(make_person(Role.MODERATOR), unit=make_unit())
    with django_assert_num_queries(4):
        assert len([gap.unit.name if gap.unit else "" for gap in roster_gaps(at("16 0.00"), at("23 0.00"))]) == 5
    with django_assert_num_queries(1):
        found = shifts_between(at("16 0.00"), at("23 0.00"))
        assert len([(shift.person.name, shift.unit and shift.unit.name) for shift in found]) == 5 * count


def test_shifts_keep_their_time_of_day_over_the_change_of_clocks() -> None:
    made = watch(make_person(Role.MODERATOR), date(2026, 3, 27), date(2026, 3, 30), weekdays=range(7))
    assert [shift.starts.astimezone(OSLO).hour for shift in made] == [8] * 4
    night = watch(
        make_person(Role.MODERATOR), date(2026, 3, 28), date(2026, 3, 28), weekdays=[5], begins=time(20), ends=time(8)
    )
    assert night[0].ends - night[0].starts == timedelta(hours=11)


def test_adding_and_removing_are_recorded_on_the_person() -> None:
    person = make_person(Role.MODERATOR)
    made = watch(person, MONDAY, MONDAY)
    remove_shift(made[0].id, actor=ACTOR, at=NOW)
    assert on_watch(at("16 10.00")) == []
    restore_shift(made[0].id, actor=ACTOR, at=NOW)
    assert on_watch(at("16 10.00")) == [person]
    shift = {"shift": str(made[0].id)}
    assert [(entry.kind, entry.details) for entry in entries_of_record(person.id)] == [
        ("shifts.added", {"person": str(person.id), "unit": None, "urgent": False, "shifts": [shift["shift"]]}),
        ("shift.removed", shift),
        ("shift.restored", shift),
    ]
    with pytest.raises(PlanError):
        restore_shift(made[0].id, actor=ACTOR, at=NOW)
    with pytest.raises(PlanError):
        remove_shift(made[0].id, actor=ACTOR, at=made[0].ends)


def test_a_removed_shift_comes_back_only_where_there_is_room() -> None:
    person = make_person(Role.MODERATOR)
    made = watch(person, MONDAY, MONDAY)
    remove_shift(made[0].id, actor=ACTOR, at=NOW)
    watch(person, MONDAY, MONDAY, begins=time(12), ends=time(20))
    with pytest.raises(PlanError):
        restore_shift(made[0].id, actor=ACTOR, at=NOW)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"first": FRIDAY, "last": MONDAY}, "last"),
        ({"last": date(2027, 12, 31)}, "last"),
        ({"last": date(2027, 3, 1), "weekdays": range(7)}, "last"),
        ({"weekdays": []}, "first"),
        ({"first": date(2026, 1, 5), "last": date(2026, 1, 9)}, "first"),
        ({"begins": time(12), "ends": time(13)}, "person"),
        ({"unit": Unit(id=uuid4(), name="Borte")}, "unit"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    person = make_person(Role.MODERATOR)
    watch(person)
    with pytest.raises(PlanError) as error:
        watch(person, **more)
    assert error.value.field == field
    assert Shift.objects.count() == 5


def test_only_people_who_can_sign_in_are_put_on_watch() -> None:
    gone, roleless, sealed = make_person(Role.MODERATOR), make_person(), make_person(Role.ADMINISTRATOR)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    Person.objects.filter(pk=sealed.pk).update(break_glass=True)
    for person in (gone, roleless, sealed, Person(id=uuid4())):
        with pytest.raises(PlanError):
            watch(person)
    assert Shift.objects.count() == 0
