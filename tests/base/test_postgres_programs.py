"""PostgreSQL's programs come from the wheel or the machine, and are copied where their user cannot reach them."""

import pwd
import subprocess
from pathlib import Path

import pytest

from ordskifte.base.errors import DatabaseError
from ordskifte.base.postgres_programs import Programs, find_programs, private_folder, reachable_programs

NOBODY = pwd.getpwnam("nobody")


def test_the_wheel_brings_postgres_18() -> None:
    found = find_programs()
    assert (found.major, found.packages is not None, found["initdb"].is_file()) == (18, True, True)


def test_a_folder_that_the_operator_names_is_used_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = find_programs(16).folder
    monkeypatch.setenv("ORDSKIFTE_POSTGRES", str(folder))
    assert find_programs() == Programs(16, folder)


def test_a_version_that_is_nowhere_is_refused() -> None:
    with pytest.raises(DatabaseError, match="The programs of PostgreSQL 99 are neither"):
        find_programs(99)


def test_no_programs_at_all_are_refused_with_advice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ORDSKIFTE_POSTGRES", str(tmp_path))
    with pytest.raises(DatabaseError) as refusal:
        find_programs()
    assert "DATABASE_URL" in refusal.value.advice


def test_the_topmost_private_folder_is_named(open_folder: Path) -> None:
    inner = open_folder / "private" / "inner"
    inner.mkdir(parents=True, mode=0o711)
    inner.parent.chmod(0o711)
    assert private_folder(inner / "program", NOBODY) is None
    inner.parent.chmod(0o700)
    assert private_folder(inner / "program", NOBODY) == open_folder / "private"


def test_programs_in_a_private_folder_are_copied_once_and_run_from_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ordskifte.base.postgres_programs.private_folder", lambda path, user: Path("/private"))
    found = find_programs()
    copy = reachable_programs(found, NOBODY, tmp_path)
    assert copy["postgres"].is_relative_to(tmp_path / "programs")
    ran = subprocess.run([copy["pg_dump"], "--version"], capture_output=True, text=True, check=True, env={})
    assert ran.stdout.startswith("pg_dump (PostgreSQL) 18.")
    mark = copy["postgres"].stat()
    again = reachable_programs(found, NOBODY, tmp_path)
    assert (again, again["postgres"].stat().st_ino) == (copy, mark.st_ino)
    assert [path.name for path in (tmp_path / "programs").iterdir() if path.name.startswith(".")] == []


def test_the_machines_own_programs_in_a_private_folder_are_refused(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(DatabaseError, match="who cannot reach"):
        reachable_programs(Programs(18, private / "bin"), NOBODY, tmp_path)
