"""`ordskifte triage`: JSON lines of texts in, assessments out. Needs no home, no database and no network.

Order is kept and memory is bounded: a few batches are under way at a time, whatever the length of the input. Lines that
come one by one are answered one by one, so that a program may talk to us through a pipe.
"""

import json
import os
import select
import stat
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import IO, Any

import click
import orjson

_BLOCK = 1 << 18  # bytes read at a time
_LONGEST = 4_000_000  # bytes of one line: far more than any post, and what a reading of it takes stays small
_SMALL = 1 << 14  # bytes that are not worth another process
_UNDER_WAY = 3  # batches for each process

_Line = tuple[int, bytes | None]  # its number; None when it is too long


@click.command()
@click.argument("file", default="-", metavar="[FILE]")
@click.option("--json", "as_array", is_flag=True, help="One JSON value, a list, instead of a line for each text.")
@click.option("--processes", type=click.IntRange(1, 64), help="How many at once. Default: as many as there are cores.")
@click.pass_context
def command(context: click.Context, file: str, as_array: bool, processes: int | None) -> None:
    """Assess texts: FILE (or standard input) holds lines of {"id", "text"}; a line comes out for each that goes in."""
    with ExitStack() as stack:
        source = sys.stdin.buffer if file == "-" else stack.enter_context(open(file, "rb"))
        findings = _run(source, _Out(sys.stdout.buffer, as_array), processes or len(os.sched_getaffinity(0)))
    context.exit(1 if findings else 0)


class _Out:
    """Where answers go: lines, or the items of one list. Counts on the terminal when the answers go elsewhere."""

    def __init__(self, stream: IO[bytes], as_array: bool) -> None:
        self._stream, self._array = stream, as_array
        self._any = False
        self._count, self._told = 0, time.monotonic()
        self._tells = sys.stderr.isatty() and not sys.stdout.isatty()

    def write(self, lines: list[bytes]) -> None:
        if not lines:
            return
        if self._array:
            self._stream.write((b",\n" if self._any else b"[") + b",\n".join(lines))
        else:
            self._stream.write(b"\n".join(lines) + b"\n")
        self._stream.flush()
        self._any = True
        self._count += len(lines)
        if self._tells and time.monotonic() - self._told > 1:
            self._told = time.monotonic()
            click.echo(f"\r{self._count:,} texts", err=True, nl=False)

    def close(self) -> None:
        if self._array:
            self._stream.write(b"]\n" if self._any else b"[]\n")
            self._stream.flush()
        if self._tells:
            click.echo("\r\033[K", err=True, nl=False)


def _run(source: IO[bytes], out: _Out, processes: int) -> int:
    """Answer every line; how many were bad."""
    bad = 0
    waiting: deque[Future[tuple[list[bytes], int]]] = deque()
    with ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        for batch, size, more in _batches(source):
            if processes == 1 or (size < _SMALL and not waiting):
                lines, wrong = answers(batch)
                out.write(lines)
                bad += wrong
                continue
            if pool is None:
                answers([])  # what the processes share is made before they part
                pool = stack.enter_context(ProcessPoolExecutor(processes))
            waiting.append(pool.submit(answers, batch))
            while waiting and (len(waiting) >= _UNDER_WAY * processes or not more or waiting[0].done()):
                lines, wrong = waiting.popleft().result()
                out.write(lines)
                bad += wrong
        for future in waiting:
            lines, wrong = future.result()
            out.write(lines)
            bad += wrong
    out.close()
    return bad


def _batches(source: IO[bytes]) -> Iterator[tuple[list[_Line], int, bool]]:
    """Lines as they come, how many bytes they are, and whether more is there to be read without waiting."""
    held: list[bytes] = []
    length, number, too_long = 0, 0, False
    descriptor = source.fileno()
    is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    while block := os.read(descriptor, _BLOCK):
        batch: list[_Line] = []
        *whole, rest = block.split(b"\n")
        for piece in whole:
            number += 1
            batch.append((number, None if too_long or length + len(piece) > _LONGEST else b"".join([*held, piece])))
            held, length, too_long = [], 0, False
        length += len(rest)
        if too_long or length > _LONGEST:
            held, too_long = [], True
        else:
            held.append(rest)
        if batch:
            yield batch, len(block), is_file or bool(select.select([descriptor], [], [], 0)[0])
    if length or too_long:
        yield [(number + 1, None if too_long else b"".join(held))], length, False


def answers(batch: list[_Line]) -> tuple[list[bytes], int]:
    """The answer to each line, and how many of them were bad."""
    lines, bad = [], 0
    for number, line in batch:
        try:
            lines.append(_answer(number, line))
        except _BadLine as error:
            lines.append(orjson.dumps({"line": number, "error": str(error)}))
            bad += 1
    return lines, bad


class _BadLine(ValueError):
    """A line that holds no text to assess; the message says why."""


def _answer(number: int, line: bytes | None) -> bytes:
    from ordskifte.language.triage import assess

    item = _item(number, line)
    found = assess(item["text"])
    value = {
        "id": item["id"],
        "lang": found.lang,
        "lang_sure": found.lang_sure,
        "kind": found.kind,
        "personal_data": [{"type": one.type, "start": one.start, "end": one.end} for one in found.personal_data],
        "journal_candidate": found.journal_candidate,
        "moderation": found.moderation,
        "why": [{"rule": one.rule, "start": one.start, "end": one.end, "text": one.text} for one in found.why],
    }
    try:
        return orjson.dumps(value)
    except TypeError:  # a lone surrogate, or an id larger than 64 bits: JSON has a way to write them, orjson has not
        return json.dumps(value).encode()


def _item(number: int, line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise _BadLine(f"The line is longer than {_LONGEST:,} bytes.")
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        item = orjson.loads(line)
    except ValueError:
        item = _tolerant(line)
    if not isinstance(item, dict):
        raise _BadLine("The line is not a JSON object.")
    if not isinstance(item.get("text"), str):
        raise _BadLine('The object has no "text" that is a string.')
    if isinstance(item.get("id"), bool) or not isinstance(item.get("id"), str | int):
        raise _BadLine('The object has no "id" that is a string or a whole number.')
    return item


def _tolerant(line: bytes) -> Any:
    """What orjson refuses but the standard allows, such as an escaped lone surrogate."""
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _BadLine("The line is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise _BadLine("The line is not valid JSON.") from error
