"""The two journals and the change log, each read once."""

from dataclasses import dataclass, field
from typing import Any, Final

from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import LOG, PUBLIC
from ordskifte.records.noark5.check.reading import Names
from ordskifte.records.noark5.check.store import Store, key

_HEAD: Final = ("journalStartDato", "journalSluttDato", "antallJournalposter")


@dataclass(slots=True)
class JournalScan:
    """Feed it start and end of every element of one journal."""

    name: str
    report: Report
    store: Store
    head: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    ordered: bool = True
    _names: Names = field(default_factory=Names)
    _stack: list[list[Any]] = field(default_factory=list)  # [name, does anything stand in it, line]
    _entry: dict[str, str] = field(default_factory=dict)
    _parties: list[tuple[str, str]] = field(default_factory=list)
    _last: tuple[int, int] = (0, 0)

    def start(self, element: Any) -> None:
        if self._stack:
            self._stack[-1][1] = True
        name = self._names(element.tag)
        if name == "journalregistrering":
            self._entry, self._parties = {}, []
        self._stack.append([name, False, element.sourceline or 0])

    def end(self, element: Any) -> None:
        name, full, line = self._stack.pop()
        if name == "journalregistrering":
            self._close()
        if full or name is None:
            return
        text = element.text or ""
        if not text.strip():
            self.report["O.10"].count += 1
            self.report.error("O.10", "empty", name, where=f"{self.name}:{line}")
            return
        parent = self._stack[-1][0] if self._stack else None
        if parent == "journalhode" and name in _HEAD:
            self.head[name] = text.strip()
        elif parent == "journalpost":
            self._entry[name] = text
        elif parent == "korrespondansepart":
            if name == "korrespondanseparttype":
                self._parties.append((text, ""))
            elif name == "korrespondansepartNavn" and self._parties:
                self._parties[-1] = (self._parties[-1][0], text)

    def _close(self) -> None:
        self.entries += 1
        entry = self._entry
        self.store.add("entry", self.name, key(entry.get("systemID", "")), self.entries)
        place = (_number(entry.get("journalaar")), _number(entry.get("journalsekvensnummer")))
        self.ordered = self.ordered and place >= self._last
        self._last = place
        if self.name == PUBLIC:
            id_ = key(entry.get("systemID", ""))
            self.store.add("shielded", id_, "public tittel", entry.get("offentligTittel", ""))
            for kind, name in self._parties:
                self.store.add("shielded", id_, f"public {kind}", name)


@dataclass(slots=True)
class LogScan:
    """Feed it start and end of every element of the change log."""

    report: Report
    store: Store
    changes: int = 0
    _names: Names = field(default_factory=Names)
    _stack: list[list[Any]] = field(default_factory=list)

    def start(self, element: Any) -> None:
        if self._stack:
            self._stack[-1][1] = True
        name = self._names(element.tag)
        if name == "endring":
            self.changes += 1
        self._stack.append([name, False, element.sourceline or 0])

    def end(self, element: Any) -> None:
        name, full, line = self._stack.pop()
        if full or name is None:
            return
        text = element.text or ""
        if not text.strip():
            self.report["O.10"].count += 1
            self.report.error("O.10", "empty", name, where=f"{LOG}:{line}")
        elif name == "referanseArkivenhet":
            self.store.add("reference", "N5.62", "", f"endring {self.changes}", key(text), line)


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
