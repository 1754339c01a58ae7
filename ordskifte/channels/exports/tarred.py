"""A tar or tar.gz (Mastodon's older archives) as an export: looked through once, then read anywhere in it."""

import io
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.gzipped import GzipIndex
from ordskifte.channels.exports.names import Caps, is_archive, refusal

_MAX_HEADER = 4 * 1024 * 1024  # bytes of names and other extensions in front of one member


class TarExport:
    """The files of a tar. A gzipped one is decompressed once; places in it are remembered for later jumps."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[tuple[str, str]] = []
        self._members: dict[str, tuple[int, int]] = {}  # name -> (offset of its bytes, length)
        self._stream: Callable[[], BinaryIO]
        if GzipIndex.recognises(path):
            index = GzipIndex(path)
            self._stream = index.open
        else:
            self._stream = lambda: path.open("rb")
        try:
            self._look_through()
        except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
            raise ReadError(reasons.CUT_TAR, advice=reasons.DOWNLOAD_AGAIN) from error

    def _look_through(self) -> None:
        caps = Caps()
        with _Headers(self._stream()) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
            ended = 0
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # or a million of them stay in memory
                caps.add(member.size)
                ended = member.offset_data + member.size
                if not member.isdir():
                    self._admit(member)
            if stream.seek(0, io.SEEK_END) < ended:
                raise EOFError

    def _admit(self, member: tarfile.TarInfo) -> None:
        name = member.name
        while name.startswith("./"):
            name = name[2:]
        why = refusal(name)
        if why is None and (member.issym() or member.islnk()):
            why = reasons.LINK
        if why is None and (not member.isreg() or member.sparse is not None):
            why = reasons.NOT_A_FILE
        if why is None and name in self._members:
            why = reasons.SAME_NAME
        if why is not None:
            self.refused.append((name, why))
            return
        if is_archive(name):
            self.refused.append((name, reasons.ARCHIVE_INSIDE))
        self._members[name] = (member.offset_data, member.size)

    def names(self) -> list[str]:
        return sorted(self._members)

    def size(self, name: str) -> int:
        return self._members[name][1]

    def open(self, name: str) -> BinaryIO:
        offset, size = self._members[name]
        try:
            return io.BufferedReader(_Slice(self._stream(), name, offset=offset, size=size), 1 << 16)
        except (zlib.error, EOFError, OSError) as error:
            raise ReadError(reasons.DAMAGED, advice=reasons.DOWNLOAD_AGAIN, name=name) from error

    def head(self, name: str, length: int = 65536) -> bytes:
        with self.open(name) as stream:
            return stream.read(length)

    def __contains__(self, name: object) -> bool:
        return name in self._members


class _Headers(io.RawIOBase):
    """What `tarfile` reads headers from: it takes an extension's whole body in one read, so one read is capped."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MAX_HEADER:
            raise tarfile.TarError("a header is too large")
        return self._inner.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Slice(io.RawIOBase):
    """`size` bytes from `offset` of a stream."""

    def __init__(self, inner: BinaryIO, name: str, *, offset: int, size: int) -> None:
        self._inner = inner
        self._of = name
        self._left = size
        inner.seek(offset)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # RawIOBase calls it with a memoryview
        wanted = min(len(buffer), self._left)
        if not wanted:
            return 0
        try:
            got = self._inner.read(wanted)
        except (zlib.error, EOFError, OSError) as error:
            raise ReadError(reasons.DAMAGED, advice=reasons.DOWNLOAD_AGAIN, name=self._of) from error
        if not got:
            raise ReadError(reasons.CUT_MEMBER, advice=reasons.DOWNLOAD_AGAIN, name=self._of)
        buffer[: len(got)] = got
        self._left -= len(got)
        return len(got)

    def close(self) -> None:
        self._inner.close()
        super().close()
