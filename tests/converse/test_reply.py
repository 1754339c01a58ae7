"""Replying: checked, refused when the conversation moved on or another writes, and never sent twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from ordskifte.converse import presence
from ordskifte.converse.errors import ConverseError, Held, MovedOn, Stopped
from ordskifte.converse.models import Conversation, Draft, Opened, State, Task
from ordskifte.converse.move_out import move_out
from ordskifte.converse.reply import Written, send_reply
from ordskifte.people.models import Person, Role
from ordskifte.publish.models import Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.records.models import Entry
from tests.converse.world import WORKDAY, arrive, ask, make_place, make_topic, set_hours
from tests.factories import delete, make_channel, make_person, make_unit, say

TEXT = "Plogen kommer til Strandgata i natt, og veien er klar når dere skal på jobb."
LATER = WORKDAY + timedelta(minutes=10)


def written(one: Conversation, text: str = TEXT, response: str = "F1", **more: object) -> Written:
    return Written(text, response, one.serial, **more)  # type: ignore[arg-type]  # of the test's own


@pytest.fixture
def me() -> Person:
    return make_person(Role.MODERATOR)


@pytest.mark.django_db
def test_a_reply_waits_ten_seconds_in_the_outbox(me: Person) -> None:
    one = ask()
    row = send_reply(one.pk, written(one), by=me.pk, at=LATER)
    assert (row.state, row.text, row.target_id, row.send_at) == (
        Sent.SCHEDULED, TEXT, one.newest_id, LATER + timedelta(seconds=10),
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.state, one.assignee_id) == (State.WAITING, me.pk)
    assert Entry.objects.filter(kind="outbox.put").count() == 1


@pytest.mark.django_db
def test_a_reply_made_on_an_older_conversation_is_refused_and_kept(me: Person) -> None:
    one = ask()
    old = written(one)
    arrive(say(one.channel, "Glem det", parent=str(one.thread.utterance_set.get().external_id)), at=LATER)
    with pytest.raises(MovedOn):
        send_reply(one.pk, old, by=me.pk, at=LATER)
    assert Outbox.objects.count() == 0
    assert Draft.objects.get(by=me).text == TEXT


@pytest.mark.django_db
def test_the_first_to_write_holds_sending_until_silence_or_takeover(me: Person) -> None:
    other = make_person(Role.MODERATOR)
    one = ask()
    presence.seen(one.pk, other.pk, writes=True, at=LATER)
    presence.seen(one.pk, me.pk, writes=True, at=LATER + timedelta(seconds=5))
    with pytest.raises(Held):
        send_reply(one.pk, written(one), by=me.pk, at=LATER + timedelta(seconds=10))
    assert presence.here(one.pk, me.pk, at=LATER + timedelta(seconds=10)).writes == other
    silent = LATER + timedelta(minutes=2, seconds=1)
    assert presence.holder(one.pk, at=silent) == me.pk
    presence.seen(one.pk, other.pk, writes=True, at=silent)
    presence.take_over(one.pk, by=me.pk, at=silent)
    assert presence.holder(one.pk, at=silent) == me.pk
    assert Entry.objects.filter(kind="conversation.taken_over", record_id=one.pk).count() == 1
    send_reply(one.pk, written(one), by=me.pk, at=silent)


@pytest.mark.django_db
def test_a_personal_number_never_leaves(me: Person) -> None:
    one = ask()
    with pytest.raises(Stopped):
        send_reply(one.pk, written(one, "Ditt nummer er 02013299997, og det stemmer."), by=me.pk, at=LATER)
    assert Outbox.objects.count() == 0
    assert "02013299997" not in Draft.objects.get().text


@pytest.mark.django_db
def test_a_warning_is_passed_with_a_reason_that_is_recorded(me: Person) -> None:
    one = ask()
    text = "Som du burde vite, kommer plogen til Strandgata i natt."
    with pytest.raises(Stopped):
        send_reply(one.pk, written(one, text), by=me.pk, at=LATER)
    send_reply(one.pk, written(one, text, passed="Sitat fra dem selv"), by=me.pk, at=LATER)
    body = bytes(Entry.objects.get(kind="reply.warnings_passed").body)
    assert b'"tone"' in body
    assert "Sitat fra dem selv" in body.decode()


@pytest.mark.django_db
def test_four_eyes_wait_for_another_who_is_told(me: Person) -> None:
    approver = make_person(Role.APPROVER)
    topic = make_topic("Barnevern", ["barnevern"], four_eyes=True)
    one = ask("Hva gjør barnevernet?")
    assert one.topic_id == topic.pk
    row = send_reply(one.pk, written(one), by=me.pk, at=LATER)
    assert row.state == Sent.WAITING
    assert [mail.to for mail in Outbox.objects.filter(kind="email")] == [approver.email]
    assert send_reply(ask().pk, written(ask(), second=True), by=me.pk, at=LATER).state == Sent.WAITING


@pytest.mark.django_db
def test_it_can_wait_for_opening_hours(me: Person) -> None:
    set_hours()
    one = ask()
    night = WORKDAY + timedelta(hours=12)
    row = send_reply(one.pk, written(one, when="opening"), by=me.pk, at=night)
    assert row.send_at.isoformat() == "2026-03-13T07:00:00+00:00"


@pytest.mark.django_db
def test_what_was_deleted_or_stands_elsewhere_is_not_answered(me: Person) -> None:
    one, other = ask(), ask()
    with pytest.raises(ConverseError):
        send_reply(one.pk, written(one, target=other.newest_id), by=me.pk, at=LATER)
    arrive(delete(one.thread.utterance_set.get()), at=LATER)
    one.refresh_from_db()
    with pytest.raises(ConverseError):
        send_reply(one.pk, written(one), by=me.pk, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("response", ["", "F0", "F12"])
def test_every_reply_has_a_response_type(response: str, me: Person) -> None:
    one = ask()
    with pytest.raises(ConverseError):
        send_reply(one.pk, written(one, response=response), by=me.pk, at=LATER)


@pytest.mark.django_db
def test_moving_out_says_where_to_go_and_nothing_of_what_they_said(me: Person) -> None:
    unit = make_unit("Oppvekst")
    place = make_place("Skoleskyss", unit=unit)
    one = ask("Sønnen min Odin Hansen, tlf 91234567, får ikke skyss. Hva skjer med søknaden min?")
    row = move_out(one.pk, place_id=place.pk, unit_id=None, serial=one.serial, by=me.pk, at=LATER)
    assert place.url in row.text
    assert place.phone in row.text
    assert not {"Odin", "Hansen", "91234567", "søknaden"} & set(row.text.split())
    one.refresh_from_db()
    task = Task.objects.get()
    assert (one.unit_id, one.assignee_id, one.state) == (unit.pk, None, State.WAITING)
    assert (task.kind, task.unit_id, row.details["response_type"]) == ("moved_out", unit.pk, "F4")
    assert Entry.objects.filter(kind="conversation.moved_out", record_id=one.pk).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "word"), [("Kva skjer med søknaden min, eg har ikkje høyrt noko?", "Dette må vi sjå på i saka di")]
)
def test_the_letter_is_in_the_writers_form(text: str, word: str, me: Person) -> None:
    place = make_place()
    one = ask(text)
    Conversation.objects.filter(pk=one.pk).update(language="nn")
    row = move_out(one.pk, place_id=place.pk, unit_id=None, serial=one.serial, by=me.pk, at=LATER)
    assert word in row.text


@pytest.mark.django_db
def test_a_dead_place_is_refused_and_nothing_is_done(me: Person) -> None:
    place = make_place(dead_since=WORKDAY)
    one = ask()
    with pytest.raises(ConverseError):
        move_out(one.pk, place_id=place.pk, unit_id=None, serial=one.serial, by=me.pk, at=LATER)
    assert (Outbox.objects.count(), Task.objects.count(), Opened.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_both_send() -> None:
    one = ask(channel=make_channel())
    people = [make_person(Role.MODERATOR, name=f"Person {n}") for n in range(6)]
    together = threading.Barrier(len(people))
    came: list[str] = []

    def send(person: Person) -> None:
        try:
            together.wait()
            send_reply(one.pk, written(one, f"{TEXT} Hilsen {person.name}."), by=person.pk, at=LATER)
            came.append("sent")
        except MovedOn:
            came.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["refused"] * 5 + ["sent"]
    assert Outbox.objects.filter(kind="reply").count() == 1
    assert Draft.objects.count() == 5  # nobody's words are lost
