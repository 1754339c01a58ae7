"""kill -9 of those who write and those who send, while drafts due at one moment go out on six bad channels.

At the end platform, outbox, ledger and evidence agree, item by item: none twice, none lost; each is confirmed, or
unknown with a task where the channel gives no way to look. The ordinary run has 30 drafts; `make peers` 200.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.acceptance.command import environment, ordskifte, wait_until
from tests.acceptance.loopback_home import SIX
from tests.acceptance.test_outbox import ROOT, looking_in
from tests.loopback import platform

Processes = dict[str, subprocess.Popen[str]]


def start(home: Path, *verb: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.loopback_home", str(home), *verb],
        cwd=ROOT,
        env=environment({"ORDSKIFTE_INSIDE_HOSTS": "127.0.0.1,localhost"}),  # the platform is on loopback
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def end(process: "subprocess.Popen[str]", number: int = signal.SIGKILL) -> set[str]:
    """End it, and return the lines it had said."""
    if process.stdout is None or process.stdout.closed:
        return set()  # ended before
    with suppress(ProcessLookupError):
        process.send_signal(number)
    return set(process.communicate()[0].splitlines())


def publish(home: Path, drafts: int, rounds: int, seed: int, address: str) -> set[str]:
    """Write, place and send while somebody is killed again and again. Returns the drafts that were acknowledged."""
    dice = random.Random(seed)
    due = (datetime.now(UTC) + timedelta(seconds=20)).isoformat()
    writing = ("drafts", "0", str(drafts), due)
    acknowledged: set[str] = set()
    running: Processes = {name: start(home, "worker") for name in ("worker 1", "worker 2")}
    writer = start(home, *writing)
    try:
        for _ in range(rounds):
            time.sleep(dice.uniform(0.5, 2.5))
            name = dice.choice(["worker 1", "worker 2", "writer"])
            if name == "writer":
                acknowledged |= end(writer)
                writer = start(home, *writing)
            else:
                end(running.pop(name))
                running[name] = start(home, "worker")
        writer.wait()
        acknowledged |= end(writer)
        with looking_in(home) as connection:
            wait_until(lambda: all_ended(connection, drafts), patience=600)
    finally:
        for process in running.values():
            end(process, signal.SIGTERM)
        end(writer)
    return acknowledged


def all_ended(connection: psycopg.Connection[Any], drafts: int) -> bool:
    found = connection.execute(
        "select count(*), count(*) filter (where o.state = 'confirmed' or (o.state = 'unknown' and c.kind = 'blind'"
        " and exists (select from converse_task t where t.outbox_id = o.id and t.done_at is null)))"
        " from publish_outbox o join plan_channel c on c.id = o.channel_id"
    ).fetchone()
    time.sleep(0.5)
    return found == (2 * drafts, 2 * drafts)


def judge(home: Path, drafts: int, rounds: int, seed: int) -> None:
    with platform(chance=0.4, seed=seed) as there:
        made = [sys.executable, "-m", "tests.acceptance.loopback_home", str(home), "six", there.address]
        subprocess.run(made, cwd=ROOT, env=environment(), check=True, capture_output=True)
        acknowledged = publish(home, drafts, rounds, seed, there.address)
    posted = there.texts()
    with looking_in(home) as connection:
        rows = connection.execute(
            "select o.text, o.state, c.kind, o.id, r.evidence_id is not null, o.sent_at - o.wanted_at"
            " from publish_outbox o join plan_channel c on c.id = o.channel_id"
            " left join publish_receipt r on r.outbox_id = o.id"
        ).fetchall()
        entries = connection.execute(
            "select kind, convert_from(body, 'utf8')::json->'details'->>'outbox' from records_entry"
            " where kind in ('outbox.put', 'outbox.confirmed')"
        ).fetchall()
    wanted = {f"{SIX[place % 6]} nummer {number}" for number in range(drafts) for place in (number, number + 1)}
    assert acknowledged == {f"Utkast {number}" for number in range(drafts)}
    assert sorted(text for text, *_ in rows) == sorted(wanted)  # none lost, none put in twice
    assert [text for text, count in posted.items() if count > 1] == []  # none sent twice
    assert set(posted) <= wanted
    told = {kind: [one for found, one in entries if found == kind] for kind in ("outbox.put", "outbox.confirmed")}
    assert sorted(told["outbox.put"]) == sorted(str(row[3]) for row in rows)
    assert sorted(told["outbox.confirmed"]) == sorted(str(row[3]) for row in rows if row[1] == "confirmed")
    for text, state, kind, _row, evidence, _late in rows:
        if state == "confirmed":
            assert posted[text] == 1, text
            assert evidence or kind == "loopback", text  # found by its mark: the question was never answered
        else:
            assert (state, kind) == ("unknown", "blind"), text
    checked = ordskifte("--home", home, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    lates = sorted(late.total_seconds() for *_, late in rows if late is not None)
    print(f"sent {len(lates)} of {len(rows)}; half within {lates[len(lates) // 2]:.1f} s, the last {lates[-1]:.1f} s")


def test_thirty_drafts_due_at_one_moment_go_out_once(home: Path) -> None:
    judge(home, drafts=30, rounds=8, seed=int(os.environ.get("SEED", "5")))


@pytest.mark.peers
def test_two_hundred_drafts_due_at_one_moment_go_out_once(home: Path) -> None:
    judge(home, drafts=200, rounds=25, seed=int(os.environ.get("SEED", "6")))
