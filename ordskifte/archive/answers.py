"""Writing off (avskrivning): an answer of ours closes the question, with date and manner; a person may note it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.records.entry import record_act
from ordskifte.records.models import JournalEntry
from ordskifte.threads.models import Utterance

MANNERS: Final = ("answered", "phone", "noted", "oriented")
"""Answered in writing, answered by telephone, tatt til etterretning, tatt til orientering (M619)."""


def write_off_answered(entries: Sequence[JournalEntry], *, by: str, at: datetime) -> None:
    """Of entries just made: an answer writes off what it answers, and a question what answered it before.

    In private talk, where no message is a reply to another, an answer writes off the questions before it. Four queries,
    and one for each entry that is written off.
    """
    said = {one.id: one for one in Utterance.objects.filter(pk__in=[entry.record_id for entry in entries])}
    threads = {one.thread_id for one in said.values()}
    around = list(
        Utterance.objects.filter(thread_id__in=threads).only(
            "id", "thread_id", "parent_id", "ours", "private", "at", "published"
        )
    )
    known = {
        one.record_id: one
        for one in JournalEntry.objects.filter(record_id__in=[one.id for one in around])
        .select_for_update()
        .order_by("pk")  # one order for all: no two writers wait for each other
    }
    by_id = {one.id: one for one in around}
    private = [one for one in around if one.private and not one.ours and one.id in known]
    for answer in sorted(around, key=lambda one: (one.at, one.id)):
        if not answer.ours or answer.id not in known:
            continue
        for question in _answered(answer, by_id, private):
            if question.id in known:
                _write_off(known[question.id], known[answer.id], local_day(answer.at), by=by, at=at)


def _answered(answer: Utterance, by_id: Mapping[UUID, Utterance], private: Sequence[Utterance]) -> Sequence[Utterance]:
    """What an answer of ours answers: the one it is a reply to; in private talk without replies, what stood before."""
    if answer.parent_id is not None:
        asked = by_id.get(answer.parent_id)
        return [asked] if asked and not asked.ours else []
    if not answer.private:
        return []
    return [one for one in private if one.thread_id == answer.thread_id and one.at <= answer.at]


def _write_off(question: JournalEntry, answer: JournalEntry, day: date, *, by: str, at: datetime) -> None:
    if question.kind != "in" or question.closed_on is not None:
        return
    question.answered_by, question.closed_on, question.closed_how, question.closed_by = answer, day, "answered", by
    question.save(update_fields=["answered_by", "closed_on", "closed_how", "closed_by"])
    details: dict[str, object] = {"how": "answered", "answer": str(answer.id), "on": day.isoformat()}
    record_act("entry.written_off", actor=by, at=at, record=question.record_id, details=details)


@transaction.atomic
def write_off(entry_id: UUID, *, how: str, by: str, at: datetime) -> None:
    """A person says that a question needs no written answer here: by telephone, noted."""
    entry = JournalEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None or entry.kind != "in":
        raise JournalError(_("Only what came in is written off."))
    if entry.closed_on is not None:
        raise JournalError(_("It is written off already."))
    if how not in MANNERS:
        raise JournalError(_("Choose how it was answered."), field="how")
    entry.closed_on, entry.closed_how, entry.closed_by = local_day(at), how, by
    entry.save(update_fields=["closed_on", "closed_how", "closed_by"])
    details: dict[str, object] = {"how": how, "on": local_day(at).isoformat()}
    record_act("entry.written_off", actor=by, at=at, record=entry.record_id, details=details)
