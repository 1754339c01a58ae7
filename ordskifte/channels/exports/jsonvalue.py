"""One JSON value from foreign bytes: strict and fast first, then forgiving."""

import json
import re
from typing import Final

import orjson

_STRAY = re.compile("[\udc80-\udcff]")
_FORGIVING = json.JSONDecoder(strict=False)


class NotJson(ValueError):
    """The bytes are not a JSON value; the message is the parser's word for it. They are one up to byte `at`."""

    def __init__(self, why: str = "", at: int = 0) -> None:
        super().__init__(why)
        self.at = at


class TooDeep(ValueError):
    """The value is nested more deeply than can be read."""


def parse(raw: bytes) -> object:
    """The value. Takes in lone surrogates, NaN, raw control characters and bytes that are not UTF-8 (read as cp1252).

    NotJson or TooDeep when it cannot be read.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _forgiving(raw, error.msg)


def _forgiving(raw: bytes, why: str) -> object:
    given = raw.decode("utf-8", "surrogateescape")
    text = given if given.isascii() else _STRAY.sub(_as_cp1252, given)
    try:
        value, end = _FORGIVING.raw_decode(text, len(text) - len(text.lstrip()))
    except RecursionError as error:
        raise TooDeep(why) from error
    except json.JSONDecodeError as error:
        raise NotJson(why, len(given[: error.pos].encode("utf-8", "surrogateescape"))) from error
    except ValueError as error:  # an integer of more digits than Python reads
        raise NotJson(why) from error
    if text[end:].strip():
        raise NotJson(why, len(given[:end].encode("utf-8", "surrogateescape")))
    return value


def _as_cp1252(found: re.Match[str]) -> str:
    byte = found.group().encode("utf-8", "surrogateescape")
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


_FLAT: Final = re.compile(rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
_REST_OF_STRING: Final = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class Span:
    """Finds where a value ends that began with `{`, `[` or `"`, from bytes given piece by piece.

    Knows strings and brackets and nothing else, so it finds the end of values that no parser takes, in one pass.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = False
        self._escaped = False

    def feed(self, data: bytes, at: int = 0) -> int:
        """Where the value ends in `data`, read from `at`; -1 when it goes on beyond."""
        while at < len(data):
            if self._in_string:
                at = self._string(data, at)
                if at < 0:
                    return -1
            else:
                at = self._bracket(data, at)
            if self._depth == 0 and not self._in_string:
                return at
        return -1

    def _bracket(self, data: bytes, at: int) -> int:
        if self._depth:
            found = _FLAT.match(data, at)
            at = found.end() if found else at
            if at == len(data):
                return at
        byte = data[at]
        if byte in b"{[":
            self._depth += 1
        elif byte in b"}]":
            self._depth -= 1
        elif byte == 0x22:
            self._in_string = True
        return at + 1

    def _string(self, data: bytes, at: int) -> int:
        if self._escaped:
            self._escaped = False
            at += 1
        found = _REST_OF_STRING.match(data, at)
        if found:
            self._in_string = False
            return found.end()
        tail = data[at:]
        self._escaped = (len(tail) - len(tail.rstrip(b"\\"))) % 2 == 1
        return -1
