"""What a backup holds: one tar of the database's dump, the keys and the store, streamed (docs/formats/backup.md).

The database comes first. An object is written to the store before the row that names it, so every row of the dump has
its object when the store is read afterwards; objects newer than the dump belong to no row and are swept as orphans.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from ordskifte.base.backup_seal import BackupError
from ordskifte.base.errors import ObjectMissing
from ordskifte.base.home import Home
from ordskifte.base.keys import write_private
from ordskifte.base.store import Store

PART = 8 << 20  # bytes of the dump in one member: its length is not known before it has ended
FORMAT = 1
_COPY = 1 << 20


@dataclass(slots=True)
class Contents:
    """What went in or came out."""

    about: Mapping[str, Any]
    members: int = 0
    objects: int = 0
    bytes: int = 0


def write_backup(
    out: BinaryIO, *, home: Home, store: Store, dump: Iterable[bytes], about: Mapping[str, Any]
) -> Contents:
    """Write everything to `out`. `dump` is read to its end before the store is looked at."""
    contents = Contents(about)
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_COPY) as tar:
        _put(tar, contents, "backup.json", json.dumps({"format": FORMAT, **about}).encode())
        for number, part in enumerate(_parts(dump), 1):
            _put(tar, contents, f"database/{number:08d}", part)
        for path in sorted(home.keys.iterdir()):
            if path.is_file() and not path.name.endswith(".new"):
                _put(tar, contents, f"keys/{path.name}", path.read_bytes())
        _put(tar, contents, "home.json", home.card.read_bytes())
        for key in store.keys():  # noqa: SIM118 - a store is no mapping
            _put_object(tar, contents, store, key)
        end = {"members": contents.members, "objects": contents.objects, "bytes": contents.bytes}
        _put(tar, contents, "end.json", json.dumps(end).encode())
    return contents


def read_backup(source: BinaryIO, *, into: Path, dump: Path) -> Contents:
    """Lay out a backup's files under `into` (keys, store, home.json) and its dump in the file `dump`.

    Read to the end before this returns, so the caller knows that all of it is there. Names that lead elsewhere, members
    that we never write and a missing end are refused with BackupError.
    """
    contents: Contents | None = None
    ended = False
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=_COPY) as tar, dump.open("wb") as database:
            for member in tar:
                handle = tar.extractfile(member) if member.isreg() else None
                if handle is None or ended:
                    raise BackupError(f"The backup holds something unexpected ({member.name}).")
                if contents is None:
                    contents = Contents(_about(member, handle))
                elif member.name == "end.json":
                    ended = json.loads(handle.read()) == {
                        "members": contents.members,
                        "objects": contents.objects,
                        "bytes": contents.bytes,
                    }
                else:
                    _lay_out(member, handle, into, database, contents)
                    continue
                contents.members += 1
                contents.bytes += member.size
        while source.read(_COPY):  # the padding behind the tar: read, so that its seal is checked too
            pass
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise BackupError(f"The backup cannot be read: {error}.") from error
    if contents is None or not ended:
        raise BackupError("The backup ends too early.", advice="Use another copy of it.")
    return contents


def _about(member: tarfile.TarInfo, handle: Any) -> Mapping[str, Any]:
    about = json.loads(handle.read()) if member.name == "backup.json" else None
    if not isinstance(about, dict):
        raise BackupError("The backup does not say what it is.")
    if about.get("format") != FORMAT:
        raise BackupError("This backup was made by a newer Ordskifte.", advice="Install that version, then restore.")
    return about


def _lay_out(member: tarfile.TarInfo, handle: Any, into: Path, database: BinaryIO, contents: Contents) -> None:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or "\x00" in member.name:
        raise BackupError(f"The backup holds a name that leads elsewhere ({member.name}).")
    contents.members += 1
    contents.bytes += member.size
    match path.parts:
        case ("database", _):
            _copy(handle, database)
        case ("keys", name):
            write_private(into / "keys" / name, handle.read())
        case ("home.json",):
            write_private(into / "home.json", handle.read())
        case ("store", *_):
            contents.objects += 1
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as out:
                _copy(handle, out)
            os.utime(target, (member.mtime, member.mtime))
        case _:
            raise BackupError(f"The backup holds something unexpected ({member.name}).")


def _copy(source: Any, target: BinaryIO) -> None:
    while part := source.read(_COPY):
        target.write(part)


def _put(tar: tarfile.TarFile, contents: Contents, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))
    contents.members += 1
    contents.bytes += len(content)


def _put_object(tar: tarfile.TarFile, contents: Contents, store: Store, key: str) -> None:
    """One object; one that has gone since it was listed is an orphan that was swept, or media that were erased."""
    info = tarfile.TarInfo(f"store/{key}")
    try:
        handle = store.open(key)
        info.size, info.mtime = store.size(key), int(store.written_at(key).timestamp())
    except ObjectMissing:
        return
    with handle:
        tar.addfile(info, handle)
    contents.members += 1
    contents.objects += 1
    contents.bytes += info.size


def _parts(stream: Iterable[bytes]) -> Iterable[bytes]:
    """The stream in parts of PART bytes; the last may be shorter."""
    held = bytearray()
    for piece in stream:
        held += piece
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
    if held:
        yield bytes(held)
