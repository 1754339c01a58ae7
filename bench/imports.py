"""The import's figures: ours, the floor, and the PyPI tool `twitter-to-sqlite` on the same archive, in the same run.

The three take turns, round by round, so that a busy machine is busy for all of them; each figure is a median. Beside
the rates stands the processor time of the command's own processes, which a busy machine changes less.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.inputs import mastodon_archive, x_archive
from bench.memory import Peak

COMMAND = [sys.executable, "-m", "ordskifte"]
MAKE_HOME = "from ordskifte.cli.session import opened; import sys\nwith opened(sys.argv[1], create=True): pass"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command went: seconds, seconds of processor time, peak megabytes of its processes, what it printed."""

    seconds: float
    processor: float
    megabytes: int
    printed: str


def _run(command: list[str]) -> Ran:
    before, started = _children(), perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        with Peak(process.pid) as peak:
            _, status = os.waitpid(process.pid, 0)
        seconds = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().decode()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(seconds, _children() - before, peak.megabytes, printed)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(slots=True)
class Imports:
    """Rounds of importing one archive, each into a new home that is made before the clock starts."""

    archive: Path
    folder: Path
    count: int = 0
    runs: list[Ran] = field(default_factory=list)
    verified: list[Ran] = field(default_factory=list)

    def once(self) -> None:
        home = self.folder / f"home-{self.archive.name}-{len(self.runs)}"
        _run([sys.executable, "-c", MAKE_HOME, str(home)])
        command = [*COMMAND, "--home", str(home)]
        self.runs.append(_run([*command, "import", str(self.archive), "--json"]))
        report = json.loads(self.runs[-1].printed)
        self.count = report["utterances"] + report["versions"]
        self.verified.append(_run([*command, "verify", "--json"]))
        assert json.loads(self.verified[-1].printed)["ok"]

    def figures(self) -> dict[str, Any]:
        return {
            "utterances_a_second": self._rate(self.runs),
            "processor_us_each": round(self._median(self.runs, lambda ran: ran.processor) / self.count * 1e6),
            "peak_mb": max(ran.megabytes for ran in self.runs),
            "verified_a_second": self._rate(self.verified),
            "verify_peak_mb": max(ran.megabytes for ran in self.verified),
        }

    def _rate(self, runs: list[Ran]) -> int:
        return round(self.count / self._median(runs, lambda ran: ran.seconds))

    @staticmethod
    def _median(runs: list[Ran], of: Callable[[Ran], float]) -> float:
        return statistics.median(map(of, runs))


def other_tool(folder: Path) -> Path | None:
    """`twitter-to-sqlite` in an environment of its own; None when it cannot be had."""
    place = folder / "other"
    venv.create(place, with_pip=True)
    wanted = [str(place / "bin" / "pip"), "install", "-q", "twitter-to-sqlite", "setuptools<80"]
    return None if subprocess.run(wanted, check=False).returncode else place / "bin" / "twitter-to-sqlite"


def compared(archive: Path, folder: Path, rounds: int, other: Path | None) -> dict[str, Any]:
    """Ours, the floor and the other tool on one X archive, in turns."""
    ours, floors, others = Imports(archive, folder), list[int](), list[Ran]()
    for number in range(rounds):
        ours.once()
        if other:
            database = folder / f"other-{archive.name}-{number}.db"
            others.append(_run([str(other), "import", str(database), str(archive / "data" / "tweet.js")]))
        floors.append(int(_run([sys.executable, "-m", "bench.floor", str(archive)]).printed))
    found = ours.figures()
    found["floor_a_second"] = round(statistics.median(floors))
    found["ratio_to_floor"] = round(found["utterances_a_second"] / found["floor_a_second"], 2)
    if others:
        rate = ours.count / statistics.median(ran.seconds for ran in others)
        found["twitter_to_sqlite_a_second"] = round(rate)
        found["ratio_to_twitter_to_sqlite"] = round(found["utterances_a_second"] / rate, 2)
    return found


def figures(*, count: int, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        found: dict[str, Any] = {"items": count, "rounds": rounds}
        other = other_tool(folder)
        for what, size in (("x", count), ("x_quarter", count // 4)):
            found[what] = compared(x_archive(folder / what, size), folder, rounds, other)
        for what, size in (("mastodon", count), ("mastodon_quarter", count // 4)):
            notes = Imports(mastodon_archive(folder / what, size), folder)
            for _ in range(rounds):
                notes.once()
            found[what] = notes.figures()
        return found
