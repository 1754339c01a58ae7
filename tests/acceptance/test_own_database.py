"""With DATABASE_URL no embedded server starts; two roles, and one home's keys, are asked for."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from ordskifte.base.postgres import Embedded
from tests.acceptance.command import get, ordskifte, processes_of, start_serve, wait_until


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
