"""arkivuttrekk.xml: what the package says of itself, built after the standard's template (ADDML)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ordskifte.records.noark5.values import Uttrekk
from ordskifte.records.noark5.write.structure import Counts
from ordskifte.records.noark5.write.xml import DECLARATION, XSI, text

ADDML: Final = "http://www.arkivverket.no/standarder/addml"
_NAME: Final = "Noark 5-arkivuttrekk"


@dataclass(frozen=True, slots=True)
class Listed:
    """An XML file of the package: digest, schemas (name, and digest unless that stands elsewhere), numbers."""

    name: str
    digest: str
    schemas: tuple[tuple[str, str | None], ...]
    numbers: tuple[tuple[str, int], ...]


def description_xml(uttrekk: Uttrekk, counts: Counts, files: Iterable[Listed], *, documents: int) -> str:
    """The whole file."""
    flags = (
        ("inneholderSkjermetInformasjon", counts.shielded),
        ("omfatterDokumenterSomErKassert", counts.disposed),
        ("inneholderDokumenterSomSkalKasseres", counts.to_dispose),
        ("inneholderVirksomhetsspesifikkeMetadata", counts.own),
    )
    creators = "".join(
        f'<additionalElement name="recordCreator">{_value(one.arkivskaper_navn)}</additionalElement>\n'
        for one in uttrekk.arkiv.arkivskapere
    )
    split = _property("inngaaendeSkille", uttrekk.inngaaende_skille) + _property(
        "utgaaendeSkille", uttrekk.utgaaende_skille
    )
    more = (
        _group("periode", split)
        + "".join(_property(name, "true" if flag else "false", "boolean") for name, flag in flags)
        + _property("antallDokumentfiler", str(documents), "integer")
    )
    version = _versioned("type", "Noark 5", "5.0")
    period = _property("startDate", uttrekk.periode_start.isoformat()) + _property(
        "endDate", uttrekk.periode_slutt.isoformat()
    )
    return (
        f'{DECLARATION}<addml xmlns="{ADDML}" xmlns:xsi="{XSI}" xsi:schemaLocation="{ADDML} addml.xsd"'
        f' name="{_NAME}">\n'
        f"<dataset>\n<description>{_NAME}</description>\n<reference>\n<context>\n<additionalElements>\n"
        f'<additionalElement name="recordCreators"><additionalElements>\n{creators}'
        "</additionalElements></additionalElement>\n"
        f'<additionalElement name="systemType">{_value(uttrekk.system_type)}</additionalElement>\n'
        f'<additionalElement name="systemName">{_value(uttrekk.system_navn)}</additionalElement>\n'
        f'<additionalElement name="archive">{_value(uttrekk.arkiv.tittel)}</additionalElement>\n'
        "</additionalElements>\n</context>\n<content>\n<additionalElements>\n"
        f'<additionalElement name="archivalPeriod"><properties>\n{period}</properties></additionalElement>\n'
        "</additionalElements>\n</content>\n</reference>\n"
        f'<dataObjects>\n<dataObject name="{_NAME}">\n<properties>\n'
        + _group("info", version + _group("additionalInfo", more))
        + "</properties>\n<dataObjects>\n"
        + "".join(_object(one) for one in files)
        + "</dataObjects>\n</dataObject>\n</dataObjects>\n</dataset>\n</addml>\n"
    )


def _object(one: Listed) -> str:
    numbers = "".join(
        f'<property name="numberOfOccurrences">{_value(what)}<properties>\n'
        f"{_property('elementPath', f'//{what}')}{_property('value', str(number), 'integer')}</properties></property>\n"
        for what, number in one.numbers
    )
    schemas = "".join(_schema(name, digest, main=at == 0) for at, (name, digest) in enumerate(one.schemas))
    name = one.name.removesuffix(".xml")
    return (
        f'<dataObject name="{name}">\n<properties>\n{_file(one.name, one.digest)}{schemas}'
        f"{_group('info', numbers)}</properties>\n</dataObject>\n"
    )


def _schema(name: str, digest: str | None, *, main: bool) -> str:
    inside = _file(name, digest) + (_versioned("type", "XML Schema", "1.0") if digest else "")
    return f'<property name="schema">{_value("main") if main else ""}<properties>\n{inside}</properties></property>\n'


def _file(name: str, digest: str | None) -> str:
    if digest is None:
        return _group("file", _property("name", name))
    format_ = _versioned("format", "XML", "1.0")
    checksum = _group("checksum", _property("algorithm", "SHA-256") + _property("value", digest))
    return _group("file", _property("name", name) + format_ + checksum)


def _versioned(name: str, value: str, version: str) -> str:
    inside = f"{_value(value)}<properties>\n{_property('version', version)}</properties>"
    return f'<property name="{name}">{inside}</property>\n'


def _group(name: str, inside: str) -> str:
    return f'<property name="{name}"><properties>\n{inside}</properties></property>\n'


def _property(name: str, value: str, type_: str = "") -> str:
    kind = f' dataType="{type_}"' if type_ else ""
    return f'<property{kind} name="{name}">{_value(value)}</property>\n'


def _value(value: str) -> str:
    return f"<value>{text(value)}</value>"
