"""The peak memory of a command and all that it starts: the most that its processes held at once, each page once."""

import threading
from pathlib import Path

EVERY = 0.1  # seconds


class Peak:
    """Watches a process and its children until the block ends; `megabytes` is what was seen.

    The embedded database is no child of the command (it serves others too), and is not counted.
    """

    def __init__(self, pid: int) -> None:
        self.megabytes = 0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self.megabytes = max(self.megabytes, sum(map(_held, _family(self._pid))) // 1024)


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def _held(pid: int) -> int:
    """Kilobytes: what is shared is counted in parts (Pss)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
