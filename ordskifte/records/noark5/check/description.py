"""arkivuttrekk.xml (ADDML) as far as the standard's template goes: what a package says about itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ordskifte.records.noark5.check.reading import Unreadable, refuse_prologue

_LARGEST: Final = 20_000_000
FLAGS: Final = (
    "inneholderSkjermetInformasjon",
    "omfatterDokumenterSomErKassert",
    "inneholderDokumenterSomSkalKasseres",
    "inneholderVirksomhetsspesifikkeMetadata",
)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file the description names."""

    name: str
    algorithm: str
    checksum: str


@dataclass(slots=True)
class DataObject:
    """An XML file of the package: itself, its schemas, and stated numbers (element -> text)."""

    name: str
    file: FileEntry | None = None
    schemas: list[FileEntry] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Description:
    """All that is stated. Flags hold what was written; `unseen` names what Arkade would not find where it looks."""

    version: str = ""
    objects: list[DataObject] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)

    def of(self, name: str) -> DataObject | None:
        """The data object called `name` (arkivstruktur), or the one whose file is that."""
        for one in self.objects:
            if one.name == name or (one.file and one.file.name == f"{name}.xml"):
                return one
        return None

    def flag(self, name: str) -> bool:
        return self.facts.get(name, "").strip().lower() == "true"

    @property
    def sharp(self) -> bool:
        return self.facts.get("inngaaendeSkille") == self.facts.get("utgaaendeSkille") == "skarpt"

    @property
    def period(self) -> tuple[str, str]:
        return self.facts.get("startDate", ""), self.facts.get("endDate", "")

    def entries(self) -> Iterator[FileEntry]:
        for one in self.objects:
            if one.file:
                yield one.file
            yield from one.schemas


def read_description(path: Path) -> Description:
    """Raises Unreadable for what is not well-formed."""
    refuse_prologue(path)
    if path.stat().st_size > _LARGEST:
        raise Unreadable("not_wellformed", path.name, "it is too large for what it should be")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable("not_wellformed", path.name, " ".join(str(error).split())[:200]) from None
    found = Description()
    for element in root.iter("{*}additionalElement"):
        if value := _value(element):
            found.facts.setdefault(str(element.get("name")), value)
    for top in root.iterfind("{*}dataset/{*}dataObjects/{*}dataObject"):
        _read_info(top, found)
        found.objects += [_object(one) for one in top.iterfind("{*}dataObjects/{*}dataObject")]
    for element in root.iter("{*}property"):
        if element.get("name") in ("startDate", "endDate"):
            found.facts.setdefault(element.get("name"), _value(element))
    found.unseen = list(_unseen(root))
    return found


def _read_info(top: Any, found: Description) -> None:
    for one in top.iterfind("{*}properties/{*}property//{*}property"):
        name, value = str(one.get("name")), _value(one)
        if name == "version" and not found.version and one.getparent().getparent().get("name") == "type":
            found.version = value
        elif value:
            found.facts.setdefault(name, value)


def _object(element: Any) -> DataObject:
    one = DataObject(name=str(element.get("name", "")))
    for part in element.iterfind("{*}properties/{*}property"):
        if part.get("name") == "file" and one.file is None:
            one.file = _entry(part)
        elif part.get("name") == "schema":
            one.schemas += [_entry(file) for file in _children(part, "file")]
        elif part.get("name") == "info":
            for number in _children(part, "numberOfOccurrences"):
                one.numbers[_value(number)] = next((_value(value) for value in _children(number, "value")), "")
    return one


def _entry(element: Any) -> FileEntry:
    name = next((_value(one) for one in _children(element, "name")), "")
    for checksum in _children(element, "checksum"):
        algorithm = next((_value(one) for one in _children(checksum, "algorithm")), "")
        value = next((_value(one) for one in _children(checksum, "value")), "")
        return FileEntry(name, algorithm, value)
    return FileEntry(name, "", "")


def _children(element: Any, name: str) -> Iterator[Any]:
    for one in element.iterfind("{*}properties/{*}property"):
        if one.get("name") == name:
            yield one


def _value(element: Any) -> str:
    return (element.findtext("{*}value") or "").strip()


def _unseen(root: Any) -> Iterator[str]:
    """Arkade takes dataset[0]/dataObjects/dataObject[0], its first property and that one's second (additionalInfo)."""
    top = root.find("{*}dataset/{*}dataObjects/{*}dataObject")
    first = top.find("{*}properties/{*}property") if top is not None else None
    if first is None or first.get("name") != "info":
        yield "info"
        return
    inner = first.findall("{*}properties/{*}property")
    if len(inner) < 2 or inner[1].get("name") != "additionalInfo":
        yield "additionalInfo"
        return
    inside = [one.get("name") for one in inner[1].iterfind("{*}properties/{*}property")]
    yield from (name for name in ("periode", "antallDokumentfiler", *FLAGS) if name not in inside)
