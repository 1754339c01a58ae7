"""Reading ahead: a large export is read in a process of its own, so that both of a small machine's cores have work.

The other process is this module run by itself: the task comes on standard input as JSON, batches go out on standard
output, each with its length in eight bytes before it. It needs no database and no Django.
"""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread
from typing import IO
from uuid import UUID

from ordskifte.base.errors import OrdskifteError, StoreError
from ordskifte.base.store import store_at
from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.registry import reader
from ordskifte.channels.exports.source import open_export
from ordskifte.listen.crossing import pack, unpack
from ordskifte.listen.reading import Batch, Counted, Reading

WORTH_A_PROCESS = 4 * 1024 * 1024
"""Bytes. Below, starting a process takes longer than reading here."""

_KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "67108864"}
"""Told to glibc: the memory of one message serves for the next, instead of being given back and asked for again."""

_BATCH, _END, _UNREADABLE, _NOT_KEPT, _FAILED, _BROKEN = b"b", b"e", b"u", b"s", b"f", b"x"
_LOST = _FAILED + reasons.READER_ENDED.encode()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read: files of one export, by one reader, for one channel."""

    path: Path
    kind: str
    names: list[str]
    channel: UUID
    store: str  # its place
    at: datetime
    actor: str

    def batches(self) -> Iterator[Batch]:
        """Read, here."""
        export = Counted(open_export(self.path))
        items = reader(self.kind).read(export, self.names)
        store = store_at(self.store)
        return Reading(items, export, channel=self.channel, store=store, at=self.at, actor=self.actor).batches()

    def as_json(self) -> bytes:
        plain = {
            "path": str(self.path),
            "kind": self.kind,
            "names": self.names,
            "channel": str(self.channel),
            "store": self.store,
            "at": self.at.isoformat(),
            "actor": self.actor,
        }
        return json.dumps(plain).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Task":
        plain = json.loads(data)
        return cls(
            path=Path(plain["path"]),
            kind=plain["kind"],
            names=plain["names"],
            channel=UUID(plain["channel"]),
            store=plain["store"],
            at=datetime.fromisoformat(plain["at"]),
            actor=plain["actor"],
        )


def batches_of(task: Task, *, size: int) -> Generator[Batch, None, None]:
    """The batches of a task, read here or, when `size` bytes are worth it, in a process of its own."""
    if size < WORTH_A_PROCESS:
        yield from task.batches()
        return
    with _Ahead(task) as batches:
        yield from batches


class _Ahead:
    """The other process, and a thread here that takes its batches, at most one ahead of the one being written."""

    def __init__(self, task: Task) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, **_KEEP_MEMORY},
        )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as to:  # gone already: `_fetch` will see it
            to.write(task.as_json())
        self._queue: Queue[tuple[bytes, Batch | bytes]] = Queue(maxsize=1)
        self._stop = Event()
        self._thread = Thread(target=self._fetch, name="fetching", daemon=True)

    def __enter__(self) -> Iterator[Batch]:
        self._thread.start()
        return self._batches()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._process.kill()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _fetch(self) -> None:
        """In the thread: one message after the other, until the last or until nobody wants them."""
        assert self._process.stdout is not None
        while not self._stop.is_set():
            message = _received(self._process.stdout)
            kind, rest = message[:1], memoryview(message)[1:]
            ready = (kind, unpack(rest) if kind == _BATCH else bytes(rest))
            while not self._stop.is_set():
                try:
                    self._queue.put(ready, timeout=0.2)
                    break
                except Full:
                    continue
            if kind != _BATCH:
                return

    def _batches(self) -> Iterator[Batch]:
        while True:
            kind, ready = self._queue.get()
            if isinstance(ready, Batch):
                yield ready
            elif kind == _END:
                return
            else:
                said, _, rest = ready.decode("utf-8", "replace").partition("\x1f")
                advice, _, name = rest.partition("\x1f")
                if kind == _UNREADABLE:
                    raise ReadError(said, advice=advice, name=name)
                if kind == _NOT_KEPT:
                    raise StoreError(said, advice=advice)
                if kind == _FAILED:
                    raise OrdskifteError(said, advice=advice)
                raise RuntimeError(said)


def _received(stream: IO[bytes]) -> bytes:
    """One message; when the process has ended without a last one, that it was lost."""
    try:
        length = int.from_bytes(stream.read(8), "big")
        message = stream.read(length) if length else b""
    except (OSError, ValueError):
        return _LOST
    return message if length and len(message) == length else _LOST


def _send(message: bytes) -> None:
    sys.stdout.buffer.write(len(message).to_bytes(8, "big"))
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


def main() -> None:
    """The other process: reads, and sends every batch. Ends when nobody takes them any more."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever writes has ended: so do we, silently
    gc.disable()  # what is made here holds itself in no circle, and looking for some costs a tenth
    task = Task.from_json(sys.stdin.buffer.read())
    try:
        for batch in task.batches():
            _send(_BATCH + pack(batch))
        _send(_END)
    except ReadError as error:
        _send(_UNREADABLE + f"{error}\x1f{error.advice}\x1f{error.name}".encode("utf-8", "replace"))
    except OrdskifteError as error:
        kind = _NOT_KEPT if isinstance(error, StoreError) else _FAILED
        _send(kind + f"{error}\x1f{error.advice}".encode())
    except Exception:  # noqa: BLE001 - told to the one who writes, who ends with it
        _send(_BROKEN + traceback.format_exc().encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
