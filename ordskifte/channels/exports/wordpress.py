"""A WordPress export (WXR 1.0, 1.1, 1.2): posts, pages, attachments, and the comments inside them.

A post's own bytes are its `<item>` without the `<wp:comment>` elements, which are utterances of their own with bytes of
their own: so one person's comment can be erased without the post, a new comment makes no new version of the post, and
a post with a million comments is read in little memory. Comments come out before the post whose end tag follows them.
PHP's serialised values are never unpacked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Item, Problem
from ordskifte.channels.exports.family import family, first_bytes, first_text
from ordskifte.channels.exports.glimpse import candidates
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.wordpress_items import Post, Site, Where, read_comment, read_item
from ordskifte.channels.exports.xmlcoding import Recoded, encoding_of
from ordskifte.channels.exports.xmlelement import Malformed, TooDeep, child_text, declares_entities, read_element
from ordskifte.channels.exports.xmlstream import Cutter, Gap, Slice

_WXR: Final = re.compile(r"http://wordpress\.org/export/|<wp:wxr_version>")
_ENDED: Final = re.compile(rb"</item\s*>\s*\Z")


class WordpressReader:
    """WXR files."""

    kind = "wordpress"

    def claim(self, export: Export) -> list[str]:
        """XML files that use WordPress' export namespace or say their WXR version."""
        markup = [name for name in candidates(export) if family(export, name) == "markup"]
        return [name for name in markup if _WXR.search(first_text(export, name))]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        """Posts, pages and comments; several files of one site are read as one export."""
        site = Site()
        for name in names:
            _gather_media(export, name, site)
        said = False
        for name in names:
            head = first_bytes(export, name)
            if declares_entities(head):
                yield Problem(name, "the beginning", reasons.ENTITIES)
            file = _File(site, name, *_coding(head))
            for item in file.read(_parts(export, name)):
                if not said and site.url:
                    yield Account(site.url, "", site.title, site.url)
                    said = True
                yield item
        if not said and site.url:
            yield Account(site.url, "", site.title, site.url)


def _coding(head: bytes) -> tuple[str, bool]:
    """The encoding of the bytes that the cutter gives, and whether they are the file's own."""
    encoding, bytewise = encoding_of(head)
    return (encoding, True) if bytewise else ("utf_8", False)


def _parts(export: Export, name: str) -> Iterator[Slice | Gap]:
    """A file's comments, authors and items, in pieces."""
    encoding, bytewise = encoding_of(first_bytes(export, name))
    with export.open(name) as stream:
        source = stream if bytewise else Recoded(stream, encoding)
        yield from Cutter(source, ("wp:comment", "wp:author"), ("item", "channel"))


def _gather_media(export: Export, name: str, site: Site) -> None:
    """First reading: the pictures, which often stand after the post that shows them."""
    encoding, _ = _coding(first_bytes(export, name))
    for part in _parts(export, name):
        if isinstance(part, Gap) and b"<wp:attachment_url>" in part.raw and _ENDED.search(part.raw):
            try:
                site.add_media(read_element(part.raw, encoding)[0])
            except Malformed:
                continue  # the second reading says so


@dataclass(slots=True)
class _File:
    """One file, and the item that is open in it."""

    site: Site
    name: str
    encoding: str
    exact: bool
    items: int = 0
    comments: int = 0
    own: list[bytes] = field(default_factory=list)  # of the open item
    size: int = 0
    post: Post | None = None

    def read(self, parts: Iterator[Slice | Gap]) -> Iterator[Item]:
        for part in parts:
            if isinstance(part, Gap):
                yield from self._gap(part)
            elif part.name == "wp:comment":
                self.comments += 1
                yield self._comment(part)
            elif self.own:
                self._add(part.raw or b"")  # some tools name an item's author so
            else:
                self._author(part)
        yield from self._unfinished()

    def _gap(self, part: Gap) -> Iterator[Item]:
        if part.raw.startswith(b"<item"):
            yield from self._unfinished()
            self.items, self.comments, self.post = self.items + 1, 0, None
            self._add(part.raw)
        elif self.own:
            self._add(part.raw)
        else:
            self.site.describe(part.raw.decode(self.encoding, "replace"))
        if self.own and _ENDED.search(part.raw):
            yield self._item()

    def _add(self, raw: bytes) -> None:
        if self.size + len(raw) <= MAX_ITEM:
            self.own.append(raw)
        self.size += len(raw)

    def _close(self) -> bytes | None:
        """The open item's own bytes, None when they are too many; no item is open then."""
        raw = b"".join(self.own) if self.size < MAX_ITEM else None
        self.own, self.size = [], 0
        return raw

    def _unfinished(self) -> Iterator[Problem]:
        if self.own or self.size:
            raw = self._close()
            yield Problem(
                self.name, f"item {self.items}", reasons.TRUNCATED if raw is not None else reasons.TOO_LARGE, "", raw
            )

    def _item(self) -> Item:
        where, raw = f"item {self.items}", self._close()
        if raw is None:
            return Problem(self.name, where, reasons.TOO_LARGE)
        try:
            element, remarks = read_element(raw, self.encoding)
        except Malformed as error:
            return Problem(self.name, where, _why(error), "", raw)
        return read_item(element, self.site, Where(raw if self.exact else None, self.name, where, remarks))

    def _comment(self, part: Slice) -> Item:
        where = f"item {self.items} comment {self.comments}"
        if part.raw is None or not part.closed:
            why = reasons.TOO_LARGE if part.raw is None else reasons.TRUNCATED
            return Problem(self.name, where, why, "", part.raw)
        try:
            element, remarks = read_element(part.raw, self.encoding)
        except Malformed as error:
            return Problem(self.name, where, _why(error), "", part.raw)
        if self.post is None:
            self.post = Post.glimpsed(b"".join(self.own).decode(self.encoding, "replace"))
        at = Where(part.raw if self.exact else None, self.name, where, remarks)
        return read_comment(element, self.post, self.site, at)

    def _author(self, part: Slice) -> None:
        try:
            element = read_element(part.raw or b"", self.encoding)[0]
        except Malformed:
            return  # posts still name their author
        login, user = child_text(element, "wp:author_login"), child_text(element, "wp:author_id")
        self.site.add_author(login, user, child_text(element, "wp:author_display_name"))


def _why(error: Malformed) -> str:
    return reasons.TOO_DEEP if isinstance(error, TooDeep) else reasons.NOT_XML
