"""The public journal: what everyone may read of the entries we number ourselves, on a day, in one form or another.

Everything passes `records.noark5.public.public_entry`, and nothing else is shown. A search looks for candidates in our
own words and then keeps only those whose public text holds what was asked for: so a name that is a year old, or a word
that is shielded, finds nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ordskifte.archive.journal_values import Valued, journal_values
from ordskifte.archive.models import Release
from ordskifte.people.models import Body
from ordskifte.records.models import JournalEntry, Party
from ordskifte.records.noark5.einnsyn import journalpost_payload, saksmappe_payload
from ordskifte.records.noark5.public import PublicEntry, public_entry
from ordskifte.records.noark5.values import Arkivskaper
from ordskifte.records.noark5.write.journal import public_xml, write_journal

ROWS: Final = 40
_BATCH: Final = 500
_LOOKED_AT: Final = 4000  # candidates of one search: what is older is asked for with dates
_MOST_WORDS: Final = 8
CSV_HEAD: Final = (
    "Saksnummer",
    "Journalpostnummer",
    "Løpenummer",
    "Journaldato",
    "Dokumentets dato",
    "Type",
    "Tittel",
    "Sakstittel",
    "Avsender",
    "Mottaker",
    "Enhet",
    "Klasse",
    "Avskrevet",
    "Avskrivningsmåte",
    "Skjermingshjemmel",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a page shows it."""

    id: UUID
    shown: PublicEntry
    released: bool  # the document may be read here


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for. `after`: the number of the last line of the page before."""

    words: str = ""
    first: date | None = None
    last: date | None = None
    case: tuple[int, int] | None = None
    after: tuple[int, int] | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(self.words.casefold().split()[:_MOST_WORDS])


@dataclass(frozen=True, slots=True)
class Found:
    lines: tuple[Line, ...]
    more: str  # the place to go on from; "" at the end


def look(asked: Asked, *, on: date) -> Found:
    """One page, newest first. Six queries; a search six for each batch of candidates."""
    lines: list[Line] = []
    rows = _candidates(asked)
    step = _BATCH if asked.terms else ROWS + 1
    for at in range(0, _LOOKED_AT if asked.terms else step, step):
        batch = list(rows[at : at + step])
        lines += [one for one in _lines(batch, on=on) if not asked.terms or _holds(one.shown, asked.terms)]
        if len(lines) > ROWS or len(batch) < step:
            break
    last = lines[ROWS - 1].shown if len(lines) > ROWS else None
    return Found(tuple(lines[:ROWS]), f"{last.journalaar}-{last.journalsekvensnummer}" if last else "")


def one_line(entry_id: UUID, *, on: date) -> tuple[Line, Valued] | None:
    """One entry and its values. Six queries."""
    rows = list(_rows().filter(pk=entry_id))
    if not rows:
        return None
    (valued,) = journal_values(rows)
    shown = public_entry(valued.post, valued.sak, valued.klasse, on=on)
    return Line(rows[0].id, shown, bool(getattr(rows[0], "released", False))), valued


def newest_day() -> date | None:
    """The newest journal date there is."""
    return _rows().order_by("-journal_date").values_list("journal_date", flat=True).first()


def entries_between(first: date, last: date) -> Iterator[Valued]:
    """All entries of a period in the order of their numbers, in batches."""
    after: tuple[int, int] | None = None
    while True:
        rows = _rows().filter(journal_date__range=(first, last)).order_by("year", "number")
        if after:
            rows = rows.filter(Q(year__gt=after[0]) | Q(year=after[0], number__gt=after[1]))
        batch = list(rows[:_BATCH])
        yield from journal_values(batch)
        if len(batch) < _BATCH:
            return
        assert batch[-1].year is not None
        assert batch[-1].number is not None
        after = (batch[-1].year, batch[-1].number)


def offentlig_journal(first: date, last: date, *, on: date) -> Iterator[str]:
    """offentligJournal.xml of a period."""
    count = _rows().filter(journal_date__range=(first, last)).count()
    body = Body.objects.get()
    out = io.StringIO()
    skaper = Arkivskaper(arkivskaper_id=body.org_number or "–", arkivskaper_navn=body.name)
    entries = (public_xml(public_entry(one.post, one.sak, one.klasse, on=on)) for one in entries_between(first, last))
    write_journal(out, "offentligJournal", entries, span=(first, last), count=count, skapere=[skaper])
    yield out.getvalue()


def as_csv(first: date, last: date, *, on: date) -> Iterator[str]:
    """One row for each entry. A cell that a spreadsheet would run as a formula gets an apostrophe before it."""
    yield "\ufeff" + _row(CSV_HEAD)
    for one in entries_between(first, last):
        yield _row(_cells(public_entry(one.post, one.sak, one.klasse, on=on)))


def einnsyn(first: date, last: date, *, on: date) -> Iterator[dict[str, Any]]:
    """What eInnsyn's API takes: each case with its entries of the period."""
    cases: dict[UUID, dict[str, Any]] = {}
    for one in entries_between(first, last):
        shown = public_entry(one.post, one.sak, one.klasse, on=on)
        found = cases.setdefault(one.sak.system_id, {"saksmappe": saksmappe_payload(one.sak, shown), "journalpost": []})
        found["journalpost"].append(journalpost_payload(one.post, one.sak, one.klasse, on=on))
    yield from cases.values()


