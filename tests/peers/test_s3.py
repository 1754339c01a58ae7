"""The content store in a bucket of a real S3 server (npm s3rver) on loopback: the whole way of an export, with the real
command and with the credentials an operator would give."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ordskifte.base.errors import ObjectMissing, StoreError
from ordskifte.base.store_s3 import s3_store
from tests.acceptance.command import free_port, get, ordskifte, start_serve, wait_until
from tests.cli.running import place
from tests.exports import archive, note

pytestmark = pytest.mark.peers

PEERS = Path(os.environ.get("ORDSKIFTE_PEERS", Path(__file__).resolve().parents[2] / ".peers")).absolute()


@dataclass(frozen=True, slots=True)
class Server:
    """A running S3 server. `files`: where it keeps what it was given."""

    files: Path
    env: dict[str, str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    program = PEERS / "node_modules" / "s3rver" / "bin" / "s3rver.js"
    if not program.is_file():
        pytest.skip(f"s3rver is not in {PEERS}: run `make peers`")
    with place() as folder:
        port = free_port()
        process = subprocess.Popen(
            ["node", program, "-d", folder, "-a", "127.0.0.1", "-p", str(port), "--configure-bucket", "ordskifte"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: get(f"http://127.0.0.1:{port}/")[0])
            keys = {"AWS_ACCESS_KEY_ID": "S3RVER", "AWS_SECRET_ACCESS_KEY": "S3RVER"}
            yield Server(folder / "ordskifte", {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", **keys})
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def home() -> Iterator[Path]:
    with place() as folder:
        yield folder / "home"


def brought_in(home: Path, folder: Path, env: dict[str, str]) -> Path:
    """A home with a picture and three notes, one with a personal number, whose store is the bucket."""
    picture = {"type": "Document", "mediaType": "image/png", "url": "/media_attachments/a.png", "name": "En bro"}
    path = archive(
        folder, [note(1, "Hei fra bøtta", attachment=[picture]), note(2, "Nr. 05909441023"), note(3, "Ha det")]
    )
    (path / "media_attachments").mkdir()
    shutil.copy(
        Path(__file__).resolve().parents[2] / "docs" / "pictures" / "thread.png", path / "media_attachments/a.png"
    )
    done = ordskifte("--home", home, "import", path, "--json", env=env)
    report = json.loads(done.stdout)
    assert (done.returncode, report["utterances"], report["problems"]) == (0, 3, 0), done.stderr
    return path


def test_the_whole_way_of_an_export_through_a_bucket(server: Server, home: Path, tmp_path: Path) -> None:
    env = {**server.env, "ORDSKIFTE_STORE": "s3://ordskifte/eksempel/kommune"}
    brought_in(home, tmp_path, env)
    assert not (home / "store").exists()
    kept = sorted(str(path.relative_to(server.files)) for path in server.files.rglob("*") if path.is_file())
    assert any(name.startswith("eksempel/kommune/evidence/") for name in kept)
    assert any(name.startswith("eksempel/kommune/media/") for name in kept)
    assert b"05909441023" not in b"".join(path.read_bytes() for path in server.files.rglob("*") if path.is_file())

    found = json.loads(ordskifte("--home", home, "search", "bøtta", "--json", env=env).stdout)
    assert [one["text"] for one in found] == ["Hei fra bøtta"]
    verified = ordskifte("--home", home, "verify", "--json", env=env)
    assert (verified.returncode, json.loads(verified.stdout)["evidence_objects"]) == (0, 2), verified.stdout
    doctor = ordskifte("--home", home, "doctor", "--json", env=env)
    assert {"check": "store", "ok": True}.items() <= _named(doctor.stdout, "store").items()
    serving = start_serve(home, env=env)
    assert serving.health()["ok"] is True
    assert serving.end() == 0

    backup, again = tmp_path / "all.backup", home.parent / "again"
    made = ordskifte("--home", home, "backup", backup, "--new-recovery-key", "--json", env=env)
    assert (made.returncode, json.loads(made.stdout)["objects"]) == (0, 3), made.stderr
    key = tmp_path / "key.txt"
    key.write_text(next(line for line in made.stderr.splitlines() if line.count("-") == 13))
    arguments = ["restore", backup, "--home", again, "--recovery-key-file", key, "--json"]
    refused = ordskifte(*arguments, env=env)
    assert (refused.returncode, "s3://ordskifte/eksempel/kommune is not empty." in refused.stderr) == (2, True)
    other = {**server.env, "ORDSKIFTE_STORE": "s3://ordskifte/igjen"}
    restored = ordskifte(*arguments, env=other)
    assert (restored.returncode, json.loads(restored.stdout)["objects"]) == (0, 3), restored.stderr
    assert ordskifte("--home", again, "verify", env=other).returncode == 0
    assert not (again / "store").exists()


def test_verify_names_what_was_changed_or_lost_in_the_bucket(server: Server, home: Path, tmp_path: Path) -> None:
    place = "s3://ordskifte/endret"
    env = {**server.env, "ORDSKIFTE_STORE": place}
    brought_in(home, tmp_path, env)
    with pytest.MonkeyPatch.context() as here:
        for name, value in server.env.items():
            here.setenv(name, value)
        store = s3_store(place)
        lost, *_ = sorted(store.keys("media"))
        changed, *_ = sorted(store.keys("evidence"))
        content = bytearray(store.get(changed))
        content[-1] ^= 1
        store.put(changed, bytes(content))
        store.delete(lost)
        with pytest.raises(ObjectMissing):
            store.get(lost)
    verified = ordskifte("--home", home, "verify", "--json", env=env)
    said = " ".join(one["what"] for one in json.loads(verified.stdout)["findings"])
    assert verified.returncode == 1
    assert "The file was changed in the store" in said
    assert "The file is missing from the store" in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": "en-annen"}, "does not let us write"),
        ({"ORDSKIFTE_STORE": "s3://finnes-ikke/x"}, "The bucket of the store is not there."),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "The store cannot write"),
    ],
)
def test_a_bucket_that_cannot_be_used_is_said_and_nothing_is_stored(
    server: Server, home: Path, tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    env = {**server.env, "ORDSKIFTE_STORE": "s3://ordskifte/feil", **wrong}
    done = ordskifte("--home", home, "import", archive(tmp_path, [note(1, "Hei")]), "--json", env=env)
    assert (done.returncode, said in done.stderr + done.stdout, "Traceback" in done.stderr) == (2, True, False)
    assert json.loads(ordskifte("--home", home, "search", "hei", "--json", env=env).stdout) == []
    finding = _named(ordskifte("--home", home, "doctor", "--json", env=env).stdout, "store")
    assert finding["ok"] is False
    assert "S3RVER" not in json.dumps(finding)


def test_a_server_that_is_silent_is_no_missing_object(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**server.env, "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    store = s3_store("s3://ordskifte/taus")
    with pytest.raises(StoreError, match="The store cannot read evidence/x") as refused:
        store.get("evidence/x")
    assert not isinstance(refused.value, ObjectMissing)


def _named(printed: str, check: str) -> dict[str, object]:
    return next(one for one in json.loads(printed) if one["check"] == check)
