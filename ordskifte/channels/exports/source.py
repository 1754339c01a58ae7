"""An export as it lies: a zip, a tar, a folder or one file, opened without unpacking anything to disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol


class Export(Protocol):
    """Named files of bytes. Names are relative, use `/`, and never leave the export."""

    path: Path  # what the person gave us

    def names(self) -> list[str]:
        """All files, sorted. A single file has one name: its own."""
        ...

    def size(self, name: str) -> int:
        """Bytes, uncompressed."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A stream of the file's bytes; raises ReadError over a cap. KeyError when there is no such file."""
        ...

    def head(self, name: str, length: int = 65536) -> bytes:
        """The first bytes, for recognising."""
        ...

    def __contains__(self, name: object) -> bool: ...


def open_export(path: Path) -> Export:
    """Open what the person gave. ReadError says what is wrong with it."""
    raise NotImplementedError


def open_exports(paths: list[Path]) -> Iterator[Export]:
    """Each path as an export, in order."""
    for path in paths:
        yield open_export(path)
