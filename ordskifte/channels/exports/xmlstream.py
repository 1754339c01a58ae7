"""XML from outside, cut into the elements we want before anything parses it.

The cutter looks only at markup (tags of the wanted names, CDATA, comments), so one element that is not well-formed
does not stop the next, every element comes with exactly its own bytes, and memory holds one element at a time. Each
is then parsed by itself, without a document type: entities can neither be declared nor fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from ordskifte.channels.contract import MAX_ITEM

_CHUNK: Final = 1 << 16
_MAX_TAG: Final = 1 << 16
_ENDS: Final = {b"": re.compile(rb"[\"'>]"), b'"': re.compile(b'"'), b"'": re.compile(b"'")}


class Bytes(Protocol):
    """All that is asked of a stream."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Slice:
    """A wanted element. `raw` is None when it is over 16 MB; `closed` is False when its end tag never came."""

    name: str
    raw: bytes | None
    offset: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between wanted elements and marks: at most its first 16 MB."""

    raw: bytes
    offset: int


class Cutter:
    """Iterates over `Slice` and `Gap`, which together are the stream. Names are as written, prefix and all.

    `whole` elements come out as slices and do not nest: a start tag inside one says that the first was never closed.
    A tag of `marks` ends an unclosed slice too; gaps begin before its start tag and end after its end tag.
    """

    def __init__(self, stream: Bytes, whole: tuple[str, ...], marks: tuple[str, ...] = ()) -> None:
        self._stream = stream
        self._whole, self._marks = set(whole), set(marks)
        names = "|".join(re.escape(name) for name in (*whole, *marks)).encode()
        self._markup = re.compile(rb"<(?:(/?)(" + names + rb")(?=[\s/>])|!\[CDATA\[|!--)")
        self._keep = max(9, max(map(len, (*whole, *marks))) + 3)  # bytes in which markup may have begun
        self._buffer, self._at, self._offset, self._over = b"", 0, 0, False
        self._open: str | None = None
        self._begin(None)

    def __iter__(self) -> Iterator[Slice | Gap]:
        while (found := self._next()) is not None:
            name, ending, empty = found
            if name in self._marks or not ending:
                yield from self._end(closed=False, unless_gap=ending)
            if not ending:
                self._begin(name if name in self._whole else None)
            self._take(self._tag_end)
            if self._open == name and (ending or empty):
                yield from self._end(closed=True)
            elif name in self._marks and (ending or empty):
                yield from self._end(closed=False)
        yield from self._end(closed=False)

    def _begin(self, name: str | None) -> None:
        self._open = name
        self._parts: list[bytes] = []
        self._size, self._start = 0, self._offset + self._at

    def _end(self, *, closed: bool, unless_gap: bool = False) -> Iterator[Slice | Gap]:
        """Hand out what is open, and begin a gap."""
        if self._open is None and unless_gap:
            return
        raw, size = b"".join(self._parts), self._size
        if self._open is not None:
            yield Slice(self._open, raw if size <= MAX_ITEM else None, self._start, closed)
        elif size:
            yield Gap(raw, self._start)
        self._begin(None)

    def _next(self) -> tuple[str, bool, bool] | None:
        """(name, is it an end tag, is it empty) of the next wanted tag, all before it taken; None at the end."""
        while True:
            found = self._markup.search(self._buffer, self._at)
            if found is None:
                if self._over:
                    self._take(len(self._buffer))
                    return None
                self._take(max(self._at, len(self._buffer) - self._keep))
                self._more()
                continue
            self._take(found.start())
            if found[2] is None:
                self._skip(b"-->" if found[0] == b"<!--" else b"]]>", len(found[0]))
                continue
            end = self._find_tag_end(len(found[0]))
            if end is None:
                return None
            self._tag_end = end
            return found[2].decode(), bool(found[1]), self._buffer[end - 2 : end] == b"/>"

    def _find_tag_end(self, begun: int) -> int | None:
        """Where the tag at the cursor ends in the buffer; None when the stream ends in it. `>` in quotes is passed."""
        at, quote = self._at + begun, b""
        while True:
            found = _ENDS[quote].search(self._buffer, at)
            if found and found[0] == b">" and not quote:
                return found.end()
            if found:
                quote = b"" if quote else found[0]
                at = found.end()
            elif len(self._buffer) - self._at > _MAX_TAG:  # a lost quote: the tag ends at its first `>`
                first = self._buffer.find(b">", self._at)
                return first + 1 if first >= 0 else len(self._buffer)
            elif self._over:
                self._take(len(self._buffer))
                return None
            else:
                begun_at = at - self._at
                self._more()
                at = self._at + begun_at

    def _skip(self, end: bytes, begun: int) -> None:
        """Take a CDATA section or a comment, to its end or the stream's."""
        self._take(self._at + begun)
        while (found := self._buffer.find(end, self._at)) < 0:
            if self._over:
                self._take(len(self._buffer))
                return
            self._take(max(self._at, len(self._buffer) - len(end) + 1))
            self._more()
        self._take(found + len(end))

    def _take(self, upto: int) -> None:
        """Move bytes of the buffer to what is open, as far as its cap goes."""
        size = upto - self._at
        if size > 0:
            if self._size < MAX_ITEM:
                self._parts.append(self._buffer[self._at : min(upto, self._at + MAX_ITEM - self._size)])
            self._size += size
            self._at = upto

    def _more(self) -> None:
        chunk = self._stream.read(_CHUNK)
        self._over = not chunk
        self._buffer, self._offset, self._at = self._buffer[self._at :] + chunk, self._offset + self._at, 0
