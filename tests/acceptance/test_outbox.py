"""kill -9 of those who write and those who send, at random, while replies go out through a platform that behaves badly.

None is lost, none goes out twice; each is confirmed, or unknown and told to a person. The ordinary run sends 100;
`make peers` sends 500.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import environment, ordskifte, wait_until
from tests.loopback import Platform, platform

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("loopback", "blind")


@dataclass
class Staff:
    """The processes at work on the home, some of which are killed and started again."""

    home: Path
    each: int
    acknowledged: set[str] = field(default_factory=set)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        kind = name if name in KINDS else ""
        verb = ["put", kind, "0", str(self.each)] if kind else ["worker"]
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.loopback_home", str(self.home), *verb],
            cwd=ROOT,
            env=environment({"ORDSKIFTE_INSIDE_HOSTS": "127.0.0.1,localhost"}),  # the platform is on loopback
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def end(self, name: str, number: int = signal.SIGKILL) -> None:
        process = self.running.pop(name)
        process.send_signal(number)
        said, _ = process.communicate()
        self.acknowledged |= set(said.splitlines()) if name in KINDS else set()

    @property
    def writers(self) -> list[str]:
        return [name for name in self.running if name in KINDS and self.running[name].poll() is None]

    def carry_on(self, rounds: int, dice: random.Random) -> int:
        """Kill somebody, start them again, and so on; then let the writers finish. Returns how many were killed."""
        for name in ("worker 1", "worker 2", *KINDS):
            self.start(name)
        for _ in range(rounds):
            time.sleep(dice.uniform(0.3, 2.0))
            name = dice.choice(["worker 1", "worker 2", *self.writers])
            self.end(name)
            self.start(name)
        for name in KINDS:
            self.running[name].wait()
            self.end(name)
        return rounds


@contextmanager
def looking_in(home: Path) -> Iterator[psycopg.Connection[Any]]:
    with Embedded(home) as server, psycopg.connect(**server.address("owner"), autocommit=True) as connection:
        yield connection


def outcome(home: Path, each: int, rounds: int, seed: int) -> tuple[Platform, list[Any], set[str], Counter[str]]:
    """Let it all happen. Returns the platform, the outbox's rows, what was acknowledged, and who was told of what."""
    with platform(chance=0.4, seed=seed) as there, looking_in(home) as connection:
        made = [sys.executable, "-m", "tests.acceptance.loopback_home", str(home), "channels", there.address]
        subprocess.run(made, cwd=ROOT, env=environment(), check=True, capture_output=True)
        staff = Staff(home, each)
        try:
            staff.carry_on(rounds, random.Random(seed))
            wait_until(lambda: all_ended(connection), patience=600)
        finally:
            for name in list(staff.running):
                with suppress(ProcessLookupError):
                    staff.end(name, signal.SIGTERM if name not in KINDS else signal.SIGKILL)
        rows = connection.execute(
            "select o.text, o.state, c.kind, o.attempts, r.evidence_id is not null, o.id::text, o.reason"
            " from publish_outbox o join plan_channel c on c.id = o.channel_id"
            " left join publish_receipt r on r.outbox_id = o.id"
        ).fetchall()
        told = connection.execute("select args->>'outbox_id' from procrastinate_jobs where task_name = 'sent'")
        return there, rows, staff.acknowledged, Counter(one for (one,) in told.fetchall())


def all_ended(connection: psycopg.Connection[Any]) -> bool:
    left = connection.execute(
        "select count(*) from publish_outbox o join plan_channel c on c.id = o.channel_id"
        " where o.state <> 'confirmed' and not (o.state = 'unknown' and c.kind = 'blind')"
    ).fetchone()
    time.sleep(0.3)
    return left == (0,)


def judge(home: Path, each: int, rounds: int, seed: int) -> None:
    there, rows, acknowledged, told = outcome(home, each, rounds, seed)
    wanted = {f"{kind} nummer {number}" for kind in KINDS for number in range(each)}
    posted = there.texts()
    assert acknowledged <= wanted
    assert sorted(text for text, *_ in rows) == sorted(wanted)  # none lost, none put in twice
    assert [text for text, count in posted.items() if count > 1] == []  # none sent twice
    for text, state, kind, attempts, evidence, outbox_id, reason in rows:
        about = (text, state, attempts, reason)
        if state == "confirmed":
            assert posted[text] == 1, about
            assert evidence or kind == "loopback", about  # found by its mark: the question was never answered
        else:
            assert (state, kind) == ("unknown", "blind"), about
        assert told[outbox_id] >= 1, about
    confirmed = sum(state == "confirmed" for _, state, *_ in rows)
    assert confirmed > each  # all that can be looked at, and some of the others
    checked = ordskifte("--home", home, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_hundred_replies_survive_those_who_send_them(home: Path) -> None:
    judge(home, each=50, rounds=8, seed=int(os.environ.get("SEED", "11")))


@pytest.mark.peers
def test_five_hundred_replies_survive_those_who_send_them(home: Path) -> None:
    judge(home, each=250, rounds=25, seed=int(os.environ.get("SEED", "12")))
