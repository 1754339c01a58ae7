"""Each minute: warned before, escalated after, once; snoozes end; what is to be followed up comes back."""

from datetime import timedelta

import pytest

from ordskifte.converse.models import Conversation, MailWay, Notice, State, Turn
from ordskifte.converse.telling import send_digests
from ordskifte.converse.ticking import tick
from ordskifte.people.models import Role
from ordskifte.plan.models import Shift
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Entry
from tests.converse.world import WORKDAY, answer, ask, make_promise, set_hours
from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db


def told(what: str) -> set[str]:
    return set(Notice.objects.filter(what=what).values_list("person__email", flat=True))


def test_a_promise_at_risk_is_told_once_to_those_on_watch() -> None:
    set_hours()
    make_promise(4)
    watch, _other = make_person(Role.MODERATOR), make_person(Role.MODERATOR)
    Shift.objects.create(person=watch, starts=WORKDAY - timedelta(hours=2), ends=WORKDAY + timedelta(hours=8))
    one = ask()
    assert tick(at=WORKDAY + timedelta(minutes=5)) == 0
    assert one.risk_at is not None
    for _ in range(2):
        tick(at=one.risk_at)
    assert told("at_risk") == {watch.email}
    assert Outbox.objects.filter(kind="email").count() == 1
    assert Entry.objects.filter(kind="conversation.at_risk", record_id=one.pk).count() == 1


def test_the_one_who_has_it_is_warned_else_those_who_answer_there() -> None:
    set_hours()
    make_promise(4)
    unit = make_unit()
    mine, there = make_person(Role.MODERATOR), make_person(Role.CASEWORKER, unit=unit)
    make_person(Role.MODERATOR)
    one, other = ask(), ask()
    Conversation.objects.filter(pk=one.pk).update(assignee=mine)
    Conversation.objects.filter(pk=other.pk).update(unit=unit)
    assert one.risk_at is not None
    tick(at=one.risk_at)
    assert told("at_risk") == {mine.email, there.email}


def test_a_broken_promise_goes_to_deputy_and_leader_once() -> None:
    set_hours()
    make_promise(4)
    deputy, leader = make_person(Role.DEPUTY), make_person(Role.LEADER)
    make_person(Role.AUDITOR)
    one = ask()
    assert one.due_at is not None
    for _ in range(2):
        tick(at=one.due_at + timedelta(minutes=1))
    assert {deputy.email, leader.email} <= told("broken")
    assert Notice.objects.filter(what="broken", person=leader).count() == 1
    assert Notice.objects.filter(what="at_risk").count() == 0  # it is too late to warn


def test_what_is_answered_is_not_warned_of() -> None:
    set_hours()
    make_promise(4)
    make_person(Role.DEPUTY)
    one = ask()
    due = one.due_at
    answer(one)
    assert due is not None
    tick(at=due + timedelta(hours=1))
    assert Notice.objects.count() == 0


def test_a_snooze_ends_and_one_at_risk_ends_early() -> None:
    set_hours()
    make_promise(4)
    make_person(Role.MODERATOR)
    one, other = ask(), ask()
    until = WORKDAY + timedelta(minutes=30)
    Conversation.objects.filter(pk=one.pk).update(state=State.SNOOZED, snoozed_until=until)
    late = WORKDAY + timedelta(days=9)
    Conversation.objects.filter(pk=other.pk).update(state=State.SNOOZED, snoozed_until=late)
    tick(at=until)
    assert Conversation.objects.get(pk=one.pk).state == State.OPEN
    assert Conversation.objects.get(pk=other.pk).state == State.SNOOZED
    assert other.risk_at is not None
    tick(at=other.risk_at)
    assert Conversation.objects.get(pk=other.pk).state == State.OPEN


def test_what_is_to_be_followed_up_is_ours_then() -> None:
    one = ask()
    answer(one, "Vi kommer tilbake på tirsdag.")
    assert one.follow_up_at is not None
    tick(at=one.follow_up_at)
    one.refresh_from_db()
    assert (one.state, one.turn) == (State.OPEN, Turn.OURS)


def test_mail_comes_at_once_in_a_digest_or_not_at_all() -> None:
    set_hours()
    make_promise(4)
    now, daily, never = (make_person(Role.DEPUTY, name=name) for name in ("A", "B", "C"))
    MailWay.objects.create(person=daily, way="digest")
    MailWay.objects.create(person=never, way="none")
    one = ask("Hemmelig om brøyting")
    assert one.due_at is not None
    tick(at=one.due_at)
    assert [row.to for row in Outbox.objects.all()] == [now.email]
    assert send_digests(at=one.due_at + timedelta(hours=16)) == 1
    mail = Outbox.objects.get(to=daily.email)
    assert "brøyting" not in mail.text
    assert f"/desk/c/{one.pk}/" in mail.text
    assert send_digests(at=one.due_at + timedelta(hours=17)) == 0
    assert not Outbox.objects.filter(to=never.email).exists()


def test_an_emergency_outside_hours_goes_to_the_duty_list_at_once() -> None:
    set_hours()
    night = WORKDAY + timedelta(hours=12)
    duty, watch = make_person(Role.CASEWORKER), make_person(Role.MODERATOR)
    MailWay.objects.create(person=duty, way="none")
    span = {"starts": night - timedelta(hours=3), "ends": night + timedelta(hours=3)}
    Shift.objects.create(person=duty, urgent=True, **span)
    one = ask("Hjelp, det brenner i huset og noen er inne!", at=night)
    assert "emergency" in one.warnings
    assert told("emergency") == {duty.email}
    assert watch.email not in told("emergency")
