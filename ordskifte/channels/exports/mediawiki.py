"""A MediaWiki export (Special:Export, dumpBackup; schemas 0.3 to 0.11), current or with full history.

Each revision is one version of its page, with exactly the bytes of its `<revision>`. Read revision by revision, so a
page with a hundred thousand of them takes no more memory than one. Source: mediawiki.org, "Help:Export".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Author, Item, Other, Problem
from ordskifte.channels.exports.family import family, first_bytes, first_text
from ordskifte.channels.exports.glimpse import candidates
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_iso
from ordskifte.channels.exports.xmlcoding import Recoded, encoding_of
from ordskifte.channels.exports.xmlelement import (
    Malformed,
    TooDeep,
    child,
    child_text,
    children,
    declares_entities,
    read_element,
)
from ordskifte.channels.exports.xmlstream import Cutter, Gap, Slice

_ROOT: Final = re.compile(r"<mediawiki[\s>]")
_TYPE: Final = "application/xml"


class MediawikiReader:
    """MediaWiki XML exports."""

    kind = "mediawiki"

    def claim(self, export: Export) -> list[str]:
        """XML files whose root is `<mediawiki>`."""
        markup = [name for name in candidates(export) if family(export, name) == "markup"]
        return [name for name in markup if _ROOT.search(first_text(export, name))]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        """Every revision of every page; files, log entries and pages without revisions are counted."""
        for name in names:
            head = first_bytes(export, name)
            if declares_entities(head):
                yield Problem(name, "the beginning", reasons.ENTITIES)
            encoding, bytewise = encoding_of(head)
            with export.open(name) as stream:
                source = stream if bytewise else Recoded(stream, encoding)
                file = _File(name, encoding if bytewise else "utf_8", bytewise)
                parts = Cutter(source, ("revision", "upload", "logitem", "siteinfo"), ("page",))
                for part in parts:
                    yield from file.part(part)
                yield from file.end_page()


@dataclass(slots=True)
class _Wiki:
    """What `<siteinfo>` says."""

    base: str = ""
    namespaces: dict[str, str] = field(default_factory=dict)  # number -> name

    def namespace(self, title: str) -> str:
        """The number of a title's namespace, for schemas before 0.6, which do not say it."""
        prefix = title.partition(":")[0] if ":" in title else ""
        return next((number for number, name in self.namespaces.items() if prefix and name == prefix), "0")

    def address(self, title: str) -> str:
        """Where the page is read, guessed from the main page's address."""
        if not self.base or not title:
            return ""
        cut = max(self.base.rfind("/"), self.base.rfind("title=") + 5)
        return self.base[: cut + 1] + quote(title.replace(" ", "_"), safe="/:()',~!*-._")


@dataclass(slots=True)
class _Page:
    """A page's own few facts; its revisions follow."""

    number: int
    raw: bytes
    id: str = ""
    title: str = ""
    namespace: str = ""
    redirect: str = ""
    published: datetime | None = None
    revisions: int = 0

    @property
    def external_id(self) -> str:
        return f"page-{self.id}" if self.id else f"title-{self.title}" if self.title else ""


