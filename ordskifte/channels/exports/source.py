"""An export as it lies: a zip, a tar, a folder or one file, opened without unpacking anything to disk."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.folder import FileExport, FolderExport
from ordskifte.channels.exports.tarred import TarExport
from ordskifte.channels.exports.zipped import ZipExport


class Export(Protocol):
    """Named files of bytes. Names are relative, use `/`, and never leave the export."""

    path: Path  # what the person gave us
    refused: list[tuple[str, str]]  # (name, why): members not let in, and archives that are not opened

    def names(self) -> list[str]:
        """All files, sorted. A single file has one name: its own."""
        ...

    def size(self, name: str) -> int:
        """Bytes, uncompressed."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A stream of the file's bytes; ReadError when they are damaged. KeyError when there is no such file."""
        ...

    def head(self, name: str, length: int = 65536) -> bytes:
        """The first bytes, for recognising."""
        ...

    def __contains__(self, name: object) -> bool: ...


def open_export(path: Path) -> Export:
    """Open what the person gave. ReadError says what is wrong with it."""
    try:
        if path.is_dir():
            return FolderExport(path)
        if not path.is_file():
            return FileExport(path)
        with path.open("rb") as handle:
            head = handle.read(4096)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        why = reasons.NO_SUCH_FILE if missing else reasons.UNOPENED
        raise ReadError(why, advice=reasons.CHECK_RIGHTS) from error
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return ZipExport(path)
    name = path.name.lower()
    if name.endswith(".zip"):
        raise ReadError(reasons.NO_ZIP if head else reasons.EMPTY_ZIP, advice=reasons.DOWNLOAD_AGAIN_OR_UNPACK)
    if head[257:262] == b"ustar" or name.endswith((".tar", ".tar.gz", ".tgz")) or _gzipped_tar(path, head):
        return TarExport(path)
    return FileExport(path)


def _gzipped_tar(path: Path, head: bytes) -> bool:
    if not head.startswith(b"\x1f\x8b\x08"):
        return False
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 512)[257:262] == b"ustar"
    except zlib.error:
        return False


def open_exports(paths: list[Path]) -> Iterator[Export]:
    """Each path as an export, in order."""
    for path in paths:
        yield open_export(path)
