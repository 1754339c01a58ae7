"""With DATABASE_URL no embedded server starts; two roles, and one home's keys, are asked for."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import get, ordskifte, processes_of, start_serve, wait_until
from tests.exports import archive, note


@pytest.fixture
def server(place: Path) -> Iterator[Embedded]:
    """An operator's own server: another embedded one, reached by address."""
    with Embedded(place / "server") as server:
        yield server


@pytest.fixture
def addresses(server: Embedded) -> dict[str, str]:
    urls = {role: f"host='{server.address(role)['host']}' dbname=ordskifte user={role}" for role in ("app", "owner")}
    return {"DATABASE_URL": urls["app"], "DATABASE_OWNER_URL": urls["owner"]}


def test_a_home_works_on_it_and_holds_no_database(place: Path, server: Embedded, addresses: dict[str, str]) -> None:
    home = place / "home"
    serving = start_serve(home, env=addresses)
    wait_until(lambda: serving.health().get("worker"))
    assert not [line for line in processes_of(home).values() if "postgres" in line]
    assert sorted(path.name for path in home.iterdir() if not path.name.startswith(".")) == [
        "home.json", "keys", "logs", "store", "uploads",
    ]  # fmt: skip
    doctor = ordskifte("--home", home, "doctor", "--json", env=addresses)
    said = {one["check"]: one["what"] for one in json.loads(doctor.stdout)}
    assert "your own (DATABASE_URL), answers" in said["database"]
    assert said["ledger rights"] == "the role app can only add to it"

    stranger = ordskifte("--home", place / "stranger", "serve", env=addresses)
    assert stranger.returncode == 2
    assert "already belongs to a body, whose keys are not here" in stranger.stderr
    assert not (place / "stranger" / "home.json").exists()

    as_owner = ordskifte("--home", home, "doctor", env={"DATABASE_URL": addresses["DATABASE_OWNER_URL"]})
    assert as_owner.returncode == 1
    assert "The role owner may change the ledger, which should only grow." in as_owner.stdout

    server.__exit__()
    assert serving.health() == {"status": 503, "ok": False, "version": version("ordskifte"), "database": False}
    status, page = get(f"{serving.address}checkpoints/")
    assert (status, b"The database does not answer" in page or b"Databasen svarer ikke" in page) == (503, True)
    server.__enter__()
    assert wait_until(lambda: serving.health()["status"] == 200)
    assert serving.end() == 0


def test_a_server_that_does_not_answer_is_named_without_its_password(place: Path) -> None:
    env = {"DATABASE_URL": "postgresql://app:hemmelig@127.0.0.1:1/ordskifte"}
    done = ordskifte("--home", place / "home", "serve", env=env)
    assert done.returncode == 2
    assert "The database does not answer" in done.stderr
    assert "Look at DATABASE_URL" in done.stderr
    assert "hemmelig" not in done.stderr


def test_an_address_that_is_none_is_refused_without_its_password(place: Path) -> None:
    done = ordskifte(
        "--home", place / "home", "serve", env={"DATABASE_URL": "postgresql://app:hemmelig@host:port:x/ords"}
    )
    assert done.returncode == 2
    assert "hemmelig" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_of_it_is_restored_into_another_empty_one(place: Path, addresses: dict[str, str]) -> None:
    home, again, backup, key = place / "home", place / "again", place / "all.backup", place / "key.txt"
    path = archive(place / "export", [note(1, "Hei fra egen base"), note(2, "Nr. 05909441023")])
    assert ordskifte("--home", home, "import", path, "--json", env=addresses).returncode == 0
    verified = ordskifte("--home", home, "verify", "--json", env=addresses)
    made = ordskifte("--home", home, "backup", backup, "--new-recovery-key", "--json", env=addresses)
    assert made.returncode == 0, made.stderr
    key.write_text(next(line for line in made.stderr.splitlines() if line.count("-") == 13))

    arguments = ["restore", backup, "--home", again, "--recovery-key-file", key, "--json"]
    refused = ordskifte(*arguments, env=addresses)
    assert (refused.returncode, "The database of DATABASE_URL is not empty." in refused.stderr) == (2, True)
    assert not again.exists()

    with Embedded(place / "other") as other:
        env = {
            name: f"host='{other.address(role)['host']}' dbname=ordskifte user={role}"
            for name, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner"))
        }
        restored = ordskifte(*arguments, env=env)
        assert restored.returncode == 0, restored.stderr
        found = json.loads(ordskifte("--home", again, "search", "egen base", "--json", env=env).stdout)
        assert [one["text"] for one in found] == ["Hei fra egen base"]
        checked = ordskifte("--home", again, "verify", "--json", env=env)
        assert (checked.returncode, json.loads(checked.stdout)["findings"]) == (0, [])
        assert json.loads(checked.stdout)["entries"] >= json.loads(verified.stdout)["entries"]
        rights = ordskifte("--home", again, "doctor", "--json", env=env)
        said = {one["check"]: one["what"] for one in json.loads(rights.stdout)}
        assert said["ledger rights"] == "the role app can only add to it"
