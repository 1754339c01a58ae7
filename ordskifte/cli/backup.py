"""`ordskifte backup FILE`: everything in one file that only the recovery key opens, taken while all goes on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
import orjson
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ordskifte.base.backup import write_backup
from ordskifte.base.backup_seal import BackupError, SealedWriter
from ordskifte.base.clock import now, rfc3339
from ordskifte.base.keys import new_recovery_key, recovery_public_key
from ordskifte.base.locks import STORE_REMOVAL
from ordskifte.base.postgres import Embedded
from ordskifte.base.postgres_dump import Address, client_programs, dumped
from ordskifte.cli.session import Session, opened


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--new-recovery-key", "new_key", is_flag=True, help="Make and show a new recovery key first.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as one JSON object.")
@click.pass_obj
def command(home_option: str | None, file: Path, new_key: bool, as_json: bool) -> None:
    """Back up everything into FILE, encrypted to the recovery key. Nothing has to be stopped."""
    with opened(home_option, allow_pending=True) as session:
        if new_key:
            click.echo(f"The new recovery key, shown only now:\n\n    {new_recovery_key(session.home)}\n", err=True)
        done = take_backup(session, file)
    if as_json:
        click.echo(orjson.dumps(done))
    else:
        click.echo(f"{done['file']}: {done['bytes']:,} bytes, {done['objects']:,} objects of the store.")


def owner_address(server: Embedded | None) -> Address:
    """Who may read and make every table, where the database is."""
    if server is not None:
        return server.address("owner")
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    return {name: str(value) for name, value in conninfo_to_dict(url).items()}


def take_backup(session: Session, file: Path) -> dict[str, Any]:
    """Write the backup beside FILE and give it the name when it is whole and on the disk. Never overwrites."""
    if file.exists():
        raise BackupError(f"{file} is there already.", advice="Choose another name.")
    recipient = recovery_public_key(session.home)
    address = owner_address(session.server)
    programs = session.server.programs if session.server else client_programs(address)
    about = {"made_at": rfc3339(now()), "version": version("ordskifte"), "postgres": programs.major}
    side = file.with_name(f".{file.name}.{uuid4().hex[:8]}.part")
    try:
        with nothing_removed(address), _private(side) as out:
            sealed = SealedWriter(out, recipient)
            dump = dumped(address, programs)
            contents = write_backup(sealed, home=session.home, store=session.store, dump=dump, about=about)  # type: ignore[arg-type]  # a raw stream is enough for tarfile
            sealed.finish()
            out.flush()
            os.fsync(out.fileno())
        os.link(side, file)  # unlike a rename this refuses a file that has come meanwhile
    finally:
        side.unlink(missing_ok=True)
    return {"file": str(file), "bytes": file.stat().st_size, "objects": contents.objects, "made_at": about["made_at"]}


@contextmanager
def nothing_removed(address: Address) -> Iterator[None]:
    """Inside, no object of the store is removed, so what the dump names is there when the store is read."""
    with psycopg.connect(make_conninfo("", **address), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock_shared(%s)", [STORE_REMOVAL])
        try:
            yield
        finally:
            connection.execute("select pg_advisory_unlock_shared(%s)", [STORE_REMOVAL])


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=1 << 20) as out:
        yield out
