"""XML files against their schemas, in one pass and flat memory. A package's own schemas are looked at before use."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ordskifte.records.noark5.check.outcome import LISTED
from ordskifte.records.noark5.check.reading import Unreadable, refuse_prologue
from ordskifte.records.noark5.schemas import named

_CHUNK: Final = 1 << 12  # small, so that an error is known to lie close to where it was found
_XS: Final = "http://www.w3.org/2001/XMLSchema"
_LARGEST: Final = 5_000_000
_ELEMENT: Final = re.compile(r"Element '(?:\{([^}]*)\})?([^']*)'")
OFFICIAL: Final = tuple(named("noark5-5.5").files)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something a schema refuses: the element's namespace and name, libxml2's sentence, and the line it is close to."""

    namespace: str
    element: str
    message: str
    line: int


class _Nothing:
    """A parser's target that keeps nothing."""

    def close(self) -> None:
        return


def official_in(folder: Path) -> bool:
    """Whether a package brings the official schemas, byte for byte."""
    for name, digest in named("noark5-5.5").files.items():
        path = folder / name
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return False
        if sha256(path.read_bytes()).hexdigest() != digest:
            return False
    return True


def load(path: Path, beside: Sequence[tuple[str, Path]] = ()) -> Any:
    """A schema; with `beside` (namespace, file) one that takes in all of them. Raises Unreadable when it is no good."""
    try:
        if not beside:
            return etree.XMLSchema(etree.parse(str(path), _parser()))
        wrapper = etree.Element(f"{{{_XS}}}schema")
        for namespace, file in ((target_namespace(path), path), *beside):
            one = etree.SubElement(wrapper, f"{{{_XS}}}import", schemaLocation=file.absolute().as_uri())
            if namespace:
                one.set("namespace", namespace)
        return etree.XMLSchema(etree.fromstring(etree.tostring(wrapper), _parser()))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        raise Unreadable("vsm_unusable", path.name, " ".join(str(error).split())[:200]) from None


def target_namespace(path: Path) -> str:
    return str(etree.parse(str(path), _parser()).getroot().get("targetNamespace") or "")


def look_at_schema(path: Path) -> str:
    """The namespace of a package's own schema, when it is one and reaches for nothing outside its folder.

    Raises Unreadable when it may not be used.
    """
    if path.is_symlink() or path.stat().st_size > _LARGEST:
        raise Unreadable("vsm_unusable", path.name, "it is a link or too large")
    refuse_prologue(path)
    try:
        root = etree.parse(str(path), _parser()).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable("vsm_unusable", path.name, " ".join(str(error).split())[:200]) from None
    if root.tag != f"{{{_XS}}}schema":
        raise Unreadable("vsm_unusable", path.name, "it is no schema")
    for tag in ("import", "include", "redefine"):
        for one in root.iter(f"{{{_XS}}}{tag}"):
            location = one.get("schemaLocation")
            beside = path.parent / (location or "")
            if location and (Path(location).name != location or not beside.is_file() or beside.is_symlink()):
                raise Unreadable("vsm_unusable", path.name, f"it reaches for {location[:100]}")
    return str(root.get("targetNamespace") or "")


def violations(path: Path, schema: Any, *, ended: Callable[[], None]) -> Iterator[Violation]:
    """What a schema refuses in a file that is known to be well-formed. Calls `ended` when it stops before the end."""
    parser = etree.XMLParser(target=_Nothing(), schema=schema, resolve_entities=False, no_network=True, load_dtd=False)
    line, told = 1, 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            parser.feed(chunk)
            log = parser.feed_error_log
            for one in log[told:] if len(log) > told else ():
                yield _violation(one.message, line)
            told = len(log)
            if told > LISTED * 5:
                ended()
                return
            line += chunk.count(b"\n")
    with suppress(etree.XMLSyntaxError):
        parser.close()
    for one in parser.feed_error_log[told:]:
        yield _violation(one.message, line)


def _violation(message: str, line: int) -> Violation:
    found = _ELEMENT.match(message)
    return Violation(found[1] or "" if found else "", found[2] if found else "", _short(message), line)


def _short(message: str) -> str:
    """Without the namespaces of the standard, which make every sentence unreadable."""
    return re.sub(r"\{http://www\.arkivverket\.no/standarder/[^}]*\}", "", message)


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
