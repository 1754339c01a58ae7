"""A deposit: every record of a period that is journalled or archived, streamed from rows to a Noark 5 package."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any, Final
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils import translation

from ordskifte.archive.assembly import (
    SYSTEM,
    Around,
    changes_of,
    closing_of_case,
    folder_title,
    has_numbers,
    journalpost,
    klasse,
    mappe,
    mappe_id,
    registrering,
    saksmappe,
    traad_of,
)
from ordskifte.archive.contents import Contents
from ordskifte.archive.context_of import context_of
from ordskifte.archive.folders_sql import LINES, OPEN_CASES, SPAN
from ordskifte.archive.journal_values import case_shields
from ordskifte.archive.records_of import RecordOf, records_of
from ordskifte.archive.standard_words import skjerming
from ordskifte.base.ids import derived_text
from ordskifte.people.models import Body
from ordskifte.people.names import actor_names
from ordskifte.people.viewer import Viewer
from ordskifte.plan.working_time import OSLO
from ordskifte.records.models import Case, JournalEntry, KeepDecision, Party, Period, RecordClass, Shielding
from ordskifte.records.noark5 import values
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.write.package import Ahead
from ordskifte.threads.rules import reach_of

BATCH: Final = 200
"""Records read at once: as many documents are under way."""

_LISTED: Final = 100
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Span:
    """The span a deposit covers, both days included."""

    start: date
    end: date

    @property
    def closed_at(self) -> datetime:
        return datetime.combine(self.end, time(23, 59, 59), OSLO)


@dataclass(slots=True)
class Told:
    """What whoever ordered the deposit is told beside the writer's own numbers."""

    records: int = 0
    restricted: int = 0  # not seen by who exports: private talk, sensitive units
    unnumbered: int = 0  # entries that the case system has not numbered yet: archived without numbers
    closed_by_rule: int = 0
    open_cases: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the order of things."""

    class_id: UUID
    case_id: UUID | None
    thread_id: UUID
    record_id: UUID
    record_kind: str
    decided_at: datetime
    decided_by: str
    entry_id: UUID | None
    day: date
    opened_at: datetime

    @property
    def folder(self) -> tuple[UUID, bool]:
        return (self.case_id, True) if self.case_id else (self.thread_id, False)


@dataclass(slots=True)
class Ready:
    """A line with its values made, and what its folder needs."""

    line: Line
    record: RecordOf
    value: values.Registrering
    case: Case | None
    case_around: Around


@dataclass(slots=True)
class Assembling:
    """One deposit being assembled. Must be consumed inside `reading()`."""

    viewer: Viewer
    contents: Contents
    start: date | None = None
    end: date | None = None
    stop_at_open: bool = False
    step: Step = lambda _count: None
    told: Told = field(default_factory=Told)
    _ahead: Ahead | None = None
    _changes: "Spool | None" = None

    def uttrekk(self, changes: "Spool") -> values.Uttrekk:
        """The package's values: read once, in order, and never held."""
        self._changes = changes
        body = Body.objects.get()
        reach = reach_of(self.viewer)
        standard = RecordClass.objects.filter(valid_to=None, standard=True).values_list("id", flat=True).first()
        fallback = UUID(derived_text(str(body.id), "c", "standard"))
        parameters: dict[str, Any] = {
            "open": list(reach.open),
            "full": list(reach.full),
            "start": self.start,
            "end": self.end,
            "standard": standard or fallback,
        }
        period = self._span(parameters, body)
        self._look_at_open(parameters)
        lines = _Ahead(self._ready(parameters, period, body))
        language = body.language
        classes = {one.id: one for one in RecordClass.objects.filter(valid_to=None)}
        classes |= RecordClass.objects.in_bulk(Case.objects.values_list("record_class_id", flat=True).distinct())
        klasser = [
            klasse(one, language, self._folders(lines, one.id, one, period))
            for one in sorted(classes.values(), key=lambda one: one.id)
        ]
        if standard is None:
            klasser.append(_unclassed(fallback, body, self._folders(lines, fallback, None, period)))
            klasser.sort(key=lambda one: one.system_id)
        return values.Uttrekk(
            arkiv=self._arkiv(body, period, tuple(klasser)),
            endringer=changes,
            periode_start=period.start,
            periode_slutt=period.end,
        )

    def announce(self, ahead: Ahead) -> None:
        """Where documents are to be told of before their records are written."""
        self._ahead = ahead

    def _span(self, parameters: dict[str, Any], body: Body) -> Span:
        with connection.cursor() as cursor:
            cursor.execute(SPAN, parameters)
            first, last, _count, unseen = cursor.fetchone()
        self.told.restricted = unseen
        start = self.start or first or self.end or body.created_at.astimezone(OSLO).date()
        return Span(start, max(self.end or last or start, start))

    def _look_at_open(self, parameters: dict[str, Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(OPEN_CASES, parameters)
            found = cursor.fetchall()
        self.told.open_cases = [f"{year}/{number}" if number else str(id_) for id_, year, number, _t in found][:_LISTED]
        self.told.closed_by_rule = len(found)
        if found and self.stop_at_open:
            raise ExportError(
                f"{len(found)} cases are open: {', '.join(self.told.open_cases[:20])}.",
                advice="Close them, or leave out --stop-at-open: then they are closed by rule, with a remark.",
            )

    def _arkiv(self, body: Body, period: Span, klasser: tuple[values.Klasse, ...]) -> values.Arkiv:
        series = list(Period.objects.filter(starts__lte=period.end).exclude(ends__lt=period.start).order_by("starts"))
        if not body.org_number:
            self.told.remarks.append("no_organisation_number")
        closed = period.closed_at
        one = series[0] if len(series) == 1 else None
        names = actor_names({one.opened_by, one.closed_by} if one else set())
        made = one.opened_at if one else datetime.combine(period.start, time(), OSLO)
        title = one.title if one else f"Sosiale medier {period.start:%d.%m.%Y}–{period.end:%d.%m.%Y}"
        part = UUID(derived_text(str(body.id), "p", f"{period.start} {period.end}"))
        return values.Arkiv(
            system_id=UUID(derived_text(str(body.id), "k", "arkiv")),
            tittel=f"Sosiale medier, {body.name}",
            opprettet_dato=min(body.created_at, made),
            opprettet_av=SYSTEM,
            avsluttet_dato=closed,
            avsluttet_av=SYSTEM,
            arkivskapere=(
                values.Arkivskaper(arkivskaper_id=body.org_number or str(body.id), arkivskaper_navn=body.name),
            ),
            arkivdel=values.Arkivdel(
                system_id=one.id if one else part,
                tittel=title,
                opprettet_dato=made,
                opprettet_av=names.get(one.opened_by, SYSTEM) if one else SYSTEM,
                avsluttet_dato=(one.closed_at if one else None) or closed,
                avsluttet_av=names.get(one.closed_by, SYSTEM) if one and one.closed_at else SYSTEM,
                klassifikasjonssystem=values.Klassifikasjonssystem(
                    system_id=UUID(derived_text(str(body.id), "s", "klassifikasjonssystem")),
                    tittel="Klasser for sosiale medier",
                    opprettet_dato=min(body.created_at, made),
                    opprettet_av=SYSTEM,
                    klasser=klasser,
                ),
            ),
        )

    # -- the stream

    def _folders(
        self, lines: "_Ahead", class_id: UUID, record_class: RecordClass | None, period: Span
    ) -> Iterator[values.Mappe]:
        while (first := lines.peek()) is not None and first.line.class_id == class_id:
            yield self._folder(lines, first, record_class, period)

    def _folder(self, lines: "_Ahead", first: Ready, record_class: RecordClass | None, period: Span) -> values.Mappe:
        records = _while_same(lines, first.line.folder)
        case, closed = first.case, period.closed_at
        if case is None:
            return mappe(
                mappe_id(first.line.thread_id),
                folder_title(first.record),
                first.case_around,
                registreringer=records,
                opened_at=first.line.opened_at,
                closed_at=closed,
                traad=traad_of(first.record),
                record_class=record_class,
            )
        assert self._changes is not None
        self._changes.add(closing_of_case(case, first.case_around, closed))
        remarks: tuple[values.Merknad, ...] = ()
        if case.status == "under_handling":
            text = "Saken var under behandling da perioden ble avsluttet. Den er avsluttet ved uttrekk."
            remarks = (values.Merknad(merknadstekst=text, merknadsdato=closed, merknad_registrert_av=SYSTEM),)
        if case.number or case.external_number:
            return saksmappe(
                case,
                first.case_around,
                registreringer=records,
                closed_at=closed,
                traad=traad_of(first.record),
                remarks=remarks,
            )
        return mappe(
            case.id,
            case.title,
            first.case_around,
            registreringer=records,
            opened_at=case.made_at,
            closed_at=case.closed_at or closed,
            traad=traad_of(first.record),
            record_class=record_class,
            remarks=remarks,
        )

    def _ready(self, parameters: dict[str, Any], period: Span, body: Body) -> Iterator[Ready]:
        """One batch ahead of what is written, so that documents are rendered meanwhile."""
        waiting: list[Ready] = []
        with connection.chunked_cursor() as cursor:
            cursor.execute(LINES, parameters)
            while rows := cursor.fetchmany(BATCH):
                made = self._batch([_line(row) for row in rows], body)
                yield from waiting
                waiting = made
        yield from waiting

    def _batch(self, lines: list[Line], body: Body) -> list[Ready]:
        with translation.override(body.language):
            read = _Batch(lines, body)
            made = []
            for line in lines:
                record = read.records.get(line.record_id)
                if record is not None:
                    made.append(self._one(line, record, read))
            if (ahead := self._ahead) is not None:
                for one in made:
                    for document in one.value.dokumentbeskrivelser:
                        ahead(document)
            self.told.records += len(made)
            self.step(self.told.records)
            return made

    def _one(self, line: Line, record: RecordOf, read: "_Batch") -> Ready:
        around = read.around(record, line)
        entry = read.entries.get(line.record_id)
        case = read.cases.get(line.case_id) if line.case_id else None
        kind = entry.kind if entry else "out" if record.ours else "in"
        by = around.name(line.decided_by)
        documents: tuple[values.Dokumentbeskrivelse, ...] = ()
        remarks: tuple[values.Merknad, ...] = ()
        if entry is None or entry.status != "cancelled":
            documents, remarks = self.contents.of(
                record,
                read.contexts.get(record.utterance_id, []),
                at=line.decided_at,
                by=by,
                skjerming=skjerming(around.shieldings, kind=kind),
            )
        value: values.Registrering
        if entry is not None and case is not None and has_numbers(case, entry):
            value = journalpost(entry, record, around, documents=documents, remarks=remarks)
        else:
            self.told.unnumbered += entry is not None
            value = registrering(
                record,
                around,
                archived_at=line.decided_at,
                archived_by=line.decided_by,
                documents=documents,
                remarks=remarks,
            )
        assert self._changes is not None
        for change in changes_of(record, around, entry):
            self._changes.add(change)
        case_around = Around(
            names=read.names,
            shieldings=read.shieldings.get(line.case_id, ()),
            in_case=read.case_shields[case.id] if case else None,
            body=read.body.name,
        )
        return Ready(line, record, value, case, case_around)


class _Batch:
    """All that a batch of lines needs, in a fixed number of queries."""

    def __init__(self, lines: list[Line], body: Body) -> None:
        ids = [line.record_id for line in lines]
        self.body = body
        self.records = records_of(ids)
        self.contexts = context_of(self.records.values())
        self.entries = {
            one.record_id: one for one in JournalEntry.objects.filter(record_id__in=ids).select_related("answered_by")
        }
        self.cases = {
            one.id: one
            for one in Case.objects.filter(pk__in={line.case_id for line in lines if line.case_id}).select_related(
                "record_class", "period"
            )
        }
        self.case_shields = case_shields(self.cases)
        self.parties = _by(Party.objects.filter(entry__in=self.entries.values()).order_by("id"), "entry_id")
        self.shieldings: dict[Any, list[Shielding]] = _by(
            Shielding.objects.filter(record_id__in=[*ids, *self.cases], ended_at=None).order_by("at", "id"), "record_id"
        )
        self.decisions = _by(KeepDecision.objects.filter(record_id__in=ids).order_by("at", "id"), "record_id")
        parents = {one.parent_id for one in self.records.values() if one.parent_id}
        self.kept = set(
            KeepDecision.objects.filter(record_id__in=parents, ended_at=None)
            .exclude(outcome="leave_out")
            .values_list("record_id", flat=True)
        )
        self.names = actor_names(self._actors(lines))

    def _actors(self, lines: list[Line]) -> set[str]:
        found = {line.decided_by for line in lines}
        found |= {one.by for lines_ in self.decisions.values() for one in lines_}
        found |= {one.by for lines_ in self.shieldings.values() for one in lines_}
        for entry in self.entries.values():
            found |= {entry.registered_by, entry.closed_by}
        for case in self.cases.values():
            found |= {case.made_by, case.closed_by}
        return found - {""}

    def around(self, record: RecordOf, line: Line) -> Around:
        entry = self.entries.get(line.record_id)
        return Around(
            names=self.names,
            shieldings=self.shieldings.get(line.record_id, ()),
            parties=self.parties.get(entry.id, ()) if entry else (),
            decisions=self.decisions.get(line.record_id, ()),
            answered_by=entry.answered_by.record_id if entry and entry.answered_by else None,
            parent_kept=record.parent_id in self.kept,
            language=self.body.language,
            body=self.body.name,
        )


class _Ahead:
    """An iterator that can be looked at one step ahead."""

    def __init__(self, source: Iterator[Ready]) -> None:
        self._source = source
        self._next: Ready | None = None
        self._ended = False

    def peek(self) -> Ready | None:
        if self._next is None and not self._ended:
            self._next = next(self._source, None)
            self._ended = self._next is None
        return self._next

    def take(self) -> Ready:
        found = self.peek()
        assert found is not None
        self._next = None
        return found


class Spool:
    """Changes wait on disk while the structure is written. A context manager; iterated once it is full."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="ordskifte-changes-")  # noqa: SIM115 - closed by close()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, one: values.Endring) -> None:
        self._file.write(orjson.dumps([getattr(one, name) for name in _FIELDS]) + b"\n")

    def __iter__(self) -> Iterator[values.Endring]:
        self._file.seek(0)
        for line in self._file:
            unit, what, at, by, before, after = orjson.loads(line)
            yield values.Endring(
                referanse_arkivenhet=UUID(unit),
                referanse_metadata=what,
                endret_dato=datetime.fromisoformat(at),
                endret_av=by,
                tidligere_verdi=before,
                ny_verdi=after,
            )


_FIELDS: Final = (
    "referanse_arkivenhet",
    "referanse_metadata",
    "endret_dato",
    "endret_av",
    "tidligere_verdi",
    "ny_verdi",
)


@contextmanager
def reading() -> Iterator[None]:
    """One transaction that sees one moment, for as long as the deposit is read."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _line(row: tuple[Any, ...]) -> Line:
    return Line(*row)


def _by(rows: Any, key: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _while_same(lines: _Ahead, folder: tuple[UUID, bool]) -> Iterator[values.Registrering]:
    while (one := lines.peek()) is not None and one.line.folder == folder:
        yield lines.take().value


def _unclassed(id_: UUID, body: Body, mapper: Iterator[values.Mappe]) -> values.Klasse:
    """Where threads stand when the body has no classes: the standard wants one."""
    return values.Klasse(
        system_id=id_,
        klasse_id="1",
        tittel="Sosiale medier",
        opprettet_dato=body.created_at,
        opprettet_av=SYSTEM,
        mapper=mapper,
    )
