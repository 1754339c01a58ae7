"""Journalling: cases from threads, § 15 data, parties, what an answer writes off, and either journal but never both."""

from datetime import date, timedelta

import pytest

from ordskifte.archive.answers import write_off
from ordskifte.archive.cases import close_case, link_thread
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journalling import journal, refuse_undo
from ordskifte.archive.models import Delivery
from ordskifte.plan.models import Ground
from ordskifte.records.models import Case, CaseThread, JournalEntry, Shielding
from ordskifte.records.queries import entries_of_record
from ordskifte.threads.models import Thread
from tests.archive.office import BY, choose, decide, enter, open_period, question_and_answer
from tests.converse.moderation.factories import make_ground, take
from tests.factories import NOW, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


def test_the_first_journalled_utterance_makes_its_thread_a_case_with_a_number() -> None:
    period = open_period()
    asked, _answered = question_and_answer()
    (entry,) = enter(asked)
    case = entry.case
    assert (case.period, case.called, case.status, case.opened_on) == (period, "2026/1", "under_handling", NOW.date())
    assert CaseThread.objects.get(pk=asked.thread_id).case_id == case.id
    assert case.public_title == "Samtale på Facebook-siden"
    assert case.record_class is not None
    assert case.record_class.code == "010"
    assert (entry.year, entry.number, entry.number_in_case) == (2026, 1, 1)


def test_an_entry_has_what_section_15_asks_for() -> None:
    open_period()
    asked, answered = question_and_answer()
    first, second = enter(asked, answered)
    assert (first.kind, first.journal_date, first.document_date) == ("in", NOW.date(), date(2026, 3, 11))
    assert (first.received_at, first.sent_at, first.registered_at) == (asked.first_seen, None, NOW)
    assert (second.kind, second.sent_at, second.received_at) == ("out", answered.at, None)
    assert first.registered_by == BY
    assert first.title == "Kommentar: Når brøyter dere Strandgata?"
    assert first.public_title == "Kommentar på Facebook-siden"
    sender, recipient = first.parties.order_by("id")
    assert (sender.kind, sender.name, sender.natural, sender.account) == ("sender", "Anonym ulv", True, "Anonym ulv")
    assert (recipient.kind, recipient.name, recipient.natural) == ("recipient", "Eksempel kommune", False)
    assert [(one.kind, one.name, one.natural) for one in second.parties.order_by("id")] == [
        ("sender", "Eksempel kommune", False),
        ("recipient", "Anonym ulv", True),
    ]


def test_a_post_that_answers_nobody_goes_to_the_public() -> None:
    open_period()
    (entry,) = enter(say(make_channel(), "Høring om Tollboden.", by="Eksempel kommune", ours=True))
    assert [one.name for one in entry.parties.order_by("id")] == ["Eksempel kommune", "Allmennheten"]


@pytest.mark.parametrize("answer_first", [True, False])
def test_an_answer_writes_off_the_question_with_date_and_manner(answer_first: bool) -> None:
    open_period()
    asked, answered = question_and_answer()
    order = [answered, asked] if answer_first else [asked, answered]
    for one in order:
        enter(one)
    question = JournalEntry.objects.get(record_id=asked.pk)
    answer = JournalEntry.objects.get(record_id=answered.pk)
    assert (question.answered_by, question.closed_on, question.closed_how) == (answer, date(2026, 3, 11), "answered")
    assert answer.closed_on is None


def test_an_answer_to_another_question_writes_off_nothing() -> None:
    open_period()
    asked, answered = question_and_answer()
    other = say(asked.channel, "Og Havnegata?", parent=asked, by="En annen")
    enter(other, answered)
    assert JournalEntry.objects.get(record_id=other.pk).closed_on is None


def test_in_private_talk_an_answer_writes_off_what_was_asked_before_it() -> None:
    open_period()
    channel = make_channel()
    asked = say(channel, "Hei, jeg lurer på noe.", private=True)
    answered = say(channel, "Hei!", private=True, ours=True, by="oss", parent=asked, at=NOW + timedelta(hours=1))
    enter(asked, answered)
    assert JournalEntry.objects.get(record_id=asked.pk).closed_how == "answered"


def test_a_person_writes_off_what_was_answered_by_telephone() -> None:
    open_period()
    (entry,) = enter(question_and_answer()[0])
    write_off(entry.id, how="phone", by=BY, at=NOW)
    entry.refresh_from_db()
    assert (entry.closed_on, entry.closed_how, entry.answered_by) == (NOW.date(), "phone", None)
    with pytest.raises(JournalError, match="allerede"):
        write_off(entry.id, how="noted", by=BY, at=NOW)


def test_a_measure_is_an_internal_entry_in_the_same_case() -> None:
    open_period()
    asked, _answered = question_and_answer()
    (entry,) = enter(asked)
    person = make_person("moderator")
    measure = take(asked, make_ground(), person, despite="Ordet er brukt om en navngitt ansatt.")
    decide(measure.id, "measure")
    (internal,) = journal([measure.id], by=BY, at=NOW)
    assert (internal.case_id, internal.kind, internal.number_in_case) == (entry.case_id, "internal", 2)
    assert internal.title == "Vedtak om å skjule en ytring på Facebook-siden"
    assert [one.kind for one in internal.parties.all()] == ["internal_sender"]


