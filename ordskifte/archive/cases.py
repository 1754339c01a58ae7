"""Cases: a thread becomes one when its first utterance is journalled; linked to further threads; retitled; closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.numbers import next_number
from ordskifte.archive.periods import class_of, period_of
from ordskifte.archive.sources import Source
from ordskifte.archive.wording import case_titles
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.plan.working_time import OSLO
from ordskifte.records.entry import record_act
from ordskifte.records.models import Case, CaseThread, JournalEntry
from ordskifte.threads.models import Thread, Utterance


def local_day(at: datetime) -> date:
    return at.astimezone(OSLO).date()


def lock_threads(threads: Sequence[UUID]) -> None:
    """Two writers never make two cases of one thread. Held to the end of the transaction, taken in one order."""
    with connection.cursor() as cursor:
        for one in sorted({str(thread) for thread in threads}):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 20261))", [one])


def cases_for(sources: Sequence[Source], *, by: str, at: datetime, language: str) -> Mapping[UUID, Case]:
    """The open case of each thread, made where there is none. The threads are locked by the caller."""
    threads = {one.thread_id: one for one in sorted(sources, key=lambda one: (one.at, one.id), reverse=True)}
    found = _known(list(threads))
    cases = {
        case.id: case
        for case in Case.objects.select_for_update(of=("self",))
        .filter(pk__in=set(found.values()))
        .select_related("period")
        .order_by("pk")
    }
    made: dict[UUID, Case] = {}
    for thread_id in sorted(threads, key=lambda one: (threads[one].at, str(one))):  # numbered in the order it was said
        case = cases.get(found[thread_id]) if thread_id in found else None
        if case is not None and case.period.closed_at is not None:
            case = None  # what is handed over stands; the conversation goes on in a case of the new period
        if case is None:
            case = _make(threads[thread_id], by=by, at=at, language=language)
        elif case.status != "under_handling":
            case.status, case.closed_at, case.closed_by = "under_handling", None, ""
            case.save(update_fields=["status", "closed_at", "closed_by"])
            record_act("case.reopened", actor=by, at=at, record=case.id)
        made[thread_id] = case
    return made


def _known(threads: Sequence[UUID]) -> dict[UUID, UUID]:
    """Thread -> case. A thread whose top came later has a new id: its case is found through what it holds."""
    found = dict(CaseThread.objects.filter(pk__in=threads).values_list("thread_id", "case_id"))
    rest = [one for one in threads if one not in found]
    if rest:
        inside = dict(Utterance.objects.filter(thread_id__in=rest).values_list("id", "thread_id"))
        entries = JournalEntry.objects.filter(record_id__in=list(inside)).order_by("number_in_case")
        for record, case in entries.values_list("record_id", "case_id"):
            found.setdefault(inside[record], case)
    return found


def _make(one: Source, *, by: str, at: datetime, language: str) -> Case:
    day = local_day(at)
    period = period_of(day)
    if period.closed_at is not None:
        raise JournalError(_("The period %(period)s is closed. Open the next one first.") % {"period": period.title})
    title, public_title = case_titles(one, language)
    case = Case(
        period=period,
        record_class=class_of(one.thread_id),
        title=title,
        public_title=public_title,
        unit_id=one.unit_id,
        unit_name=one.unit_name,
        responsible=one.responsible,
        opened_on=day,
        made_at=at,
        made_by=by,
    )
    if period.journal == "own":
        case.year, case.number = day.year, next_number("case", day.year)
    case.save(force_insert=True)
    CaseThread.objects.update_or_create(
        thread_id=one.thread_id, defaults={"case": case, "linked_at": at, "linked_by": by}
    )
    numbered = {"year": case.year, "number": case.number} if case.number else {}
    details: dict[str, object] = {"period": str(period.id), "thread": str(one.thread_id), **numbered}
    record_act("case.made", actor=by, at=at, record=case.id, details=details)
    return case


@transaction.atomic
def link_thread(case_id: UUID, thread_id: UUID, *, by: str, at: datetime) -> None:
    """A further thread belongs to the case. What of it is journalled from now on goes there."""
    lock_threads([thread_id])
    case = _open(case_id)
    thread = Thread.objects.filter(pk=thread_id).select_related("channel").first()
    if thread is None or thread.channel.practice:
        raise JournalError(_("That thread is not here, or is practice."), field="thread")
    known = _known([thread_id])
    if thread_id in known:
        if known[thread_id] == case_id:
            return
        raise JournalError(_("That thread is in another case already."), field="thread")
    CaseThread.objects.create(thread_id=thread_id, case=case, linked_at=at, linked_by=by)
    record_act("case.thread_linked", actor=by, at=at, record=case.id, details={"thread": str(thread_id)})


@transaction.atomic
def retitle(case_id: UUID, *, title: str, public_title: str, responsible: str, by: str, at: datetime) -> None:
    """Titles and who answers for the case. A change after closure is refused: it stands as it was closed."""
    case = _open(case_id)
    said = [mask(storable(" ".join(one.split())))[0][:500] for one in (title, public_title, responsible)]
    if not said[0]:
        raise JournalError(_("A case needs a title."), field="title")
    case.title, case.public_title, case.responsible = said
    case.save(update_fields=["title", "public_title", "responsible"])
    record_act("case.changed", actor=by, at=at, record=case.id, details={"fields": ["title", "responsible"]})


@transaction.atomic
def close_case(case_id: UUID, *, by: str, at: datetime) -> None:
    """No question in it may stand open."""
    case = _open(case_id)
    waiting = JournalEntry.objects.filter(case=case, kind="in", closed_on=None).exclude(status="cancelled").count()
    if waiting:
        raise JournalError(_("%(count)s entries are not answered or noted. Write them off first.") % {"count": waiting})
    case.status, case.closed_at, case.closed_by = "closed", at, by
    case.save(update_fields=["status", "closed_at", "closed_by"])
    finished = JournalEntry.objects.filter(case=case, status="journalled").update(status="finished")
    record_act("case.closed", actor=by, at=at, record=case.id, details={"entries": finished})


def _open(case_id: UUID) -> Case:
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise JournalError(_("There is no such case."))
    if case.status != "under_handling":
        raise JournalError(_("The case is closed."))
    return case
