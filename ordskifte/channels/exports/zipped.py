"""A zip as an export: members are read where they lie, nothing is unpacked to disk."""

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.names import MAX_MEMBERS, Caps, is_archive, refusal, too_compressed

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class ZipExport:
    """The files of a zip. ReadError when it is encrypted, cut off, or over a cap."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[tuple[str, str]] = []
        try:
            _check_count(path)
            self._zip = zipfile.ZipFile(path)
        except (*_BROKEN, struct.error) as error:
            raise ReadError(reasons.CUT_ZIP, advice=reasons.DOWNLOAD_AGAIN_OR_UNPACK) from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        caps = Caps()
        for name, info in self._admitted():
            caps.add(info.file_size)
            self._members[name] = info

    def _admitted(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        for info in self._zip.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 0x1:
                raise ReadError(reasons.ENCRYPTED_ZIP, advice=reasons.UNPACK_FIRST)
            name = _name(info)
            why = refusal(name) or _refused_member(info) or (reasons.SAME_NAME if name in self._members else None)
            if why is not None:
                self.refused.append((name, why))
                continue
            if is_archive(name):
                self.refused.append((name, reasons.ARCHIVE_INSIDE))
            yield name, info

    def names(self) -> list[str]:
        return sorted(self._members)

    def size(self, name: str) -> int:
        return self._members[name].file_size

    def open(self, name: str) -> BinaryIO:
        info = self._members[name]
        try:
            member = self._zip.open(info)
        except _BROKEN as error:
            raise _damaged(name) from error
        return io.BufferedReader(_Member(member, name), 1 << 16)

    def head(self, name: str, length: int = 65536) -> bytes:
        with self.open(name) as stream:
            return stream.read(length)

    def __contains__(self, name: object) -> bool:
        return name in self._members


class _Member(io.RawIOBase):
    """A member's bytes; damage comes out as ReadError. Never gives more than the size the zip declares."""

    def __init__(self, inner: IO[bytes], name: str) -> None:
        self._inner = inner
        self._of = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # RawIOBase calls it with a memoryview
        try:
            got = self._inner.read(len(buffer))
        except _BROKEN as error:
            raise _damaged(self._of) from error
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _damaged(name: str) -> ReadError:
    return ReadError(reasons.DAMAGED, advice=reasons.DOWNLOAD_AGAIN_OR_UNPACK, name=name)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name: UTF-8 where it says so or is so, else code page 437; `\\` of old Windows programs as `/`."""
    name = info.orig_filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


def _refused_member(info: zipfile.ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    if info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return reasons.LINK if stat.S_ISLNK(mode) else reasons.NOT_A_FILE
    if info.compress_type not in _METHODS:
        return reasons.COMPRESSION
    if too_compressed(info.file_size, info.compress_size):
        return reasons.TOO_COMPRESSED
    return None


def _check_count(path: Path) -> None:
    """Walk the central directory before `zipfile` takes all of it into memory."""
    with path.open("rb") as handle:
        start, size = _directory(handle)
        handle.seek(start)
        count, left = 0, size
        while left >= 46:
            header = handle.read(46)
            if header[:4] != b"PK\x01\x02":
                return  # zipfile will say what is wrong
            extra = sum(struct.unpack_from("<3H", header, 28))
            handle.seek(extra, io.SEEK_CUR)
            left -= 46 + extra
            count += 1
            if count > MAX_MEMBERS:
                raise ReadError(reasons.TOO_MANY_FILES, advice=reasons.IMPORT_IN_PARTS)


def _directory(handle: BinaryIO) -> tuple[int, int]:
    """Where the central directory begins and its length in bytes (APPNOTE 4.3.14-4.3.16)."""
    end = handle.seek(0, io.SEEK_END)
    tail_start = max(0, end - 65557)
    handle.seek(tail_start)
    tail = handle.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("no end record")
    size, offset = struct.unpack_from("<2I", tail, at + 12)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        (record,) = struct.unpack_from("<Q", tail, at - 12)
        handle.seek(record)
        size, offset = struct.unpack_from("<2Q", handle.read(56), 40)
        return offset, size
    # bytes before the zip move everything: what counts is where the end record lies
    return max(0, tail_start + at - size), size
