"""The content store in a bucket of S3, or of anything that speaks as S3 does. Credentials and address: AWS_* settings.

`obstore` was chosen over boto3: it streams, uploads large objects in parts, tries again by itself, and is typed.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import ObjectStore
from obstore.store import S3Store as Bucket

from ordskifte.base.errors import ObjectMissing, StoreError
from ordskifte.base.home import S3
from ordskifte.base.store import checked_key

IN_MEMORY = 8 << 20  # bytes of a stream that are held in memory until its digest, and so its key, is known
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
PATIENCE = timedelta(seconds=30)  # in which a request that failed is tried again


class S3Store:
    """Objects in a bucket, under a prefix of ours. A write is there for good when `put` returns."""

    def __init__(self, place: str, bucket: ObjectStore) -> None:
        self.place = place
        self._bucket = bucket

    def put(self, key: str, content: bytes) -> None:
        with _answered(key, "write"):
            obstore.put(self._bucket, checked_key(key), content)

    def take(self, stream: BinaryIO, prefix: str) -> tuple[str, int, bool]:
        digest, size = sha256(), 0
        with SpooledTemporaryFile(max_size=IN_MEMORY) as held:
            while part := stream.read(1 << 20):
                digest.update(part)
                size += len(part)
                held.write(part)
            found = digest.hexdigest()
            key = f"{prefix}/{found[:2]}/{found}"
            if key in self:
                return found, size, False
            held.seek(0)
            with _answered(key, "write"):
                obstore.put(self._bucket, checked_key(key), cast(BinaryIO, held))
        return found, size, True

    def get(self, key: str) -> bytes:
        with _answered(key, "read"):
            return bytes(obstore.get(self._bucket, checked_key(key)).bytes())

    def read(self, key: str, offset: int, length: int) -> bytes:
        if length < 1:
            return b""
        with _answered(key, "read"):
            return bytes(obstore.get_range(self._bucket, checked_key(key), start=offset, length=length))

    def open(self, key: str) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Reading(self, checked_key(key)), 1 << 20))

    def size(self, key: str) -> int:
        return int(self._about(key)["size"])

    def written_at(self, key: str) -> datetime:
        moment: datetime = self._about(key)["last_modified"]
        return moment.astimezone(UTC)

    def _about(self, key: str) -> Any:
        with _answered(key, "read"):
            return obstore.head(self._bucket, checked_key(key))

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        with _answered(key, "read"):
            try:
                obstore.head(self._bucket, checked_key(key))
            except FileNotFoundError:
                return False
        return True

    def delete(self, key: str) -> None:
        with _answered(key, "remove"):
            try:
                obstore.delete(self._bucket, checked_key(key))
            except FileNotFoundError:
                return

    def keys(self, prefix: str = "") -> Iterator[str]:
        with _answered(prefix, "list"):
            for found in obstore.list(self._bucket, prefix=prefix.strip("/") or None):
                yield from (str(one["path"]) for one in found)


class _Reading(io.RawIOBase):
    """An object as a stream: each read asks for a range."""

    def __init__(self, store: S3Store, key: str) -> None:
        self._store, self._key, self._at = store, key, 0
        self._size = store.size(key)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max({io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        content = self._store.read(self._key, self._at, min(len(buffer), self._size - self._at))
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


@cache
def s3_store(place: str) -> S3Store:
    """The store at `s3://bucket/prefix`: one for each process, for it keeps connections. StoreError when it is none."""
    bucket, _, prefix = place.removeprefix(S3).partition("/")
    if not bucket or ".." in prefix.split("/"):
        raise StoreError(f"{place} is not the address of a bucket.", advice="Write it as s3://bucket/prefix.")
    endpoint = next((found for name in ENDPOINTS if (found := os.environ.get(name))), None)
    try:
        opened = Bucket(
            bucket,
            prefix=prefix.strip("/") or None,
            client_options={"allow_http": bool(endpoint and endpoint.startswith("http://"))},
            retry_config={"max_retries": 5, "retry_timeout": PATIENCE},
            config={"endpoint": endpoint} if endpoint else None,
        )
    except BaseError as error:
        raise StoreError(f"The bucket {bucket} cannot be reached: {_first_line(error)}") from error
    return S3Store(place, opened)


@contextmanager
def _answered(key: str, verb: str) -> Iterator[None]:
    """What went wrong in our words. The address and the reason are told, a credential never is in them."""
    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            raise StoreError(
                "The bucket of the store is not there.", advice="Make it, or mend ORDSKIFTE_STORE."
            ) from error
        raise ObjectMissing(key) from error
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise StoreError(
            f"The bucket of the store does not let us {verb} {key}.",
            advice="Look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may do there.",
        ) from error
    except (BaseError, OSError) as error:
        raise StoreError(
            f"The store cannot {verb} {key}: {_first_line(error)}", advice="Look at AWS_ENDPOINT_URL and at the server."
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:300]
