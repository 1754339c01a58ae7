"""What is put into the outbox, and what people do with it before it leaves."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from ordskifte.publish import reasons
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import (
    approve,
    give_up,
    hold_back,
    put_in_outbox,
    refuse,
    resolve_unknown,
    start_again,
    withdraw,
)
from ordskifte.records.models import Entry
from tests.factories import make_channel, make_person, say
from tests.publish.conftest import AT, jobs, put

pytestmark = pytest.mark.django_db
NUMBER = "02013299997"  # invented, by the rules of 2032


def test_a_reply_waits_ten_seconds_and_all_else_leaves_at_once() -> None:
    channel = make_channel()
    reply, hide = put(channel, send_at=None), put(channel, kind="hide", text="", send_at=None)
    assert (reply.send_at, hide.send_at) == (AT + timedelta(seconds=10), AT)
    assert [(args["outbox_id"], at) for args, at in jobs("send")] == [
        (str(reply.id), AT + timedelta(seconds=10)),
        (str(hide.id), AT),
    ]


def test_the_entry_stands_in_the_record_of_the_utterance_and_holds_no_content() -> None:
    channel = make_channel()
    post = say(channel, "Når brøyter dere?")
    row = put(channel, "Klokka seks.", target_id=post.id, thread_id=post.thread_id)
    entry = Entry.objects.get(kind="outbox.put")
    assert entry.record_id == post.id
    assert str(row.id).encode() in bytes(entry.body)
    assert b"Klokka" not in bytes(entry.body)


@pytest.mark.parametrize(
    "given",
    [
        {"text": f"Nummeret ditt er {NUMBER}"},
        {"text": "   "},
        {"target_external_id": ""},
        {"kind": "shout"},
        {"kind": "email", "to": "", "text": "Hei"},
        {"kind": "email", "to": "a@example.org", "subject": "Hei\nBcc: x@example.org"},
        {"kind": "email", "to": "a@example.org", "subject": NUMBER},
        {"channel_id": None},
        {"channel_id": uuid4()},
    ],
)
def test_what_cannot_leave_is_refused_and_nothing_is_written(given: dict[str, Any]) -> None:
    channel = make_channel()
    with pytest.raises(OutboxError), transaction.atomic():
        put(channel, **given)
    assert not Outbox.objects.exists()
    assert jobs("send") == []


def test_what_the_channel_cannot_do_or_does_not_take_is_refused_at_once(platform: object) -> None:
    channel = make_channel(kind="loopback")
    with pytest.raises(OutboxError, match="cannot do that"):
        put(channel, kind="block", text="")
    with pytest.raises(OutboxError, match="501"):
        put(channel, "x" * 501)
    assert put(channel, "x" * 500).state == State.SCHEDULED


def test_what_needs_approval_waits_for_another_person() -> None:
    writer, approver = make_person(), make_person()
    row = put(make_channel(), by=writer.id, needs_approval=True)
    assert (row.state, jobs("send")) == ("waiting", [])
    with pytest.raises(OutboxError):
        approve(row.id, actor=f"person:{writer.id}", by=writer.id, at=AT)
    later = AT + timedelta(hours=1)
    approve(row.id, actor=f"person:{approver.id}", by=approver.id, at=later)
    row.refresh_from_db()
    assert (row.state, row.approved_by_id, row.send_at) == ("scheduled", approver.id, later)
    assert [at for _, at in jobs("send")] == [later]
    with pytest.raises(OutboxError):
        approve(row.id, actor=f"person:{approver.id}", by=approver.id, at=later)


def test_a_refusal_needs_words_and_keeps_them_masked() -> None:
    writer, approver = make_person(), make_person()
    row = put(make_channel(), by=writer.id, needs_approval=True)
    for by, why in ((writer, "Nei"), (approver, " ")):
        with pytest.raises(OutboxError):
            refuse(row.id, reason=why, actor=f"person:{by.id}", by=by.id, at=AT)
    refuse(row.id, reason=f"Nevner {NUMBER}", actor=f"person:{approver.id}", by=approver.id, at=AT)
    row.refresh_from_db()
    assert (row.state, row.reason, row.note) == ("withdrawn", reasons.REFUSED, "Nevner ●●●●●● ●●●●●")
    assert len(jobs("sent")) == 1


def test_what_was_stopped_before_it_was_approved_still_needs_approval() -> None:
    writer, approver = make_person(), make_person()
    row = put(make_channel(), by=writer.id, needs_approval=True)
    hold_back(row.id, actor=f"person:{writer.id}", at=AT)
    start_again(row.id, actor=f"person:{writer.id}", at=AT)
    row.refresh_from_db()
    assert (row.state, jobs("send")) == ("waiting", [])
    approve(row.id, actor=f"person:{approver.id}", by=approver.id, at=AT)
    hold_back(row.id, actor=f"person:{writer.id}", at=AT)
    start_again(row.id, actor=f"person:{writer.id}", at=AT)
    row.refresh_from_db()
    assert row.state == "scheduled"


@pytest.mark.parametrize("state", ["claimed", "sent", "confirmed", "unknown", "withdrawn"])
def test_what_is_on_its_way_is_not_taken_back(state: str) -> None:
    row = put(make_channel())
    Outbox.objects.filter(pk=row.pk).update(state=state, claimed_by="job:1")
    with pytest.raises(OutboxError), transaction.atomic():
        withdraw(row.id, actor="system:test", at=AT)
    with pytest.raises(OutboxError), transaction.atomic():
        hold_back(row.id, actor="system:test", at=AT)


def test_what_failed_may_be_left_at_that() -> None:
    row = put(make_channel())
    Outbox.objects.filter(pk=row.pk).update(state="failed", ended_at=AT)
    withdraw(row.id, actor="system:test", at=AT)
    row.refresh_from_db()
    assert (row.state, len(jobs("sent"))) == ("withdrawn", 1)
    with pytest.raises(OutboxError):
        start_again(row.id, actor="system:test", at=AT)


@pytest.mark.parametrize(
    ("state", "tries", "never_left"),
    [
        ("waiting", 0, True),
        ("scheduled", 0, True),
        ("scheduled", 1, False),
        ("stopped", 0, True),
        ("failed", 3, True),
        ("withdrawn", 0, True),
        ("claimed", 1, False),
        ("sent", 1, False),
        ("unknown", 1, False),
        ("confirmed", 1, False),
    ],
)
def test_what_is_given_up_is_never_started_again(state: str, tries: int, never_left: bool) -> None:
    row = put(make_channel())
    Outbox.objects.filter(pk=row.pk).update(state=state, claimed_by="job:1", attempts=tries)
    assert give_up(row.id, actor="system:test", at=AT) == never_left
    with pytest.raises(OutboxError):
        start_again(row.id, actor="system:test", at=AT)
    Outbox.objects.filter(pk=row.pk, state="claimed").update(state="failed")  # the worker comes back to say so
    with pytest.raises(OutboxError):
        start_again(row.id, actor="system:test", at=AT)


def test_a_person_who_saw_that_what_was_given_up_is_not_there_ends_it() -> None:
    row = put(make_channel())
    Outbox.objects.filter(pk=row.pk).update(state="unknown", claimed_by="job:1", attempts=1)
    give_up(row.id, actor="system:test", at=AT)
    before = len(jobs("send"))
    resolve_unknown(row.id, arrived=False, actor="system:test", by=make_person().id, at=AT)
    row.refresh_from_db()
    assert (row.state, len(jobs("send"))) == ("withdrawn", before)


def test_only_what_is_unknown_is_resolved_and_only_what_ended_is_started_again() -> None:
    person = make_person()
    row = put(make_channel())
    with pytest.raises(OutboxError):
        resolve_unknown(row.id, arrived=True, actor="system:test", by=person.id, at=AT)
    with pytest.raises(OutboxError):
        start_again(row.id, actor="system:test", at=AT)
    with pytest.raises(OutboxError):
        withdraw(uuid4(), actor="system:test", at=AT)


@transaction.atomic
def putting_that_breaks() -> None:
    put_in_outbox(kind="email", channel_id=None, actor="system:test", by=None, at=AT, text="Hei", to="a@example.org")
    raise ZeroDivisionError


def test_a_putting_that_is_rolled_back_leaves_no_job() -> None:
    with pytest.raises(ZeroDivisionError):
        putting_that_breaks()
    assert (jobs("send"), Outbox.objects.count()) == ([], 0)