def _rows() -> QuerySet[JournalEntry]:
    """What we number ourselves. What is in the case system's journal is shown there."""
    released = Release.objects.filter(entry=OuterRef("pk"), ended_at=None)
    return (
        JournalEntry.objects.exclude(number=None)
        .select_related("case", "case__record_class", "case__period")
        .annotate(released=Exists(released))
    )


def _lines(rows: Sequence[JournalEntry], *, on: date) -> list[Line]:
    return [
        Line(
            one.entry.id,
            public_entry(one.post, one.sak, one.klasse, on=on),
            bool(getattr(one.entry, "released", False)),
        )
        for one in journal_values(rows)
    ]


def _candidates(asked: Asked) -> QuerySet[JournalEntry]:
    rows = _rows().order_by("-year", "-number")
    if asked.first:
        rows = rows.filter(journal_date__gte=asked.first)
    if asked.last:
        rows = rows.filter(journal_date__lte=asked.last)
    if asked.case:
        rows = rows.filter(case__year=asked.case[0], case__number=asked.case[1])
    if asked.after:
        rows = rows.filter(Q(year__lt=asked.after[0]) | Q(year=asked.after[0], number__lt=asked.after[1]))
    for term in asked.terms:
        if "/" in term or not term.isascii():
            continue  # numbers, and letters that the database does not fold: judged by the public text alone
        named = Party.objects.filter(entry=OuterRef("pk"))
        about = Q()
        for place in ("title", "public_title", "case__title", "case__public_title", "case__unit_name"):
            about |= Q(**{f"{place}__icontains": term})
        who = Q(name__icontains=term) | Q(unit_name__icontains=term) | Q(person_name__icontains=term)
        rows = rows.filter(about | Exists(named.filter(who)))
    return rows


def _holds(one: PublicEntry, terms: Iterable[str]) -> bool:
    parts = (
        one.tittel,
        one.sakstittel,
        one.mappe_id,
        one.administrativ_enhet,
        one.saksbehandler,
        one.saksansvarlig,
        one.saksansvarlig_enhet,
        *(part.korrespondansepart_navn for part in one.parter),
    )
    text = "\n".join(parts).casefold()
    return all(term in text for term in terms)


def _cells(one: PublicEntry) -> list[str]:
    def named(*kinds: str) -> str:
        return "; ".join(part.korrespondansepart_navn for part in one.parter if part.korrespondanseparttype in kinds)

    return [
        one.mappe_id,
        str(one.journalpostnummer),
        f"{one.journalsekvensnummer}/{one.journalaar}",
        one.journaldato.isoformat(),
        one.dokumentets_dato.isoformat() if one.dokumentets_dato else "",
        one.journalposttype,
        one.tittel,
        one.sakstittel,
        named("Avsender", "Intern avsender"),
        named("Mottaker", "Kopimottaker", "Gruppemottaker", "Intern mottaker"),
        one.administrativ_enhet,
        one.klasse_id,
        one.avskrivningsdato.isoformat() if one.avskrivningsdato else "",
        one.avskrivningsmaate,
        one.skjermingshjemmel,
    ]


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(
        "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells
    )
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry as the feed tells of it."""

    id: UUID
    shown: PublicEntry
    at: datetime


def newest(count: int, *, on: date) -> list[Fresh]:
    """The newest entries. Five queries."""
    rows = list(_rows().order_by("-year", "-number")[:count])
    return [
        Fresh(one.entry.id, public_entry(one.post, one.sak, one.klasse, on=on), one.entry.registered_at)
        for one in journal_values(rows)
    ]
