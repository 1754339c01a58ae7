"""What a JSON file holds, seen from its first 64 KiB: enough to tell whose it is."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.jsonstream import PREFIX
from ordskifte.channels.exports.jsonvalue import NotJson, TooDeep, parse
from ordskifte.channels.exports.source import Export

HEAD: Final = 65536
_TRIES: Final = 5  # faults in a head before it is no JSON to us
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],"]', re.DOTALL)
_DEEPEST: Final = 100
_MOST_KEPT: Final = 20_000  # glimpses of one export, about 2 KB each
_KEEP_ITEMS, _KEEP_KEYS, _KEEP_TEXT, _KEEP_DEPTH = 3, 60, 300, 8

_MEDIA: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|heic|svg|bmp|tiff?|ico|mp4|m4v|mov|webm|mkv|avi|3gp|mp3|m4a|aac|ogg|opus|wav|pdf|zip|gz)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """`value`: the beginning of the JSON value, None when it is not JSON. `variable`: the name in `name = value`."""

    value: object = None
    variable: str = ""


_seen: WeakKeyDictionary[Export, dict[str, Glimpse]] = WeakKeyDictionary()


def candidates(export: Export) -> list[str]:
    """The files that may hold text: all but pictures, films, sound and archives, which nobody has to open to know."""
    return [name for name in export.names() if not _MEDIA.search(name)]


def glimpse(export: Export, name: str) -> Glimpse:
    """The beginning of the file, cut down: few items of a list, short strings. Remembered while the export is open."""
    kept = _seen.setdefault(export, {})
    if name in kept:
        return kept[name]
    try:
        seen = glimpse_of(export.head(name, HEAD))
    except ReadError:
        seen = Glimpse()
    seen = Glimpse(_cut_down(seen.value, _KEEP_DEPTH), seen.variable)
    if len(kept) < _MOST_KEPT:
        kept[name] = seen
    return seen


def glimpse_of(head: bytes) -> Glimpse:
    """The JSON value as far as these bytes go, closed where they end."""
    text, variable = _utf8(head), ""
    if prefix := PREFIX.match(text):
        text, variable = text[prefix.end() :], prefix[1].decode()
    text = text.lstrip()
    if text[:1] not in (b"{", b"["):
        return Glimpse()
    if len(head) < HEAD:
        with suppress(NotJson, TooDeep):
            return Glimpse(parse(text), variable)
    for _ in range(_TRIES):
        try:
            return Glimpse(parse(_closed(text)), variable)
        except TooDeep:
            break
        except NotJson as error:  # what stands before the fault still tells whose it is
            text = text[: error.at]
    return Glimpse()


def _utf8(head: bytes) -> bytes:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace").encode()
    return head.removeprefix(codecs.BOM_UTF8)


def _closed(text: bytes) -> bytes:
    """The first value of the text: whole, or cut after its last whole member, or where it gets too deep, and closed."""
    open_: list[bytes] = []
    cut = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in (b"{", b"["):
            if len(open_) == _DEEPEST:  # one item that is too deep must not hide whose the others are
                break
            open_.append(b"}" if mark == b"{" else b"]")
            cut = token.end()
        elif mark in (b"}", b"]"):
            open_.pop()
            cut = token.end()
            if not open_:
                break
        elif mark == b",":
            cut = token.start()
        elif mark == b'"':  # a string that goes on beyond the head
            break
    return text[:cut] + b"".join(reversed(open_))


def _cut_down(value: object, depth: int) -> object:
    if isinstance(value, str):
        return value[:_KEEP_TEXT]
    if isinstance(value, list):
        return [_cut_down(one, depth - 1) for one in value[:_KEEP_ITEMS]] if depth else []
    if isinstance(value, dict):
        return {k: _cut_down(v, depth - 1) for k, v in list(value.items())[:_KEEP_KEYS]} if depth else {}
    return value
