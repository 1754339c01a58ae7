"""The real command, as a person starts it: in processes of its own, in a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "ordskifte"]
MAKE = "from ordskifte.cli.session import opened; import sys\nwith opened(sys.argv[1], create=True): pass"
PATIENCE = 120.0  # seconds; never measured, only an end to waiting


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a person's shell would give: nothing of ours."""
    ours = {name for name in os.environ if name.startswith(("ORDSKIFTE_", "DJANGO_", "DATABASE_"))} - {
        "ORDSKIFTE_SHARED"
    }
    return {name: value for name, value in os.environ.items() if name not in ours} | dict(more or {})


def ordskifte(*arguments: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE * 2,
        check=False,
    )


def wait_until(true: Callable[[], Any], *, patience: float = PATIENCE) -> Any:
    """What `true` gives when it is no longer false; `patience` in seconds, for machines that do much else."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"it did not happen within {patience:.0f} seconds")


def processes_of(home: Path) -> dict[int, str]:
    """Every living process that has the home in its command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            line = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state = (path / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if str(home) in line and state not in "ZX" and int(path.name) != os.getpid():
            found[int(path.name)] = line
    return found


def _ticks(pid: int) -> int:
    """Processor time of a process so far; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def get(address: str) -> tuple[int, bytes]:
    """Status and body of a page; (0, b"") when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""


@dataclass(frozen=True)
class Serving:
    """A running `serve`."""

    home: Path
    process: subprocess.Popen[str]
    address: str

    def health(self) -> dict[str, Any]:
        status, body = get(f"{self.address}health")
        return {"status": status, **(json.loads(body) if status in (200, 503) else {})}

    def parts(self, name: str) -> set[int]:
        """The pids of the parts of this name: two or more for `web`, one for `worker`."""
        return {pid for pid, line in processes_of(self.home).items() if f" {name} --supervised" in line}

    def part(self, name: str) -> int | None:
        """The pid of one of them."""
        return next(iter(self.parts(name)), None)

    def settled(self) -> bool:
        """Whether all parts have started: the worker has given a sign of life, and no web process is busy starting."""
        seen, webs = self.health().get("worker_seen"), self.parts("web")
        before = {pid: _ticks(pid) for pid in webs}
        time.sleep(0.5)
        return bool(seen) and len(webs) > 1 and self.parts("web") == webs and {p: _ticks(p) for p in webs} == before

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


def start_serve(home: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Serving:
    """`serve` on a free port, when its pages answer."""
    process = subprocess.Popen(
        [*COMMAND, "--home", str(home), "serve", "--port", "0", "--json", *arguments],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment(env),
    )
    assert process.stdout
    with process.stdout:
        line = process.stdout.readline()
    if not line:
        raise AssertionError(f"serve ended with {process.wait()} before it was ready")
    return Serving(home, process, json.loads(line)["address"])


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
