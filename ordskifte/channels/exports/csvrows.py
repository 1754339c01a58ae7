"""A CSV file, row by row, each with exactly its own bytes: line breaks inside quotes belong to the row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM


@dataclass(frozen=True, slots=True)
class Row:
    """`raw` is None when the row is over 16 MB; `why` is a sentence of `channels.reasons` when it is no whole row."""

    raw: bytes | None
    offset: int
    why: str = ""

    @property
    def good(self) -> bool:
        return not self.why


def rows(stream: BinaryIO, begins: re.Pattern[bytes]) -> Iterator[Row]:
    """The rows, headings first. A quote that is never closed ends where a line `begins` as rows of this file do."""
    parts: list[bytes] = []
    size = offset = start = 0
    quoted = False
    while line := stream.readline(MAX_ITEM):
        if quoted and begins.match(line):
            yield Row(_joined(parts, size), start, reasons.TOO_LARGE if size > MAX_ITEM else reasons.NOT_A_ROW)
            parts, size, start, quoted = [], 0, offset, False
        if size <= MAX_ITEM:
            parts.append(line)
        size += len(line)
        offset += len(line)
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted and line.endswith(b"\n"):
            yield Row(_joined(parts, size), start, reasons.TOO_LARGE if size > MAX_ITEM else "")
            parts, size, start = [], 0, offset
    if size:
        why = reasons.TOO_LARGE if size > MAX_ITEM else reasons.TRUNCATED if quoted else ""
        yield Row(_joined(parts, size), start, why)


def _joined(parts: list[bytes], size: int) -> bytes | None:
    return b"".join(parts) if size <= MAX_ITEM else None
