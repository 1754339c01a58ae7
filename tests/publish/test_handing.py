"""Posting by hand: taken by one person, posted, and the link pasted back."""

import pytest
from django.db import transaction

from ordskifte.publish.errors import OutboxError
from ordskifte.publish.handing import hand_off_done, put_back, take_in_hand
from ordskifte.publish.models import Outbox, Receipt, State
from ordskifte.publish.outbox import HAND_OFF, withdraw
from ordskifte.publish.sending import send
from ordskifte.threads.models import Utterance, Version
from ordskifte.worker.jobs import sending as worker_jobs
from tests.factories import make_channel, make_person, say
from tests.publish.conftest import AT, Office, jobs, put

pytestmark = pytest.mark.django_db
LINK = "https://www.facebook.com/eksempel/posts/123"


def waiting(office: Office, **more: object) -> Outbox:
    row = put(make_channel(kind="facebook"), **more)
    assert send(row.id, job="job:1", post=office.post) == State.CLAIMED
    row.refresh_from_db()
    assert row.claimed_by == HAND_OFF
    return row


def test_what_cannot_be_sent_by_a_program_waits_for_a_person(office: Office) -> None:
    row = waiting(office)
    assert [args for args, _ in jobs("sent")] == [{"outbox_id": str(row.id)}]
    withdraw(row.id, actor="system:test", at=AT)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_one_person_takes_it_and_no_other(office: Office) -> None:
    row, one, other = waiting(office), make_person(), make_person()
    take_in_hand(row.id, actor=f"person:{one.id}", by=one.id, at=AT)
    for act in (
        lambda: take_in_hand(row.id, actor="system:test", by=other.id, at=AT),
        lambda: hand_off_done(row.id, link=LINK, actor="system:test", by=other.id, at=AT),
        lambda: withdraw(row.id, actor="system:test", at=AT),
    ):
        with pytest.raises(OutboxError), transaction.atomic():
            act()
    put_back(row.id, actor=f"person:{one.id}", at=AT)
    with pytest.raises(OutboxError), transaction.atomic():
        put_back(row.id, actor=f"person:{one.id}", at=AT)
    take_in_hand(row.id, actor=f"person:{other.id}", by=other.id, at=AT)


def test_the_link_is_the_receipt_and_the_post_stands_in_the_thread(office: Office) -> None:
    channel, person = make_channel(kind="facebook"), make_person()
    question = say(channel, "Når brøyter dere?")
    row = put(channel, target_id=question.id, target_external_id=question.external_id)
    send(row.id, job="job:1", post=office.post)
    hand_off_done(row.id, link=f" {LINK} ", actor=f"person:{person.id}", by=person.id, at=AT)
    row.refresh_from_db()
    assert (row.state, row.permalink) == ("confirmed", LINK)
    ((args, _),) = jobs("handed_off")
    worker_jobs.handed_off(**args)
    worker_jobs.handed_off(**args)
    ours = Utterance.objects.get(ours=True)
    assert (ours.thread_id, ours.parent_id) == (question.thread_id, question.id)
    version = Version.objects.get(utterance=ours)
    assert (version.text, version.permalink) == (row.text, LINK)
    for args, _ in jobs("confirm"):
        worker_jobs.confirm(**args)
    assert Receipt.objects.get(outbox=row).version_id == version.id


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("", "not a link"),
        ("facebook.com/x", "not a link"),
        ("http://www.facebook.com/eksempel/posts/123", "not a link"),
        ("https://user@facebook.com/x", "not a link"),
        ("https://facebook.com:8443/x", "not a link"),
        ("https://[facebook.com/x", "not a link"),
        ("https://facebook.com.evil.example/x", "somewhere else"),
        ("https://evilfacebook.com/x", "somewhere else"),
        ("https://www.facebook.com/", "front page"),
        ("https://www.facebook.com/02013299997", "identity number"),
        ("https://www.facebook.com/" + "x" * 1000, "not a link"),
    ],
)
def test_a_link_that_proves_nothing_is_refused(office: Office, link: str, why: str) -> None:
    row, person = waiting(office), make_person()
    with pytest.raises(OutboxError, match=why), transaction.atomic():
        hand_off_done(row.id, link=link, actor="system:test", by=person.id, at=AT)
    row.refresh_from_db()
    assert row.state == "claimed"


def test_one_link_is_the_receipt_of_one_post(office: Office) -> None:
    person = make_person()
    first, second = waiting(office), waiting(office)
    hand_off_done(first.id, link=LINK, actor="system:test", by=person.id, at=AT)
    with pytest.raises(OutboxError, match="another post"), transaction.atomic():
        hand_off_done(second.id, link=LINK, actor="system:test", by=person.id, at=AT)
    with pytest.raises(OutboxError), transaction.atomic():
        hand_off_done(first.id, link=f"{LINK}4", actor="system:test", by=person.id, at=AT)


def test_where_the_register_names_the_host_the_link_must_have_it(office: Office) -> None:
    channel, person = make_channel(kind="forum"), make_person()  # its address is social.example
    row = put(channel)
    send(row.id, job="job:1", post=office.post)
    with pytest.raises(OutboxError, match="somewhere else"), transaction.atomic():
        hand_off_done(row.id, link="https://other.example/1", actor="system:test", by=person.id, at=AT)
    hand_off_done(row.id, link="https://social.example/t/1", actor="system:test", by=person.id, at=AT)


def test_what_shows_no_post_needs_no_link(office: Office) -> None:
    person = make_person()
    row = waiting(office, kind="hide", text="")
    hand_off_done(row.id, link="", actor="system:test", by=person.id, at=AT)
    row.refresh_from_db()
    assert (row.state, jobs("handed_off")) == ("confirmed", [])


def test_an_e_mail_is_not_posted_by_hand() -> None:
    row = put(None, kind="email", to="a@example.org")
    with pytest.raises(OutboxError):
        hand_off_done(row.id, link=LINK, actor="system:test", by=make_person().id, at=AT)
