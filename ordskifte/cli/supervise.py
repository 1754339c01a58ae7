"""Parts of a running Ordskifte as child processes: started, started again when they die, ended together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

ENDING = 9.0  # seconds a part gets to end in good order
LONGEST_WAIT = 30.0  # seconds before a part that dies again and again is started again
SETTLED = 60.0  # a part that lived so many seconds is trusted anew


@dataclass(slots=True)
class Part:
    """One child: `arguments` of `python -m ordskifte`, file descriptors it inherits, settings of its own."""

    name: str
    arguments: Sequence[str]
    descriptors: Sequence[int] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ordskifte", *self.arguments],
            stdin=subprocess.PIPE,  # closed when we die, however we die: see end_with_parent
            pass_fds=self.descriptors,
            env={**os.environ, **self.settings},
            start_new_session=True,  # Ctrl-C reaches us alone; we end the parts
        )


@dataclass(slots=True)
class Supervisor:
    """`say` tells the person what happened; `tick` is called a few times a second and must be quick."""

    parts: Sequence[Part]
    say: Callable[[str], None]
    tick: Callable[[], None] = field(default=lambda: None)

    def run(self) -> None:
        """Run the parts until SystemExit or KeyboardInterrupt (signals), then end them."""
        try:
            for part in self.parts:
                part.start()
            while True:
                for part in self.parts:
                    self._look_after(part)
                self.tick()
                time.sleep(0.2)
        finally:
            self._end()

    def _look_after(self, part: Part) -> None:
        moment = time.monotonic()
        if part.process is None:
            if moment >= part.due:
                part.start()
        elif (status := part.process.poll()) is not None:
            _close(part)
            part.wait = 1.0 if moment - part.started > SETTLED else min(max(part.wait * 2, 1.0), LONGEST_WAIT)
            part.due = moment + part.wait
            self.say(f"The {part.name} ended unexpectedly ({_how(status)}); it starts again in {part.wait:.0f} s.")

    def _end(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # we are ending already, within ENDING seconds
        living = [part.process for part in self.parts if part.process and part.process.poll() is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + ENDING
        for process in living:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(deadline - time.monotonic(), 0.1))
        for process in living:
            if process.poll() is None:
                process.kill()
                process.wait()
        for part in self.parts:
            _close(part)


def end_with_parent() -> None:
    """In a part: when the supervisor is gone (it held our standard input open), end as on SIGTERM."""

    def watch() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _close(part: Part) -> None:
    if part.process and part.process.stdin:
        part.process.stdin.close()
    part.process = None


def _how(status: int) -> str:
    return f"status {status}" if status >= 0 else signal.Signals(-status).name
