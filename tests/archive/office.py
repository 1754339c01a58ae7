"""A body with a journal of its own, or in a case system, and records that are decided to be journalled."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from ordskifte.archive.journalling import journal
from ordskifte.archive.models import JournalChoice
from ordskifte.people.models import Body
from ordskifte.plan.models import Channel
from ordskifte.records.models import JournalEntry, KeepDecision, Period, RecordClass
from ordskifte.threads.models import Utterance
from tests.factories import NOW, make_body, make_channel, say

BY = "person:00000000-0000-0000-0000-000000000001"


def open_period(journal_kept: str = "own", year: int = 2026) -> Period:
    """A period of a calendar year, and the body with its standard class."""
    make_body()
    Body.objects.update(org_number="987654325")
    RecordClass.objects.get_or_create(
        code="010",
        defaults={
            "names": {"nb": "Innbyggerdialog", "nn": "Innbyggjardialog", "en": "Dialogue"},
            "keep": True,
            "standard": True,
            "valid_from": datetime(year, 1, 1, tzinfo=UTC),
        },
    )
    return Period.objects.create(
        title=f"Sosiale medier {year}",
        starts=date(year, 1, 1),
        ends=date(year, 12, 31),
        journal=journal_kept,
        opened_at=datetime.combine(date(year, 1, 1), time(), UTC),
        opened_by=BY,
    )


def decide(record_id: UUID, kind: str = "utterance", outcome: str = "journal") -> KeepDecision:
    return KeepDecision.objects.create(
        record_id=record_id,
        record_kind=kind,
        outcome=outcome,
        handled=True,
        documents=True,
        reason="own_words",
        rule="test",
        rule_version="1",
        basis="arkivforskrifta § 14 første ledd",
        by=BY,
        at=NOW,
    )


def enter(*said: Utterance, at: datetime = NOW) -> list[JournalEntry]:
    """Decided and journalled, as the archivist does it."""
    for one in said:
        decide(one.pk)
    return journal([one.pk for one in said], by=BY, at=at)


def question_and_answer(channel: Channel | None = None) -> tuple[Utterance, Utterance]:
    where = channel or make_channel("Facebook-siden")
    asked = say(where, "Når brøyter dere Strandgata?", by="Anonym ulv", at=datetime(2026, 3, 11, 8, 0, tzinfo=UTC))
    answered = say(
        where,
        "Plogen kommer før klokka ti.",
        by="Eksempel kommune",
        ours=True,
        parent=asked,
        at=datetime(2026, 3, 11, 9, 0, tzinfo=UTC),
    )
    return asked, answered


def choose(**more: Any) -> JournalChoice:
    given: dict[str, Any] = {"public": True, "by": BY, "at": NOW} | more
    return JournalChoice.objects.create(**given)
