"""An open-loop load: requests leave by the clock, whether the last ones were answered or not, as people's do."""

import http.client
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

RATE = 20  # requests a second
PEOPLE = 60  # that may wait at once

_own = threading.local()


def paced(address: str, paths: Sequence[str], headers: dict[str, str], *, seconds: int) -> list[float]:
    """Ask for the paths in turn, RATE a second. Returns seconds from when each was due until its last byte."""
    started = time.perf_counter() + 0.1
    due = [started + number / RATE for number in range(seconds * RATE)]

    def one(number: int) -> float:
        time.sleep(max(0.0, due[number] - time.perf_counter()))
        get(address, paths[number % len(paths)], headers)
        return time.perf_counter() - due[number]

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(one, range(len(due))))


def get(address: str, path: str, headers: dict[str, str]) -> str:
    """One page, over this thread's own kept connection."""
    for first in (True, False):
        connection = getattr(_own, "connection", None) if first else None
        if connection is None:
            parts = urlsplit(address)
            connection = _own.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if not first:
                raise
            continue  # kept too long
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{path} answered {answer.status}")
        return str(body.decode())
    raise AssertionError


def percentiles(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "requests": len(ordered),
    }


def cpu_seconds(roots: Sequence[int]) -> float:
    """Processor time so far of these processes and all below them, the ended ones that were waited for too."""
    below: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for pid, parent, ticks in _processes():
        below.setdefault(parent, []).append(pid)
        used[pid] = ticks
    waiting, total = list(roots), 0
    while waiting:
        pid = waiting.pop()
        total += used.get(pid, 0)
        waiting += below.get(pid, [])
    return total / os.sysconf("SC_CLK_TCK")


def _processes() -> Iterator[tuple[int, int, int]]:
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (path / "stat").read_text().rsplit(")", 1)[1].split()
            yield int(path.name), int(fields[1]), sum(int(ticks) for ticks in fields[11:15])
