"""The whole check: what the package says, its files and schemas, structure, journals, log, documents."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from ordskifte.records.noark5.check.description import FLAGS, Description, FileEntry, read_description
from ordskifte.records.noark5.check.documents import check_documents, count_files
from ordskifte.records.noark5.check.journals import JournalScan, LogScan
from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import LOG, PUBLIC, RUNNING, STRUCTURE, Place, find_package
from ordskifte.records.noark5.check.questions import (
    check_change_log,
    check_dates,
    check_flags,
    check_ids,
    check_journals,
    check_numbers,
    check_references,
    check_shielding,
)
from ordskifte.records.noark5.check.reading import Unreadable, events
from ordskifte.records.noark5.check.store import Store
from ordskifte.records.noark5.check.structure import StructureScan
from ordskifte.records.noark5.check.validate import Validation
from ordskifte.records.noark5.schemas import installed

_WITHOUT_STRUCTURE = ("N5.01", "N5.02", "N5.03", "N5.28", "N5.61", "O.01", "O.02", "O.13", "O.18", "O.19")
_CURRENT = ("", "5", "5.0", "5.5", "5.5.0", "v5.5")


def check_package(folder: Path, *, home: Path | None = None) -> Report:
    """Look at the package in a folder; `home` is where the official schemas are installed.

    Raises PackageError when there is no package to look at.
    """
    place = find_package(folder)
    report = Report(str(place.folder))
    with Store() as store:
        _Check(place, report, store, installed(home, "noark5-5.5") if home else None).run()
    return report


class _Check:
    def __init__(self, place: Place, report: Report, store: Store, official: Path | None) -> None:
        self._place, self._report, self._store, self._official = place, report, store, official
        self._digests: dict[str, str] = {}
        self._description = Description()

    def run(self) -> None:
        described = self._describe()
        stated = self._description.facts.get("antallDokumentfiler", "")
        count_files(self._place, self._report, self._store, stated if described else None)
        structure = self._structure()
        read = {name: self._journal(name) for name in (RUNNING, PUBLIC)}
        journals = {name: scan for name, scan in read.items() if scan is not None}
        log = self._log()
        self._files(structure.journalposts if structure else 0, described=described)
        validation = Validation(self._place, self._report, self._official, self._description if described else None)
        validation.run(structure, list(self._digests))
        self._store.index()
        if structure is not None:
            self._ask(structure, journals, log, described)
            check_documents(self._place, self._report, self._store)
        else:
            for id_ in self._report.tests:
                if id_ not in _WITHOUT_STRUCTURE:
                    self._report.note(id_, "not_run", STRUCTURE)

    def _ask(
        self, structure: StructureScan, journals: dict[str, JournalScan], log: LogScan | None, described: bool
    ) -> None:
        report, store, description = self._report, self._store, self._description
        check_ids(report, store)
        check_references(report, store)
        if described:
            check_numbers(report, description, self._place.description)
            check_flags(report, description, structure, self._place.description)
        check_journals(report, store, description, structure, journals)
        check_dates(report, description, structure, journals)
        check_shielding(report, store)
        if log is not None:
            check_change_log(report, store, description, log)

    # -- what is said and which files there are

    def _describe(self) -> bool:
        name = self._place.description
        if not self._place.has(name):
            return False
        try:
            self._description = read_description(self._place.folder / name)
        except Unreadable as error:
            self._refused(name, error)
            return False
        self._digests[name] = ""
        description = self._description
        self._report.version = description.version
        for what in description.unseen:
            self._report.error("O.19", "place_of_info", what, where=name)
        said = ("recordCreator", "systemName", "archive", "startDate", "endDate", "inngaaendeSkille", "utgaaendeSkille")
        for fact in (*said, *FLAGS):
            self._report["O.18"].count += 1
            if not description.facts.get(fact):
                self._report.error("O.18", "not_stated", fact, where=name)
        return True

    def _files(self, journalposts: int, *, described: bool) -> None:
        """N5.01 and N5.02, and whether every file is listed in a description that could be read."""
        report, place = self._report, self._place
        needed = [place.description, STRUCTURE, LOG]
        if journalposts or any(self._description.of(name.removesuffix(".xml")) for name in (RUNNING, PUBLIC)):
            needed += [RUNNING, PUBLIC]
        listed = list(self._description.entries())
        for name in dict.fromkeys([*needed, *(entry.name for entry in listed if entry.name)]):
            if _plain(name) and place.has(name):
                report["N5.01"].count += 1
            else:
                report.error("N5.01", "missing_file", name, where=place.description)
        xml = {one.file.name for one in self._description.objects if one.file}
        checked: set[FileEntry] = set()
        for entry in listed:
            if _plain(entry.name) and place.has(entry.name) and entry not in checked:
                checked.add(entry)
                self._checksum(entry, must=entry.name in xml)
        if described:
            self._listed({entry.name for entry in listed if entry.checksum})

    def _checksum(self, entry: FileEntry, *, must: bool) -> None:
        report, where = self._report, self._place.description
        if not entry.checksum:
            if must:
                report.error("O.18", "no_checksum", entry.name, where=where)
            return
        report["N5.02"].count += 1
        if entry.algorithm.upper().replace("-", "") != "SHA256":
            report.error("N5.02", "other_algorithm", entry.name, entry.algorithm or "–", where=where)
            return
        real = self._digests.get(entry.name) or _digest(self._place.folder / entry.name)
        if real != entry.checksum.lower():
            report.error("N5.02", "wrong_checksum", entry.name, entry.checksum.lower(), real, where=entry.name)

    def _listed(self, names: set[str]) -> None:
        """6.4.22: every XML file and schema has its checksum there, but for the description itself and its schema."""
        for name in self._place.root_files():
            unlisted = name not in names and name not in (self._place.description, "addml.xsd")
            if name.endswith((".xml", ".xsd")) and unlisted and not self._named(name):
                self._report["O.18"].count += 1
                self._report.error("O.18", "not_listed", name, where=name)

    def _named(self, name: str) -> bool:
        """Whether the description names it, though without a checksum (which is said by itself)."""
        return any(entry.name == name for entry in self._description.entries())

    # -- the XML files

    def _structure(self) -> StructureScan | None:
        scan = StructureScan(self._report, self._store, self._description, codes=self._current())
        return scan if self._read(STRUCTURE, scan) else None

    def _journal(self, name: str) -> JournalScan | None:
        scan = JournalScan(name, self._report, self._store)
        return scan if self._read(name, scan) else None

    def _log(self) -> LogScan | None:
        scan = LogScan(self._report, self._store)
        return scan if self._read(LOG, scan) else None

    def _read(self, name: str, scan: Any) -> bool:
        """Feed a file to what scans it, its digest taken on the way. False when it is not there or not read whole."""
        if not self._place.has(name):
            return False
        digest = sha256()
        try:
            for event, element in events(self._place.folder / name, taken=digest.update):
                if event == "start":
                    scan.start(element)
                else:
                    scan.end(element)
        except Unreadable as error:
            self._refused(name, error)
            return False
        self._digests[name] = digest.hexdigest()
        self._report["O.01"].count += 1
        return True

    def _refused(self, name: str, error: Unreadable) -> None:
        """What is no XML is said by N5.03 (the log's by N5.61); XML of a kind that may not be, by O.01."""
        if error.key in ("encoding", "doctype", "xml_version"):
            self._report.error("O.01", error.key, *error.said, where=name)
        elif name == LOG:
            self._report.error("N5.61", "log_unreadable", error.said[-1], where=name)
        else:
            self._report.error("N5.03", error.key, *error.said, where=name)

    def _current(self) -> bool:
        """Whether the code lists we know are the package's."""
        current = self._description.version in _CURRENT
        if not current:
            self._report.note("O.05", "old_version", self._description.version)
        return current


def _plain(name: str) -> bool:
    """A file of the package's own folder, and no way out of it."""
    return bool(name) and Path(name).name == name and "\\" not in name and "\x00" not in name


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
