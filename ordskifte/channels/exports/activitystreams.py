"""ActivityStreams 2.0 from any server: objects, activities and collections in JSON files."""

import io
from collections.abc import Iterator
from typing import Final

from ordskifte.channels.contract import Account, Arrival, Item, Other, Problem
from ordskifte.channels.exports.as2 import ACTIVITIES, ACTORS, COLLECTIONS, OBJECTS, author_of, kind_of, text_of
from ordskifte.channels.exports.as2_arrival import RAW_TYPE, As2Arrival
from ordskifte.channels.exports.glimpse import candidates, glimpse
from ordskifte.channels.exports.jsonstream import JsonStream, Path, Piece
from ordskifte.channels.exports.nameless import Nameless
from ordskifte.channels.exports.source import Export

_NAMESPACE: Final = "www.w3.org/ns/activitystreams"
_LISTS: Final[tuple[Path, ...]] = (
    ("orderedItems",), ("items",), ("first", "orderedItems"), ("first", "items"),
)  # fmt: skip
_REPLIES: Final[tuple[Path, ...]] = tuple((*start, "replies", *path) for start in ((), ("object",)) for path in _LISTS)
_MARKS: Final = ("actor", "attributedTo", "inReplyTo", "orderedItems", "items", "inbox", "published", "totalItems")


class ActivityStreamsReader:
    """Reads every JSON file that is an AS2 object, activity or collection, or a list of them."""

    kind = "activitystreams"

    def claim(self, export: Export) -> list[str]:
        return [name for name in candidates(export) if _is_as2(glimpse(export, name).value)]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        account = _account(export, names)
        if account:
            yield account
        nameless = Nameless()
        for name in names:
            arrival = As2Arrival(name, account.external_id if account else "", nameless=nameless)
            with export.open(name) as stream:
                yield from _file(JsonStream(stream, name), name, arrival, glimpse(export, name).value)


def _is_as2(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and _is_as2(value[0])
    if not isinstance(value, dict):
        return False
    context = value.get("@context")
    if any(isinstance(one, str) and _NAMESPACE in one for one in (context if isinstance(context, list) else [context])):
        return True
    kind = kind_of(value)
    if kind and ("id" in value and (kind == "Tombstone" or ("actor" in value and "object" in value))):
        return True  # also activities that one server alone knows
    known = kind in OBJECTS or kind in ACTIVITIES or kind in ACTORS or kind in COLLECTIONS
    return known and any(mark in value for mark in _MARKS)


def _account(export: Export, names: list[str]) -> Account | None:
    """Whose export it is: the one actor described in it, else whoever acts in its one outbox."""
    values = [value for name in names if isinstance(value := glimpse(export, name).value, dict)]
    actors = [value for value in values if kind_of(value) in ACTORS]
    who = author_of(actors[0]) if len(actors) == 1 else None
    boxes = [value for value in values if kind_of(value) in COLLECTIONS and "outbox" in text_of(value.get("id"))]
    if who is None and len(boxes) == 1:
        items = boxes[0].get("orderedItems")
        first = items[0] if isinstance(items, list) and items else None
        who = author_of(first.get("actor")) if isinstance(first, dict) else None
    return Account(who.external_id, who.handle, who.name, who.url) if who else None


def _file(stream: JsonStream, name: str, arrival: As2Arrival, start: object) -> Iterator[Item]:
    in_list = isinstance(start, dict) and kind_of(start) in COLLECTIONS
    for piece in stream.items(*(_LISTS if in_list else [()])):
        if not isinstance(piece, Problem):
            yield from _item(piece, arrival, "" if isinstance(start, dict) and not in_list else "item ")
        elif in_list and not stream.found:
            yield Other("collection", None, RAW_TYPE, name, "whole file")  # it only points to its items
        else:
            yield piece


def _item(piece: Piece, arrival: As2Arrival, word: str) -> Iterator[Item]:
    value, raw, number = piece
    where = f"{word}{number}" if word else "whole file"
    yield arrival.item(value, raw, where)
    if b'"replies"' not in raw:
        return
    replies = JsonStream(io.BytesIO(raw), arrival.file)
    for reply in replies.items(*_REPLIES):
        if isinstance(reply, Problem) or not isinstance(reply[0], dict):
            continue
        found = arrival.item(reply[0], reply[1], f"{where}, reply {reply[2]}")
        if isinstance(found, Arrival):
            yield found
