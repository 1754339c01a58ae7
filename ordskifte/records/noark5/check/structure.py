"""arkivstruktur.xml read once: everything Arkade counts in it, and what the other tests need to know of it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from ordskifte.records.noark5.check.description import Description
from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import STRUCTURE
from ordskifte.records.noark5.check.reading import Names
from ordskifte.records.noark5.check.store import Store, key
from ordskifte.records.noark5.codes import obligatory

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TYPE: Final = f"{{{XSI}}}type"
_CLOSED: Final = {
    "saksstatus": ("N5.15", {"Avsluttet", "Utgår"}),
    "journalstatus": ("N5.22", {"Arkivert", "Utgår"}),
    "dokumentstatus": ("N5.25", {"Dokumentet er ferdigstilt"}),
}
_COUNTED: Final = {  # element -> the test that counts it, divided by what it stands in
    "merknad": "N5.36",
    "presedens": "N5.38",
    "dokumentflyt": "N5.41",
    "skjerming": "N5.42",
    "gradering": "N5.43",
    "kassasjon": "N5.44",
    "konvertering": "N5.46",
    "dokumentobjekt": "N5.26",
    "part": "N5.35",
    "sakspart": "N5.35",
}
_REFERENCES: Final = {  # element -> (test, what it must find)
    "referanseArkivdel": ("N5.48", "arkivdel"),
    "referanseSekundaerKlassifikasjon": ("N5.51", "klasse"),
    "referanseTilKlasse": ("O.20", "klasse"),
    "referanseTilMappe": ("O.20", "mappe"),
    "referanseTilRegistrering": ("O.20", "registrering"),
    "referanseAvskrivesAvJournalpost": ("O.20", "registrering"),
}
_LAST_LINE: Final = 65_535
_MOST_NAMED: Final = 200  # namespaces, and dates that are none, that are kept by name
_DATE_TIME: Final = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


class Frame:
    """An element that is open: its name, xsi:type and line, whether anything stands in it, and its simple values."""

    __slots__ = (
        "docs",
        "folders",
        "full",
        "id",
        "line",
        "main",
        "name",
        "parties",
        "records",
        "subs",
        "type",
        "values",
    )

    def __init__(self, name: str | None, type_: str, line: int) -> None:
        self.name, self.type, self.line = name, type_, line
        self.full = False
        self.id = ""
        self.values: dict[str, str] | None = None
        self.subs = self.folders = self.records = self.docs = self.parties = 0
        self.main = False


class StructureScan:
    """Feed it start and end of every element. What is wrong goes to the report, ids and references to the store."""

    def __init__(self, report: Report, store: Store, description: Description, *, codes: bool) -> None:
        self._report, self._store, self._description = report, store, description
        self._codes = obligatory() if codes else {}
        self._names = Names()
        self._stack: list[Frame] = []
        self.journalposts = 0
        self.first_date = self.last_date = ""
        self.namespaces: set[str] = set()  # of own metadata
        self.locations = ""
        self.empty_dates: set[str] = set()  # values of opprettetDato that N5.27 has named
        self.mixed_classes = 0
        self._empty_classes = 0
        self._primary = False
        self.created = ("", "")  # the first and the last day a record was made
        self._ends: dict[str, Callable[[Frame, Frame], None]] = {
            "arkivdel": self._arkivdel,
            "klassifikasjonssystem": self._system,
            "klasse": self._klasse,
            "mappe": self._mappe,
            "registrering": self._registrering,
            "dokumentbeskrivelse": self._dokumentbeskrivelse,
            "dokumentobjekt": self._dokumentobjekt,
            "skjerming": self._skjerming,
            "kryssreferanse": self._kryssreferanse,
            "avskrivning": self._avskrivning,
            "korrespondansepart": self._korrespondansepart,
            "utfoertKassasjon": self._utfoert,
            "arkiv": self._arkiv,
        }

    def start(self, element: Any) -> None:
        name = self._names(element.tag)
        type_ = element.get(_TYPE) or ""
        if type_:
            self._see_type(element, type_)
            type_ = type_.rpartition(":")[2]
        if self._stack:
            parent = self._stack[-1]
            parent.full = True
            if name is None and parent.name == "virksomhetsspesifikkeMetadata":
                if len(self.namespaces) < _MOST_NAMED:
                    self.namespaces.add(str(element.tag).rpartition("}")[0].lstrip("{"))
                self._report["O.03"].count += 1
        else:
            self.locations = element.get(f"{{{XSI}}}schemaLocation") or ""
        self._stack.append(Frame(name, type_, element.sourceline or 0))

    def end(self, element: Any) -> None:
        frame = self._stack.pop()
        parent = self._stack[-1] if self._stack else frame
        if not frame.full:
            text = element.text
            if text is None or not text.strip():
                self._empty(frame, parent)
            elif frame.name is not None:
                self._leaf(frame, parent, text)
            return
        name = frame.name
        if name is None:
            return
        if test := _COUNTED.get(name):
            self._tally(test, parent.name or "")
        if handler := self._ends.get(name):
            handler(frame, parent)

    # -- simple values

    def _leaf(self, frame: Frame, parent: Frame, text: str) -> None:
        name = frame.name or ""
        if parent.values is None:
            parent.values = {}
        if name == "systemID":
            parent.id = text
            self._store.add("unit", key(text), parent.name)
        elif name == "skjermingMetadata" and name in parent.values:
            parent.values[name] += "\n" + text
            self._code(name, text, frame)
            return
        elif name in _REFERENCES:
            test, target = _REFERENCES[name]
            owner = self._owner(parent)
            self._store.add("reference", test, target, f"{owner.name} {owner.id}", key(text), frame.line)
        parent.values[name] = text
        if name in self._codes:
            self._code(name, text, frame)
        if name in _CLOSED:
            self._status(name, text, parent, frame)

    def _code(self, name: str, text: str, frame: Frame) -> None:
        allowed = self._codes.get(name)
        if allowed is None:
            return
        self._report["O.05"].count += 1
        if text not in allowed:
            self._report.error("O.05", "code", name, text, where=f"{_line(frame)}, {self._owner(frame).id}")

    def _status(self, name: str, text: str, parent: Frame, frame: Frame) -> None:
        test, closed = _CLOSED[name]
        self._tally(test, text)
        if text not in closed:
            self._report.error(test, "status", f"{parent.name} {parent.id}", text, where=_line(frame))

    def _empty(self, frame: Frame, parent: Frame) -> None:
        """N5.63, unless N5.17 says it: an entry without a type."""
        name = frame.name or "?"
        if name == "journalposttype" and parent.name == "registrering":
            if parent.values is None:
                parent.values = {}
            parent.values[name] = ""
            return
        self._report["N5.63"].count += 1
        self._report.error("N5.63", "empty", name, where=f"{_line(frame)}, {parent.name} {parent.id}".rstrip())

    def _see_type(self, element: Any, type_: str) -> None:
        self._report["O.19"].count += 1
        if element.nsmap.get("xsi") != XSI or ":" in type_:
            prefix = next((one for one, uri in element.nsmap.items() if uri == XSI), "")
            self._report.error(
                "O.19", "prefix", f'{prefix}:type="{type_}"', where=f"{STRUCTURE}:{element.sourceline or 0}"
            )

    # -- units, at their end

    def _arkiv(self, frame: Frame, _parent: Frame) -> None:
        self._tally("N5.04", "arkiv")

    def _arkivdel(self, frame: Frame, _parent: Frame) -> None:
        values = frame.values or {}
        self._tally("N5.05", values.get("tittel", frame.id))
        status = values.get("arkivdelstatus", "")
        self._tally("N5.06", status)
        self._report["O.16"].count += 1
        if status != "Avsluttet periode":
            self._report.error("O.16", "not_closed", frame.id, status, where=_line(frame))

    def _system(self, frame: Frame, _parent: Frame) -> None:
        self._tally("N5.07", (frame.values or {}).get("klassifikasjonstype", "klassifikasjonssystem"))
        if self._primary and self._empty_classes:
            self._report["N5.09"].count += self._empty_classes
            self._report["N5.09"].divide(frame.id, self._empty_classes)
        self._primary, self._empty_classes = False, 0

    def _klasse(self, frame: Frame, parent: Frame) -> None:
        parent.subs += 1
        self._report["N5.08"].count += 1
        level = sum(1 for one in self._stack if one.name == "klasse") + 1
        self._report["N5.08"].counts[f"nivå {level}"] += 1
        if not (frame.subs or frame.folders or frame.records):
            self._empty_classes += 1
        for test, number in (("N5.13", frame.folders), ("N5.20", frame.records)):
            self._per_class(test, frame.id, number)
        for test, number, what in (("N5.12", frame.folders, "mapper"), ("N5.19", frame.records, "registreringer")):
            if frame.subs and number:
                self.mixed_classes += 1
                self._report[test].count += 1
                self._report.error(test, "class_mixed", frame.id, what, where=_line(frame))

    def _per_class(self, test: str, id_: str, number: int) -> None:
        self._report[test].count += number
        if number:
            self._report[test].divide(id_, number)

    def _mappe(self, frame: Frame, parent: Frame) -> None:
        parent.folders += 1
        self._primary = self._primary or any(one.name == "klasse" for one in self._stack)
        self._tally("N5.10", frame.type or "mappe")
        self._tally("N5.11", (frame.values or {}).get("opprettetDato", "")[:4])
        if not (frame.records or frame.folders):
            self._tally("N5.14", frame.type or "mappe")

    def _registrering(self, frame: Frame, parent: Frame) -> None:
        parent.records += 1
        self._primary = self._primary or any(one.name == "klasse" for one in self._stack)
        values = frame.values or {}
        self._tally("N5.16", frame.type or "registrering")
        self._tally("N5.18", values.get("opprettetDato", "")[:4])
        if not frame.docs:
            self._tally("N5.21", frame.type or "registrering")
        self._created(frame, values.get("opprettetDato"))
        if frame.type == "journalpost":
            self._journalpost(frame, values)

    def _created(self, frame: Frame, text: str | None) -> None:
        outcome = self._report["N5.27"]
        if text is None:
            return
        outcome.count += 1
        if not _is_date_time(text):
            if len(self.empty_dates) < _MOST_NAMED:
                self.empty_dates.add(text)
            self._report.error("N5.27", "bad_date", frame.id, text, where=_line(frame))
            return
        day = text[:10]
        first, last = self.created
        self.created = (min(first or day, day), max(last, day))

    def _journalpost(self, frame: Frame, values: dict[str, str]) -> None:
        self.journalposts += 1
        kind = values.get("journalposttype")
        if kind is not None:
            self._tally("N5.17", kind)
            if not kind.strip():
                self._report.error("N5.17", "no_type", frame.id, where=_line(frame))
        if not frame.main:
            self._report["N5.17"].divide("uten hoveddokument")
        day = values.get("journaldato", "")
        if day:
            self.first_date = min(self.first_date or day, day)
            self.last_date = max(self.last_date, day)
        self._in_period(frame, day)
        self._store.add("entry", STRUCTURE, key(frame.id), 0)
        title = values.get("tittel", "")
        if "Skjerming tittel registrering" in values.get("skjerming", "") and title.strip("* "):
            self._store.add("shielded", key(frame.id), "tittel", title)
        self._complete(frame, values)

    def _in_period(self, frame: Frame, day: str) -> None:
        begin, end = self._description.period
        if begin and end and day:
            self._report["O.15"].count += 1
            if not begin <= day[:10] <= end:
                self._report.error("O.15", "outside_period", frame.id, day, f"{begin}–{end}", where=_line(frame))

    def _complete(self, frame: Frame, values: dict[str, str]) -> None:
        if values.get("journalstatus") == "Utgår":
            return
        self._report["O.14"].count += 1
        if not frame.parties:
            self._report.error("O.14", "no_party", frame.id, where=_line(frame))
        if not any(values.get(one) for one in ("dokumentetsDato", "mottattDato", "sendtDato")):
            self._report.error("O.14", "no_document_date", frame.id, where=_line(frame))

    def _dokumentbeskrivelse(self, frame: Frame, parent: Frame) -> None:
        parent.docs += 1
        values = frame.values or {}
        self._tally("N5.23", values.get("tilknyttetRegistreringSom", ""))
        if values.get("tilknyttetRegistreringSom") == "Hoveddokument":
            parent.main = True
        if not frame.docs:
            self._tally("N5.24", values.get("dokumenttype", ""))

    def _dokumentobjekt(self, frame: Frame, parent: Frame) -> None:
        parent.docs += 1 if parent.name == "dokumentbeskrivelse" else 0
        values = frame.values or {}
        self._tally("N5.29", values.get("format", ""))
        self._store.add(
            "document",
            values.get("referanseDokumentfil", ""),
            values.get("sjekksum", ""),
            values.get("sjekksumAlgoritme", ""),
            values.get("filstoerrelse", ""),
            values.get("format", ""),
            values.get("formatDetaljer", ""),
            frame.line,
        )
        if "referanseDokumentfil" not in values:
            self._report.error("N5.32", "no_reference", frame.id, where=_line(frame))

    def _skjerming(self, frame: Frame, parent: Frame) -> None:
        """What a record says is shielded is held for O.17, which looks for it in the public journal."""
        if parent.name == "registrering":
            if parent.values is None:
                parent.values = {}
            parent.values["skjerming"] = (frame.values or {}).get("skjermingMetadata", "")

    def _korrespondansepart(self, frame: Frame, parent: Frame) -> None:
        parent.parties += 1
        values = frame.values or {}
        kind = values.get("korrespondanseparttype", "")
        self._tally("N5.39", kind)
        if parent.name == "registrering" and (shielding := (parent.values or {}).get("skjerming")):
            sought = {"Avsender": "Skjerming navn avsender", "Mottaker": "Skjerming navn mottaker"}
            name = values.get("korrespondansepartNavn", "")
            if sought.get(kind) in shielding.split("\n") and name.strip("* "):
                self._store.add("shielded", key(parent.id), kind, name)

    def _kryssreferanse(self, frame: Frame, parent: Frame) -> None:
        self._tally("N5.37", parent.name or "")

    def _avskrivning(self, frame: Frame, _parent: Frame) -> None:
        self._tally("N5.40", (frame.values or {}).get("avskrivningsmaate", ""))

    def _utfoert(self, frame: Frame, parent: Frame) -> None:
        if parent.name in ("arkivdel", "dokumentbeskrivelse"):
            self._tally("N5.45", parent.name)

    # -- small things

    def _tally(self, test: str, what: str) -> None:
        outcome = self._report[test]
        outcome.count += 1
        outcome.divide(what)

    def _owner(self, frame: Frame) -> Frame:
        """The unit a part of a unit belongs to: the innermost one that has an id."""
        if frame.id:
            return frame
        return next((one for one in reversed(self._stack) if one.id), frame)


def _line(frame: Frame) -> str:
    """Where an element begins; libxml2 counts no further than 65535 lines."""
    return f"{STRUCTURE}:{frame.line}" if frame.line < _LAST_LINE else STRUCTURE


def _is_date_time(text: str) -> bool:
    if not _DATE_TIME.fullmatch(text.strip()):
        return False
    try:
        datetime.fromisoformat(text.strip()[:19])
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Whether a text is a date as XML Schema writes it."""
    try:
        date.fromisoformat(text.strip()[:10])
    except ValueError:
        return False
    return True
