"""The example body's plan: whole, laid once, and with the one gap that the desk warns of."""

from datetime import UTC, datetime, timedelta

import pytest

from ordskifte.people.models import Unit
from ordskifte.plan.models import Place, Shift, Topic
from ordskifte.plan.queries import duty_list, on_watch, open_topics, promise_for, roster_gaps, working_time
from ordskifte.plan.topics import close_topic
from ordskifte.plan.working_time import OSLO
from ordskifte.records.models import Entry
from ordskifte.web.demo import SIGN_INS
from ordskifte.web.demo.body import UNITS, _person
from ordskifte.web.demo.plan import lay_plan
from tests.factories import make_body, make_channel, make_unit

pytestmark = pytest.mark.django_db


def the_body(at: datetime) -> dict[str, Unit]:
    make_body()
    units = {name: make_unit(name, sensitive=sensitive) for name, sensitive in UNITS.items()}
    for name, email, roles, _ in SIGN_INS:
        _person(name, email, roles, units, at)
    return units


@pytest.mark.parametrize("day", range(7))
def test_there_is_one_gap_within_seven_days_whatever_day_it_is(day: int) -> None:
    at = datetime(2026, 9, 14, 18, tzinfo=UTC) + timedelta(days=day)  # a Monday evening, no holidays near
    lay_plan(the_body(at), today=at)
    gaps = roster_gaps(at, at + timedelta(days=7))
    assert [gap.starts.astimezone(OSLO).weekday() for gap in gaps] == [4]
    assert [person.name for person in duty_list(at)] == ["Tarjei Moen"]
    wednesday = at + timedelta(days=(2 - at.weekday()) % 7 + 7)
    assert [person.name for person in on_watch(wednesday.replace(hour=9))] == ["Ingrid Solli"]


def test_every_topic_has_an_owner_and_a_place_that_lives() -> None:
    at = datetime(2026, 9, 14, 8, tzinfo=UTC)
    facebook = make_channel(kind="facebook")
    units = the_body(at)
    lay_plan(units, today=at)
    assert len(open_topics()) == 9
    assert all(topic.unit and topic.place and topic.place.dead_since is None for topic in open_topics())
    assert not Place.objects.exclude(dead_since=None).exists()
    promise = promise_for(facebook.id, "comment", at=at)
    assert promise is not None
    assert (promise.value, promise.unit_of_time) == (4, "hours")
    assert len(working_time(units["Oppvekst"].id).weekdays[0]) == 2


def test_it_is_laid_once_and_what_was_changed_stays() -> None:
    at = datetime(2026, 9, 14, 8, tzinfo=UTC)
    units = the_body(at)
    lay_plan(units, today=at)
    topic = Topic.objects.get(names__nb="Barnevern")
    close_topic(topic.id, actor="system:test", at=at)
    entries, shifts = Entry.objects.count(), Shift.objects.count()
    lay_plan(units, today=at + timedelta(days=1))
    assert (Entry.objects.count(), Shift.objects.count()) == (entries, shifts)
    assert not any(one.pk == topic.pk for one in open_topics())
