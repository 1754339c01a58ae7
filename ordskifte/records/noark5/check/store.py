"""Ids, references and files of a package in a temporary database on disk: memory does not grow with the package."""

import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

_BATCH: Final = 2_000
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TABLES: Final = """
create table unit (id, kind text);
create table reference (test text, kind text, holder text, target, line integer);
create table document (path text, checksum text, algorithm text, size text, format text, details text, line integer);
create table file (path text primary key, size integer) without rowid;
create table entry (journal text, id, place integer);
create table shielded (id, field text, words text);
"""
_INSERTS: Final = {
    "unit": "insert into unit values (?, ?)",
    "reference": "insert into reference values (?, ?, ?, ?, ?)",
    "document": "insert into document values (?, ?, ?, ?, ?, ?, ?)",
    "file": "insert or ignore into file values (?, ?)",
    "entry": "insert into entry values (?, ?, ?)",
    "shielded": "insert into shielded values (?, ?, ?)",
}


def key(value: str) -> str | bytes:
    """An id as it is stored: 16 bytes where it is a UUID in its usual form, else itself. Other cases stay other ids."""
    return bytes.fromhex(value.replace("-", "")) if _UUID.fullmatch(value) else value


def shown(value: str | bytes) -> str:
    """An id as it was written."""
    if isinstance(value, str):
        return value
    text = value.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Store:
    """A context manager: the database is there inside the block and gone after it."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="ordskifte-check-")
        self._database = sqlite3.connect(Path(self._folder.name) / "check.db", isolation_level=None)
        for pragma in ("journal_mode=off", "synchronous=off", "temp_store=file", "cache_size=-24000"):
            self._database.execute(f"pragma {pragma}")
        self._database.executescript(_TABLES)
        self._waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _INSERTS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, table: str, *values: Any) -> None:
        rows = self._waiting[table]
        rows.append(values)
        if len(rows) >= _BATCH:
            self._write(table)

    def ask(self, question: str, arguments: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a question; everything added before is in it."""
        for table in self._waiting:
            self._write(table)
        yield from self._database.execute(question, tuple(arguments))

    def index(self) -> None:
        """What the questions after the reading stand on."""
        for table in self._waiting:
            self._write(table)
        self._database.execute("create index by_id on unit (id, kind)")
        self._database.execute("create index by_path on document (path)")
        self._database.execute("create index by_entry on entry (journal, id)")

    def _write(self, table: str) -> None:
        rows = self._waiting[table]
        if rows:
            self._database.execute("begin")
            self._database.executemany(_INSERTS[table], rows)
            self._database.execute("commit")
            rows.clear()