@dataclass(slots=True)
class _File:
    """One file being read, and the page that is open in it."""

    name: str
    encoding: str
    exact: bool
    wiki: _Wiki = field(default_factory=_Wiki)
    pages: int = 0
    others: int = 0
    page: _Page | None = None

    def part(self, part: Slice | Gap) -> Iterator[Item]:
        """A page's beginning, a revision, or something between."""
        if isinstance(part, Gap):
            if part.raw.startswith(b"<page"):
                yield from self.end_page()
                self._begin_page(part.raw)
            elif self.page and part.raw.rstrip().endswith(b"</page>"):
                yield from self.end_page()
        elif part.name == "siteinfo":
            yield from self._siteinfo(part)
        elif part.name == "revision":
            yield self._revision(part)
        else:
            self.others += 1
            yield self._other(part)
        if isinstance(part, Gap) and self.page and part.raw.startswith(b"<page") and b"</page>" in part.raw[-32:]:
            yield from self.end_page()

    def end_page(self) -> Iterator[Item]:
        """A page that had no revisions is counted all the same."""
        page, self.page = self.page, None
        if page and not page.revisions:
            whole = b"</page>" in page.raw
            if whole:
                yield Other("page", page.raw if self.exact else None, _TYPE, self.name, f"page {page.number}")
            else:
                yield Problem(self.name, f"page {page.number}", reasons.TRUNCATED, page.title, page.raw)

    def _begin_page(self, raw: bytes) -> None:
        self.pages += 1
        self.page = page = _Page(self.pages, raw)
        try:
            closed = raw if b"</page>" in raw else raw + b"</page>"
            element = read_element(closed, self.encoding)[0]
        except Malformed:
            return  # its revisions are problems then: nobody knows what they are versions of
        page.id, page.title = child_text(element, "id"), child_text(element, "title")
        page.namespace = child_text(element, "ns") or self.wiki.namespace(page.title)
        redirect = child(element, "redirect")
        page.redirect = "" if redirect is None else redirect.get("title", "")

    def _siteinfo(self, part: Slice) -> Iterator[Item]:
        try:
            element = read_element(part.raw or b"", self.encoding)[0]
        except Malformed as error:
            yield Problem(self.name, "siteinfo", _why(error), "", part.raw)
            return
        self.wiki.base = child_text(element, "base")
        listed = child(element, "namespaces")
        for one in [] if listed is None else children(listed, "namespace"):
            self.wiki.namespaces[one.get("key", "")] = (one.text or "").strip()
        name = child_text(element, "sitename")
        if self.wiki.base or name:
            handle = child_text(element, "dbname")
            yield Account(self.wiki.base or handle or name, handle, name, self.wiki.base)

    def _other(self, part: Slice) -> Item:
        where = f"{part.name} {self.others}"
        if part.raw is None or not part.closed:
            why = reasons.TOO_LARGE if part.raw is None else reasons.TRUNCATED
            return Problem(self.name, where, why, "", part.raw)
        return Other(part.name, part.raw if self.exact else None, _TYPE, self.name, where)

    def _revision(self, part: Slice) -> Item:
        page = self.page or _Page(self.pages, b"")
        page.revisions += 1
        where = f"page {page.number} revision {page.revisions}"
        if part.raw is None or not part.closed:
            why = reasons.TOO_LARGE if part.raw is None else reasons.TRUNCATED
            return Problem(self.name, where, why, page.title, part.raw)
        if not page.external_id:
            return Problem(self.name, where, reasons.NO_ID, "", part.raw)
        try:
            element, remarks = read_element(part.raw, self.encoding)
        except Malformed as error:
            return Problem(self.name, where, _why(error), page.title, part.raw)
        return self._version(element, page, part.raw, where, remarks)

    def _version(self, element: Element, page: _Page, raw: bytes, where: str, remarks: tuple[str, ...]) -> Arrival:
        at = from_iso(child_text(element, "timestamp"))
        if page.published is None and child_text(element, "parentid") in ("", "0"):
            page.published = at
        id_, address = child_text(element, "id"), self.wiki.address(page.title)
        return Arrival(
            external_id=page.external_id,
            version_key=id_,
            kind="page",
            author=_author(element),
            ours=False,
            title=page.title,
            text=_text(element),
            raw=raw if self.exact else None,
            raw_type=_TYPE,
            file=self.name,
            where=where,
            published=page.published,
            edited=at if at != page.published else None,
            permalink=f"{address}{'&' if '?' in address else '?'}oldid={id_}" if address and id_ else address,
            extra=self._extra(element, page),
            remarks=remarks if at else (*remarks, reasons.BAD_DATE),
        )

    def _extra(self, element: Element, page: _Page) -> dict[str, str]:
        text, model = child(element, "text"), child_text(element, "model")
        suppressed = [name for name in ("text", "contributor", "comment") if _deleted(child(element, name))]
        absent = text is not None and not suppressed and not text.text and text.get("bytes", "0") != "0"
        talk = page.namespace.isascii() and page.namespace.isdigit() and int(page.namespace[:9]) % 2 == 1
        extra = {
            "edit_summary": child_text(element, "comment"),
            "minor": "yes" if child(element, "minor") is not None else "",
            "model": model if model != "wikitext" else "",
            "namespace": self.wiki.namespaces.get(page.namespace, "")
            or (page.namespace if page.namespace != "0" else ""),
            "redirect": page.redirect,
            "suppressed": ", ".join(suppressed),
            "talk": "yes" if talk else "",
            "text": "not in the export" if absent else "",
        }
        return {name: value for name, value in extra.items() if value}


def _text(element: Element) -> str:
    """The wikitext, spaces and all: a line that begins with one means something."""
    found = child(element, "text")
    return "" if found is None else "".join(found.itertext()).rstrip("\n")


def _author(element: Element) -> Author | None:
    """Who wrote it. Somebody without an account is only an IP address, which stays in the bytes."""
    found = child(element, "contributor")
    if found is None or _deleted(found):
        return None
    if child(found, "ip") is not None:
        return Author("ip", "", "IP")
    name, id_ = child_text(found, "username"), child_text(found, "id")
    if not name:
        return None
    return Author(f"user-{id_}" if id_ not in ("", "0") else f"name-{name}", name, name)


def _deleted(element: Element | None) -> bool:
    return element is not None and element.get("deleted") is not None


def _why(error: Malformed) -> str:
    return reasons.TOO_DEEP if isinstance(error, TooDeep) else reasons.NOT_XML
