"""`serve` runs everything, brings back what dies, and ends with nothing left running."""

import json
import os
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.command import (
    COMMAND,
    Serving,
    environment,
    free_port,
    get,
    ordskifte,
    processes_of,
    start_serve,
    wait_until,
)


def test_pages_and_health_answer_and_the_worker_is_alive(serving: Serving) -> None:
    wait_until(lambda: serving.health().get("worker"))
    health = serving.health()
    assert (health["status"], health["ok"], health["database"], health["worker"]) == (200, True, True, True)
    assert sorted(health) == ["database", "ok", "status", "version", "worker", "worker_seen"]
    assert get(serving.address)[0] == 200


def test_the_parts_know_the_address_that_links_in_letters_and_mail_lead_to(serving: Serving) -> None:
    given = f"ORDSKIFTE_ORIGIN={serving.address.rstrip('/')}".encode()
    for name in ("web", "worker"):
        for pid in wait_until(lambda name=name: serving.parts(name)):
            assert given in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


def test_a_second_serve_ends_with_2_and_names_the_first(serving: Serving) -> None:
    second = ordskifte("--home", serving.home, "serve")
    assert (second.returncode, second.stdout) == (2, "")
    assert f"process {serving.process.pid} at {serving.address}" in second.stderr
    assert "Traceback" not in second.stderr


def test_other_verbs_share_the_database(serving: Serving) -> None:
    wait_until(lambda: serving.health().get("worker"))
    doctor = ordskifte("doctor", "--home", serving.home, "--json")
    assert (doctor.returncode, doctor.stderr) == (0, "")
    found = {one["check"]: one["what"] for one in json.loads(doctor.stdout)}
    assert found["serve"] == f"served by process {serving.process.pid} at {serving.address}"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_part_that_is_killed_is_started_again(serving: Serving, name: str) -> None:
    before = wait_until(lambda: serving.parts(name))
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: len(serving.parts(name) - {killed}) == len(before))
    assert wait_until(lambda: serving.health().get("status") == 200)


def test_while_one_web_process_is_gone_the_others_answer(home: Path) -> None:
    serving = start_serve(home, "--processes", "3")
    try:
        assert len(wait_until(lambda: len(found := serving.parts("web")) == 3 and found)) == 3
        os.kill(min(serving.parts("web")), signal.SIGKILL)
        assert [serving.health()["status"] for _ in range(20)] == [200] * 20
    finally:
        assert serving.end() == 0
    assert processes_of(home) == {}


def test_more_requests_at_once_than_connections_are_all_answered(serving: Serving) -> None:
    with ThreadPoolExecutor(80) as people:
        assert [status for status, _ in people.map(get, [f"{serving.address}health"] * 80)] == [200] * 80


def test_a_killed_database_comes_back_under_the_running_parts(home: Path) -> None:
    serving = start_serve(home)
    try:
        wait_until(serving.settled)
        web, worker = serving.parts("web"), serving.parts("worker")
        before = serving.health()["worker_seen"]
        os.kill(int((serving.home / "pg18" / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)
        assert wait_until(lambda: (serving.health().get("worker_seen") or "") > before)
        assert (serving.parts("web"), serving.parts("worker")) == (web, worker)
    finally:
        assert serving.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_on_a_signal_with_nothing_left_running(home: Path, number: int) -> None:
    serving = start_serve(home)
    wait_until(lambda: serving.part("worker"))
    assert serving.end(number) == 0
    assert processes_of(home) == {}


def test_when_it_is_killed_its_parts_end_and_it_can_be_started_again(home: Path) -> None:
    serving = start_serve(home)
    serving.end(signal.SIGKILL)
    wait_until(lambda: processes_of(home) == {})
    again = start_serve(home)
    assert again.health()["ok"] is True
    assert again.end() == 0


def test_after_everything_was_killed_at_once_it_starts_again(home: Path) -> None:
    serving = start_serve(home)
    for pid in [*processes_of(home), serving.process.pid]:
        os.kill(pid, signal.SIGKILL)
    serving.process.wait()
    again = start_serve(home)
    assert again.health()["ok"] is True
    assert again.end() == 0
    assert processes_of(home) == {}


def test_a_port_asked_for_by_number_and_taken_is_refused(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = ordskifte("--home", home, "serve", "--port", str(port))
    assert refused.returncode == 2
    assert f"Cannot listen on 127.0.0.1 port {port}: Address already in use." in refused.stderr


def test_web_alone_serves_pages_and_ends_with_its_database(home: Path) -> None:
    port = free_port()
    web = subprocess.Popen([*COMMAND, "web", "--home", str(home), "--port", str(port)], env=environment())
    wait_until(lambda: get(f"http://127.0.0.1:{port}/health")[0] == 200)
    web.terminate()
    assert web.wait(timeout=30) in (0, 143)
    assert processes_of(home) == {}
