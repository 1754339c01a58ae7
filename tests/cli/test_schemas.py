from pathlib import Path

import pytest

from tests.cli.running import ordskifte
from tests.records.noark5.shared import shared


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as far as this verb looks: it needs no database."""
    (tmp_path / "home.json").write_text('{"format": 1, "created_at": "2026-01-01T00:00:00Z", "demo": false}')
    return tmp_path


def test_without_a_home_it_names_where_it_looked(tmp_path: Path) -> None:
    ran = ordskifte("--home", tmp_path, "schemas", "install")
    assert (ran.status, ran.out) == (2, "")
    assert str(tmp_path) in ran.err


def test_without_a_folder_it_says_where_to_get_them(home: Path) -> None:
    ran = ordskifte("schemas", "install", "--home", home)
    assert (ran.status, ran.out) == (2, "")
    assert "downloads nothing" in ran.err
    assert "nasjonalarkivet/schemas" in ran.err


@pytest.mark.shared
def test_it_installs_what_the_folder_holds(home: Path) -> None:
    ran = ordskifte("--home", home, "schemas", "install", "--from", shared("noark5"), "--json")
    assert ran.status == 0, ran.err
    assert ran.value == {
        "installed": [
            {"name": "noark5-5.5", "version": "5.0", "files": 6},
            {"name": "dias", "version": "latest of 2026-06-17", "files": 3},
        ],
        "not_found": ["fiks-arkiv", "einnsyn"],
        "extra": [],
    }
    assert (home / "schemas" / "noark5-5.5" / "arkivstruktur.xsd").is_file()


@pytest.mark.shared
def test_an_incomplete_folder_is_refused(home: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.mkdir()
    (part / "addml.xsd").write_bytes((shared("noark5/5.5") / "addml.xsd").read_bytes())
    ran = ordskifte("--home", home, "schemas", "install", "--from", part)
    assert ran.status == 2
    assert "arkivstruktur.xsd of noark5-5.5 is missing" in ran.err
    assert not (home / "schemas").exists()
