"""A Mastodon account archive: actor.json, outbox.json, likes, bookmarks and media, as Mastodon itself exports it."""

import posixpath
from collections.abc import Iterable, Iterator
from typing import Final

from ordskifte.channels.contract import Account, Author, Item, Other, Problem
from ordskifte.channels.exports.as2 import ACTORS, author_of, kind_of, text_of
from ordskifte.channels.exports.as2_arrival import RAW_TYPE, As2Arrival
from ordskifte.channels.exports.glimpse import candidates, glimpse
from ordskifte.channels.exports.jsonstream import JsonStream, Path
from ordskifte.channels.exports.source import Export

_OUTBOX: Final = "outbox.json"
_ASIDE: Final = {"likes.json": "like", "bookmarks.json": "bookmark"}
_ITEMS: Final = ("orderedItems",)


class MastodonReader:
    """Reads archives whose collections name each other by file: `"id": "outbox.json"`, `"outbox": "outbox.json"`."""

    kind = "mastodon"

    def claim(self, export: Export) -> list[str]:
        roles = {name: _role(export, name) for name in candidates(export)}
        folders = {posixpath.dirname(name) for name, role in roles.items() if role == _OUTBOX}
        return [name for name, role in roles.items() if role and posixpath.dirname(name) in folders]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        order = ("actor", _OUTBOX, *_ASIDE, "csv")
        files = sorted((order.index(_role(export, name)), name) for name in names)
        owners: dict[str, Author] = {}
        for place, name in files:
            if place < 2 and (who := _owner(export, name)):
                owners.setdefault(posixpath.dirname(name), who)
        yield from (Account(who.external_id, who.handle, who.name, who.url) for who in owners.values())
        for place, name in files:
            role = order[place]
            owner = owners.get(posixpath.dirname(name))
            with export.open(name) as stream:
                if role == "actor":
                    yield from _asides(JsonStream(stream, name), name, "profile", ())
                elif role == _OUTBOX:
                    yield from _outbox(JsonStream(stream, name), name, owner, _Media(export, posixpath.dirname(name)))
                elif role == "csv":
                    yield from _rows(stream, name)
                else:
                    yield from _asides(JsonStream(stream, name), name, _ASIDE[role], _ITEMS)


def _role(export: Export, name: str) -> str:
    """What a file is in an archive: `actor`, `outbox.json`, `likes.json`, `bookmarks.json`, `csv`, or ''."""
    if name.lower().endswith(".csv"):
        return "csv"
    value = glimpse(export, name).value
    if not isinstance(value, dict):
        return ""
    kind, ident = kind_of(value), text_of(value.get("id"))
    if kind in ACTORS and value.get("outbox") == _OUTBOX:
        return "actor"
    if kind == "OrderedCollection" and (ident == _OUTBOX or ident in _ASIDE):
        return ident
    return ""


def _owner(export: Export, name: str) -> Author | None:
    """Whose archive it is: the actor's; or, when an outbox came without its actor.json, whoever acts in it."""
    value = glimpse(export, name).value
    if not isinstance(value, dict):
        return None
    if kind_of(value) in ACTORS:
        return author_of(value)
    items = value.get("orderedItems")
    first = items[0] if isinstance(items, list) and items else None
    return author_of(first.get("actor")) if isinstance(first, dict) else None


def _outbox(read: JsonStream, name: str, owner: Author | None, media: "_Media") -> Iterator[Item]:
    translate = As2Arrival(name, owner.external_id if owner else "", media.path, owner=owner).item
    for piece in read.items(_ITEMS):
        if isinstance(piece, Problem):
            yield piece
        else:
            value, raw, number = piece
            yield translate(value, raw, f"item {number}")


def _asides(read: JsonStream, name: str, kind: str, path: Path) -> Iterator[Item]:
    for piece in read.items(path):
        if isinstance(piece, Problem):
            yield piece
        else:
            yield Other(kind, piece[1], RAW_TYPE, name, f"item {piece[2]}" if path else "whole file")


def _rows(lines: Iterable[bytes], name: str) -> Iterator[Item]:
    """The lists of accounts followed, muted and blocked that Mastodon gives beside the archive: a row each."""
    kind = posixpath.splitext(posixpath.basename(name))[0]
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Other(kind, line, "text/csv", name, f"row {number}")


class _Media:
    """Finds a picture's bytes: the archive keeps the instance's own path, with or without its prefix."""

    def __init__(self, export: Export, folder: str) -> None:
        self._export = export
        self._folder = folder

    def path(self, address: str) -> str:
        for tail in (address.lstrip("/"), address[max(address.find("media_attachments/"), 0) :]):
            path = posixpath.join(self._folder, tail)
            if path in self._export:
                return path
        return ""
