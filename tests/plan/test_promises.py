"""Promises follow each other, each from its own moment; a clock that runs keeps the one it began with."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Channel, Promise
from ordskifte.plan.promises import make_promise, withdraw_promise
from ordskifte.plan.queries import promise_for, promises_in_force, working_time
from ordskifte.plan.working_time import OSLO, deadline
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_channel

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"
LATER = NOW + timedelta(days=7)


def promise(
    channel: Channel | None = None,
    kind: str = "comment",
    value: int | None = 4,
    unit: str = "hours",
    *,
    clock: str = "working",
    condition: str = "",
    begins: datetime = NOW,
    at: datetime = NOW,
) -> Promise:
    return make_promise(
        channel.id if channel else None,
        kind,
        value=value,
        unit_of_time=unit,
        clock=clock,
        condition=condition,
        holding_counts=False,
        valid_from=begins,
        actor=ACTOR,
        at=at,
    )


def in_force(at: datetime, channel: Channel | None = None, kind: str = "comment") -> Promise | None:
    return promise_for(channel.id if channel else None, kind, at=at)


def test_a_channel_of_its_own_goes_before_the_general_one() -> None:
    channel, other = make_channel(), make_channel()
    general, own = promise(), promise(channel, value=1)
    assert (in_force(NOW, channel), in_force(NOW, other), in_force(NOW)) == (own, general, general)
    assert in_force(NOW, channel, "message") is None
    assert in_force(NOW - timedelta(seconds=1), channel) is None


def test_a_channel_may_promise_no_time() -> None:
    channel = make_channel()
    promise()
    none = promise(channel, value=None)
    assert in_force(NOW, channel) == none
    assert none.value is None


def test_a_new_promise_ends_the_one_before_at_its_own_moment() -> None:
    first = promise()
    second = promise(value=2, begins=LATER)
    first.refresh_from_db()
    assert (first.valid_to, second.valid_from) == (LATER, LATER)
    assert (in_force(LATER - timedelta(seconds=1)), in_force(LATER)) == (first, second)
    assert [entry.kind for entry in entries_of_record(second.id)] == ["promise.made"]
    assert entries_of_record(second.id)[0].details == {
        "channel": None,
        "kind": "comment",
        "value": 2,
        "unit": "hours",
        "clock": "working",
        "holding_counts": False,
        "valid_from": LATER.isoformat(),
        "follows": str(first.id),
    }


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-03-16 14.00", "2026-03-17 10.30"),  # under the first promise, and stays under it
        ("2026-03-17 08.30", "2026-03-17 12.30"),  # a minute before the change at 9
        ("2026-03-17 09.00", "2026-03-17 10.00"),  # from the change on
    ],
)
def test_a_promise_changed_while_clocks_run(written: str, due: str) -> None:
    from ordskifte.plan.defaults import lay_defaults

    lay_defaults(actor=ACTOR, at=NOW - timedelta(days=1))
    channel = make_channel()
    promise(channel, value=4)
    promise(channel, value=1, begins=datetime(2026, 3, 17, 9, tzinfo=OSLO), at=datetime(2026, 3, 16, 9, tzinfo=OSLO))
    start = datetime.strptime(written, "%Y-%m-%d %H.%M").replace(tzinfo=OSLO)
    holds = promise_for(channel.id, "comment", at=start)
    assert holds is not None
    assert holds.value is not None
    found = deadline(start, value=holds.value, unit="hours", clock="working", hours=working_time(None))
    assert f"{found.astimezone(OSLO):%Y-%m-%d %H.%M}" == due


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "post"}, "kind"),
        ({"unit": "weeks"}, "unit_of_time"),
        ({"clock": "office"}, "unit_of_time"),
        ({"value": 0}, "value"),
        ({"value": -1}, "value"),
        ({"value": 721}, "value"),
        ({"value": 91, "unit": "days"}, "value"),
        ({"value": 10**12, "unit": "minutes"}, "value"),
        ({"condition": "x" * 201}, "condition"),
        ({"begins": NOW - timedelta(seconds=1)}, "valid_from"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(more: dict[str, object], field: str) -> None:
    with pytest.raises(PlanError) as error:
        promise(**more)  # type: ignore[arg-type]  # wrong on purpose
    assert error.value.field == field
    assert Promise.objects.count() == 0


def test_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(PlanError):
        promise(Channel(id=uuid4()))


def test_the_same_again_is_refused_and_two_cannot_wait() -> None:
    promise()
    with pytest.raises(PlanError):
        promise()
    promise(value=2, begins=LATER)
    with pytest.raises(PlanError):
        promise(value=3)
    with pytest.raises(PlanError):
        promise(value=3, begins=LATER + timedelta(days=1))
    assert Promise.objects.count() == 2


def test_withdrawing_ends_now_and_the_general_one_holds_again() -> None:
    channel = make_channel()
    general, own = promise(), promise(channel, value=1)
    withdraw_promise(own.id, actor=ACTOR, at=LATER)
    assert in_force(LATER, channel) == general
    assert in_force(LATER - timedelta(seconds=1), channel) == own
    with pytest.raises(PlanError):
        withdraw_promise(own.id, actor=ACTOR, at=LATER)
    assert [entry.kind for entry in entries_of_record(own.id)] == ["promise.made", "promise.withdrawn"]


def test_withdrawing_one_that_waits_lets_the_one_before_go_on() -> None:
    first = promise()
    waiting = promise(value=2, begins=LATER)
    with pytest.raises(PlanError):
        withdraw_promise(first.id, actor=ACTOR, at=NOW)
    withdraw_promise(waiting.id, actor=ACTOR, at=NOW + timedelta(days=1))
    assert (in_force(LATER), in_force(LATER + timedelta(days=400))) == (first, first)
    third = promise(value=3, begins=LATER, at=NOW + timedelta(days=1))
    assert in_force(LATER) == third
    with pytest.raises(PlanError):
        withdraw_promise(uuid4(), actor=ACTOR, at=NOW)


def test_a_number_in_a_condition_is_masked() -> None:
    assert promise(condition="ikke om 02013299997").condition == "ikke om ●●●●●● ●●●●●"


def test_those_in_force_are_read_in_one_query(django_assert_num_queries: object) -> None:
    for n in range(3):
        promise(make_channel(f"Kanal {n}"), value=n + 1)
    general = promise()
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        found = promises_in_force(NOW)
        names = [one.channel.name if one.channel else "" for one in found]
    assert (found[0], names) == (general, ["", "Kanal 0", "Kanal 1", "Kanal 2"])
