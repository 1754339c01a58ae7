"""The import's figures: ours, the floor, and the PyPI tool `twitter-to-sqlite` on the same archive, in the same run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.inputs import mastodon_archive, x_archive

COMMAND = [sys.executable, "-m", "ordskifte"]


def _run(command: list[str]) -> tuple[float, int, str]:
    """Seconds, peak memory of the process itself in MB, standard output."""
    started = perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().decode()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss // 1024, printed


def imported(archive: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """Import the archive into a new home each round; the home is made before the clock starts."""
    rates, peaks, verified = [], [], []
    for number in range(rounds):
        home = folder / f"home-{archive.name}-{number}"
        make = "from ordskifte.cli.session import opened; import sys\nwith opened(sys.argv[1], create=True): pass"
        _run([sys.executable, "-c", make, str(home)])
        seconds, peak, printed = _run([*COMMAND, "--home", str(home), "import", str(archive), "--json"])
        report = json.loads(printed)
        rates.append(report["utterances"] / seconds)
        peaks.append(peak)
        seconds, _, printed = _run([*COMMAND, "--home", str(home), "verify", "--json"])
        assert json.loads(printed)["ok"]
        verified.append(report["utterances"] / seconds)
    return {
        "utterances_a_second": round(statistics.median(rates)),
        "peak_mb": max(peaks),
        "verified_a_second": round(statistics.median(verified)),
    }


def other_tool(archive: Path, folder: Path, rounds: int) -> int | None:
    """Tweets a second of `twitter-to-sqlite import` in an environment of its own; None when it cannot be had."""
    place = folder / "other"
    venv.create(place, with_pip=True)
    if subprocess.run(
        [place / "bin" / "pip", "install", "-q", "twitter-to-sqlite", "setuptools<80"], check=False
    ).returncode:
        return None
    count = (archive / "data" / "tweet.js").read_bytes().count(b'"full_text"')
    rates = []
    for number in range(rounds):
        command = [
            place / "bin" / "twitter-to-sqlite",
            "import",
            folder / f"other-{number}.db",
            archive / "data" / "tweet.js",
        ]
        seconds, _, _ = _run([str(part) for part in command])
        rates.append(count / seconds)
    return round(statistics.median(rates))


def figures(*, count: int, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        x, small = x_archive(folder / "x", count), x_archive(folder / "x-quarter", count // 4)
        found: dict[str, Any] = {"items": count, "rounds": rounds}
        found["x"] = imported(x, folder, rounds)
        found["x_quarter"] = imported(small, folder, 1)
        found["mastodon"] = imported(mastodon_archive(folder / "mastodon", count), folder, rounds)
        floor = [int(_run([sys.executable, "-m", "bench.floor", str(x)])[2]) for _ in range(rounds)]
        found["floor_a_second"] = round(statistics.median(floor))
        found["ratio_to_floor"] = round(found["x"]["utterances_a_second"] / found["floor_a_second"], 2)
        found["twitter_to_sqlite_a_second"] = other_tool(x, folder, rounds)
        return found
