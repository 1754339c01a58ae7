"""N5.03 and what stands around it: which schemas are used, are they official, do own metadata follow theirs."""

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ordskifte.records.noark5.check.description import Description
from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import LOG, PUBLIC, RUNNING, STRUCTURE, Place
from ordskifte.records.noark5.check.reading import Unreadable
from ordskifte.records.noark5.check.schema import (
    OFFICIAL,
    Violation,
    load,
    look_at_schema,
    official_in,
    violations,
)
from ordskifte.records.noark5.check.structure import StructureScan
from ordskifte.records.noark5.schemas import named, official_digests

_SCHEMA_OF: Final = {
    STRUCTURE: "arkivstruktur.xsd",
    RUNNING: "loependeJournal.xsd",
    PUBLIC: "offentligJournal.xsd",
    LOG: "endringslogg.xsd",
}
_NAMED_ELSEWHERE: Final = (STRUCTURE, RUNNING, PUBLIC, LOG)  # empty elements: N5.63 and O.10
_STANDARD: Final = "http://www.arkivverket.no/standarder/"
_OLDER: Final = ("3", "4")


class Validation:
    """All schema checks of one package."""

    def __init__(self, place: Place, report: Report, official: Path | None, description: Description | None) -> None:
        self._place, self._report, self._official = place, report, official
        self._described = description is not None
        self._description = description or Description()

    def run(self, structure: StructureScan | None, readable: list[str]) -> None:
        """`readable` are the files that are well-formed."""
        old = self._description.version.startswith(_OLDER)
        if not old:
            self._look_at_official()
        own = self._own_schemas()
        if structure is not None:
            self._declared(structure, own)
        source = self._source(old)
        if source is None:
            self._report.note("N5.03", "no_schemas")
            return
        for name in readable:
            self._file(source, name, structure, own if name == STRUCTURE else {})

    def _source(self, old: bool) -> Path | None:
        """The folder whose schemas are used: the home's, else the package's own where they may be."""
        if old:
            if any(self._place.has(name) for name in _SCHEMA_OF.values()):
                self._report.note("N5.03", "own_old_schemas", self._description.version)
                return self._place.folder
            return None
        if self._official is not None:
            return self._official
        if official_in(self._place.folder):
            self._report.note("N5.03", "package_schemas")
            return self._place.folder
        return None

    def _look_at_official(self) -> None:
        for name in OFFICIAL:
            path = self._place.folder / name
            if self._place.has(name):
                self._report["O.02"].count += 1
                if path.stat().st_size > 5_000_000 or sha256(path.read_bytes()).hexdigest() not in _digests(name):
                    self._report.error("O.02", "not_official", name, where=name)

    def _own_schemas(self) -> dict[str, Path]:
        """Namespace -> file of the schemas that the package brings for its own metadata."""
        found: dict[str, Path] = {}
        for name in self._place.root_files():
            if not name.endswith(".xsd") or name in OFFICIAL:
                continue
            try:
                namespace = look_at_schema(self._place.folder / name)
                if not namespace.startswith(_STANDARD):
                    load(self._place.folder / name)
                    found[namespace] = self._place.folder / name
            except Unreadable as error:
                self._report.error("O.03", "vsm_unusable", *error.said, where=name)
        return found

    def _declared(self, structure: StructureScan, own: dict[str, Path]) -> None:
        """6.4.32, 6.4.23 and 6.4.33: defined, listed and referred to."""
        listed = self._description.of("arkivstruktur")
        names = {entry.name for entry in listed.schemas} if listed else set()
        for namespace in sorted(structure.namespaces):
            if namespace not in own:
                self._report.error("O.03", "vsm_unknown", namespace, where=STRUCTURE)
                continue
            self._report["O.04"].count += 1
            if self._described and own[namespace].name not in names:
                self._report.error("O.04", "vsm_not_listed", own[namespace].name, where=self._place.description)
            if namespace not in structure.locations.split():
                self._report.error("O.04", "vsm_no_location", namespace, where=STRUCTURE)

    def _file(self, source: Path, name: str, structure: StructureScan | None, own: dict[str, Path]) -> None:
        path = source / _SCHEMA_OF.get(name, "addml.xsd")
        try:
            if source == self._place.folder:
                look_at_schema(path)
            schema = self._schema(path, own)
        except (Unreadable, OSError):
            self._report.note("N5.03", "unusable_schema", path.name)
            return
        self._report["N5.03"].count += 1

        def stopped() -> None:
            self._report.error("N5.03", "more", where=name)

        for one in violations(self._place.folder / name, schema, ended=stopped):
            self._say(name, one, structure, own)

    def _schema(self, path: Path, own: dict[str, Path]) -> Any:
        """The official schema, with the package's own beside it where they go together."""
        try:
            return load(path, list(own.items()))
        except Unreadable as error:
            if not own:
                raise
            self._report.error("O.03", error.key, *error.said, where=path.name)
            return load(path)

    def _say(self, name: str, one: Violation, structure: StructureScan | None, own: dict[str, Path]) -> None:
        """What another test names is not said twice: empty elements, mixed classes, dates that are none."""
        where = f"{name}, line {one.line} or a little after"
        if one.namespace in own:
            self._report.error("O.03", "schema", one.message, where=where)
            return
        if name in _NAMED_ELSEWHERE and _is_empty(one.message):
            return
        if name == STRUCTURE and structure is not None:
            if structure.mixed_classes and one.element in ("klasse", "mappe", "registrering") and _unexpected(one):
                return
            if one.element == "opprettetDato" and any(f"'{text}'" in one.message for text in structure.empty_dates):
                return
        self._report.error("N5.03", "schema", one.message, where=where)


def _digests(name: str) -> set[str]:
    return {digest for digest, file in official_digests().items() if file == name} & set(
        named("noark5-5.5").files.values()
    )


def _is_empty(message: str) -> bool:
    return "The value has a length of '0'" in message or ": '' is not a valid value" in message


def _unexpected(one: Violation) -> bool:
    expected = one.message.partition("Expected is")[2]
    return "This element is not expected" in one.message and any(
        word in expected for word in ("klasse", "mappe", "registrering")
    )
