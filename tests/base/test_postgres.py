"""The embedded PostgreSQL is shared, stops with its last user, and survives every kill."""

import os
import pwd
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ordskifte.base.errors import DatabaseError, HomeError
from ordskifte.base.postgres import Embedded, data_majors
from ordskifte.base.postgres_server import SOCKET

QUICK = {"fsync": "off", "shared_buffers": "16MB"}
ODD = ["space, comma and æøå Čáhcesuolu", "quotes ' \" dollar $HOME `id` back\\slash", "l" * 200]


@pytest.fixture
def home(open_folder: Path) -> Iterator[Path]:
    yield open_folder / "home"
    if pid := Embedded(open_folder / "home").server.pid:
        os.kill(pid, signal.SIGKILL)


def value(database: Embedded, query: str, role: str = "owner", name: str = "ordskifte") -> object:
    with psycopg.connect(**database.address(role, name)) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within 30 seconds")


def in_python(home: Path, code: str) -> subprocess.Popen[bytes]:
    """Another process that says a line when it is inside, and stays there."""
    script = f"""
    import os, sys, time
    from pathlib import Path
    from ordskifte.base.postgres import Embedded
    with Embedded(Path({str(home)!r}), settings={QUICK!r}) as database:
        {code}
        print("inside", flush=True)
        sys.stdin.read()
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def said(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout
    return process.stdout.readline()


def command_line(path: Path) -> bytes:
    """A process's own words; nothing when it ended while we looked."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def end(process: subprocess.Popen[bytes]) -> int:
    process.communicate()
    return process.returncode


@pytest.mark.parametrize("name", ODD)
def test_it_runs_in_a_home_with_an_odd_name_and_stops_after_use(home: Path, name: str) -> None:
    with Embedded(home / name, settings=QUICK) as database:
        assert value(database, "select current_database() || ' ' || current_user", "app") == "ordskifte app"
        pid = database.server.pid
    assert pid
    assert database.server.pid is None
    assert not (database.server.socket_folder / SOCKET).exists()
    assert database.server.socket_folder == database.data or not database.server.socket_folder.exists()


def test_roles_locale_and_settings_are_ours(home: Path) -> None:
    with Embedded(home, settings=QUICK) as database:
        assert value(database, "select rolsuper::text from pg_roles where rolname = 'owner'") == "true"
        assert value(database, "select rolsuper::text from pg_roles where rolname = 'app'") == "false"
        assert value(database, "select datlocale from pg_database where datname = 'ordskifte'") == "C.UTF-8"
        assert value(database, "show listen_addresses") == ""
        assert value(database, "select lower('ÆØÅ Č')") == "æøå č"


def test_the_home_is_private_and_belongs_to_no_more_than_one_user(home: Path) -> None:
    with Embedded(home, settings=QUICK) as database:
        assert home.stat().st_mode & 0o777 == 0o700
        assert database.data.stat().st_mode & 0o777 == 0o700
        assert {home.stat().st_uid, database.data.stat().st_uid} == {home.stat().st_uid}
        assert (home.stat().st_uid == 0) is False


def test_the_last_user_stops_the_server_in_any_order(home: Path) -> None:
    with Embedded(home, settings=QUICK) as first:
        second = in_python(home, "pass")
        assert said(second) == b"inside\n"
        pid = first.server.pid
    assert first.server.pid == pid
    assert end(second) == 0
    assert first.server.pid is None


def test_many_at_once_make_one_database(home: Path) -> None:
    processes = [in_python(home, "pass") for _ in range(3)]
    assert [said(process) for process in processes] == [b"inside\n"] * 3
    assert data_majors(home) == [18]
    assert [end(process) for process in processes] == [0, 0, 0]
    assert Embedded(home).server.pid is None


def test_a_killed_user_leaves_a_server_that_the_next_one_shares_and_stops(home: Path) -> None:
    process = in_python(home, "pass")
    assert said(process) == b"inside\n"
    pid = Embedded(home).server.pid
    process.kill()
    end(process)
    with Embedded(home, settings=QUICK) as database:
        assert database.server.pid == pid
    assert database.server.pid is None


