"""A backup holds everything, opens only with the recovery key, and comes back whole or not at all."""

import io
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from ordskifte.base.backup_seal import CHUNK, HEADER, SealedReader, SealedWriter
from ordskifte.base.keys import read_recovery_text, recovery_text
from ordskifte.cli.main import main
from tests.cli.running import furnished, ordskifte, place, python

COUNTS = """
import sys, json
from ordskifte.cli.session import opened
with opened(sys.argv[1]) as session:
    from ordskifte.people.models import Body, Person, Session
    from ordskifte.records.models import Checkpoint, Entry
    print(json.dumps({
        "body": Body.objects.get().name,
        "people": list(Person.objects.values_list("email", flat=True)),
        "entries": Entry.objects.count(),
        "note": Checkpoint.objects.order_by("-size").first().note,
        "store": {key: len(session.store.get(key)) for key in sorted(session.store.keys())},
    }))
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A home, its backup and the key that opens it."""

    place: Path
    home: Path
    backup: Path
    key: Path
    note: str


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    with place() as folder:
        home, backup, key = folder / "home", folder / "first.backup", folder / "recovery.txt"
        key.write_text(furnished(home))
        done = ordskifte("--home", home, "backup", backup, "--json")
        assert done.status == 0, done.err
        assert done.value == {
            "file": str(backup),
            "bytes": backup.stat().st_size,
            "objects": 3,
            "made_at": done.value["made_at"],
        }
        yield Made(folder, home, backup, key, python(COUNTS, home).value["note"])


def refused(made: Made, file: Path, key: Path | None = None) -> str:
    """What `restore` says when it refuses; it has left nothing behind."""
    before = sorted(path.name for path in made.place.iterdir())
    target = str(made.place / "never")
    done = CliRunner().invoke(
        main, ["restore", str(file), "--home", target, "--recovery-key-file", str(key or made.key)]
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert sorted(path.name for path in made.place.iterdir()) == before
    return done.stderr


@pytest.fixture(scope="module")
def restored(made: Made) -> Path:
    """A home restored from the backup; the tests that share it only look at it."""
    return restored_to(made, made.place / "again")


def restored_to(made: Made, target: Path) -> Path:
    """A home restored from the backup to `target`; the key is typed in, as a person would."""
    typed = made.key.read_text().lower().replace("-", " ") + "\n"
    done = ordskifte("restore", made.backup, "--home", target, "--json", text=typed)
    assert (done.status, done.value["checkpoint"], done.value["objects"]) == (0, made.note, 3), done.err
    return target


def test_a_restored_home_is_the_same_home(made: Made, restored: Path) -> None:
    assert python(COUNTS, restored).value == python(COUNTS, made.home).value
    for path in made.home.joinpath("keys").iterdir():
        copy = restored / "keys" / path.name
        assert (copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)) == (path.read_bytes(), 0o600)
    verified = ordskifte("--home", restored, "verify", "--json")
    assert verified.value["checkpoint"] == made.note
    assert [path.name for path in restored.iterdir() if path.name.startswith(".restoring")] == []


def test_the_app_may_still_not_change_the_restored_ledger(restored: Path) -> None:
    changed = python(
        "import sys\nfrom ordskifte.cli.session import opened\n"
        "with opened(sys.argv[1]):\n"
        "    from django.db import ProgrammingError, connection\n"
        "    try:\n"
        "        connection.cursor().execute('delete from records_entry')\n"
        "    except ProgrammingError as error:\n"
        "        print(str(error).splitlines()[0])\n",
        restored,
    )
    assert changed.out.strip() == "permission denied for table records_entry"


def test_what_lies_in_the_home_does_not_open_its_backup(made: Made) -> None:
    content = made.backup.read_bytes()
    for planted in (b"ada@eksempel.no", b"first object", (made.home / "keys" / "evidence.key").read_bytes()):
        assert planted not in content
    for path in sorted(made.home.joinpath("keys").iterdir()):
        raw = path.read_bytes()
        if len(raw) == 32:
            other = made.place / "try.txt"
            other.write_text(recovery_text(X25519PrivateKey.from_private_bytes(raw)))
            said = refused(made, made.backup, other)
            other.unlink()
            assert "This backup was made for another recovery key." in said