def test_the_same_record_twice_is_one_entry_and_uses_no_number() -> None:
    open_period()
    asked, answered = question_and_answer()
    (first,) = enter(asked)
    assert journal([asked.pk], by=BY, at=NOW) == [first]
    (second,) = enter(answered)
    assert second.number == 2
    assert refuse_undo([asked.pk])


def test_what_is_not_decided_or_is_practice_or_unknown_is_refused() -> None:
    open_period()
    asked, _answered = question_and_answer()
    with pytest.raises(JournalError):
        journal([asked.pk], by=BY, at=NOW)
    decide(asked.pk, outcome="archive")
    with pytest.raises(JournalError):
        journal([asked.pk], by=BY, at=NOW)
    played = say(make_channel(practice=True), "Øvelse")
    decide(played.pk)
    with pytest.raises(JournalError):
        journal([played.pk], by=BY, at=NOW)
    with pytest.raises(JournalError):
        journal([make_person().id], by=BY, at=NOW)
    assert not JournalEntry.objects.exists()
    assert not Case.objects.exists()


def test_where_the_case_system_has_the_journal_there_is_a_delivery_and_no_number() -> None:
    open_period("external")
    asked, _answered = question_and_answer()
    (entry,) = enter(asked)
    assert (entry.year, entry.number, entry.case.number, entry.case.called) == (None, None, None, "")
    delivery = Delivery.objects.get(entry=entry)
    assert (delivery.state, delivery.next_at) == ("waiting", None)  # nobody has said how
    assert refuse_undo([asked.pk])


def test_where_the_journal_is_ours_nothing_is_delivered() -> None:
    choose()
    open_period("own")
    enter(question_and_answer()[0])
    assert not Delivery.objects.exists()


def test_another_thread_is_linked_to_the_case_and_never_to_two() -> None:
    open_period()
    asked, _answered = question_and_answer()
    (entry,) = enter(asked)
    further = say(make_channel(), "Samme sak her.")
    link_thread(entry.case_id, further.thread_id, by=BY, at=NOW)
    (second,) = enter(further)
    assert second.case_id == entry.case_id
    (other,) = enter(say(make_channel(), "Noe annet."))
    with pytest.raises(JournalError):
        link_thread(other.case_id, further.thread_id, by=BY, at=NOW)


def test_a_thread_whose_top_came_later_keeps_its_case() -> None:
    open_period()
    channel = make_channel()
    reply = say(channel, "Enig!", parent="top")
    (entry,) = enter(reply)
    CaseThread.objects.all().delete()  # as when the thread got another id
    (second,) = enter(say(channel, "Enig, jeg også!", parent="top"))
    assert second.case_id == entry.case_id
    assert Thread.objects.count() == 1


def test_a_case_is_closed_when_no_question_stands_open_and_opens_again_for_more() -> None:
    open_period()
    asked, answered = question_and_answer()
    (entry,) = enter(asked)
    with pytest.raises(JournalError):
        close_case(entry.case_id, by=BY, at=NOW)
    enter(answered)
    close_case(entry.case_id, by=BY, at=NOW)
    case = Case.objects.get()
    assert (case.status, case.closed_by) == ("closed", BY)
    assert set(case.entries.values_list("status", flat=True)) == {"finished"}
    enter(say(asked.channel, "Takk!", parent=answered))
    assert Case.objects.get().status == "under_handling"


def test_what_comes_to_a_sensitive_unit_is_shielded_at_once() -> None:
    open_period()
    channel = make_channel(unit=make_unit("Barnevern", sensitive=True))
    enter(say(channel, "Jeg er bekymret."))
    assert set(Shielding.objects.values_list("field", flat=True)) == {"author", "title", "text"}


def test_every_act_has_its_entry_in_the_ledger_without_a_word_of_it() -> None:
    open_period()
    asked, answered = question_and_answer()
    (entry, _) = enter(asked, answered)
    kinds = [one.kind for one in entries_of_record(asked.pk)]
    assert kinds == ["entry.made", "entry.written_off"]
    for one in [*entries_of_record(asked.pk), *entries_of_record(entry.case_id)]:
        assert b"Strandgata" not in one.body
        assert b"Anonym ulv" not in one.body


def test_journalling_many_takes_as_many_questions_as_journalling_few() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    open_period("external")
    channel = make_channel()
    top = say(channel, "Topp")
    enter(top)
    counts = []
    for many in (2, 8):
        said = [say(channel, f"Svar {many} {n}", parent=top) for n in range(many)]
        for one in said:
            decide(one.pk)
        with CaptureQueriesContext(connection) as seen:
            journal([one.pk for one in said], by=BY, at=NOW)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert Ground.objects.count() == 0