def test_a_killed_server_comes_back_with_what_was_committed(home: Path) -> None:
    with Embedded(home, settings={"shared_buffers": "16MB"}) as database:
        with psycopg.connect(**database.address("owner")) as connection:
            connection.execute("create table kept as select 7 as number")
        pid = database.server.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: database.server.pid is None)
        database.ensure()
        assert database.server.pid not in (None, pid)
        assert value(database, "select number from kept") == 7


@pytest.mark.parametrize("stage", ["initdb", "--single"])
def test_killed_while_it_makes_the_data_folder_it_is_made_anew(home: Path, stage: str) -> None:
    process = in_python(home, "pass")

    def making() -> bool:
        listed = map(command_line, Path("/proc").glob("[0-9]*/cmdline"))
        return any(b".pg18.new-" in line and str(home).encode() in line and stage.encode() in line for line in listed)

    wait_until(making)
    process.kill()
    end(process)
    assert not (home / "pg18").exists()
    with Embedded(home, settings=QUICK) as database:
        assert value(database, "select 1", "app") == 1
    assert [path.name for path in home.glob(".pg18.new-*")] == []


@pytest.mark.parametrize("whose", ["another", "zombie"])
def test_a_pid_that_another_program_has_got_is_no_server(home: Path, whose: str) -> None:
    dead = subprocess.Popen(["true"])  # a zombie until it is waited for
    other = os.getpid() if whose == "another" else dead.pid
    with Embedded(home, settings=QUICK) as database:
        pid = database.server.pid
        lines = (database.data / "postmaster.pid").read_text().split("\n")
        assert pid
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: database.server.pid is None)
        (database.data / "postmaster.pid").write_text("\n".join([str(other), *lines[1:]]))
        (database.data / f"{SOCKET}.lock").write_text("\n".join([str(other), *lines[1:]]))
        assert database.server.pid is None
        database.ensure()
        assert value(database, "select 1", "app") == 1
    assert dead.wait() == 0


def test_a_home_made_by_an_older_postgres_is_sent_to_upgrade(home: Path) -> None:
    with Embedded(home, settings=QUICK, major=16) as older:
        assert str(value(older, "show server_version")).startswith("16.")
    with pytest.raises(DatabaseError) as refusal, Embedded(home, settings=QUICK):
        pass
    assert str(refusal.value) == f"The data in {home} was made by PostgreSQL 16, this program brings 18."
    assert refusal.value.advice == "Run `ordskifte upgrade`."
    assert data_majors(home) == [16]


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    with (
        pytest.raises(DatabaseError, match=r"PostgreSQL does not start: configuration file .* contains errors"),
        Embedded(home, settings={"no_such_setting": "1"}),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_root_runs_the_home_of_an_ordinary_user_as_that_user(home: Path) -> None:
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    with Embedded(home, settings=QUICK) as database:
        assert database.server.user == pwd.getpwnam("nobody")
        assert database.data.stat().st_uid == home.stat().st_uid == 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_as_root_a_home_in_a_private_folder_is_refused_and_stays_private(open_folder: Path) -> None:
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    with (
        pytest.raises(HomeError, match=f"cannot reach {private}/home: .* is private"),
        Embedded(private / "home", settings=QUICK),
    ):
        pass
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_an_ordinary_user_has_a_database_of_its_own(home: Path) -> None:
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    child = os.fork()  # not a new Python: root's own may be unreachable for others
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        with Embedded(home / "own", settings=QUICK) as database:
            fine = value(database, "select current_user", "app") == "app"
        os._exit(0 if fine and database.server.pid is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (home / "own" / "pg18").stat().st_uid == 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_the_home_of_somebody_else_is_refused(home: Path) -> None:
    home.mkdir(mode=0o755)
    child = os.fork()
    if child == 0:
        os.setuid(65534)
        try:
            Embedded(home, settings=QUICK).__enter__()
        except HomeError as refusal:
            os._exit(0 if str(refusal).startswith(f"The home {home} belongs to root, you are") else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
