"""A JSON file as a moving buffer of UTF-8: where values begin and end, whatever the file's size or encoding."""

import codecs
import re
from typing import BinaryIO, Final, Protocol

from ordskifte.channels.exports.jsonvalue import Span

CHUNK: Final = 1 << 20
SMALL: Final = 1 << 16
_BETWEEN: Final = re.compile(rb"[\s,;]*+")
_SCALAR: Final = re.compile(rb"[^\s,\]}\[{\"]++")


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Utf16:
    """A UTF-16 stream as UTF-8. Lone surrogates pass, so every slice can be turned back into its own bytes."""

    def __init__(self, stream: BinaryIO, encoding: str, start: bytes) -> None:
        self._stream = stream
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        self._start = start

    def read(self, size: int, /) -> bytes:
        while True:
            packed = self._start + self._stream.read(size)
            self._start = b""
            text = self._decoder.decode(packed)
            if text or not packed:
                return text.encode("utf-8", "surrogatepass")


class Buffer:
    """The file from `at` on: what lies before is done with. `data[at:]` is the part read so far."""

    def __init__(self, stream: BinaryIO, chunk: int = CHUNK) -> None:
        self.data = b""
        self.at = 0
        self._ended = False
        self._chunk = chunk
        self._stream: _Bytes = stream
        self._wide: str | None = None
        start = stream.read(3)
        for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
            if start.startswith(mark):
                self._stream, self._wide = _Utf16(stream, encoding, start[2:]), encoding
                return
        self.data = b"" if start == codecs.BOM_UTF8 else start

    def original(self, raw: bytes) -> bytes:
        """A slice of the buffer as it lies in the file."""
        if self._wide is None:
            return raw
        return raw.decode("utf-8", "surrogatepass").encode(self._wide, "surrogatepass")

    def fill(self, wanted: int) -> bool:
        """Have `wanted` bytes from `at` on; False when the file has fewer."""
        while len(self.data) - self.at < wanted and not self._ended:
            rest = self.data[self.at :]
            piece = self._stream.read(max(self._chunk, len(rest)))
            self._ended = not piece
            self.data, self.at = rest + piece, 0
        return len(self.data) - self.at >= wanted

    def next(self) -> int:
        """Step over spaces, commas and semicolons. The byte that follows; 0 at the end of the file."""
        while True:
            found = _BETWEEN.match(self.data, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.data):
                return self.data[self.at] or 1
            if not self.fill(1):
                return 0

    def take(self, length: int) -> bytes:
        """The next bytes, done with."""
        raw = self.data[self.at : self.at + length]
        self.at += length
        return raw

    def end(self) -> None:
        """Be done with all of the file."""
        self.data, self.at, self._ended = b"", 0, True

    def measure(self, limit: int) -> tuple[int, bool]:
        """Length of the value that begins at `at`, and whether its end was seen: not when the file ends or it is
        longer than `limit`. At least 1. Nothing is done with yet."""
        self.fill(1)
        if self.data[self.at] not in b'{["':
            return self._scalar(limit)
        span, fed = Span(), 0
        while True:
            end = span.feed(self.data, self.at + fed)
            if end >= 0:
                return end - self.at, end - self.at <= limit
            fed = len(self.data) - self.at
            if fed > limit or not self.fill(fed + 1):
                return fed, False

    def _scalar(self, limit: int) -> tuple[int, bool]:
        while True:
            found = _SCALAR.match(self.data, self.at)
            if not found:
                return 1, True
            length = found.end() - self.at
            if found.end() < len(self.data):
                return length, True
            if length > limit or not self.fill(length + 1):
                return length, length <= limit

    def skip(self) -> bool:
        """Step over the value that begins at `at`, however long; False when the file ends first."""
        if self.data[self.at] not in b'{["':
            while found := _SCALAR.match(self.data, self.at):
                self.at = found.end()
                if self.at < len(self.data) or not self.fill(1):
                    break
            return True
        span = Span()
        while True:
            end = span.feed(self.data, self.at)
            if end >= 0:
                self.at = end
                return True
            self.at = len(self.data)
            if not self.fill(1):
                return False
