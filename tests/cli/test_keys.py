"""`keys rotate`: a new key signs, the old one's word still stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ordskifte.base.home import Home
from ordskifte.base.keys import load_keys, retired_keys
from tests.cli.running import furnished, ordskifte, place, python

SAY = """
import sys
from ordskifte.cli.session import opened
with opened(sys.argv[1]) as session:
    from ordskifte.base.clock import now
    from ordskifte.records.entry import record_act
    from ordskifte.records.sequencer import sequence_all
    from django.db import transaction
    with transaction.atomic():
        record_act("tested.again", actor="system:command", at=now(), details={})
    sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    with place() as folder:
        furnished(folder / "home")
        yield folder / "home"


def checkpoint(home: Path) -> str:
    verified = ordskifte("--home", home, "verify", "--json")
    assert (verified.status, verified.value["findings"]) == (0, []), verified.out
    return str(verified.value["checkpoint"])


def test_the_new_key_signs_and_the_old_checkpoints_still_hold(made: Path) -> None:
    before = checkpoint(made)
    kept = made.parent / "before.note"
    kept.write_text(before)
    old = load_keys(Home(made)).signing.public_key().public_bytes_raw()
    entries = ordskifte("--home", made, "verify", "--json").value["entries"]

    done = ordskifte("--home", made, "keys", "rotate", "--yes", "--json")
    assert done.status == 0, done.err
    assert list(done.value) == ["old", "new"]
    new = load_keys(Home(made)).signing.public_key().public_bytes_raw()
    assert new != old
    assert retired_keys(Home(made))[-1].public_key == old.hex()

    assert ordskifte("--home", made, "verify", "--json").value["entries"] == entries + 1
    after = checkpoint(made)
    origin = load_keys(Home(made)).origin
    assert [line.split(" ")[1] for line in after.splitlines() if line.startswith("—")] == [origin, origin]
    assert ordskifte("--home", made, "verify", "--since", kept).status == 0

    said = python(SAY, made)
    assert said.status == 0, said.err
    later = checkpoint(made)
    assert sum(line.startswith("—") for line in later.splitlines()) == 1
    assert ordskifte("--home", made, "verify", "--since", kept).status == 0


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_it_asks_first(made: Path, answer: str) -> None:
    before = (made / "keys" / "ledger.key").read_bytes()
    done = ordskifte("--home", made, "keys", "rotate", text=answer)
    assert (done.status, done.out, "Make a new one?" in done.err) == (2, "", True)
    assert (made / "keys" / "ledger.key").read_bytes() == before


def test_a_proof_made_before_is_checked_with_the_old_key_and_one_made_after_with_the_new(made: Path) -> None:
    proofs = {}
    for name in ("before", "after"):
        file = made.parent / f"{name}.proof.json"
        assert ordskifte("--home", made, "prove", "0", "--out", file).status == 0
        proofs[name] = file
        if name == "before":
            keys = ordskifte("--home", made, "keys", "rotate", "--yes", "--json").value
    for name, key in (("before", keys["old"]), ("after", keys["new"])):
        assert ordskifte("check", "proof", proofs[name], "--key", key).status == 0, name
    assert ordskifte("check", "proof", proofs["before"], "--key", keys["new"]).status == 1
