"""`ordskifte import`, the real command: the report, killing it, two at once, what it refuses."""

import json
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import COMMAND, environment
from tests.acceptance.command import ordskifte as command
from tests.exports import archive, note

STATE = """
select u.external_id, u.thread_id::text, u.versions, u.deleted, v.text, v.key, t.title, t.utterances, t.edited,
    t.languages
from threads_utterance u join threads_version v on v.utterance_id = u.id join threads_thread t on t.id = u.thread_id
order by u.external_id, v.at, v.id
"""


def ordskifte(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command("--home", str(home), *arguments)


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "--home", str(home), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def many(folder: Path, count: int) -> Path:
    """An archive with replies before and after their parents, edits and a few synthetic personal numbers."""
    chance = random.Random(4)
    notes: list[dict[str, Any]] = []
    for number in range(count):
        parent = chance.choice((None, None, f"{note(chance.randrange(count), '')['id']}"))
        text = f"Melding {number} om brøyting" + (" fnr 05909441023" if number % 97 == 0 else "")
        notes.append(note(number, text, inReplyTo=parent))
        if number % 50 == 0:
            notes.append(note(number, text + " og vegen", updated="2025-01-01T10:00:00Z", inReplyTo=parent))
    return archive(folder, notes)


def stored(home: Path) -> list[tuple[Any, ...]]:
    """The rows, but for ids that hang on the channel's random one: threads are named by their first member."""
    with Embedded(home) as server, psycopg.connect(**server.address("owner")) as connection:
        rows = connection.execute(STATE).fetchall()
    names: dict[str, str] = {}
    return [(row[0], names.setdefault(row[1], row[0]), *row[2:]) for row in rows]


def states(home: Path) -> list[str]:
    """How each import ended, in order."""
    with Embedded(home) as server, psycopg.connect(**server.address("owner")) as connection:
        return [row[0] for row in connection.execute("select state from listen_import order by started_at").fetchall()]


def reported(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(done.stdout)
    for file in report["files"]:
        parts = ("utterances", "versions", "duplicates", "other")
        assert file["items"] == sum(file[part] for part in parts) + len(file["problems"])
    return report


def test_report_counts_every_item_once(home: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "a", [note(1, "En"), note(2, "To"), note(2, "To igjen", updated="2025-01-01T10:00:00Z")])
    done = ordskifte(home, "import", str(path), "--json")
    assert done.returncode == 0, done.stderr
    report = reported(done)
    counts = {name: report[name] for name in ("utterances", "versions", "duplicates", "other", "problems")}
    assert counts == {"utterances": 2, "versions": 1, "duplicates": 0, "other": 1, "problems": 0}
    again = reported(ordskifte(home, "import", str(path), "--json"))
    assert (again["utterances"], again["versions"], again["duplicates"]) == (0, 0, 4)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\nabc", b"PK\x03\x04broken", b'window.YTD.tweets.part0 = [{"tw']
)
def test_what_cannot_be_read_is_said_and_nothing_is_left(home: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tweets.js"
    path.write_bytes(content)
    done = ordskifte(home, "import", str(path), "--json")
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    report = reported(done)
    assert report["problems"] >= 1
    assert stored(home) == []


def test_a_path_that_is_not_there_is_said(home: Path, tmp_path: Path) -> None:
    done = ordskifte(home, "import", str(tmp_path / "borte.zip"), "--json")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_killed_and_started_again_it_ends_as_an_unbroken_one(home: Path, place: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-a", str(home), str(place / "whole")], check=True)
    path = many(tmp_path / "many", 24_000)
    whole = reported(ordskifte(place / "whole", "import", str(path), "--json"))
    for wait in (1.6, 2.4, 3.1):
        running = start(home, "import", str(path), "--json")
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    last = ordskifte(home, "import", str(path), "--json")
    assert last.returncode == 0, last.stderr
    assert reported(last)["files"][-1]["items"] == whole["files"][-1]["items"]
    assert states(home)[-1] == "done"
    assert "stopped" in states(home)
    assert set(states(home)[:-1]) <= {"stopped", "done"}  # on a fast machine the last may have ended before
    assert stored(home) == stored(place / "whole")
    checked = ordskifte(home, "verify", "--json")
    assert json.loads(checked.stdout)["ok"], checked.stdout


def test_two_imports_at_once_are_one(home: Path, tmp_path: Path) -> None:
    path = many(tmp_path / "many", 5_000)
    both = [start(home, "import", str(path), "--json") for _ in range(2)]
    reports = []
    for running in both:
        out, err = running.communicate(timeout=120)
        assert running.returncode == 0, err
        reports.append(json.loads(out))
    assert sum(report["utterances"] for report in reports) == 5_000
    assert len({row[0] for row in stored(home)}) == 5_000
    assert json.loads(ordskifte(home, "verify", "--json").stdout)["ok"]
