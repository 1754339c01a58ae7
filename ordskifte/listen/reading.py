"""Reading an export into batches, in a thread of its own: the next batch is made ready while the last is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from ordskifte.base.errors import OrdskifteError
from ordskifte.base.store import Store
from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Item, Other, Problem
from ordskifte.channels.exports.source import Export
from ordskifte.listen.media import Kept, MediaKeeper
from ordskifte.listen.oddities import oddities
from ordskifte.listen.prepare import Prepared, PreparedAside, Preparing

BATCH_ITEMS = 4000
BATCH_BYTES = 8 * 1024 * 1024
MAX_WHOLE = 64 * 1024 * 1024
"""Bytes. A file whose items have no place of their own is kept whole up to this."""


@dataclass(slots=True)
class Doubt:
    """A problem or a remark to be listed. `version` names what it became, when it became something."""

    file: str
    where: str
    why: str
    detail: str = ""
    remark: bool = False
    version: str = ""
    utterance: str = ""


@dataclass(slots=True)
class Batch:
    """Some thousand items made ready. `items` counts them per file; `wholes` holds files kept whole."""

    versions: list[Prepared] = field(default_factory=list)
    asides: list[PreparedAside] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)
    media: list[Kept] = field(default_factory=list)
    fresh_media: dict[str, int] = field(default_factory=dict)
    wholes: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    weight: int = 0
    read: int = 0  # bytes read of the export so far

    @property
    def full(self) -> bool:
        return sum(self.items.values()) >= BATCH_ITEMS or self.weight >= BATCH_BYTES


class Counted:
    """An export that counts the bytes read from it."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self.path = export.path
        self.refused = export.refused
        self.read = 0

    def names(self) -> list[str]:
        return self._export.names()

    def size(self, name: str) -> int:
        return self._export.size(name)

    def head(self, name: str, length: int = 65536) -> bytes:
        return self._export.head(name, length)

    def __contains__(self, name: object) -> bool:
        return name in self._export

    def open(self, name: str) -> BinaryIO:
        stream = self._export.open(name)
        inner = stream.read

        def read(size: int = -1, /) -> bytes:
            part = inner(size)
            self.read += len(part)
            return part

        return _Reading(stream, read)  # type: ignore[return-value]  # has what a reader uses of BinaryIO


class _Reading:
    """A stream with its `read` replaced; everything else is the stream's own."""

    def __init__(self, stream: BinaryIO, read: object) -> None:
        self._stream = stream
        self.read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def __enter__(self) -> "_Reading":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)


class Reading:
    """Turns a reader's items into batches."""

    def __init__(
        self, items: Iterator[Item], export: Counted, *, channel: UUID, store: Store, at: datetime, actor: str
    ) -> None:
        self._items = items
        self._export = export
        self._preparing = Preparing(channel, at=at, actor=actor)
        self._media = MediaKeeper(export, store)
        self._wholes: dict[str, tuple[str, bytes]] = {}
        self._odd: set[str] = set()
        self._latest = at + timedelta(days=1)
        self._same: dict[tuple[str, str], str] = {}  # of this batch: id and version -> what it became
        self._batch = Batch()

    def batches(self) -> Iterator[Batch]:
        """Every batch, the last one too; an error comes after the batch of what was read before it."""
        try:
            for item in self._items:
                if isinstance(item, Account):
                    continue
                self._batch.items[item.file] = self._batch.items.get(item.file, 0) + 1
                self._take(item)
                if self._batch.full:
                    yield self._done()
        except OrdskifteError:
            if self._batch.items or self._batch.doubts:
                yield self._done()
            raise
        yield self._done()

    def _done(self) -> Batch:
        batch, self._batch, self._same = self._batch, Batch(), {}
        batch.media, self._media.kept = self._media.kept, []
        batch.fresh_media = {kept.digest: 1 for kept in self._media.fresh}
        self._media.fresh = []
        batch.wholes = dict(self._wholes)
        batch.read = self._export.read
        return batch

    def _take(self, item: Arrival | Other | Problem) -> None:
        if isinstance(item, Arrival):
            self._take_arrival(item)
        elif isinstance(item, Other):
            raw = item.raw
            if raw is None:
                self._whole(item.file)
                raw = f"{item.file}\n{item.where}".encode("utf-8", "surrogatepass")
            self._aside(raw, item.kind, item.raw_type, item.file, item.where)
        else:
            self._batch.doubts.append(Doubt(item.file, item.where, item.why, item.detail))
            if item.raw:
                self._aside(item.raw, "problem", "application/octet-stream", item.file, item.where, problem=True)

    def _take_arrival(self, item: Arrival) -> None:
        if item.raw is None and not self._whole(item.file):
            self._batch.doubts.append(Doubt(item.file, item.where, reasons.TOO_LARGE))
            return
        attachments = []
        odd = False
        for one in item.attachments:
            row, wrong = self._media.attachment(one)
            attachments.append(row)
            if wrong:
                odd = True
                self._keep_odd(one.path)
        whole = self._wholes[item.file][1] if item.raw is None else b""
        prepared = self._preparing.prepare(item, attachments=attachments, whole=whole)
        self._batch.versions.append(prepared)
        self._batch.weight += len(item.raw or b"") + 500
        why_odd = [*item.remarks, *oddities(item, latest=self._latest)]
        if odd:
            why_odd.append(reasons.MEDIA_IS_SOMETHING_ELSE)
        version = prepared.version
        if self._same.setdefault((item.external_id, item.version_key), version.id) != version.id:
            why_odd.append(reasons.SAME_ID)
        for why in why_odd:
            self._batch.doubts.append(
                Doubt(item.file, item.where, why, remark=True, version=version.id, utterance=version.utterance)
            )

    def _aside(self, raw: bytes, kind: str, media_type: str, file: str, where: str, *, problem: bool = False) -> None:
        made = self._preparing.aside(raw, kind=kind, media_type=media_type, file=file, where=where, problem=problem)
        self._batch.asides.append(made)
        self._batch.weight += len(raw)

    def _whole(self, file: str) -> bool:
        """Keep a file whole, once; False when it is too large for that."""
        if file in self._wholes:
            return True
        if self._export.size(file) > MAX_WHOLE:
            return False
        with self._export.open(file) as stream:
            raw = stream.read(MAX_WHOLE + 1)
        made = self._preparing.aside(
            raw, kind="file", media_type="application/octet-stream", file=file, where="whole", problem=True
        )
        self._batch.asides.append(made)
        self._batch.weight += len(raw)
        self._wholes[file] = (made.id, made.packed.digest)
        return True

    def _keep_odd(self, path: str) -> None:
        """A file that is not what it says: kept in a sealed object, never shown."""
        if path in self._odd:
            return
        self._odd.add(path)
        with self._export.open(path) as stream:
            raw = stream.read(MAX_WHOLE)
        made = self._preparing.aside(
            raw, kind="media", media_type="application/octet-stream", file=path, where="whole", problem=True
        )
        made.packed = made.packed._replace(sealed=True)
        self._batch.asides.append(made)
        self._batch.weight += len(raw)
