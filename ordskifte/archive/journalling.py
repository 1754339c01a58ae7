"""Journalling: a record that is to be journalled becomes an entry in its thread's case.

Called in the transaction that decides. Where the journal is the body's own, the entry gets its number here; where it is
in the case system, a delivery is made and the number comes back with the receipt. Never both.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ordskifte.archive.answers import write_off_answered
from ordskifte.archive.cases import cases_for, local_day, lock_threads
from ordskifte.archive.delivering import make_deliveries
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Delivery
from ordskifte.archive.numbers import next_number
from ordskifte.archive.sensitive import shield_sensitive
from ordskifte.archive.sources import Source, sources_of
from ordskifte.archive.wording import body_language, entry_titles, nobody, the_public
from ordskifte.people.models import Body
from ordskifte.records.entry import append_entries
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.records.models import Case, JournalEntry, KeepDecision, Party
from ordskifte.records.models.keeping import Outcome
from ordskifte.threads.models import Utterance


@transaction.atomic
def journal(record_ids: Sequence[UUID], *, by: str, at: datetime) -> list[JournalEntry]:
    """The entries of these records, made where there are none, in the order they were said.

    JournalError when one of them is practice, unknown, or not decided to be journalled. The same records twice give the
    same entries and use no number.
    """
    sources = sources_of(record_ids)
    _refuse(record_ids, sources)
    lock_threads([one.thread_id for one in sources.values()])
    standing = {one.record_id: one for one in JournalEntry.objects.filter(record_id__in=list(sources))}
    new = sorted(
        (one for one in sources.values() if one.id not in standing), key=lambda one: (one.at, one.first_seen, one.id)
    )
    if not new:
        return _in_order(standing.values(), record_ids)
    decisions = {
        one.record_id: one
        for one in KeepDecision.objects.filter(record_id__in=[one.id for one in new], ended_at=None)
        if one.outcome == Outcome.JOURNAL
    }
    for one in new:
        if one.id not in decisions:
            raise JournalError(_("Decide first that it is to be journalled."))
    language = body_language()
    cases = cases_for(new, by=by, at=at, language=language)
    places = dict(
        JournalEntry.objects.filter(case__in={case.id for case in cases.values()})
        .values_list("case")
        .annotate(last=Max("number_in_case"))
    )
    made: list[JournalEntry] = []
    for one in new:
        case = cases[one.thread_id]
        places[case.id] = places.get(case.id, 0) + 1
        entry = _entry(one, case, decisions[one.id], places[case.id], by=by, at=at, language=language)
        made.append(entry)
    for entry in made:  # numbers last: the lock on them is held shortest
        if entry.case.period.journal == "own":
            entry.year, entry.number = entry.journal_date.year, next_number("entry", entry.journal_date.year)
    JournalEntry.objects.bulk_create(made)
    Party.objects.bulk_create(_parties(new, made, language))
    append_entries([("entry.made", entry.record_id, _leaf(entry, by=by, at=at)) for entry in made])
    shield_sensitive([one for one in new if one.sensitive], at=at)
    write_off_answered(made, by=by, at=at)
    make_deliveries([one for one in made if one.case.period.journal == "external"], at=at)
    return _in_order([*standing.values(), *made], record_ids)


def refuse_undo(record_ids: Sequence[UUID]) -> bool:
    """Whether one of these is journalled for good: numbered here, or on its way to the case system. Two queries."""
    entries = JournalEntry.objects.filter(record_id__in=list(record_ids))
    if entries.exclude(number=None).exists():
        return True
    return Delivery.objects.filter(entry__record_id__in=list(record_ids)).exists()


def _refuse(record_ids: Sequence[UUID], sources: dict[UUID, Source]) -> None:
    for one in record_ids:
        source = sources.get(one)
        if source is None:
            raise JournalError(_("There is no such record."))
        if source.practice:
            raise JournalError(_("Practice is never journalled."))


def _in_order(entries: Iterable[JournalEntry], record_ids: Sequence[UUID]) -> list[JournalEntry]:
    known = {one.record_id: one for one in entries}
    return [known[one] for one in dict.fromkeys(record_ids)]


def _entry(
    one: Source, case: Case, decision: KeepDecision, place: int, *, by: str, at: datetime, language: str
) -> JournalEntry:
    kind = "internal" if one.kind != "utterance" else "out" if one.ours else "in"
    title, public_title = entry_titles(one, language)
    return JournalEntry(
        case=case,
        record_id=one.id,
        decision=decision,
        kind=kind,
        number_in_case=place,
        journal_date=local_day(at),
        document_date=local_day(one.at),
        sent_at=one.at if kind == "out" else None,
        received_at=one.first_seen if kind == "in" else None,
        registered_at=at,
        registered_by=by,
        title=title,
        public_title=public_title,
    )


def _parties(sources: Sequence[Source], entries: Sequence[JournalEntry], language: str) -> list[Party]:
    body = Body.objects.values_list("name", flat=True).first() or ""
    parents = {
        one.id: one
        for one in Utterance.objects.filter(
            pk__in=[one.parent_id for one in sources if one.ours and one.parent_id]
        ).select_related("author")
    }
    made: list[Party] = []
    for one, entry in zip(sources, entries, strict=True):
        us = {"name": body, "natural": False, "unit_name": one.unit_name, "person_name": one.responsible}
        if entry.kind == "internal":
            made.append(Party(entry=entry, kind="internal_sender", **us))
        elif entry.kind == "in":
            sender = one.author_name or nobody(language)
            made.append(
                Party(
                    entry=entry, kind="sender", name=sender, natural=bool(one.author_name), account=one.author_account
                )
            )
            made.append(Party(entry=entry, kind="recipient", **us))
        else:
            made.append(Party(entry=entry, kind="sender", **us))
            made.append(_addressee(entry, parents.get(one.parent_id) if one.parent_id else None, language))
    return made


def _addressee(entry: JournalEntry, parent: Utterance | None, language: str) -> Party:
    author = parent.author if parent and not parent.ours else None
    if author is None:
        return Party(entry=entry, kind="recipient", name=the_public(language), natural=False)
    name = author.name or author.handle or author.external_id
    return Party(entry=entry, kind="recipient", name=name, natural=True, account=author.external_id)


def _leaf(entry: JournalEntry, *, by: str, at: datetime) -> bytes:
    numbered = {"year": entry.year, "number": entry.number} if entry.number else {}
    details: dict[str, object] = {
        "entry": str(entry.id),
        "case": str(entry.case_id),
        "kind": entry.kind,
        "decision": str(entry.decision_id),
        "number_in_case": entry.number_in_case,
        **numbered,
    }
    return leaf_body("entry.made", at=at, actor=by, record=str(entry.record_id), details=details)
