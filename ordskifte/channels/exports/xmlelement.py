"""One XML element, parsed by itself: no document type, no entity but HTML's, nothing fetched; mended when broken."""

import html
import re
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from lxml import etree

from ordskifte.channels import reasons
from ordskifte.channels.exports.xmlcoding import decoded

_MAX_DEPTH: Final = 200
_MAX_ELEMENTS: Final = 50_000


class Malformed(Exception):
    """The element is not well-formed, or is deeper or has more parts than any honest one. Never leaves the readers."""


class TooDeep(Malformed):
    """More levels than any honest element has."""


class _Builder:
    """Builds an element, counting depth and parts."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH:
            raise TooDeep
        if self._count > _MAX_ELEMENTS:
            raise Malformed
        self._tree.start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(name)

    def data(self, text: str) -> None:
        self._tree.data(text)

    def other(self, text: str) -> None:
        """Comments are dropped; an entity nobody declared is taken as HTML's, or stays as it is written."""
        if text.startswith("&") and self._depth:
            self._tree.data(html.unescape(text))

    def close(self) -> Element:
        return self._tree.close()


def parse(text: str) -> Element:
    """One element, names as written with their prefixes. Malformed when it is not well-formed."""
    builder = _Builder()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.DefaultHandlerExpand = builder.other
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.UseForeignDTD(True)  # an unknown entity is handed to `other` and is no error; nothing is ever fetched
    parser.ExternalEntityRefHandler = _fetch_nothing
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
        return builder.close()
    except (expat.ExpatError, AssertionError) as error:
        raise Malformed from error


def _refuse_doctype(_name: str, system: str | None, public: str | None, internal: bool) -> None:
    if system or public or internal:
        raise Malformed


def _fetch_nothing(*_: object) -> int:
    return 1


_ENTITY: Final = re.compile(rb"""<!ENTITY\s+(?:%|[^\s>]+\s+(?:SYSTEM|PUBLIC|"[^"]*&(?!\#)|'[^']*&(?!\#)))""")


def declares_entities(head: bytes) -> bool:
    """Whether the file's beginning declares entities that build on others or lie outside it: a bomb or a lure."""
    return _ENTITY.search(head) is not None


def child(element: Element, *names: str) -> Element | None:
    """The first child by any of these names, as written."""
    return next((one for one in element if one.tag in names), None)


def child_text(element: Element, *names: str) -> str:
    """All text in the first child by any of these names; ''."""
    found = child(element, *names)
    return "" if found is None else "".join(found.itertext()).strip()


def children(element: Element, name: str) -> list[Element]:
    """All children of this name, as written."""
    return [one for one in element if one.tag == name]


def read_element(raw: bytes, encoding: str) -> tuple[Element, tuple[str, ...]]:
    """The element in these bytes and remarks on what was mended. Malformed when nothing can be made of it."""
    text, repaired = decoded(raw, encoding)
    remarks = (reasons.ENCODING_REPAIRED,) if repaired else ()
    try:
        return parse(text), remarks
    except TooDeep:
        raise
    except Malformed:
        return _mended(_sayable(text)), (*remarks, reasons.XML_REPAIRED)


def _sayable(text: str) -> str:
    """The text with its commonest faults mended: characters XML has no word for, and `&` that begins nothing."""
    text = _UNSAYABLE.sub("\ufffd", text)
    return _BARE.sub(lambda found: found[1] or "&amp;", text)


def _mended(text: str) -> Element:
    """The element, or what libxml2 makes of it when it is not well-formed. Malformed when it makes nothing of it."""
    try:
        return parse(text)
    except TooDeep:
        raise
    except Malformed:
        return _guessed(text)


def _guessed(text: str) -> Element:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    wanted = re.match(r"\s*<([^\s/>]+)", text)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed from error
    if tree is None or wanted is None or _name(tree) != wanted[1]:
        raise Malformed
    builder = _Builder()
    for event, node in etree.iterwalk(tree, events=("start", "end", "pi", "comment")):
        if event == "start":
            builder.start(_name(node), {str(name): str(value) for name, value in node.attrib.items()})
            builder.data(node.text or "")
            continue
        if event == "end":
            builder.end(_name(node))
        if node is not tree:
            builder.data(node.tail or "")
    return builder.close()


_UNSAYABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w{1,40};)", re.DOTALL)


def _name(node: etree._Element) -> str:
    """The name as written: libxml2 keeps the prefix of a namespace nobody declared."""
    return f"{node.prefix}:{etree.QName(node).localname}" if node.prefix else str(node.tag)
