"""Proposals by the rules of the day, decisions by the two tests, chains, undo."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ordskifte.archive import deciding, worklist
from ordskifte.archive.arriving import on_arrived
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import Undecided
from ordskifte.records.keeping import chain, standing
from ordskifte.records.models import Entry, JournalEntry, KeepDecision
from tests.archive.office import BY, open_period
from tests.factories import NOW, delete, make_channel, say

pytestmark = pytest.mark.django_db

THANKS = "Takk, så bra!"
OLD = datetime(2019, 5, 2, 10, tzinfo=UTC)


def test_what_we_publish_is_proposed_archived_and_can_never_be_left_out() -> None:
    ours = say(make_channel(), "Vi brøyter i natt.", ours=True)
    proposal = deciding.propose([ours.pk], at=NOW)[ours.pk]
    assert (proposal.outcome, proposal.rule, bool(proposal.must)) == ("archive", "own", True)
    with pytest.raises(ArchiveError, match="bevares alltid"):
        deciding.decide([ours.pk], handled=False, documents=False, reason="no_value", by=BY, at=NOW)
    assert not KeepDecision.objects.exists()


@pytest.mark.parametrize(
    ("handled", "documents", "outcome", "basis"),
    [
        (True, True, "journal", "arkivforskrifta § 14 første ledd"),
        (True, False, "archive", "arkivforskrifta § 1"),
        (False, True, "archive", "arkivforskrifta § 1"),
        (False, False, "leave_out", "arkivforskrifta § 1"),
    ],
)
def test_the_two_tests_give_four_outcomes(*, handled: bool, documents: bool, outcome: str, basis: str) -> None:
    open_period()
    one = say(make_channel(), "Hva skjer på torget på lørdag?")
    deciding.decide([one.pk], handled=handled, documents=documents, reason="own_words", words="x", by=BY, at=NOW)
    found = standing([one.pk])[one.pk]
    assert (found.outcome, found.basis, found.rule_version) == (outcome, basis, "2026-1")
    assert JournalEntry.objects.filter(record_id=one.pk).exists() == (outcome == "journal")


def test_a_past_utterance_is_judged_by_the_rule_of_its_day() -> None:
    old = say(make_channel(), THANKS, at=OLD)
    proposal = deciding.propose([old.pk], at=NOW)[old.pk]
    assert (proposal.outcome, proposal.rule_version, proposal.basis) == ("leave_out", "2018-1", "arkivforskriften § 14")


def test_practice_is_never_decided() -> None:
    one = say(make_channel(practice=True), THANKS)
    with pytest.raises(ArchiveError):
        deciding.confirm([one.pk], by=BY, at=NOW)
    assert worklist.enqueue([one.pk], at=NOW) == 0


def test_an_input_to_a_hearing_and_a_promise_are_always_captured() -> None:
    channel = make_channel()
    hearing = say(channel, "Dette er vår høringsuttalelse om reguleringsplanen for Tollboden. Benkene må bli stående.")
    asked = say(channel, "Når brøyter dere Strandgata?")
    say(channel, "Vi kommer tilbake til deg i morgen.", by="Eksempel kommune", ours=True, parent=asked)
    found = deciding.propose([hearing.pk, asked.pk], at=NOW)
    assert (found[hearing.pk].rule, found[hearing.pk].outcome, bool(found[hearing.pk].must)) == (
        "hearing",
        "journal",
        True,
    )
    assert (found[asked.pk].rule, found[asked.pk].outcome, bool(found[asked.pk].must)) == ("promise", "archive", True)


def test_a_rule_that_misread_is_overruled_in_words() -> None:
    hearing = say(make_channel(), "Dette er vår høringsuttalelse om reguleringsplanen for Tollboden.")
    with pytest.raises(ArchiveError):
        deciding.decide([hearing.pk], handled=False, documents=False, reason="no_value", by=BY, at=NOW)
    deciding.decide([hearing.pk], handled=False, documents=False, reason="misread", words="En spøk", by=BY, at=NOW)
    assert standing([hearing.pk])[hearing.pk].outcome == "leave_out"


def test_a_decision_is_raised_later_and_the_chain_is_shown() -> None:
    open_period()
    one = say(make_channel(), "Takk, fine benker!")
    deciding.decide([one.pk], handled=False, documents=False, reason="no_value", by=BY, at=NOW)
    later = NOW + timedelta(days=30)
    deciding.decide([one.pk], handled=True, documents=True, reason="used_in_case", by=BY, at=later)
    first, second = chain(one.pk)
    assert (first.outcome, second.outcome, second.follows_id) == ("leave_out", "journal", first.pk)
    assert first.ended_at == later
    with pytest.raises(Exception, match="journal"):
        deciding.decide([one.pk], handled=False, documents=True, reason="mistake", by=BY, at=later)


def test_a_batch_is_undone_within_a_week_and_waits_again() -> None:
    channel = make_channel()
    two = [say(channel, THANKS), say(channel, "Supert!")]
    worklist.enqueue([one.pk for one in two], at=NOW)
    batch = uuid4()
    done = deciding.confirm([one.pk for one in two], by=BY, at=NOW, batch=batch)
    assert (done.count, Undecided.objects.count()) == (2, 0)
    assert Entry.objects.filter(kind="keep.decided").count() == 1
    with pytest.raises(ArchiveError, match="7"):
        deciding.undo(batch, by=BY, at=NOW + timedelta(days=8))
    assert deciding.undo(batch, by=BY, at=NOW + timedelta(days=6)) == 2
    assert not standing([one.pk for one in two])
    assert Undecided.objects.count() == 2
    deciding.confirm([two[0].pk], by=BY, at=NOW + timedelta(days=6, hours=1))
    assert len(chain(two[0].pk)) == 2


def test_an_undone_raise_lets_the_earlier_decision_stand_again() -> None:
    one = say(make_channel(), THANKS)
    deciding.confirm([one.pk], by=BY, at=NOW)
    raised = deciding.decide(
        [one.pk], handled=False, documents=True, reason="public_interest", by=BY, at=NOW + timedelta(hours=1)
    )
    deciding.undo(raised.batch, by=BY, at=NOW + timedelta(hours=2))
    assert standing([one.pk])[one.pk].outcome == "leave_out"


def test_what_is_journalled_is_not_undone() -> None:
    open_period()
    one = say(make_channel(), "Hva skjer på torget?")
    done = deciding.decide([one.pk], handled=True, documents=True, reason="used_in_case", by=BY, at=NOW)
    with pytest.raises(ArchiveError, match="journal"):
        deciding.undo(done.batch, by=BY, at=NOW)


def test_a_number_in_the_reason_is_masked() -> None:
    one = say(make_channel(), THANKS)
    deciding.decide([one.pk], handled=False, documents=True, reason="own_words", words="Se 02013299997", by=BY, at=NOW)
    assert "02013299997" not in standing([one.pk])[one.pk].words


def test_a_thousand_at_a_time_and_no_more() -> None:
    with pytest.raises(ArchiveError, match="1000"):
        deciding.confirm([uuid4() for _ in range(1001)], by=BY, at=NOW)
    with pytest.raises(ArchiveError):
        deciding.confirm([], by=BY, at=NOW)


def test_what_arrives_waits_with_its_proposal_and_deleted_comes_first() -> None:
    channel = make_channel()
    early = say(channel, "Når åpner badet?", at=NOW - timedelta(days=3))
    gone = delete(say(channel, "Jeg ringte 3. mars uten svar."))
    on_arrived([early.current_id, gone.current_id], at=NOW)
    rows = list(Undecided.objects.order_by("-deleted", "at"))
    assert [(one.record_id, one.deleted, bool(one.outcome)) for one in rows] == [
        (gone.pk, True, True),
        (early.pk, False, True),
    ]


def test_queries_do_not_grow_with_records() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    channel = make_channel()
    said = [say(channel, f"Når åpner badet {n}?") for n in range(3)]
    with CaptureQueriesContext(connection) as one:
        deciding.propose([said[0].pk], at=NOW)
    with CaptureQueriesContext(connection) as three:
        deciding.propose([each.pk for each in said], at=NOW)
    assert len(one) == len(three)
