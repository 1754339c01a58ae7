"""The content store: evidence objects and media, written whole or not at all, under keys that we choose.

A folder (`FolderStore`), or a bucket of S3 (`store_s3.S3Store`) where ORDSKIFTE_STORE says `s3://bucket/prefix`.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

from ordskifte.base.errors import ObjectMissing, StoreError
from ordskifte.base.home import S3, Home, hand_over


class Store(Protocol):
    """What every kind of store does. An object is there for good when `put` and `take` return: the row comes after."""

    @property
    def place(self) -> str:
        """Where it is, as `store_at` reads it: the same store in another process."""

    def put(self, key: str, content: bytes) -> None:
        """Write an object. StoreError when it cannot be done; nothing is left behind."""

    def take(self, stream: BinaryIO, prefix: str) -> tuple[str, int, bool]:
        """Keep a stream once, under `prefix/<first two>/<SHA-256>`. Returns (hex digest, bytes, whether it was new)."""

    def get(self, key: str) -> bytes:
        """The whole object; ObjectMissing when it is not there."""

    def read(self, key: str, offset: int, length: int) -> bytes:
        """A slice of an object."""

    def open(self, key: str) -> BinaryIO:
        """An object as a stream that can be sought in; ObjectMissing when it is not there."""

    def size(self, key: str) -> int: ...

    def written_at(self, key: str) -> datetime:
        """When an object was written, UTC."""

    def __contains__(self, key: object) -> bool: ...

    def delete(self, key: str) -> None:
        """Remove an object; no error when it is gone already."""

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Every object's key, unfinished writes left out. `prefix`: a folder."""


def store_at(place: str) -> Store:
    """The store of a place: an address of S3, or a folder."""
    if place.startswith(S3):
        from ordskifte.base.store_s3 import s3_store  # a process that has a folder need not load it

        return s3_store(place)
    return FolderStore(Path(place))


def store_of(home: Home) -> Store:
    """The store of a home."""
    return store_at(home.store_place)


def checked_key(key: str) -> str:
    """The key, when it cannot lead out of the store. StoreError else."""
    if key.startswith("/") or ".." in key.split("/") or "\x00" in key:
        raise StoreError(f"{key!r} is not a key of the store.")
    return key


class FolderStore:
    """Objects as files in a folder. A write is on disk when `put` returns (fsync of file and folder)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def place(self) -> str:
        return str(self.root)

    def _path(self, key: str) -> Path:
        return self.root / checked_key(key)

    def put(self, key: str, content: bytes) -> None:
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
        with self.open(key) as handle:
            return handle.read()

    def read(self, key: str, offset: int, length: int) -> bytes:
        with self.open(key) as handle:
            handle.seek(offset)
            return handle.read(length)

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except OSError as error:
            raise ObjectMissing(key) from error

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._path(key).is_file()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str = "") -> Iterator[str]:
        base = self.root / prefix
        for folder, _, files in os.walk(base):
            for name in sorted(files):
                if not name.endswith(".part"):
                    yield str((Path(folder) / name).relative_to(self.root))

    def size(self, key: str) -> int:
        return self._about(key).st_size

    def written_at(self, key: str) -> datetime:
        return datetime.fromtimestamp(self._about(key).st_mtime, UTC)

    def _about(self, key: str) -> os.stat_result:
        try:
            return self._path(key).stat()
        except OSError as error:
            raise ObjectMissing(key) from error

    def take(self, stream: BinaryIO, prefix: str) -> tuple[str, int, bool]:
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
