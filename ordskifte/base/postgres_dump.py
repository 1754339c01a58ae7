"""A database out as one stream, and in again, with PostgreSQL's own programs (custom format of pg_dump)."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from ordskifte.base.errors import DatabaseError
from ordskifte.base.postgres_programs import Programs, find_programs

Address = Mapping[str, str]
"""Keywords of libpq: host, user, dbname, password ..."""

LEFT_OUT = ("people_session", "people_attempt")  # their rows: nobody is signed in after a restore
_PIECE = 1 << 20


def client_programs(address: Address) -> Programs:
    """pg_dump and pg_restore of the server's own version where they are at hand, else the newest there are."""
    try:
        with psycopg.connect(make_conninfo("", **address)) as connection:
            major = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise DatabaseError(f"The database does not answer: {str(error).strip().splitlines()[0]}.") from error
    try:
        return find_programs(major)
    except DatabaseError:
        return find_programs()


def dumped(address: Address, programs: Programs) -> Iterator[bytes]:
    """One snapshot of the database, as it was when the first piece came. DatabaseError when pg_dump fails."""
    arguments = ["--format=custom", "--compress=1", "--no-owner", "--no-acl"]
    arguments += [f"--exclude-table-data={table}" for table in LEFT_OUT]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [programs["pg_dump"], *arguments, f"--dbname={_without_password(address)}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(address),
        )
        assert process.stdout is not None
        try:
            while piece := process.stdout.read(_PIECE):
                yield piece
            if process.wait():
                raise DatabaseError(f"pg_dump failed: {_last_line(said)}", advice="Run `ordskifte doctor`.")
        finally:
            process.stdout.close()
            if process.poll() is None:  # the one who read us went away
                process.kill()
                process.wait()


def restore_dump(dump: Path, address: Address, programs: Programs) -> None:
    """Fill an empty database from a dump, whole or not at all; what is made belongs to the role that connects."""
    arguments = ["--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [programs["pg_restore"], *arguments, f"--dbname={_without_password(address)}", dump],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=_environment(address),
            check=False,
        )
        if done.returncode:
            raise DatabaseError(f"pg_restore failed: {_last_line(said)}", advice="Run `ordskifte doctor`.")


def is_empty(address: Address) -> bool:
    """Whether a database holds no table of anyone's."""
    with psycopg.connect(make_conninfo("", **address)) as connection:
        found = connection.execute(
            "select exists (select from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema'))"
        ).fetchone()
    return found == (False,)


def _without_password(address: Address) -> str:
    """A process's arguments can be read by others on the machine; its environment cannot."""
    return make_conninfo("", **{name: value for name, value in address.items() if name != "password"})


def _environment(address: Address) -> dict[str, str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if address.get("password"):
        environment["PGPASSWORD"] = address["password"]
    return environment


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
