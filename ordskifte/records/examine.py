"""Reading one file of the store for `verify`. Plain values in and out and no Django, so that any process can do it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from ordskifte.base.errors import ObjectMissing, StoreError
from ordskifte.base.store import Store, store_at
from ordskifte.records.errors import EvidenceError
from ordskifte.records.sealed import unseal
from ordskifte.records.warc.read import payloads

_ROW = struct.Struct(">hiqiqiii32s")  # a row of PostgreSQL's binary COPY: 4 columns, each with its length before it


@dataclass(frozen=True, slots=True)
class File:
    """A file that a row names: `place` says which store, `digest` the SHA-256 of the stored bytes."""

    place: str
    path: str
    digest: bytes
    size: int
    name: str  # what a finding calls it
    object_id: int | None = None  # None: a picture or film, of which only the bytes count
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found. `wrong` is a sentence, or nothing; `missing`: the file is not there.

    `held`: for each record in the object a row (object id, offset, length, SHA-256 of the payload) in PostgreSQL's
    binary COPY form, so that nothing has to be done with it but to pass it on.
    """

    file: File
    wrong: str = ""
    missing: bool = False
    held: bytes = b""


def examine(file: File, evidence_key: bytes) -> Seen:
    """Is the file there, is it the bytes that its row says, and which records does it hold?"""
    store = store_at(file.place)
    try:
        if file.object_id is None:
            return _examine_whole(store, file)
        content = store.get(file.path)
    except ObjectMissing:
        return Seen(file, "The file is missing from the store.", missing=True)
    except StoreError as error:
        return Seen(file, f"The file cannot be read. {error}")
    except OSError as error:
        return Seen(file, f"The file cannot be read: {error.strerror}.")
    if (len(content), sha256(content).digest()) != (file.size, file.digest):
        return Seen(file, "The file was changed in the store: its SHA-256 is not what its row says.")
    try:
        plain = unseal(content, key=evidence_key, name=file.path) if file.encrypted else content
        return Seen(file, held=b"".join(_held(file.object_id, plain)))
    except EvidenceError as error:
        return Seen(file, f"The evidence object cannot be read. {error}")


def _examine_whole(store: Store, file: File) -> Seen:
    digest, size = sha256(), 0
    with store.open(file.path) as handle:
        while block := handle.read(1 << 20):
            digest.update(block)
            size += len(block)
    same = (digest.digest(), size) == (file.digest, file.size)
    return Seen(file, "" if same else "The file was changed in the store: its SHA-256 is not what its row says.")


def _held(object_id: int, plain: bytes) -> Iterator[bytes]:
    for offset, length, payload in payloads(plain):
        yield _ROW.pack(4, 8, object_id, 8, offset, 4, length, 32, sha256(payload).digest())
