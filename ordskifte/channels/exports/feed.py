"""Feeds: RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, CDF as far as it goes, and JSON Feed 1.0 and 1.1.

XML is cut into its items first; each is then read by feedparser inside a frame of the elements around it (for their
namespaces, language and base). So one broken item stops nothing, every item has exactly its own bytes, and memory
holds one. A file in which no item can be cut out is given to feedparser whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import tostring

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Item, Problem
from ordskifte.channels.exports.family import family, first_bytes, first_text
from ordskifte.channels.exports.feed_entries import Surroundings, account_of, parsed, read_entry
from ordskifte.channels.exports.feed_json import is_json_feed, read_json_feed
from ordskifte.channels.exports.glimpse import candidates, glimpse
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.xmlcoding import Recoded, decoded, encoding_of
from ordskifte.channels.exports.xmlelement import Malformed, declares_entities, read_element
from ordskifte.channels.exports.xmlstream import Cutter, Gap, Slice

_PROLOGUE: Final = re.compile(r"\A(?:\ufeff|\s|\x00|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\]\s*)*>)*", re.S)
_TAG: Final = r"""<(?:([\w.-]+):)?({names})(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'"<>])*)>"""
_ROOT: Final = re.compile(_TAG.format(names="rss|feed|RDF|rdf|channel|Channel|CHANNEL"))
_CHANNEL: Final = re.compile(_TAG.format(names="channel"))
_NOT_OURS: Final = re.compile(r"http://wordpress\.org/export/|<wp:wxr_version>")


_ENOUGH: Final = 30000  # characters of a feed's beginning that are given to feedparser


class FeedReader:
    """Feeds, whoever wrote them."""

    kind = "feed"

    def claim(self, export: Export) -> list[str]:
        """XML whose root is a feed's, and JSON that says it is a JSON Feed. WordPress' exports are not feeds."""
        return [name for name in candidates(export) if _is_feed(export, name)]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        """Every entry of every feed; an empty feed gives none."""
        for name in names:
            yield from _read_xml(export, name) if family(export, name) == "markup" else read_json_feed(export, name)


def _is_feed(export: Export, name: str) -> bool:
    match family(export, name):
        case "markup":
            text = first_text(export, name)
            return _root(text) is not None and not _NOT_OURS.search(text)
        case "text":
            return is_json_feed(glimpse(export, name).value)
        case _:
            return False


def _root(text: str) -> re.Match[str] | None:
    """The root's start tag, when it is a feed's."""
    before = _PROLOGUE.match(text)
    return _ROOT.match(text, before.end() if before else 0)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The start tags around the items, and what ends them again."""

    before: str
    after: str

    @classmethod
    def of(cls, head: str) -> "_Frame":
        """From what stands before the first item."""
        root = _root(head)
        if root is None:
            return cls("<rss><channel>", "</channel></rss>")
        name = root[0][1:].split(maxsplit=1)[0].rstrip("/>")
        inner = _CHANNEL.search(head, root.end()) if name != "channel" else None
        if inner is None or f"</{inner[0][1:8]}" in head[inner.end() :]:  # RSS 1.0 ends its channel before the items
            return cls(root[0], f"</{name}>")
        return cls(root[0] + inner[0], f"</channel></{name}>")

    def around(self, item: str) -> str:
        return f"{self.before}{item}{self.after}"


def _names(head: str) -> tuple[str, ...]:
    """What this feed's items are called: `item`, or Atom's `entry`, with the prefix of the root if it has one."""
    root = _root(head)
    prefix = f"{root[1]}:" if root and root[1] and root[2] == "feed" else ""
    if root and root[2] == "feed":
        return (f"{prefix}entry",)
    rss = re.search(r"""xmlns:([\w.-]+)\s*=\s*["']http://(?:purl\.org/rss/1\.0/|my\.netscape\.com/)""", head)
    return ("item", f"{rss[1]}:item") if rss else ("item",)


def _read_xml(export: Export, name: str) -> Iterator[Item]:
    head = first_bytes(export, name)
    if declares_entities(head):
        yield Problem(name, "the beginning", reasons.ENTITIES)
    encoding, bytewise = encoding_of(head)
    names = _names(first_text(export, name))
    feed = _Feed(name, encoding if bytewise else "utf_8", bytewise)
    with export.open(name) as stream:
        parts = Cutter(stream if bytewise else Recoded(stream, encoding), names)
        yield from feed.read(iter(parts))
    if not feed.count:
        yield from _read_whole(export, name, encoding)


@dataclass(slots=True)
class _Feed:
    """One feed being read, item by item."""

    name: str
    encoding: str
    exact: bool
    frame: _Frame | None = None
    around: Surroundings | None = None
    count: int = 0

    def read(self, parts: Iterator[Slice | Gap]) -> Iterator[Item]:
        unclosed: Slice | None = None
        for part in parts:
            if unclosed:  # something came after it: only its end tag is missing
                yield from self._item(unclosed)
                unclosed = None
            if isinstance(part, Gap):
                if self.frame is None:
                    yield from self._begin(part.raw)
            elif part.closed:
                yield from self._item(part)
            else:
                unclosed = part
        if unclosed:
            self.count += 1
            yield Problem(self.name, f"entry {self.count}", reasons.TRUNCATED, "", unclosed.raw)

    def _begin(self, raw: bytes) -> Iterator[Account]:
        head = decoded(raw, self.encoding)[0]
        self.frame = _Frame.of(head)
        head = _without_prologue(head)[:_ENOUGH]
        found = parsed(head + ("" if _ends(head) else self.frame.after))
        self.around = Surroundings.of(found, self.name)
        yield from account_of(found)

    def _item(self, part: Slice) -> Iterator[Item]:
        self.count += 1
        where = f"entry {self.count}"
        if part.raw is None:
            yield Problem(self.name, where, reasons.TOO_LARGE, f"byte {part.offset}")
            return
        frame = self.frame or _Frame.of("")
        text, repaired = decoded(part.raw, self.encoding)
        remarks: tuple[str, ...] = (reasons.ENCODING_REPAIRED,) if repaired else ()
        found = parsed(frame.around(text))
        if len(found.get("entries") or []) != 1:  # too broken for feedparser, or too long and not well-formed
            text, remarks = _mended(part.raw, self.encoding)
            found = parsed(frame.around(text))
        entries: list[Any] = found.get("entries") or []
        if len(entries) != 1:
            yield Problem(self.name, where, reasons.NOT_XML, f"byte {part.offset}", part.raw)
            return
        if (found.get("bozo") or not part.closed) and reasons.XML_REPAIRED not in remarks:
            remarks = (*remarks, reasons.XML_REPAIRED)
        raw = part.raw if self.exact else None
        yield read_entry(entries[0], self.around or Surroundings(self.name), raw, where, remarks)


def _mended(raw: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The item as well-formed XML and remarks; '' when nothing can be made of it."""
    try:
        element, remarks = read_element(raw, encoding)
    except Malformed:
        return "", ()
    return tostring(element, "unicode"), remarks


def _without_prologue(text: str) -> str:
    found = _PROLOGUE.match(text)
    return text[found.end() :] if found else text


def _ends(head: str) -> bool:
    """Whether all of a feed stands before its first item: it has none."""
    return re.search(r"</(?:[\w.-]+:)?(?:rss|feed|RDF)\s*>\s*\Z", head) is not None


def _read_whole(export: Export, name: str, encoding: str) -> Iterator[Item]:
    """A feed whose items are not where they should be: feedparser looks for them, without bytes of their own."""
    raw = first_bytes(export, name, 2 * _ENOUGH)
    if export.size(name) > len(raw):
        yield Problem(name, "whole file", reasons.NOT_XML, "no entries were found in the places a feed has them")
        return
    text, repaired = decoded(raw, encoding)
    found = parsed(_without_prologue(text))
    around = Surroundings.of(found, name)
    remarks = ((reasons.ENCODING_REPAIRED,) if repaired else ()) + (reasons.XML_REPAIRED,)
    for number, entry in enumerate(found.get("entries") or [], 1):
        yield read_entry(entry, around, None, f"entry {number}", remarks)
