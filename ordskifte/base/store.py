"""The content store: evidence objects and media, written whole or not at all, under keys that we choose."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ordskifte.base.errors import StoreError


class FolderStore:
    """Objects as files in a folder. A write is on disk when `put` returns (fsync of file and folder)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        if key.startswith("/") or ".." in key.split("/") or "\x00" in key:
            raise StoreError(f"{key!r} is not a key of the store.")
        return self.root / key

    def put(self, key: str, content: bytes) -> None:
        """Write an object. StoreError when the disk is full or the folder cannot be written; nothing is left behind."""
        path = self._path(key)
        side = path.with_name(f".{path.name}.{uuid4().hex}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with side.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            os.rename(side, path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            side.unlink(missing_ok=True)
            raise StoreError(
                f"The store cannot write {key}: {error.strerror}.", advice="Make room on the disk, then try again."
            ) from error

    def get(self, key: str) -> bytes:
        """The whole object; StoreError when it is not there."""
        with self.open(key) as handle:
            return handle.read()

    def read(self, key: str, offset: int, length: int) -> bytes:
        """A slice of an object."""
        with self.open(key) as handle:
            handle.seek(offset)
            return handle.read(length)

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except OSError as error:
            raise StoreError(f"{key} is missing from the store.", advice="Restore it from a backup.") from error

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove an object; no error when it is gone already."""
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Every object's key, unfinished writes left out."""
        base = self.root / prefix
        for folder, _, files in os.walk(base):
            for name in sorted(files):
                if not name.endswith(".part"):
                    yield str((Path(folder) / name).relative_to(self.root))

    def free(self) -> int:
        """Bytes free where the store lies."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return shutil.disk_usage(self.root).free
