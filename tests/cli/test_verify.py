"""`verify`, `prove` and `check proof` as a person runs them: one home, and checks that need no home at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest

from tests.cli.running import ordskifte, python

WORLD = """
import json, sys
from ordskifte.cli.session import opened
with opened(sys.argv[1], create=True, body_name="Eksempel kommune") as session:
    from ordskifte.plan.models import Channel
    from ordskifte.threads.models import Author, Utterance
    from ordskifte.threads.erase import erase_utterance
    from tests.records.world import AT, World
    channel = Channel.objects.create(name="Eksempel", kind="mastodon", external_id="k", handle="@k", created_at=AT)
    world = World(session.store, session.keys, channel.id)
    world.say("Når åpner biblioteket?", "Veien er full av hull.", "Takk for svar!")
    world.number()
    note = world.note()
    erase_utterance(world.said[2], basis="personvern", actor="person:1", at=AT, store=world.store, keys=world.keys)
    world.number()
    versions = [str(Utterance.objects.get(pk=one).current_id) for one in world.said]
    author = str(Author.objects.get().pk)
print(json.dumps({"said": [str(one) for one in world.said], "versions": versions, "author": author, "note": note}))
"""
TAMPER = """
import sys
from ordskifte.cli.session import opened
with opened(sys.argv[1], owner=True):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute(sys.argv[2])
"""
RAW = "Veien er full av hull."


@dataclass(frozen=True)
class Town:
    """A home on disk with three things said, the third erased, and what its ids are."""

    home: Path
    said: list[str]
    versions: list[str]
    author: str
    note: str

    def run(self, *arguments: str | Path) -> Any:
        return ordskifte("--home", self.home, *arguments)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-verify-"))
    if os.geteuid() == 0:
        folder.chmod(0o755)  # the database's own user must reach the home in it
    made = python(WORLD, folder / "home")
    assert made.status == 0, made.err
    yield Town(home=folder / "home", **made.value)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def key(town: Town) -> str:
    said: str = town.run("verify", "--key").out.strip()
    return said


def test_a_whole_home_is_verified(town: Town, tmp_path: Path) -> None:
    report = town.run("verify", "--json")
    note = report.value["checkpoint"]
    entries = int(note.split("\n")[1])
    assert (report.status, report.value) == (
        0,
        {
            "ok": True,
            "entries": entries,
            "unnumbered": 0,
            "evidence_objects": 1,
            "holes": 1,
            "findings": [],
            "checkpoint": note,
        },
    )
    assert entries >= 8  # one object, one author, three versions; then a new object, its replacement, an erasure
    older = tmp_path / "older"
    older.write_text(town.note)
    said = town.run("verify", "--since", older)
    assert (said.status, said.out) == (
        0,
        f"{entries} entries, 0 waiting for a number.\n1 evidence objects, 1 lawful holes.\nEverything fits.\n",
    )


def test_the_key_can_be_printed(town: Town, key: str) -> None:
    assert town.run("verify", "--key", "--json").value == {"key": key}
    assert key.count("+") >= 2


def test_a_file_that_is_no_checkpoint_is_refused(town: Town, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    for content in (b"", b"\xff\xfe", b"something", town.note.rstrip("\n").encode()):
        bad.write_bytes(content)
        refused = town.run("verify", "--since", bad)
        assert (refused.status, refused.out) == (2, "")
        assert "is not a checkpoint" in refused.err
    assert town.run("verify", "--since", tmp_path / "none").status == 2


def test_findings_end_with_one(town: Town, tmp_path: Path) -> None:
    spoilt = tmp_path / "older"
    spoilt.write_text(town.note.replace("ordskifte.local/", "another.local/"))
    report = town.run("verify", "--since", spoilt, "--json")
    assert (report.status, report.value["ok"], [one["where"] for one in report.value["findings"]]) == (
        1,
        False,
        ["--since"],
    )
    said = town.run("verify", "--since", spoilt)
    assert said.status == 1
    assert said.out.endswith("\n1 findings.\n")


def test_a_row_changed_by_sql_is_found(town: Town) -> None:
    version = town.versions[1]
    for sql, status in (("'x'", 1), ("''", 0)):
        assert (
            python(TAMPER, town.home, f"update threads_version set permalink = {sql} where id = '{version}'").status
            == 0
        )
        report = town.run("verify", "--json")
        assert (report.status, [one["where"] for one in report.value["findings"]]) == (
            status,
            [f"version {version}"] * status,
        )


def prove(town: Town, asked: str, folder: Path) -> dict[str, Any]:
    out = folder / "a.proof.json"
    done = town.run("prove", asked, "--out", out, "--json")
    assert done.status == 0, done.err
    proof: dict[str, Any] = orjson.loads(out.read_bytes())
    assert done.value == {
        "file": str(out),
        "entry": proof["entry"],
        "record": proof["record"],
        "erased": proof["erased"],
    }
    assert "Veien" not in out.read_text()
    return proof


def test_an_utterance_is_proved_by_its_newest_version_and_checked_without_a_home(
    town: Town, key: str, tmp_path: Path
) -> None:
    proof = prove(town, town.said[1], tmp_path)
    assert proof == prove(town, town.versions[1], tmp_path) == prove(town, str(proof["entry"]), tmp_path)
    assert proof["record"] == town.versions[1]
    (tmp_path / "content").write_text(RAW)
    (tmp_path / "key").write_text(f"{key}\n")
    for given in (key, str(tmp_path / "key")):
        checked = ordskifte(
            "check", "proof", tmp_path / "a.proof.json", "--key", given, "--content", tmp_path / "content", "--json"
        )
        assert (checked.status, checked.value["ok"], checked.value["content"]) == (0, True, "matches")
    said = ordskifte("check", "proof", tmp_path / "a.proof.json", "--key", key)
    assert said.status == 0
    assert said.out.startswith(f"Proved: entry {proof['entry']} of the ledger ")
    (tmp_path / "content").write_text(RAW + "!")
    for json in ([], ["--json"]):
        refused = ordskifte(
            "check", "proof", tmp_path / "a.proof.json", "--key", key, "--content", tmp_path / "content", *json
        )
        assert (refused.status, "not what was recorded" in refused.out) == (1, True)


def test_an_erased_utterance_is_proved_as_a_hole(town: Town, key: str, tmp_path: Path) -> None:
    proof = prove(town, town.said[2], tmp_path)
    assert (proof["erased"], proof["salt"], proof["raw_digest"]) == (True, None, None)
    checked = ordskifte("check", "proof", tmp_path / "a.proof.json", "--key", key)
    assert (checked.status, "The content is erased" in checked.out) == (0, True)
    assert "is erased" in town.run("prove", town.said[2], "--out", tmp_path / "b").out


def test_an_author_is_proved_without_anything_that_opens_its_row(town: Town, key: str, tmp_path: Path) -> None:
    proof = prove(town, town.author, tmp_path)
    assert (proof["record"], proof["salt"], proof["raw_digest"]) == (town.author, None, None)
    checked = ordskifte("check", "proof", tmp_path / "a.proof.json", "--key", key, "--json")
    assert (checked.value["kind"], checked.value["content"]) == ("author", "none")


@pytest.mark.parametrize("asked", [str(uuid4()), "nonsense", "1000", "99999999999999999999999", "-1"])
def test_what_is_not_there_cannot_be_proved(town: Town, asked: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused = town.run("prove", "--out", out, "--", asked)
    assert (refused.status, refused.out, out.exists()) == (2, "", False)
    assert refused.err.startswith("Error: ")
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[" * 900_000, b'{"v": 1}', b"\x00" * 2_000_000],
    ids=["empty", "object", "deep", "bare", "huge"],
)
def test_a_hostile_proof_file_is_refused_cleanly(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "proof"
    file.write_bytes(content)
    refused = ordskifte("check", "proof", file, "--key", "00" * 32)
    assert (refused.status, refused.out) == (2, "")
    assert "This is not a proof file" in refused.err
    assert len(refused.err.splitlines()) == 1


def test_a_proof_file_or_key_that_is_not_there_is_refused(town: Town, tmp_path: Path) -> None:
    prove(town, "0", tmp_path)
    cases: list[list[str | Path]] = [
        [tmp_path / "none", "--key", "00" * 32],
        [tmp_path / "a.proof.json", "--key", "no key"],
        [tmp_path / "a.proof.json", "--key", "x" * 5_000],
        [tmp_path / "a.proof.json", "--key", "00" * 32, "--content", tmp_path / "none"],
        [tmp_path / "a.proof.json", "--key", "00" * 32, "--tsa", tmp_path / "a.proof.json"],
    ]
    for arguments in cases:
        refused = ordskifte("check", "proof", *arguments)
        assert (refused.status, refused.out) == (2, "")
        assert refused.err.startswith("Error: ")
