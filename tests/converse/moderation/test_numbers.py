"""A personal number: hidden at once only when that is sure, and a person looks within one working hour."""

from datetime import UTC, datetime, timedelta

import pytest

from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Assessment, Measure, Opened, Task
from ordskifte.converse.moderation.beside import says_something_else, without_numbers
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.numbers import on_number, review_number
from ordskifte.converse.moderation.originals import open_original
from ordskifte.language.personal_data import MASK, mask
from ordskifte.people.models import Role
from ordskifte.plan.models import Channel
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Entry
from ordskifte.threads.entries import entries_about
from ordskifte.threads.models import Utterance
from tests.converse.moderation.factories import NUMBER, evidence, make_ground, open_weekdays
from tests.factories import NOW, edit, latest_version, make_channel, make_person, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    open_weekdays()
    make_ground("personal_number")
    return make_channel(kind="arena")


def arrive(channel: Channel, text: str, **more: object) -> Utterance:
    said = say(channel, text, **more)  # type: ignore[arg-type]  # the factory's own names
    on_arrived([said.current_id], at=NOW)
    return said


@pytest.mark.parametrize(
    "text",
    [
        f"Sønnen min ({NUMBER}) sto og ventet",
        f"Mitt fødselsnummer er {NUMBER}, hjelp",
        f"{NUMBER}",
        f"Kontoen min er tom. Jeg heter Per, {NUMBER}, og venter på svar",
        f"født {NUMBER[:6]} {NUMBER[6:]}",
    ],
)
def test_a_number_is_hidden_at_once_with_reasons_that_say_so(channel: Channel, text: str) -> None:
    said = arrive(channel, text)
    measure = Measure.objects.get(utterance=said)
    assert (measure.kind, measure.state, measure.automated, measure.by) == ("hide", "done", True, None)
    assert measure.statement["S7"] == "automated"
    assert measure.told is not None
    assert "uten nummeret" in measure.told.text
    task = Task.objects.get(kind="review_number")
    assert task.due_at == datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
    for table in (Measure, Outbox, Task, Assessment):
        assert NUMBER not in str(list(table.objects.values()))
    assert all(NUMBER not in bytes(body).decode() for body in Entry.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER} er kontonummeret mitt",
        f"{NUMBER} (kid)",
        f"Saken heter {NUMBER} hos dere",
        f"Vedtak {NUMBER} er feil",
        f"Kontoen: fødselsnummer {NUMBER}",
    ],
)
def test_a_word_for_something_else_leaves_it_to_a_person(channel: Channel, text: str) -> None:
    said = arrive(channel, text)
    if not latest_version(said).masked:
        pytest.skip("intake does not take this for a personal number")
    assert not Measure.objects.exists()
    assert Task.objects.filter(kind="review_number").count() == 1


def test_wrong_check_digits_are_no_number(channel: Channel) -> None:
    arrive(channel, "Nummeret 02013299998 er feil")
    assert not Measure.objects.exists()
    assert not Task.objects.filter(kind="review_number").exists()


def test_without_the_published_ground_a_person_gets_the_task() -> None:
    open_weekdays()
    arrive(make_channel(kind="arena"), f"Jeg er {NUMBER}")
    assert not Measure.objects.exists()
    assert Task.objects.filter(kind="review_number").count() == 1


def test_the_same_arrival_twice_is_handled_once(channel: Channel) -> None:
    said = arrive(channel, f"Jeg er {NUMBER}")
    on_number(latest_version(said), NOW)
    on_arrived([said.current_id], at=NOW)
    assert (Measure.objects.count(), Task.objects.filter(kind="review_number").count()) == (1, 1)
    assert Outbox.objects.filter(kind="hide").count() == 1


def test_what_is_ours_or_was_edited_since_is_left_alone(channel: Channel) -> None:
    arrive(channel, f"Jeg er {NUMBER}", ours=True)
    said = say(channel, f"Jeg er {NUMBER}")
    old = latest_version(said)
    edit(said, "Jeg er Per")
    assert on_number(old, NOW) is None
    assert not Measure.objects.exists()


