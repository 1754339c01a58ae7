"""A home is made whole or not at all, and every verb says where it looked."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import MAKE, environment, ordskifte, processes_of, wait_until


@pytest.mark.parametrize("order", [["--home", "{}", "doctor"], ["doctor", "--home", "{}"]])
def test_a_verb_without_a_home_ends_with_2_and_names_where_it_looked(place: Path, order: list[str]) -> None:
    nowhere = place / "nowhere"
    done = ordskifte(*[word.format(nowhere) for word in order], "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)[-1] == {
        "check": "home",
        "ok": False,
        "what": f"There is no home in {nowhere}.",
        "do": "Name it with --home, or run `ordskifte serve`.",
    }
    assert not nowhere.exists()


def test_an_error_is_one_line_without_a_trace_and_nothing_on_standard_output(place: Path) -> None:
    done = ordskifte("worker", env={"ORDSKIFTE_HOME": str(place / "nowhere")})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Error: There is no Ordskifte home in {place}/nowhere."
        " Name it with --home DIR or ORDSKIFTE_HOME, or make one with `ordskifte serve`.\n"
    )


def test_a_folder_with_other_things_in_it_is_not_made_a_home(place: Path) -> None:
    (place / "letters").mkdir()
    (place / "letters" / "dear.txt").write_text("Dear Sir")
    done = ordskifte("--home", place / "letters", "serve")
    assert done.returncode == 2
    assert f"{place}/letters is not an Ordskifte home, and it is not empty (dear.txt lies in it)." in done.stderr
    assert [path.name for path in (place / "letters").iterdir()] == ["dear.txt"]


def test_a_home_killed_while_it_was_made_is_no_home_and_is_made_whole_the_next_time(place: Path) -> None:
    home = place / "home"
    making = subprocess.Popen([sys.executable, "-c", MAKE, str(home)], env=environment(), stderr=subprocess.PIPE)
    wait_until(lambda: (home / "pg18").exists())
    making.kill()
    making.communicate()
    assert not (home / "home.json").exists()
    subprocess.run([sys.executable, "-c", MAKE, str(home)], env=environment(), check=True, capture_output=True)
    doctor = ordskifte("--home", home, "doctor")
    assert (doctor.returncode, "FIX" in doctor.stdout) == (0, False)


def test_a_new_home_is_private_and_shows_the_recovery_key_once(place: Path) -> None:
    make = [sys.executable, "-c", MAKE, str(place / "home")]
    first = subprocess.run(make, env=environment(), check=True, capture_output=True, text=True)
    again = subprocess.run(make, env=environment(), check=True, capture_output=True, text=True)
    assert "The recovery key of this home, shown only now." in first.stderr
    assert again.stderr == ""
    assert (place / "home").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in (place / "home" / "keys").iterdir()} == {0}
    assert len({path.stat().st_uid for path in (place / "home" / "keys").iterdir()}) == 1


def test_an_example_body_is_never_put_into_a_real_home(home: Path) -> None:
    done = ordskifte("--home", home, "demo")
    assert done.returncode == 2
    assert f"{home} is the home of a real body" in done.stderr


def test_the_example_body_is_shown_only_on_this_machine(place: Path) -> None:
    done = ordskifte("--home", place / "home", "serve", "--demo", "--host", "0.0.0.0")
    assert (done.returncode, (place / "home").exists()) == (2, False)


def test_a_home_with_older_tables_is_sent_to_upgrade_and_one_with_newer_is_refused(home: Path) -> None:
    change = "delete from django_migrations where app = 'threads' and name = '0002_search'"
    with Embedded(home) as database:
        database.run("psql", "-d", database.address("owner")["dbname"], *_psql(database), "-c", change)
    older = ordskifte("--home", home, "worker")
    assert (older.returncode, "Run `ordskifte upgrade`; it takes a backup first." in older.stderr) == (2, True)
    change = "insert into django_migrations (app, name, applied) values ('threads', '0099_later', now())"
    with Embedded(home) as database:
        database.run("psql", "-d", database.address("owner")["dbname"], *_psql(database), "-c", change)
    newer = ordskifte("--home", home, "worker")
    assert (newer.returncode, "was used by a newer Ordskifte (threads.0099_later)" in newer.stderr) == (2, True)


def test_sigterm_in_any_verb_releases_the_database(home: Path) -> None:
    code = MAKE.replace("pass", "print(flush=True); sys.stdin.read()")
    verb = subprocess.Popen([sys.executable, "-c", code, str(home)], env=environment(), stdin=-1, stdout=-1)
    assert verb.stdout
    verb.stdout.readline()
    assert processes_of(home) != {}
    verb.send_signal(signal.SIGTERM)
    verb.communicate()
    assert (verb.returncode, processes_of(home)) == (128 + signal.SIGTERM, {})


def test_a_home_whose_keys_are_gone_says_so(home: Path) -> None:
    shutil.rmtree(home / "keys")
    done = ordskifte("--home", home, "worker")
    assert done.returncode == 2
    assert "Restore the home's keys from a backup" in done.stderr
    doctor = ordskifte("--home", home, "doctor")
    assert doctor.returncode == 2
    assert f"The key {home}/keys/evidence.key is missing." in doctor.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_the_command_runs_as_an_ordinary_user_in_an_odd_home(place: Path) -> None:
    private = [folder for folder in Path(sys.executable).resolve().parents if not folder.stat().st_mode & 0o001]
    if private:
        pytest.skip(f"an ordinary user cannot run this Python: {private[-1]} is private")
    mine = place / "Vår kommune, avd. 1"
    mine.mkdir()
    os.chown(mine, 65534, 65534)
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(mine / "home")],
        env=environment(),
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert (done.returncode, (mine / "home" / "home.json").stat().st_uid) == (0, 65534)
    assert processes_of(mine) == {}


def _psql(database: Embedded) -> list[str]:
    return ["-h", database.address("owner")["host"], "-U", "owner", "-q"]
