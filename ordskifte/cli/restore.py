"""`ordskifte restore FILE --home DIR`: a whole home from a backup and the recovery key, or nothing at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

import click
import orjson
import psycopg
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from psycopg.conninfo import make_conninfo

from ordskifte.base.backup import Contents, read_backup
from ordskifte.base.backup_seal import SealedReader
from ordskifte.base.errors import DatabaseError, HomeError
from ordskifte.base.home import Home, chosen_home
from ordskifte.base.keys import KeyFault, read_recovery_text
from ordskifte.base.postgres import Embedded
from ordskifte.base.postgres_dump import Address, client_programs, is_empty, restore_dump
from ordskifte.base.postgres_user import database_user
from ordskifte.base.store import Store, store_of
from ordskifte.cli.backup import owner_address
from ordskifte.cli.session import unwound_by_signals


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--home", "into", metavar="DIR", help="The folder to make; it must be empty or absent.")
@click.option("--recovery-key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of erasures, by `ordskifte erasures` or the data protection desk: erased again before it opens.",
)
@click.option("--no-erasures", is_flag=True, help="Nothing was erased after the backup was made: do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as one JSON object.")
@click.pass_obj
def command(
    home_option: str | None,
    file: Path,
    into: str | None,
    recovery_key_file: Path | None,
    erasures: Path | None,
    no_erasures: bool,
    as_json: bool,
) -> None:
    """Make a home from the backup FILE. Asks for the recovery key, and for the list of later erasures."""
    home = chosen_home(into or home_option)
    key = _asked_key(recovery_key_file)
    later = erasures or (None if no_erasures else _asked_erasures())
    with unwound_by_signals():
        done = restore_backup(file, home, key, erasures=later)
    if later is None and not no_erasures:
        click.echo(NOT_ERASED, err=True)
    if as_json:
        click.echo(orjson.dumps(done))
        return
    click.echo(f"{home.path}: restored as it was {done['made_at']}, {done['objects']:,} objects of the store.")
    click.echo("Now run `ordskifte verify`, with --since and the newest checkpoint you have kept elsewhere.", err=True)


NOT_ERASED = (
    "No list of later erasures was given. What was erased after the backup is back:"
    " run `ordskifte erasures FILE --apply` before anybody uses it."
)


def restore_backup(file: Path, home: Home, key: X25519PrivateKey, *, erasures: Path | None = None) -> dict[str, Any]:
    """Everything is laid out and checked in a side folder of the home first; the home's card comes last.

    What the list of later erasures names is erased in the side folder, so that it is never there to be seen.
    """
    with _side_folder(home) as side, file.open("rb") as sealed:
        dump = side / "database.dump"
        contents = read_backup(cast(BinaryIO, SealedReader(sealed, key)), into=side, dump=dump)
        if os.environ.get("DATABASE_URL"):
            address = owner_address(None)
            if not is_empty(address):
                raise DatabaseError("The database of DATABASE_URL is not empty.", advice="Make a new, empty one.")
            checkpoint = _fill(dump, address)
        else:
            with Embedded(side) as server:
                checkpoint = _fill(dump, server.address("owner"))
        dump.unlink()
        erased = _erase_again(erasures.absolute(), side) if erasures else None
        _take_over(side, home)
    return {"home": str(home.path), **_said(contents), "checkpoint": checkpoint, "erased": erased}


def _asked_erasures() -> Path | None:
    """Asked on a terminal; a script names it, or says that there is none."""
    if not sys.stdin.isatty():
        return None
    typed = click.prompt("List of later erasures (a file; empty: none)", err=True, default="", show_default=False)
    if not typed:
        return None
    if not Path(typed).is_file():
        raise HomeError(f"There is no file {typed}.", advice="Write the list with `ordskifte erasures FILE`.")
    return Path(typed)


def _erase_again(erasures: Path, side: Path) -> int:
    """In a process of its own, whose home is the side folder."""
    environment = {name: value for name, value in os.environ.items() if name != "ORDSKIFTE_STORE"}
    done = subprocess.run(
        [sys.executable, "-m", "ordskifte", "--home", str(side), "erasures", str(erasures), "--apply", "--json"],
        env=environment | {"ORDSKIFTE_HOME": str(side)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["?"])[-1].removeprefix("Error: ")
        raise DatabaseError(
            f"The later erasures could not be carried out: {said}",
            advice="Restore with --no-erasures where nobody can reach it, upgrade, then `ordskifte erasures --apply`.",
        )
    return int(orjson.loads(done.stdout)["erased"])


def _asked_key(file: Path | None) -> X25519PrivateKey:
    if file is not None:
        return read_recovery_text(file.read_text(encoding="utf-8", errors="replace"))
    typed = click.prompt("Recovery key", hide_input=True, err=True, default="", show_default=False)
    if not typed:
        raise KeyFault("No recovery key was given.", advice="Type it, or name a file with --recovery-key-file.")
    return read_recovery_text(typed)


@contextmanager
def _side_folder(home: Home) -> Iterator[Path]:
    """A folder inside the home that will be; whatever goes wrong, it goes, and so does a home we made."""
    made = not home.path.exists()
    store = home.store_folder
    for folder in filter(None, (home.path, store if store and store.parent != home.path else None)):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise HomeError(f"{folder} is not empty.", advice="Restore into a folder that is empty or absent.")
    if store is None and next(store_of(home).keys(), None):
        raise HomeError(f"{home.store_place} is not empty.", advice="Name an empty prefix with ORDSKIFTE_STORE.")
    side = home.path / f".restoring-{uuid4().hex[:8]}"
    try:
        side.mkdir(parents=True, mode=0o700)
        home.path.chmod(0o700)
        if not os.environ.get("DATABASE_URL"):
            database_user(
                home.path
            )  # as root the home gets its owner now, so that the database reaches the side folder
        yield side
    finally:
        shutil.rmtree(side, ignore_errors=True)
        if made and home.path.exists() and not home.exists:
            shutil.rmtree(home.path, ignore_errors=True)


def _fill(dump: Path, address: Address) -> str | None:
    """The database from its dump, with the rights its roles need. Returns the newest checkpoint's note."""
    from ordskifte.records.apps import GRANTS

    restore_dump(dump, address, client_programs(address))
    with psycopg.connect(make_conninfo("", **address), autocommit=True) as connection:
        connection.execute(GRANTS)
        connection.execute("analyze")
        newest = connection.execute("select note from records_checkpoint order by size desc limit 1").fetchone()
    return str(newest[0]) if newest else None


