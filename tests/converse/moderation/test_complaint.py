"""A complaint goes to another person, has a deadline, is answered in words; what is reversed is put back."""

from datetime import UTC, datetime, timedelta

import pytest

from ordskifte.converse.models import Complaint, Measure, Task
from ordskifte.converse.moderation.complaint import MOST, answer, complain, remind
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import decide
from ordskifte.converse.moderation.undoing import put_back
from ordskifte.people.models import Person, Role
from ordskifte.publish.models import Outbox
from tests.converse.moderation.factories import CRITICISM, HARASSMENT, evidence, make_ground, open_weekdays, take
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db

NUMBER = "02013299997"  # invented, by the rules of 2032


@pytest.fixture
def moderator() -> Person:
    return make_person(Role.MODERATOR, Role.COMPLAINT_HANDLER, name="Ingrid Solli")


@pytest.fixture
def handler() -> Person:
    return make_person(Role.COMPLAINT_HANDLER, name="Aisha Rahman")


@pytest.fixture
def measure(moderator: Person) -> Measure:
    open_weekdays()
    found = take(say(make_channel(kind="arena"), HARASSMENT), make_ground(), moderator)
    Outbox.objects.update(state="confirmed")
    return found


def reply(complaint: Complaint, by: Person, outcome: str = "upheld", text: str = "Grunnen holder.") -> Complaint:
    return answer(complaint.id, outcome=outcome, text=text, by=by, actor=f"person:{by.id}", at=NOW)


def test_it_has_a_deadline_of_working_days_and_a_task(measure: Measure, handler: Person) -> None:
    complaint = complain(measure.code, "Det var ikke sånn ment.", at=NOW)  # a Thursday at 10 in Oslo
    assert complaint.due_at == datetime(2026, 3, 19, 9, 0, tzinfo=UTC)
    task = Task.objects.get(kind="complaint")
    assert (task.due_at, task.assignee) == (complaint.due_at, handler)


def test_numbers_in_it_are_masked(measure: Measure) -> None:
    assert NUMBER not in complain(measure.code, f"Jeg er {NUMBER}\nHilsen", at=NOW).text


@pytest.mark.parametrize("text", ["", "   \n "])
def test_it_needs_words(measure: Measure, text: str) -> None:
    with pytest.raises(ModerationError):
        complain(measure.code, text, at=NOW)


def test_it_is_made_once_at_a_time_in_time_and_about_what_stands(measure: Measure, handler: Person) -> None:
    with pytest.raises(ModerationError, match=r"kode|code"):
        complain("AAAAA-AAAAA-AAAAA-AAAAA", "hei", at=NOW)
    with pytest.raises(ModerationError) as late:
        complain(measure.code, "hei", at=NOW + timedelta(days=22))
    assert late.value.reason == "late"
    for number in range(MOST):
        complaint = complain(measure.code, f"Klage {number}", at=NOW)
        with pytest.raises(ModerationError) as waits:
            complain(measure.code, "Igjen", at=NOW)
        assert waits.value.reason == "waits"
        reply(complaint, handler)
    with pytest.raises(ModerationError) as done:
        complain(measure.code, "Igjen", at=NOW)
    assert done.value.reason == "answered"


def test_neither_the_one_who_acted_nor_the_second_answers(handler: Person, moderator: Person) -> None:
    open_weekdays()
    second = make_person(Role.OWNER, Role.COMPLAINT_HANDLER, name="Owe Eier")
    said = say(make_channel(kind="arena"), CRITICISM)
    found = take(said, make_ground(), moderator, kind="remove", why_not_less="Nei.", despite="Bildet er sjikane.")
    decide(found.id, agree=True, by=second, actor="x", at=NOW, evidence=evidence())
    complaint = complain(found.code, "Dette var kritikk.", at=NOW)
    for one in (moderator, second):
        with pytest.raises(ModerationError) as own:
            reply(complaint, one)
        assert own.value.reason == "own"
    assert reply(complaint, handler).answered_by == handler


def test_upheld_is_told_and_nothing_is_put_back(measure: Measure, handler: Person) -> None:
    complaint = reply(complain(measure.code, "Nei", at=NOW), handler)
    measure.refresh_from_db()
    assert (measure.state, complaint.outcome) == ("done", "upheld")
    told = Outbox.objects.exclude(state="confirmed").get()
    assert (told.kind, told.details["about"]) == ("reply", "complaint")
    assert "Klagen er besvart" in told.text


def test_a_removed_comment_cannot_come_back_but_is_told(moderator: Person, handler: Person) -> None:
    open_weekdays()
    said = say(make_channel(kind="arena"), HARASSMENT)
    found = take(said, make_ground(), moderator, kind="remove", why_not_less="Skjult ses den.")
    Outbox.objects.update(state="confirmed")
    reply(complain(found.code, "Nei", at=NOW), handler, "reversed")
    row = Outbox.objects.exclude(state="confirmed").get()
    assert (row.kind, "Skriv den gjerne på nytt" in row.text) == ("reply", True)


def test_an_answer_needs_words_and_a_choice(measure: Measure, handler: Person) -> None:
    complaint = complain(measure.code, "Nei", at=NOW)
    for outcome, text in (("upheld", " "), ("", "Ja"), ("other", "Ja")):
        with pytest.raises(ModerationError):
            reply(complaint, handler, outcome, text)
    reply(complaint, handler)
    with pytest.raises(ModerationError):
        reply(complaint, handler)


@pytest.mark.parametrize(
    "text", ["Du skrev at elendig brøyting i Strandgata, kommunen burde skamme seg.", "Kjære nabo i Strandgata"]
)
def test_an_answer_repeats_neither_words_nor_name(moderator: Person, handler: Person, text: str) -> None:
    open_weekdays()
    said = say(make_channel(kind="arena"), f"{CRITICISM} {HARASSMENT}")
    complaint = complain(take(said, make_ground(), moderator).code, "Nei", at=NOW)
    with pytest.raises(ModerationError):
        reply(complaint, handler, text=text)


def test_while_it_waits_only_its_answer_puts_back(measure: Measure, moderator: Person) -> None:
    complain(measure.code, "Nei", at=NOW)
    with pytest.raises(ModerationError) as waits:
        put_back(measure.id, by=moderator, actor="x", at=NOW)
    assert waits.value.reason == "complaint"


def test_those_who_may_answer_are_reminded_once_without_a_citizens_word(measure: Measure, handler: Person) -> None:
    complain(measure.code, "Hemmelige ord", at=NOW)
    assert remind(at=NOW) == 0
    day_before = datetime(2026, 3, 18, 10, 0, tzinfo=UTC)
    assert (remind(at=day_before), remind(at=day_before)) == (1, 0)
    mail = Outbox.objects.get(kind="email")
    assert (mail.to, "Hemmelige" in mail.text + mail.subject) == (handler.email, False)
