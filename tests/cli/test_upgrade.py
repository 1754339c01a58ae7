"""An upgrade takes a backup, renews an older PostgreSQL's data, and leaves the old usable until the new is whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordskifte.base.errors import DatabaseError
from ordskifte.base.postgres_programs import find_programs
from tests.cli.running import FURNISH, Ran, ordskifte, place, python

OLD = 16
WITH_OLD = f"""
import ordskifte.base.postgres as postgres
newest = postgres.find_programs
postgres.find_programs = lambda major=None: newest(major or {OLD})
"""

READ = """
import json, sys
from ordskifte.cli.session import opened
with opened(sys.argv[1]) as session:
    from django.db import connection
    from ordskifte.people.models import Person
    from ordskifte.records.models import Checkpoint, Entry
    print(json.dumps([
        connection.connection.info.server_version // 10000,
        list(Person.objects.values_list("email", flat=True)),
        Entry.objects.count(),
        Checkpoint.objects.order_by("-size").first().note,
    ]))
"""

KILLED = """
import os, signal
import ordskifte.cli.upgrade as verb
verb.restore_dump = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from ordskifte.cli.main import main
import sys
main(["--home", sys.argv[1], "upgrade", "--no-backup"])
"""


def old_program(script: str, home: Path) -> Ran:
    """Run a script as the program of yesterday would: with the older PostgreSQL."""
    return python(WITH_OLD + script, home)


@pytest.fixture
def old_home() -> Iterator[Path]:
    try:
        find_programs(OLD)
    except DatabaseError:
        pytest.skip(f"the programs of PostgreSQL {OLD} are not here")
    with place() as folder:
        made = old_program(FURNISH, folder / "home")
        assert made.status == 0, made.err
        yield folder / "home"


def data_folders(home: Path) -> list[str]:
    return sorted(path.name for path in home.glob("pg*"))


def test_an_older_postgresql_s_data_are_renewed(old_home: Path) -> None:
    before = json.loads(old_program(READ, old_home).out)
    assert before[0] == OLD
    refused = python(READ, old_home)
    assert refused.status != 0
    assert "ordskifte upgrade" in ordskifte("--home", old_home, "verify").err

    backup = old_home.parent / "before.backup"
    done = ordskifte("--home", old_home, "upgrade", "--backup", backup, "--json")
    newest = find_programs().major
    assert (done.status, done.value) == (0, {"backup": str(backup), "postgres": [OLD, newest], "tables": []}), done.err
    assert backup.stat().st_size > 10_000_000
    assert json.loads(python(READ, old_home).out) == [newest, *before[1:]]
    assert data_folders(old_home) == [f"pg{OLD}.replaced", f"pg{newest}"]
    again = ordskifte("--home", old_home, "upgrade", "--no-backup", "--json")
    assert again.value == {"backup": None, "postgres": None, "tables": []}


def test_an_upgrade_that_is_killed_leaves_the_old_one_usable(old_home: Path) -> None:
    before = json.loads(old_program(READ, old_home).out)
    assert python(KILLED, old_home).status == -9
    assert f"pg{OLD}" in data_folders(old_home)
    assert json.loads(old_program(READ, old_home).out) == before
    done = ordskifte("--home", old_home, "upgrade", "--no-backup", "--json")
    assert (done.status, done.value["postgres"]) == (0, [OLD, find_programs().major]), done.err
    assert json.loads(python(READ, old_home).out)[1:] == before[1:]
    assert [name for name in data_folders(old_home) if "upgrading" in name] == []


def test_older_tables_are_changed_all_or_none() -> None:
    with place() as folder:
        home = folder / "home"
        assert python(FURNISH, home).status == 0
        undone = python(
            "import sys\nfrom ordskifte.cli.session import opened\n"
            "with opened(sys.argv[1], owner=True):\n"
            "    from django.core.management import call_command\n"
            "    call_command('migrate', 'people', '0001', verbosity=0)\n",
            home,
        )
        assert undone.status == 0, undone.err
        assert "ordskifte upgrade" in ordskifte("--home", home, "person", "list").err

        failed = python(
            "import sys\nimport ordskifte.cli.upgrade as verb\n"
            "from ordskifte.base.errors import OrdskifteError\n"
            "def broken():\n"
            "    from django.core.management import call_command\n"
            "    from django.db import transaction\n"
            "    with transaction.atomic():\n"
            "        call_command('migrate', verbosity=0)\n"
            "        raise OrdskifteError('the power went')\n"
            "verb._migrate = broken\n"
            "from ordskifte.cli.main import main\n"
            "main(['--home', sys.argv[1], 'upgrade', '--no-backup'])\n",
            home,
        )
        assert (failed.status, "the power went" in failed.err) == (2, True)
        done = ordskifte("--home", home, "upgrade", "--json")
        assert done.status == 0, done.err
        assert "people.0002_sign_in" in done.value["tables"]
        assert Path(done.value["backup"]).is_file()
        assert ordskifte("--home", home, "person", "list", "--json").status == 0
