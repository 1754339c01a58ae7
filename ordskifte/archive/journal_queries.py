"""What the journal's desk pages show. Each a fixed number of queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ordskifte.archive.journal_rules import visible_cases
from ordskifte.archive.models import AccessRequest, Delivery
from ordskifte.archive.shielding import shieldings
from ordskifte.converse.models import Complaint, Measure
from ordskifte.people.viewer import Viewer
from ordskifte.records.models import Case, CaseThread, JournalEntry, Shielding
from ordskifte.threads.models import Thread, Utterance

ROWS: Final = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, for the rail."""

    access: int
    late: int
    deliveries: int
    stuck: int
    open: int


def waiting(at: datetime) -> Counts:
    """Three queries."""
    asked = AccessRequest.objects.filter(state="open").aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at))
    )
    sent = Delivery.objects.exclude(state="received").aggregate(
        all=Count("pk"), stuck=Count("pk", filter=Q(state="refused"))
    )
    questions = JournalEntry.objects.filter(kind="in", closed_on=None, case__status="under_handling").count()
    return Counts(asked["all"], asked["late"], sent["all"], sent["stuck"], questions)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: tuple[T, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    case: Case
    entries: int
    open: int


def cases(viewer: Viewer, *, state: str = "", words: str = "", page: int = 1) -> Page[CaseLine]:
    """Newest first. Two queries."""
    found = visible_cases(viewer).select_related("period", "record_class")
    if state in ("under_handling", "closed"):
        found = found.filter(status=state)
    for word in words.split()[:6]:
        found = found.filter(_called(word) | Q(title__icontains=word) | Q(public_title__icontains=word))
    found = found.annotate(
        many=Count("entries"), questions=Count("entries", filter=Q(entries__kind="in", entries__closed_on=None))
    ).order_by("-made_at", "-id")
    at = (page - 1) * ROWS
    rows = list(found[at : at + ROWS + 1])
    lines = tuple(CaseLine(one, one.many, one.questions) for one in rows[:ROWS])
    return Page(lines, page, len(rows) > ROWS)


def _called(word: str) -> Q:
    year, _, number = word.partition("/")
    if year.isdecimal() and number.isdecimal() and len(year) <= 4 and len(number) <= 9:
        pair = int(year), int(number)
        return Q(year=pair[0], number=pair[1]) | Q(external_year=pair[0], external_number=pair[1])
    return Q(pk__in=())


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry with what stands around it."""

    entry: JournalEntry
    shielded: tuple[Shielding, ...]
    thread_id: UUID | None
    measure_id: UUID | None
    delivery: Delivery | None


def case_of(viewer: Viewer, case_id: UUID) -> Case | None:
    return visible_cases(viewer).select_related("period", "record_class").filter(pk=case_id).first()


def entries_of(rows: Sequence[JournalEntry]) -> list[EntryLine]:
    """Five queries."""
    records = [one.record_id for one in rows]
    shielded = shieldings(records)
    threads = dict(Utterance.objects.filter(pk__in=records).values_list("id", "thread_id"))
    measures = set(Measure.objects.filter(pk__in=records).values_list("id", flat=True))
    about = dict(Complaint.objects.filter(pk__in=records).values_list("id", "measure_id"))
    sent = {one.entry_id: one for one in Delivery.objects.filter(entry__in=rows)}
    return [
        EntryLine(
            one,
            tuple(shielded.get(one.record_id, ())),
            threads.get(one.record_id),
            one.record_id if one.record_id in measures else about.get(one.record_id),
            sent.get(one.id),
        )
        for one in rows
    ]


def case_entries(case: Case) -> list[EntryLine]:
    """Seven queries."""
    rows = JournalEntry.objects.filter(case=case).select_related("case", "answered_by", "answered_by__case")
    return entries_of(list(rows.prefetch_related("parties").order_by("number_in_case")))


def threads_of(case: Case) -> list[Thread]:
    """Two queries."""
    return list(
        Thread.objects.filter(pk__in=CaseThread.objects.filter(case=case).values("thread_id"))
        .select_related("channel")
        .order_by("first_at")
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """The running journal's filters."""

    first: date | None = None
    last: date | None = None
    kind: str = ""
    only: str = ""  # open (not written off), shielded
    page: int = 1


def running(viewer: Viewer, wanted: Wanted) -> Page[EntryLine]:
    """The running journal, newest first. Nine queries."""
    rows: QuerySet[JournalEntry] = JournalEntry.objects.select_related("case", "answered_by", "answered_by__case")
    if not viewer.sees_everything:
        rows = rows.filter(case__in=visible_cases(viewer).values("id"))
    if wanted.first:
        rows = rows.filter(journal_date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(journal_date__lte=wanted.last)
    if wanted.kind in ("in", "out", "internal"):
        rows = rows.filter(kind=wanted.kind)
    if wanted.only == "open":
        rows = rows.filter(kind="in", closed_on=None)
    if wanted.only == "shielded":
        rows = rows.filter(record_id__in=Shielding.objects.filter(ended_at=None).values("record_id"))
    rows = rows.prefetch_related("parties").order_by("-journal_date", "-registered_at", "-number_in_case", "-id")
    at = (wanted.page - 1) * ROWS
    found = list(rows[at : at + ROWS + 1])
    return Page(tuple(entries_of(found[:ROWS])), wanted.page, len(found) > ROWS)


def deliveries(*, state: str = "", page: int = 1) -> Page[Delivery]:
    """Newest first, what stands still before all. One query."""
    rows = Delivery.objects.select_related("entry", "entry__case")
    if state in ("waiting", "sent", "received", "refused"):
        rows = rows.filter(state=state)
    at = (page - 1) * ROWS
    found = list(rows.order_by("-made_at", "-id")[at : at + ROWS + 1])
    return Page(tuple(found[:ROWS]), page, len(found) > ROWS)


def requests(*, answered: bool = False, page: int = 1) -> Page[AccessRequest]:
    """Those that wait, the most urgent first; or those that are answered. One query."""
    rows = AccessRequest.objects.select_related("entry", "entry__case", "case", "assignee", "outbox")
    rows = (
        rows.exclude(state="open").order_by("-answered_at")
        if answered
        else rows.filter(state="open").order_by("due_at")
    )
    at = (page - 1) * ROWS
    found = list(rows[at : at + ROWS + 1])
    return Page(tuple(found[:ROWS]), page, len(found) > ROWS)


def entry_of_record(record_id: UUID) -> JournalEntry | None:
    """The entry that a record became, with its case. One query."""
    return JournalEntry.objects.filter(record_id=record_id).select_related("case").first()


def entries_in_thread(thread_id: UUID) -> dict[UUID, JournalEntry]:
    """Entries by the utterance they are of, for the thread's page. One query."""
    inside = Utterance.objects.filter(thread_id=thread_id).values("id")
    rows = JournalEntry.objects.filter(record_id__in=inside).select_related("case")
    return {one.record_id: one for one in rows}


def next_unassessed(entry: JournalEntry) -> JournalEntry | None:
    """The next entry that nobody has assessed for the public. One query."""
    rows = JournalEntry.objects.filter(assessed_on=None, kind__in=("in", "out")).exclude(pk=entry.pk)
    return rows.order_by("registered_at", "number_in_case").first()


_CALLED: Final = re.compile(r"(\d{4})/(\d{1,9})-(\d{1,9})")


def entry_called(text: str) -> UUID | None:
    """The id of an entry by what people call it, "2026/7-3", or by its id. One query."""
    if match := _CALLED.fullmatch(text):
        year, number, place = map(int, match.groups())
        rows = JournalEntry.objects.filter(case__year=year, case__number=number, number_in_case=place)
        return rows.values_list("id", flat=True).first()
    try:
        return JournalEntry.objects.filter(pk=UUID(text)).values_list("id", flat=True).first()
    except ValueError:
        return None
