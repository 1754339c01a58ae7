"""XML of a package read as a stream: no document type, no entities, no network, one element in memory at a time."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

_CHUNK: Final = 1 << 16
_HEAD: Final = 1 << 16
_MOST_NAMES: Final = 10_000  # Noark 5 has some two hundred
_MARKS: Final = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"))
_MORE_MARKS: Final = ((b"\xfe\xff", "UTF-16"), (b"\x00<", "UTF-16"), (b"<\x00", "UTF-16"))
_DECLARATION: Final = re.compile(rb"<\?xml\s([^>]{0,500}?)\?>")
_NAMED: Final = re.compile(rb"""\b(version|encoding)\s*=\s*["']([^"']{0,60})["']""")
_BETWEEN: Final = re.compile(rb"\s+|<!--.*?-->|<\?(?!xml\s).*?\?>", re.DOTALL)
_UTF8: Final = {"utf-8", "utf8", "us-ascii", "ascii"}


class Unreadable(Exception):
    """A file that is not read, or only in part. `key` and `args` say why (words.py)."""

    def __init__(self, key: str, *args: str) -> None:
        super().__init__(key, *args)
        self.key, self.said = key, args


def refuse_prologue(path: Path) -> None:
    """Unreadable when the file is not XML 1.0 in UTF-8, or declares a document type. Nothing is parsed before this."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    name = path.name
    for mark, encoding in (*_MARKS, *_MORE_MARKS):
        if head.startswith(mark):
            raise Unreadable("encoding", name, encoding)
    head = head.removeprefix(b"\xef\xbb\xbf")
    at = 0
    if declaration := _DECLARATION.match(head):
        stated = {key.decode(): value.decode("ascii", "replace") for key, value in _NAMED.findall(declaration[1])}
        if stated.get("encoding", "UTF-8").lower() not in _UTF8:
            raise Unreadable("encoding", name, stated["encoding"])
        if stated.get("version", "1.0") != "1.0":
            raise Unreadable("xml_version", name, stated["version"])
        at = declaration.end()
    while between := _BETWEEN.match(head, at):
        at = between.end()
    if head[at : at + 9].upper() == b"<!DOCTYPE":
        raise Unreadable("doctype", name)
    if not re.match(rb"<[A-Za-z_\x80-\xff]", head[at : at + 2]):
        raise Unreadable("not_xml", name)


def events(path: Path, *, taken: Callable[[bytes], None] | None = None) -> Iterator[tuple[str, Any]]:
    """("start"|"end", element) in the order of the file; an element is emptied once its end has been handed out.

    `taken` gets all bytes that are read. Raises Unreadable for what is not well-formed, after what could be read.
    """
    refuse_prologue(path)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = 0
    with path.open("rb") as handle:
        try:
            while chunk := handle.read(_CHUNK):
                if taken:
                    taken(chunk)
                parser.feed(chunk)
                for event, element in parser.read_events():
                    if event == "start":
                        depth += 1
                        yield event, element
                    else:
                        depth -= 1
                        yield event, element
                        _forget(element)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise Unreadable("not_wellformed", path.name, _said(error)) from None
    if depth:
        raise Unreadable("not_wellformed", path.name, "it ends too early")


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


class Names:
    """Local names of elements in the document's own namespace; None for elements of another."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}
        self._own: str | None = None

    def __call__(self, tag: Any) -> str | None:
        found = self._known.get(tag, "")
        return found if found != "" else self._learn(tag)

    def _learn(self, tag: Any) -> str | None:
        if not isinstance(tag, str):  # a comment or an instruction
            return None
        namespace, _, local = tag.rpartition("}")
        if self._own is None:
            self._own = namespace
        name = local if namespace == self._own else None
        if len(self._known) < _MOST_NAMES:
            self._known[tag] = name
        return name