def test_a_backup_is_private_and_never_overwritten(made: Made) -> None:
    assert stat.S_IMODE(made.backup.stat().st_mode) == 0o600
    before = made.backup.read_bytes()
    done = ordskifte("--home", made.home, "backup", made.backup)
    assert (done.status, f"{made.backup} is there already." in done.err) == (2, True)
    assert made.backup.read_bytes() == before


@pytest.mark.parametrize("keep", [0, 10, HEADER, HEADER + 5, -1, -17, "half", "chunk"])
def test_a_truncated_backup_is_refused(made: Made, keep: int | str) -> None:
    content = made.backup.read_bytes()
    length = {"half": len(content) // 2, "chunk": HEADER + CHUNK + 16}.get(str(keep), keep)
    damaged = made.place / "damaged"
    damaged.write_bytes(content[: int(length)])
    said = refused(made, damaged)
    assert "not a backup made by Ordskifte" in said or "changed, or its end is missing" in said
    damaged.unlink()


@pytest.mark.parametrize("where", [0, len("ORDSKIFTE BACKUP 1\n") + 3, HEADER - 1, HEADER + 1000, -5])
def test_one_changed_byte_is_refused(made: Made, where: int) -> None:
    content = bytearray(made.backup.read_bytes())
    content[where] ^= 1
    damaged = made.place / "damaged"
    damaged.write_bytes(content)
    assert "Error: " in refused(made, damaged)
    damaged.unlink()


def test_a_sealed_file_that_is_no_backup_is_refused(made: Made) -> None:
    key = read_recovery_text(made.key.read_text())
    out = io.BytesIO()
    sealed = SealedWriter(out, key.public_key())
    sealed.write(b"not a tar at all" * 100)
    sealed.finish()
    strange = made.place / "strange"
    strange.write_bytes(out.getvalue())
    assert "The backup cannot be read" in refused(made, strange)
    strange.unlink()


def test_a_folder_with_something_in_it_is_not_restored_into(made: Made) -> None:
    target = made.place / "taken"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    done = ordskifte("restore", made.backup, "--home", target, "--recovery-key-file", made.key)
    assert (done.status, f"{target} is not empty." in done.err) == (2, True)
    assert [path.name for path in target.iterdir()] == ["mine.txt"]
    shutil.rmtree(target)


@pytest.mark.parametrize("typed", ["ABCD\n", "\n"])
def test_a_mistyped_key_is_named(made: Made, typed: str) -> None:
    done = CliRunner().invoke(main, ["restore", str(made.backup), "--home", str(made.place / "asked")], input=typed)
    assert (done.exit_code, (made.place / "asked").exists()) == (2, False)
    assert "recovery key" in done.stderr.splitlines()[-1]


def test_a_new_recovery_key_opens_the_backups_to_come(made: Made) -> None:
    home, backup = restored_to(made, made.place / "renewed"), made.place / "renewed.backup"
    done = ordskifte("--home", home, "backup", backup, "--new-recovery-key")
    assert done.status == 0, done.err
    shown = next(line.strip() for line in done.err.splitlines() if line.count("-") == 13)
    assert "another recovery key" in refused(made, backup)
    with backup.open("rb") as sealed:
        tar = SealedReader(sealed, read_recovery_text(shown)).read(512)
    assert tar.startswith(b"backup.json\x00")


def test_a_full_disk_leaves_no_backup(made: Made) -> None:
    if not os.access("/dev/full", os.W_OK):
        pytest.skip("/dev/full is not here")
    done = python(
        "import sys\nfrom pathlib import Path\nfrom contextlib import contextmanager\n"
        "import ordskifte.cli.backup as verb\n"
        "@contextmanager\n"
        "def full(path):\n"
        "    path.touch()\n"
        "    with open('/dev/full', 'wb', buffering=0) as out:\n"
        "        yield out\n"
        "verb._private = full\n"
        "from ordskifte.cli.main import main\n"
        "main(['--home', sys.argv[1], 'backup', sys.argv[2]])\n",
        made.home,
        made.place / "full.backup",
    )
    assert (done.status, "No space left on device" in done.err) == (2, True)
    assert [path.name for path in made.place.iterdir() if "full" in path.name] == []
