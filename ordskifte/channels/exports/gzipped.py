"""Random access to a gzip file: the decompressor's state is kept at places along the way, so no jump starts over."""

import io
import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.names import MAX_TOTAL, too_compressed

if TYPE_CHECKING:
    from zlib import _Decompress

_CHUNK = 1 << 18  # compressed bytes read at a time
_PIECE = 1 << 20  # uncompressed bytes made at a time
_MOST_PLACES = 512  # each holds about 45 KB of decompressor state


@dataclass(slots=True)
class _Place:
    """Where a decompressor stood: `out` bytes were out and the next compressed byte to give it is `at`."""

    out: int
    at: int
    state: "_Decompress"


@dataclass(slots=True)
class GzipIndex:
    """A gzip file and the places in it that were passed. Several streams may share it."""

    path: Path
    spacing: int = 1024 * 1024  # uncompressed bytes between places; doubles when there are too many
    places: list[_Place] = field(default_factory=list)

    @staticmethod
    def recognises(path: Path) -> bool:
        """Whether the file begins like gzip."""
        with path.open("rb") as handle:
            return handle.read(3) == b"\x1f\x8b\x08"

    def open(self) -> BinaryIO:
        """A new stream at the beginning."""
        return io.BufferedReader(_Unzipped(self), 1 << 16)

    def remember(self, place: _Place) -> None:
        """Keep the place when it is `spacing` past the last."""
        if self.places and place.out < self.places[-1].out + self.spacing:
            return
        if len(self.places) >= _MOST_PLACES:
            del self.places[1::2]
            self.spacing *= 2
        self.places.append(_Place(place.out, place.at, place.state.copy()))

    def before(self, out: int) -> _Place | None:
        """The last place at or before `out`."""
        found = bisect_right(self.places, out, key=lambda place: place.out)
        return self.places[found - 1] if found else None


class _Unzipped(io.RawIOBase):
    """The uncompressed bytes; seeking goes on from the nearest place passed before."""

    def __init__(self, index: GzipIndex) -> None:
        self._index = index
        self._file = index.path.open("rb")
        self._length: int | None = None
        self._restart(None)

    def _restart(self, place: _Place | None) -> None:
        if place is None:
            self._now = _Place(0, 0, zlib.decompressobj(wbits=31))
        else:
            self._now = _Place(place.out, place.at, place.state.copy())
        self._file.seek(self._now.at)
        self._packed = b""  # read from the file, not yet given to the decompressor; ends where the file stands
        self._ready = b""  # made, not yet handed out; it begins at _position
        self._position = self._now.out

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # RawIOBase calls it with a memoryview
        if not self._ready:
            self._make()
        got = self._ready[: len(buffer)]
        buffer[: len(got)] = got
        self._ready = self._ready[len(got) :]
        self._position += len(got)
        return len(got)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence == io.SEEK_END:
            offset += self._to_end()
        place = self._index.before(offset)
        if offset < self._position or (place is not None and place.out > self._now.out):
            self._restart(place)
        while self._position < offset:
            step = offset - self._position
            if not self._ready:
                self._make()
                if not self._ready:
                    break
            step = min(step, len(self._ready))
            self._ready = self._ready[step:]
            self._position += step
        return self._position

    def _to_end(self) -> int:
        if self._length is None:
            last = self._index.before(MAX_TOTAL)
            if last is not None and last.out > self._now.out:
                self._restart(last)
            while self._ready or self._make():
                self._position += len(self._ready)
                self._ready = b""
            self._length = self._position
        return self._length

    def _make(self) -> int:
        """Decompress the next piece into `_ready`; 0 at the end. EOFError when the file is cut off."""
        now = self._now
        while not self._ready:
            if now.state.eof:  # one gzip member has ended; another may follow
                rest = now.state.unused_data or self._file.read(_CHUNK)
                if not rest.strip(b"\0"):
                    return 0
                now.state, self._packed = zlib.decompressobj(wbits=31), rest
            packed = self._packed or self._file.read(_CHUNK)
            if not packed:
                raise EOFError
            self._ready = now.state.decompress(packed, _PIECE)
            self._packed = now.state.unconsumed_tail
        now.out += len(self._ready)
        now.at = self._file.tell() - len(self._packed)
        self._check()
        if not now.state.eof:
            self._index.remember(now)
        return len(self._ready)

    def _check(self) -> None:
        if self._now.out > MAX_TOTAL or too_compressed(self._now.out, self._now.at):
            raise ReadError(reasons.UNPACKS_TOO_LARGE, advice=reasons.UNPACK_IF_TRUSTED)

    def close(self) -> None:
        self._file.close()
        super().close()