def _take_over(side: Path, home: Home) -> None:
    """Give everything its place; the store where ORDSKIFTE_STORE says, `home.json` when all the rest is there."""
    owner = home.path.stat()
    for folder in ("keys", "store", "uploads", "logs"):
        (side / folder).mkdir(exist_ok=True, mode=0o700)
    if os.geteuid() == 0:  # the database's own files belong to its user already
        for part in (part for part in side.iterdir() if not part.name.startswith(("pg", "."))):
            for path in (part, *part.rglob("*")):
                os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
    for part in sorted(side.iterdir(), key=lambda part: part.name == "home.json"):
        if part.name.startswith("."):
            continue  # locks of the side folder's own database
        target = home.path / part.name
        if part.name == "store":
            if home.store_folder is None:
                _upload(part, store_of(home))
                continue
            target = home.store_folder
        if target.is_dir():
            target.rmdir()  # an empty store that was there
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(part, target)


def _upload(folder: Path, store: Store) -> None:
    """Put every file into a bucket, one at a time; the side folder goes afterwards, with all that is left in it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        key = str(path.relative_to(folder))
        if key.startswith("media/"):  # under its digest, and it may be a film
            with path.open("rb") as handle:
                store.take(handle, "media")
        else:
            store.put(key, path.read_bytes())


def _said(contents: Contents) -> dict[str, Any]:
    return {"made_at": contents.about.get("made_at"), "bytes": contents.bytes, "objects": contents.objects}
