"""The command as a person runs it: a process of its own, in a home of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

FURNISH = """
import sys
from datetime import UTC, datetime
from ordskifte.cli.session import opened
with opened(sys.argv[1], create=True, body_name="Eksempel kommune") as session:
    from ordskifte.people.acts import create_first_administrator
    from ordskifte.records.sequencer import sequence_all
    from ordskifte.records.ledger.note import Signer
    at = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
    create_first_administrator("ada@eksempel.no", "Ada Admin", "kveldsol over fjorden 7", at=at)
    session.store.put("media/æøå/one", b"first object")
    session.store.put("evidence/big", bytes(range(256)) * 40_000)
    session.store.put("evidence/none", b"")
    sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=lambda: at)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """Its one JSON value."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """This process's, without what the tests' own database needs."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ORDSKIFTE_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def ordskifte(*arguments: str | Path, text: str = "", **more: str) -> Ran:
    """Run `ordskifte ARGUMENTS` with `text` as its input and `more` in its environment."""
    done = subprocess.run(
        [sys.executable, "-m", "ordskifte", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=environment(**more),
        cwd="/",
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def python(script: str, *arguments: str | Path, **more: str) -> Ran:
    """Run a script of Python in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(**more),
        cwd="/",
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@contextmanager
def place() -> Iterator[Path]:
    """A folder directly under the temporary one, which the database's own user can reach also when we are root."""
    path = Path(tempfile.mkdtemp(prefix="ordskifte-test-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def furnished(home: Path) -> str:
    """A home with a body, an administrator, three objects and a signed ledger. Returns its recovery key."""
    made = python(FURNISH, home)
    assert made.status == 0, made.err
    return next(line.strip() for line in made.err.splitlines() if line.count("-") == 13 and " " not in line.strip())
