"""A gap in the roster becomes one task for each watch, a week ahead, and the task ends when the gap is filled."""

from datetime import date, datetime, time, timedelta

import pytest

from ordskifte.converse.models import Task
from ordskifte.people.models import Person, Role, Unit
from ordskifte.plan.models import OpeningHours
from ordskifte.plan.shifts import add_shifts
from ordskifte.plan.working_time import OSLO
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Entry
from ordskifte.worker.jobs.plan import task_gaps
from tests.factories import NOW, make_person, make_unit

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 3, 12, 4, 41, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def open_week() -> None:
    OpeningHours.objects.bulk_create(OpeningHours(weekday=day, opens=time(8), closes=time(15, 30)) for day in range(5))


def watch(person: Person, first: date, last: date, unit: Unit | None = None) -> None:
    add_shifts(
        person.id,
        unit_id=unit.id if unit else None,
        first=first,
        last=last,
        weekdays=range(7),
        begins=time(8),
        ends=time(15, 30),
        urgent=False,
        actor="system:test",
        at=NOW - timedelta(days=7),
    )


def test_a_gap_within_seven_days_is_a_task_and_a_later_one_is_not() -> None:
    watch(make_person(Role.MODERATOR), date(2026, 3, 12), date(2026, 3, 18))
    assert task_gaps(at=THURSDAY) == []
    made = task_gaps(at=THURSDAY + timedelta(days=1))
    task = Task.objects.get()
    assert made == [task.id]
    assert (task.kind, task.unit, task.due_at) == ("roster", None, datetime(2026, 3, 19, 8, tzinfo=OSLO))
    assert task.says == "tor. 19. mars 08.00–15.30"
    assert Entry.objects.filter(record_id=task.id, kind="task.made").count() == 1


def test_a_gap_is_told_once_to_those_who_set_up_the_roster() -> None:
    owner, admin = make_person(Role.OWNER), make_person(Role.ADMINISTRATOR)
    make_person(Role.MODERATOR)
    make_person(Role.OWNER, unit=make_unit())
    task_gaps(at=THURSDAY)
    task_gaps(at=THURSDAY + timedelta(days=1))
    sent = Outbox.objects.filter(kind="email")
    assert sorted(sent.values_list("to", flat=True)) == sorted([owner.email, admin.email])
    assert all("/desk/settings/roster/" in row.text for row in sent)


def test_the_same_gaps_are_one_task_which_is_brought_up_to_date() -> None:
    task_gaps(at=THURSDAY)
    before = Task.objects.get()
    assert before.says.endswith("ons. 18. mars 08.00–15.30")
    assert task_gaps(at=THURSDAY) == []
    watch(make_person(Role.MODERATOR), date(2026, 3, 12), date(2026, 3, 13))
    assert task_gaps(at=THURSDAY) == []
    after = Task.objects.get()
    assert (after.pk, after.due_at) == (before.pk, datetime(2026, 3, 16, 8, tzinfo=OSLO))


def test_a_gap_that_is_filled_ends_the_task_and_a_new_one_makes_another() -> None:
    task_gaps(at=THURSDAY)
    person = make_person(Role.MODERATOR)
    watch(person, date(2026, 3, 12), date(2026, 3, 20))
    assert task_gaps(at=THURSDAY) == []
    assert Task.objects.get().done_at == THURSDAY
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert len(task_gaps(at=THURSDAY)) == 1
    assert Task.objects.count() == 2


def test_each_watch_has_its_own_task() -> None:
    roads = make_unit("Vei")
    watch(make_person(Role.CASEWORKER), date(2026, 3, 12), date(2026, 3, 13), roads)
    assert len(task_gaps(at=THURSDAY)) == 2
    assert set(Task.objects.values_list("unit__name", flat=True)) == {None, "Vei"}
