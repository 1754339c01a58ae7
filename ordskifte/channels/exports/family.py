"""What sort of file it is, by its first bytes: what lets a reader pass by thousands of pictures."""

from typing import Final, Literal
from weakref import WeakKeyDictionary

from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.car import is_car
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.xmlcoding import encoding_of

Family = Literal["car", "markup", "text", "other"]

_HEAD: Final = 4096
_seen: WeakKeyDictionary[Export, dict[str, Family]] = WeakKeyDictionary()


def family(export: Export, name: str) -> Family:
    """`car`, `markup` (its first sign is `<`), `text` or `other`; read once for each file of an export."""
    kept = _seen.setdefault(export, {})
    if name not in kept:
        kept[name] = family_of(first_bytes(export, name, _HEAD))
    return kept[name]


def first_bytes(export: Export, name: str, length: int = 65536) -> bytes:
    """The file's first bytes; none when it is damaged: then no reader knows it."""
    try:
        return export.head(name, length)
    except ReadError:
        return b""


def first_text(export: Export, name: str) -> str:
    """The first 64 KiB of a markup file as text, whatever its encoding."""
    head = first_bytes(export, name)
    return head.decode(encoding_of(head)[0], "replace")


def family_of(head: bytes) -> Family:
    """The family of a file that begins with these bytes."""
    if is_car(head):
        return "car"
    encoding, bytewise = encoding_of(head)
    text = head.decode(encoding, "replace") if not bytewise else head.decode("latin-1").removeprefix("ï»¿")
    if text.lstrip("\ufeff \t\r\n\x00").startswith("<"):
        return "markup"
    return "text" if head and b"\x00" not in head else "other"