def test_the_hour_is_a_working_hour(channel: Channel) -> None:
    said = say(channel, f"Jeg er {NUMBER}")
    friday = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)  # 15.00 in Oslo, closing at 15.30
    on_arrived([said.current_id], at=friday)
    assert Task.objects.get(kind="review_number").due_at == datetime(2026, 3, 16, 7, 30, tzinfo=UTC)


def test_a_person_looks_and_it_stays_or_comes_back(channel: Channel) -> None:
    moderator = make_person(Role.MODERATOR)
    first, second = arrive(channel, f"Jeg er {NUMBER}"), arrive(channel, f"Kvittering {NUMBER}", by="En annen")
    stays, back = Measure.objects.get(utterance=first), Measure.objects.get(utterance=second)
    later = NOW + timedelta(minutes=30)
    review_number(stays.id, right=True, by=moderator, actor="x", at=later)
    Outbox.objects.update(state="confirmed")
    review_number(back.id, right=False, by=moderator, actor="x", at=later)
    stays.refresh_from_db()
    back.refresh_from_db()
    assert (stays.state, stays.second, stays.neutral) == ("done", moderator, True)
    assert (back.state, back.neutral) == ("reversed", False)
    assert sorted(Outbox.objects.exclude(state="confirmed").values_list("kind", flat=True)) == ["reply", "unhide"]
    assert Task.objects.filter(kind="review_number", done_at=None).count() == 0
    with pytest.raises(ModerationError):
        review_number(stays.id, right=False, by=moderator, actor="x", at=later)


def test_a_private_writer_gets_their_words_back_without_the_number(channel: Channel) -> None:
    said = arrive(channel, f"Elendig service! Jeg er {NUMBER} og venter", private=True)
    told = Measure.objects.get(utterance=said).told
    assert told is not None
    assert "Elendig service! Jeg er og venter" in told.text
    assert MASK not in told.text


def test_every_look_at_the_original_is_an_entry(channel: Channel) -> None:
    said = arrive(channel, f"Sønnen min ({NUMBER}) venter")
    caseworker = make_person(Role.CASEWORKER)
    version = latest_version(said)
    given = {"by": caseworker, "actor": f"person:{caseworker.id}", "at": NOW, "evidence": evidence()}
    with pytest.raises(ModerationError):
        open_original(version, purpose=" ", **given)  # type: ignore[arg-type]
    assert not Opened.objects.exists()
    for count in (1, 2):
        found = open_original(version, purpose="Finne saken til gutten", **given)  # type: ignore[arg-type]
        assert found.text == f"Sønnen min ({NUMBER}) venter"
        assert [found.text[start:end] for start, end in found.spans] == [NUMBER]
        assert Opened.objects.filter(by=caseworker, what="original").count() == count
        kinds = [entry.kind for entry in entries_about([said.id])]
        assert kinds.count("original.opened") == count


def test_bytes_that_are_no_json_are_shown_whole(channel: Channel) -> None:
    said = say(channel, f"Nr {NUMBER}", raw=f"<p>Nr {NUMBER}</p>".encode())
    person = make_person(Role.ARCHIVIST)
    found = open_original(latest_version(said), purpose="Kontroll", by=person, actor="x", at=NOW, evidence=evidence())
    assert (found.whole, found.text) == (False, f"<p>Nr {NUMBER}</p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Jeg er {NUMBER}", False),
        (f"kontoen er tom. Jeg heter Per {NUMBER}", False),
        (f"{NUMBER} er kontoen min", True),
        (f"{NUMBER}. Kontoen er tom", False),
        (f"sak {NUMBER}", True),
        (f"{NUMBER} case no", True),
        ("ingen tall her", False),
    ],
)
def test_the_words_beside_decide(text: str, expected: bool) -> None:
    assert says_something_else(text.replace(NUMBER, MASK)) is expected


def test_words_without_the_number() -> None:
    assert without_numbers(mask(f"Jeg  er {NUMBER},\nog  sint")[0]) == "Jeg er ,\nog sint"
