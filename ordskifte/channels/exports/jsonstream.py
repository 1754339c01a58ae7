"""The items of a JSON array, one by one, from a file of any size: each value with exactly its own bytes.

The array may be the whole file, stand under a key (`orderedItems`), or after a JavaScript name
(`window.YTD.tweets.part0 =`). Memory holds one piece of the file and one item. Most items are cut out by guessing: the
bytes between the last two items and the first key of the next say where this one ends, and a strict parser that takes
the slice proves the guess. Where the guess fails, brackets and strings are counted.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final

import orjson

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Problem
from ordskifte.channels.exports.jsonbuffer import CHUNK, SMALL, Buffer
from ordskifte.channels.exports.jsonvalue import NotJson, Span, TooDeep, parse

Piece = tuple[object, bytes, int]
"""(value, exactly its bytes in the file, its number in the file from 1)."""

Path = tuple[str, ...]

PREFIX: Final = re.compile(rb"\s*+(?:(?:var|let|const)\s++)?([A-Za-z_$][\w.$]*+)\s*+=\s*+")
_KEY: Final = re.compile(rb'("[^"\\]*+(?:\\.[^"\\]*+)*+")\s*+:\s*+', re.DOTALL)
_FOLLOWS: Final = re.compile(rb'\s{0,200},\s{0,200}\{\s{0,200}"[^"\\]{1,40}"')
_FIRST_KEY: Final = re.compile(rb'\{\s*+("[^"\\]{1,40}")')
_GARBAGE: Final = re.compile(rb'[^{\["\]]*+')
_MOST_BAD: Final = 1000  # bad items in a row before the rest of a file is given up
_MOST_WINDOW: Final = 1 << 18
_TRIES: Final = 3  # guesses at one item before its brackets are counted
_TIRED: Final = 8  # items in a row whose guess failed before guessing rests
_REST: Final = 64  # items it rests
_MOST_PLACES: Final = 64  # places tried as the end of a bad item


class JsonStream:
    """A JSON file being read.

    `around` fills with the small members beside the wanted arrays, by path; `found`: one of those arrays was there.
    """

    def __init__(self, stream: BinaryIO, file: str, *, chunk: int = CHUNK) -> None:
        self.file = file
        self.around: dict[Path, object] = {}
        self.found = False
        self._buffer = Buffer(stream, chunk)
        self._number = 0
        self._cut = False  # whether it has been said that the file ends too early
        self._guess = b""
        self._last = 4096  # bytes of the last item: how far to look for the end of the next
        self._wanted: frozenset[Path] = frozenset()

    def items(self, *paths: Path) -> Iterator[Piece | Problem]:
        """Every item of the arrays at these paths; `()` is the top of the file, `*` in a path each member of a list.

        A bare value where an array is wanted counts as one item.

        What is bad is a Problem and the next item follows. A file without any such array is one Problem.
        """
        self._wanted = frozenset(paths)
        self._buffer.fill(SMALL)
        if prefix := PREFIX.match(self._buffer.data):
            self._buffer.at = prefix.end()
        while (byte := self._buffer.next()) and (self.found or byte in b"{["):
            yield from self._value(())
        if not self.found:
            yield Problem(self.file, "whole file", reasons.WRONG_SHAPE if self.around else reasons.NOT_JSON)

    def _problem(self, why: str, raw: bytes | None, detail: str = "") -> Problem:
        self._cut = self._cut or why == reasons.TRUNCATED
        kept = None if raw is None else self._buffer.original(raw)
        return Problem(self.file, f"item {self._number}", why, detail, kept)

    def _value(self, path: Path) -> Iterator[Piece | Problem]:
        """The value that begins here: gone into when it lies on the way to a wanted path, else read past."""
        buffer = self._buffer
        start = buffer.data[buffer.at]
        wanted = path in self._wanted
        if wanted and start == 0x5B:
            self.found = True
            buffer.at += 1
            yield from self._array()
        elif start == 0x7B and self._leads_on(path):
            yield from self._object(path)
        elif start == 0x5B and self._leads_on((*path, "*")):
            yield from self._each((*path, "*"))
        elif wanted and not buffer.data.startswith(b"null", buffer.at):
            self.found = True
            yield from self._item()
        else:
            self._aside(path)

    def _leads_on(self, path: Path) -> bool:
        return any(len(one) > len(path) and one[: len(path)] == path for one in self._wanted)

    def _each(self, path: Path) -> Iterator[Piece | Problem]:
        """Into every member of a list whose members hold what is wanted; what stood beside the last is forgotten."""
        buffer = self._buffer
        buffer.at += 1
        while byte := buffer.next():
            if byte in b"]}":
                buffer.at += 1
                return
            for known in [known for known in self.around if known[: len(path)] == path]:
                del self.around[known]
            yield from self._value(path)

    def _aside(self, path: Path) -> None:
        length, whole = self._buffer.measure(SMALL)
        if not whole:
            self._buffer.skip()
            return
        try:
            self.around[path] = parse(self._buffer.take(length))
        except (NotJson, TooDeep):
            return

    def _object(self, path: Path) -> Iterator[Piece | Problem]:
        buffer = self._buffer
        buffer.at += 1
        while byte := buffer.next():
            if byte == 0x7D:
                buffer.at += 1
                return
            buffer.fill(SMALL)
            key = _KEY.match(buffer.data, buffer.at)
            if not key:
                break
            buffer.at = key.end()
            if not buffer.next():
                break
            yield from self._value((*path, _text(key.group(1))))
        self.found = True
        if self._cut:
            return
        self._number += 1
        left = buffer.take(SMALL)
        yield self._problem(reasons.NOT_JSON if left else reasons.TRUNCATED, left or None)
        buffer.end()

    def _array(self) -> Iterator[Piece | Problem]:
        buffer = self._buffer
        failed = rest = bad = 0
        while byte := buffer.next():
            if byte == 0x5D:
                buffer.at += 1
                return
            if rest:
                rest -= 1
            elif byte == 0x7B and self._guess:
                before = self._number
                yield from self._guessed()
                failed = failed + 1 if self._number == before else 0
                rest, failed = (_REST, 0) if failed >= _TIRED else (0, failed)
            for item in self._item():
                yield item
                bad = bad + 1 if isinstance(item, Problem) else 0
            if bad >= _MOST_BAD:
                yield Problem(self.file, "rest of the file", reasons.NOT_JSON, f"{bad} bad items in a row")
                buffer.end()
                return
            self._learn()
        if not bad and not self._cut:  # else the last item has said so
            self._number += 1
            yield self._problem(reasons.TRUNCATED, None, "the list has no end")

    def _guessed(self) -> Iterator[Piece]:
        """Items for as long as guessing their ends goes well; stops where the next one begins."""
        buffer, guess, loads, original = self._buffer, self._guess, orjson.loads, self._buffer.original
        step = guess.index(b"{") - 1
        while True:
            window = 4 * self._last + 4096
            if len(buffer.data) - buffer.at < window:
                buffer.fill(window)
            data, at = buffer.data, buffer.at
            end = at
            for _ in range(_TRIES):
                end = data.find(guess, end, at + window) + 1
                if not end:
                    return
                raw = data[at:end]
                try:
                    value = loads(raw)
                except orjson.JSONDecodeError:
                    continue
                break
            else:
                return
            self._last = min(end - at, _MOST_WINDOW)
            buffer.at = end + step
            self._number += 1
            yield value, original(raw), self._number

    def _learn(self) -> None:
        """What stands between the item that just ended and the next, with the next one's first key: the guess."""
        buffer = self._buffer
        buffer.fill(4096)
        follows = _FOLLOWS.match(buffer.data, buffer.at)
        if follows and buffer.at and buffer.data[buffer.at - 1] == 0x7D:
            self._guess = b"}" + follows.group()

    def _item(self) -> Iterator[Piece | Problem]:
        """One item, its end found by counting brackets."""
        buffer = self._buffer
        self._number += 1
        length, whole = buffer.measure(MAX_ITEM)
        raw = buffer.data[buffer.at : buffer.at + length]
        try:
            if length > MAX_ITEM:
                raise NotJson
            value = parse(raw)
        except TooDeep:
            buffer.take(length)
            yield self._problem(reasons.TOO_DEEP, raw)
        except NotJson as error:
            yield self._bad(raw, whole=whole, detail=str(error))
        else:
            buffer.take(length)
            yield value, buffer.original(raw), self._number

    def _bad(self, raw: bytes, *, whole: bool, detail: str) -> Problem:
        """What to say of an item that is no JSON, and step to where the next one seems to begin."""
        buffer = self._buffer
        unended = not whole and _is_unended(raw)
        buffer.fill(len(raw) + SMALL)
        following = buffer.data[buffer.at : buffer.at + len(raw) + SMALL]
        if not unended and (next_one := _next_item(following, len(raw))):
            return self._problem(reasons.NOT_JSON, buffer.take(next_one), detail)
        if raw[0] not in b'{["':  # garbage: one problem for all of it
            garbage = _GARBAGE.match(buffer.data, buffer.at, buffer.at + SMALL)
            raw = (garbage and garbage.group()) or raw
        if len(raw) > MAX_ITEM:
            at_least = len(raw)
            ended = buffer.skip()
            return self._problem(reasons.TOO_LARGE if ended else reasons.TRUNCATED, None, f"at least {at_least} bytes")
        buffer.take(len(raw))
        return self._problem(reasons.NOT_JSON if whole else reasons.TRUNCATED, raw, detail)


def _text(key: bytes) -> str:
    try:
        return str(parse(key))
    except NotJson:
        return ""


def _is_unended(raw: bytes) -> bool:
    """Whether the bytes are good JSON as far as they go."""
    try:
        orjson.loads(raw.decode("utf-8", "replace").rstrip("\ufffd"))
    except orjson.JSONDecodeError as error:
        return error.pos > len(error.doc) - 16  # a word or an escape may be cut in two
    return True


def _next_item(text: bytes, length: int) -> int:
    """Where inside the `length` bytes taken for a bad item it ends and a good one begins; 0: there is no such place."""
    first = _FIRST_KEY.match(text)
    key = re.escape(first.group(1)) if first else b'"'
    places = re.compile(rb"\}\s*+,\s*+(?=\{\s*+" + key + rb")").finditer(text)
    for found in islice(places, _MOST_PLACES):
        if found.start() + 1 >= length:
            break
        after = text[found.end() : found.end() + SMALL]
        try:
            orjson.loads(after[: Span().feed(after)])
        except orjson.JSONDecodeError:
            continue
        return found.start() + 1
    return 0
