"""An export that lies open: a folder, or one file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.names import Caps, is_archive, refusal


class FolderExport:
    """All ordinary files under a folder. Links that lead out of it are refused; so are devices and pipes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[tuple[str, str]] = []
        self._root = path.resolve()
        self._files: dict[str, int] = {}
        caps = Caps()
        for name, size in self._walk():
            caps.add(size)
            self._files[name] = size

    def _walk(self) -> Iterator[tuple[str, int]]:
        for folder, folders, files in os.walk(self._root):
            folders.sort()
            for name in sorted(folders):
                if os.path.islink(os.path.join(folder, name)):
                    self.refused.append((self._name(folder, name), reasons.LINK))
            for name in files:
                relative = self._name(folder, name)
                size = self._admitted(relative)
                if size is not None:
                    yield relative, size

    def _name(self, folder: str, name: str) -> str:
        return os.path.relpath(os.path.join(folder, name), self._root).replace(os.sep, "/")

    def _admitted(self, name: str) -> int | None:
        """The file's size, or None when it is refused."""
        why = refusal(name)
        path = self._root / name
        if why is None and path.is_symlink() and not self._inside(path):
            why = reasons.LINK
        if why is not None:
            self.refused.append((name, why))
            return None
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            self.refused.append((name, reasons.NOT_A_FILE))
            return None
        if is_archive(name):
            self.refused.append((name, reasons.ARCHIVE_INSIDE))
        return found.st_size

    def _inside(self, path: Path) -> bool:
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):  # a broken link, or links in a ring
            return False
        return target.is_relative_to(self._root)

    def names(self) -> list[str]:
        return sorted(self._files)

    def size(self, name: str) -> int:
        return self._files[name]

    def open(self, name: str) -> BinaryIO:
        if name not in self._files:
            raise KeyError(name)
        return opened(self._root / name)

    def head(self, name: str, length: int = 65536) -> bytes:
        with self.open(name) as stream:
            return stream.read(length)

    def __contains__(self, name: object) -> bool:
        return name in self._files


class FileExport:
    """One file, under its own name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[tuple[str, str]] = []
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ReadError(reasons.NO_ORDINARY_FILE, advice=reasons.GIVE_A_FILE)
        self._size = found.st_size

    def names(self) -> list[str]:
        return [self.path.name]

    def size(self, name: str) -> int:
        self._check(name)
        return self._size

    def open(self, name: str) -> BinaryIO:
        self._check(name)
        return opened(self.path)

    def head(self, name: str, length: int = 65536) -> bytes:
        with self.open(name) as stream:
            return stream.read(length)

    def __contains__(self, name: object) -> bool:
        return name == self.path.name

    def _check(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)


def opened(path: Path) -> BinaryIO:
    """The file, open for reading; ReadError when it cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise ReadError(reasons.UNOPENED, advice=reasons.CHECK_RIGHTS, name=path.name) from error
