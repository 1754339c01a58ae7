"""The content store: evidence objects and media, written whole or not at all, under keys that we choose."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ordskifte.base.errors import StoreError
from ordskifte.base.home import hand_over


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
            self._folder(path.parent)
            with side.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            self._settle(side, path)
        except OSError as error:
            side.unlink(missing_ok=True)
            raise StoreError(
                f"The store cannot write {key}: {error.strerror}.", advice="Make room on the disk, then try again."
            ) from error

    def _folder(self, path: Path) -> None:
        """Make a folder and those above it, up to the store's own."""
        if path.is_dir():
            return
        if path != self.root:
            self._folder(path.parent)
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        hand_over(path)

    def _settle(self, side: Path, path: Path) -> None:
        """Give a finished file its name, on disk for good."""
        hand_over(side)
        os.rename(side, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

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

    def written_at(self, key: str) -> datetime:
        """When an object was written, UTC."""
        return datetime.fromtimestamp(self._path(key).stat().st_mtime, UTC)

    def take(self, stream: BinaryIO, prefix: str) -> tuple[str, int, bool]:
        """Keep a stream once, under `prefix/<first two>/<SHA-256>`. Returns (hex digest, bytes, whether it was new)."""
        side = self.root / prefix / f".{uuid4().hex}.part"
        digest = sha256()
        size = 0
        try:
            self._folder(side.parent)
            with side.open("wb") as handle:
                while part := stream.read(1 << 20):
                    digest.update(part)
                    size += len(part)
                    handle.write(part)
                handle.flush()
                os.fsync(handle.fileno())
            found = digest.hexdigest()
            path = self._path(f"{prefix}/{found[:2]}/{found}")
            if path.is_file():
                return found, size, False
            self._folder(path.parent)
            self._settle(side, path)
            return found, size, True
        except OSError as error:
            raise StoreError(
                f"The store cannot keep a file: {error.strerror}.", advice="Make room on the disk, then try again."
            ) from error
        finally:
            side.unlink(missing_ok=True)

    def free(self) -> int:
        """Bytes free where the store lies."""
        self._folder(self.root)
        return shutil.disk_usage(self.root).free
