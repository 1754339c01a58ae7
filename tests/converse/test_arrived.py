"""What arrives becomes conversations: clocks, turns, topics, warnings; in a number of queries that does not grow."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.corrections import confirm_rule, correct, end_rule, propose_rule
from ordskifte.converse.models import Answered, Assessment, Conversation, LocalRule, Note, Part, State, Task, Turn
from ordskifte.converse.queries import promise_sum
from ordskifte.people.models import Role
from ordskifte.plan.opening_hours import set_opening_hours
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Entry
from tests.converse.world import WORKDAY, answer, arrive, ask, make_promise, make_topic, set_hours
from tests.factories import delete, edit, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


def test_what_they_say_opens_a_conversation_with_its_clock() -> None:
    set_hours()
    promise = make_promise(4)
    one = ask("Når brøyter dere Strandgata?")
    assert (one.state, one.turn, one.promise_id, one.clock_from) == (State.OPEN, Turn.OURS, promise.pk, WORKDAY)
    assert one.due_at == WORKDAY + timedelta(hours=4)
    assert one.risk_at is not None
    assert WORKDAY < one.risk_at < one.due_at
    assert (one.kind, one.says) == ("question", "Når brøyter dere Strandgata?")
    assert Entry.objects.filter(kind="conversation.arrived", record_id=one.pk).count() == 1


def test_a_second_utterance_keeps_the_clock() -> None:
    set_hours()
    make_promise(4)
    one = ask("Når brøyter dere?")
    due = one.due_at
    more = say(
        one.channel, "Hallo?", parent=str(one.thread.utterance_set.get().external_id), at=WORKDAY + timedelta(hours=1)
    )
    arrive(more, at=WORKDAY + timedelta(hours=1))
    one.refresh_from_db()
    assert (one.due_at, one.says, one.newest_id) == (due, "Hallo?", more.pk)


def test_what_we_say_starts_no_clock_and_opens_nothing() -> None:
    make_promise(4)
    ours = say(make_channel(), "Det snør i natt.", ours=True, by="Kommunen")
    arrive(ours)
    assert Conversation.objects.count() == 0


def test_a_comment_on_our_post_is_a_conversation() -> None:
    channel = make_channel()
    post = say(channel, "Det snør i natt.", ours=True, by="Kommunen")
    arrive(post, say(channel, "Når brøyter dere?", parent=post))
    one = Conversation.objects.get()
    assert (one.pk, one.says) == (post.thread_id, "Når brøyter dere?")


def test_a_promise_changed_while_the_clock_runs_changes_nothing() -> None:
    set_hours()
    old = make_promise(4)
    one = ask()
    due = one.due_at
    old.valid_to = WORKDAY + timedelta(minutes=30)
    old.save()
    make_promise(1, valid_from=old.valid_to)
    arrive(
        say(one.channel, "Hallo?", parent=str(one.thread.utterance_set.get().external_id)),
        at=WORKDAY + timedelta(hours=1),
    )
    one.refresh_from_db()
    assert (one.promise_id, one.due_at) == (old.pk, due)


def test_hours_changed_while_the_clock_runs_change_neither_the_deadline_nor_what_has_passed() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    due, counted = one.due_at, promise_sum(one)
    assert due is not None
    set_opening_hours(
        None, {day: ((time(8), time(11)),) for day in range(5)}, actor="system:test", at=WORKDAY + timedelta(hours=5)
    )
    arrive(
        say(one.channel, "Hallo?", parent=str(one.thread.utterance_set.get().external_id)),
        at=WORKDAY + timedelta(hours=1),
    )
    one.refresh_from_db()
    assert (one.due_at, promise_sum(one)) == (due, counted)
    later = ask(channel=make_channel(), at=WORKDAY + timedelta(days=1))  # Friday, 10.00: one hour, then Monday's three
    assert later.due_at == datetime(2026, 3, 16, 10, 0, tzinfo=UTC)


def test_each_arrival_gets_the_promise_in_force_when_it_was_said() -> None:
    set_hours()
    old = make_promise(4, valid_to=WORKDAY)
    new = make_promise(1, valid_from=WORKDAY)
    channel = make_channel()
    before, after = say(channel, "Først?", at=WORKDAY - timedelta(minutes=1)), say(channel, "Så?", at=WORKDAY)
    arrive(before, after)
    found = dict(Conversation.objects.values_list("pk", "promise_id"))
    assert found == {before.thread_id: old.pk, after.thread_id: new.pk}


def test_without_a_promise_no_deadline_is_made_up() -> None:
    assert ask().due_at is None
    make_promise(None)
    one = ask()
    assert (one.due_at, one.clock_from) == (None, WORKDAY)


def test_a_private_message_has_the_promise_for_messages() -> None:
    set_hours()
    make_promise(4)
    message = make_promise(1, kind="message")
    one = ask(private=True)
    assert (one.private, one.promise_id) == (True, message.pk)


def test_practice_channels_have_clocks_too() -> None:
    set_hours()
    make_promise(4)
    assert ask(channel=make_channel(practice=True)).due_at is not None


def test_an_edit_brings_up_to_date_and_starts_nothing_again() -> None:
    set_hours()
    make_promise(4)
    one = ask("Når brøyter dere?")
    due = one.due_at
    said = one.thread.utterance_set.get()
    arrive(edit(said, "Når brøyter dere Strandgata, da?"), at=WORKDAY + timedelta(hours=1))
    one.refresh_from_db()
    assert (one.says, one.due_at, one.clock_from) == ("Når brøyter dere Strandgata, da?", due, WORKDAY)
    assert Assessment.objects.filter(utterance=said).count() == 2


def test_a_deletion_shows_and_starts_nothing() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    due = one.due_at
    arrive(delete(one.thread.utterance_set.get()), at=WORKDAY + timedelta(hours=1))
    one.refresh_from_db()
    assert (one.says, one.due_at, one.state) == ("", due, State.OPEN)


def test_an_edit_of_what_was_imported_opens_nothing() -> None:
    said = say(make_channel(), "Gammelt")
    Assessment.objects.all().delete()
    arrive(edit(said, "Gammelt, endret"))
    assert Conversation.objects.count() == 0


def test_batches_that_are_taken_up_in_the_wrong_order_lose_nothing() -> None:
    said = say(make_channel(), "Når brøyter dere?")
    first = said.current_id
    edited = edit(said, "Når brøyter dere Strandgata?")
    on_arrived([edited.current_id], at=WORKDAY)
    assert Conversation.objects.count() == 0
    on_arrived([first], at=WORKDAY)
    one = Conversation.objects.get()
    assert (one.says, one.turn) == ("Når brøyter dere Strandgata?", Turn.OURS)


def test_a_question_after_the_answer_opens_it_again_with_a_new_clock() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    answer(one, at=WORKDAY + timedelta(hours=1))
    assert (one.state, one.due_at) == (State.DONE, None)
    later = WORKDAY + timedelta(hours=2)
    arrive(
        say(one.channel, "Og Storgata?", parent=str(one.thread.utterance_set.first().external_id), at=later), at=later
    )
    one.refresh_from_db()
    assert (one.state, one.turn, one.clock_from, one.closed_at) == (State.OPEN, Turn.OURS, later, None)


def test_the_topics_words_route_it_and_the_channels_unit_comes_first() -> None:
    drift, skole, egen = make_unit("Teknisk drift"), make_unit("Oppvekst"), make_unit("Kommunikasjon")
    snow = make_topic("Brøyting", ["brøyt", "snø"], drift)
    make_topic("Skole", ["skole", "skule"], skole)
    one = ask("Når brøyter dere ved skolen? Snøen ligger.")
    assert (one.topic_id, one.unit_id) == (snow.pk, drift.pk)
    why = Assessment.objects.get(utterance=one.newest_id).why
    marked = next(entry for entry in why if entry["rule"] == f"topic:{snow.pk}")
    assert "Når brøyter dere ved skolen? Snøen ligger."[marked["start"] : marked["end"]] == "brøyter"
    other = ask("Når brøyter dere?", channel=make_channel(unit=egen))
    assert (other.topic_id, other.unit_id) == (snow.pk, egen.pk)


def test_what_a_person_set_is_not_routed_again() -> None:
    topic = make_topic("Brøyting", ["brøyt"])
    mine = make_topic("Vei", ["asfalt"])
    one = ask("Når brøyter dere?")
    assert one.topic_id == topic.pk
    Conversation.objects.filter(pk=one.pk).update(topic=mine)
    arrive(say(one.channel, "Brøyting!", parent=str(one.thread.utterance_set.get().external_id)))
    one.refresh_from_db()
    assert one.topic_id == mine.pk


def test_a_personal_number_warns_and_its_digits_are_nowhere() -> None:
    set_hours()
    one = ask("Nummeret mitt er 02013299997, hva nå?")
    assert "number" in one.warnings
    assert "02013299997" not in one.says
    row = Assessment.objects.get(utterance=one.newest_id)
    assert "02013299997" not in str(row.why) + str(row.personal_data)


def test_a_threat_warns_and_offsets_stand_in_the_masked_text() -> None:
    set_hours()
    one = ask("02013299997. Jeg skal drepe dere alle sammen, bare vent.")
    assert "threat" in one.warnings
    row = Assessment.objects.get(utterance=one.newest_id)
    text = one.thread.utterance_set.get().version_set.get().text
    assert all(0 <= entry["start"] < entry["end"] <= len(text) for entry in row.why)


def test_a_confirmed_local_rule_is_used_and_a_proposed_one_is_not() -> None:
    LocalRule.objects.create(name="Badeland", words=["badeland"], kind="question", proposed_at=WORKDAY)
    assert ask("Badeland nå").kind != "question"
    LocalRule.objects.update(confirmed_at=WORKDAY)
    assert ask("Badeland nå").kind == "question"


def test_a_correction_changes_the_next_text_only_when_an_owner_has_confirmed_it() -> None:
    writer, owner = make_person(Role.MODERATOR).id, make_person(Role.OWNER).id
    one = ask("Badeland nå")
    version = Assessment.objects.get(utterance=one.newest_id).version_id
    correct(one.pk, version, field="kind", now="question", by=writer, at=WORKDAY)
    one.refresh_from_db()
    assert one.kind == "question"
    assert ask("Badeland nå").kind != "question"
    rule = propose_rule("Badeland", "badeland", "question", by=writer, at=WORKDAY)
    assert ask("Badeland nå").kind != "question"
    confirm_rule(rule.pk, by=owner, at=WORKDAY)
    told = ask("Badeland nå")
    assert told.kind == "question"
    assert Assessment.objects.get(utterance=told.newest_id).why[0]["rule"] == "Badeland"
    end_rule(rule.pk, by=owner, at=WORKDAY)
    assert ask("Badeland nå").kind != "question"
    kinds = Entry.objects.filter(kind__startswith="local_rule.").values_list("kind", flat=True)
    assert sorted(kinds) == ["local_rule.confirmed", "local_rule.ended", "local_rule.proposed"]


def test_the_same_batch_twice_changes_nothing() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    serial = one.serial
    arrive(one.thread.utterance_set.get())
    one.refresh_from_db()
    assert one.serial == serial
    assert Assessment.objects.count() == 1


def test_a_reply_written_on_the_platform_stops_the_clock() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    later = WORKDAY + timedelta(hours=1)
    arrive(
        say(one.channel, "I natt.", parent=str(one.thread.utterance_set.get().external_id), ours=True, at=later),
        at=later,
    )
    one.refresh_from_db()
    assert (one.turn, one.due_at, one.responded_at) == (Turn.THEIRS, None, later)
    assert Answered.objects.get().in_time is True


def test_our_own_reply_coming_back_through_intake_answers_once() -> None:
    set_hours()
    make_promise(4)
    one = ask()
    later = WORKDAY + timedelta(hours=1)
    row = answer(one, at=later)
    Outbox.objects.filter(pk=row.pk).update(external_id="vaart-1")
    back = say(
        one.channel,
        row.text,
        parent=str(one.thread.utterance_set.get().external_id),
        ours=True,
        at=later,
        external_id="vaart-1",
    )
    arrive(back, at=later)
    one.refresh_from_db()
    assert (one.state, Answered.objects.count()) == (State.DONE, 1)


def test_a_parent_that_comes_later_joins_the_conversations() -> None:
    set_hours()
    make_promise(4)
    channel = make_channel()
    child = say(channel, "Enig, når kommer plogen?", parent="far", at=WORKDAY)
    arrive(child)
    early = Conversation.objects.get()
    Note.objects.create(conversation=early, by=make_person(Role.OWNER), text="Ring", at=WORKDAY)
    father = say(channel, "Elendig brøyting!", external_id="far", parent="bestefar", at=WORKDAY - timedelta(hours=1))
    arrive(father, at=WORKDAY + timedelta(minutes=5))
    joined = Conversation.objects.get(merged_into=None)
    assert joined.pk == father.thread_id
    assert joined.pk != early.pk
    assert joined.turn == Turn.OURS
    assert Note.objects.get().conversation_id == joined.pk


def test_our_post_that_comes_after_its_comment_keeps_the_clock() -> None:
    set_hours()
    make_promise(4)
    channel = make_channel()
    child = say(channel, "Når kommer plogen?", parent="innlegg", at=WORKDAY)
    arrive(child)
    due = Conversation.objects.get().due_at
    post = say(channel, "Det snør.", external_id="innlegg", parent="topp", ours=True, at=WORKDAY - timedelta(hours=1))
    arrive(post, at=WORKDAY + timedelta(minutes=1))
    one = Conversation.objects.get(merged_into=None)
    assert (one.pk, one.due_at, one.turn) == (post.thread_id, due, Turn.OURS)


def test_what_answers_something_that_was_split_off_goes_with_it() -> None:
    channel = make_channel()
    one = ask("Når brøyter dere?", channel=channel)
    root = one.thread.utterance_set.get()
    side = say(channel, "Og hva med bossen?", parent=root)
    arrive(side)
    other = Conversation.objects.create(
        thread_id=side.pk, channel=channel, private=False, turn=Turn.OURS, opened_at=WORKDAY, last_at=WORKDAY,
        source_id=root.thread_id,
    )  # fmt: skip
    Part.objects.create(utterance=side, conversation=other)
    arrive(say(channel, "Ja, bossen!", parent=side))
    other.refresh_from_db()
    assert other.says == "Ja, bossen!"


def queries_of(count: int) -> int:
    channel = make_channel()
    ids: list[UUID] = []
    for n in range(count):
        said = say(channel, f"Når brøyter dere vei {n}?", at=WORKDAY + timedelta(minutes=n))
        ids.append(said.current_id)
    with CaptureQueriesContext(connection) as found:
        on_arrived(ids, at=WORKDAY + timedelta(hours=2))
    return len(found)


def test_the_number_of_queries_does_not_grow_with_the_batch() -> None:
    set_hours()
    make_promise(4)
    make_topic("Brøyting", ["brøyt"])
    assert queries_of(1) == queries_of(12)


def test_an_emergency_sorts_before_all() -> None:
    set_hours()
    make_promise(4)
    ask("Når brøyter dere?")
    one = ask("Det brenner i huset ved siden av, noen ligger på bakken og puster ikke!")
    Conversation.objects.filter(pk=one.pk).update(warnings=["emergency"])
    assert Conversation.objects.order_by("rank", "order_at").first() == one


def test_tasks_are_not_touched_by_arrivals() -> None:
    one = ask()
    Task.objects.create(kind="look", conversation=one, made_at=datetime(2026, 3, 12, tzinfo=UTC))
    arrive(say(one.channel, "Hei igjen", parent=str(one.thread.utterance_set.get().external_id)))
    assert Task.objects.get().done_at is None
