"""The embedded PostgreSQL, run by us: one data folder, any number of processes, no pid lists.

Who uses it is counted by a shared flock that every process holds; the kernel drops it however a process dies. Starting
and stopping happen under an exclusive lock. What counts is whether the server answers, never whether a pid exists.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from typing import IO, Self
from uuid import uuid4

from ordskifte.base.errors import DatabaseError
from ordskifte.base.postgres_programs import Programs, find_programs, reachable_programs
from ordskifte.base.postgres_server import Server
from ordskifte.base.postgres_user import database_user

DATABASE = "ordskifte"
BOOTSTRAP = f"create role app login\ncreate database {DATABASE} owner owner\n"
SETTINGS = {  # for two cores and little memory, and for imports in bulk
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "wal_buffers": "16MB",  # with less, an import waits for its own log
    "max_connections": "60",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "logging_collector": "off",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # no row and no statement in the log: they hold what people said
    "log_min_error_statement": "panic",
    "timezone": "UTC",
}


class Embedded:
    """A context manager: inside it the server of this home runs.

    `major` and `data` are for upgrades: the programs of another major version, another data folder of the home. A
    forked child must open its own: a fork shares the parent's lock. Raises DatabaseError or HomeError.
    """

    def __init__(
        self,
        home: Path,
        *,
        settings: Mapping[str, str] | None = None,
        major: int | None = None,
        data: str | None = None,
        start_timeout: float = 900,
    ) -> None:
        self.home = home.expanduser().resolve()
        programs = find_programs(major)
        self.server = Server(
            data=self.home / (data or f"pg{programs.major}"),
            programs=programs,
            settings={**SETTINGS, **(settings or {})},
            timeout=start_timeout,
        )
        self._use: IO[str] | None = None

    @property
    def data(self) -> Path:
        return self.server.data

    @property
    def programs(self) -> Programs:
        """Those that the database's user can run, inside the context."""
        return self.server.programs

    @property
    def dsn(self) -> str:
        """The owner's address of the database `postgres`, which is always there."""
        return self.server.dsn

    def address(self, role: str, database: str = DATABASE) -> dict[str, str]:
        """Keywords for psycopg and Django: who connects to what, where. Starts and makes nothing."""
        return self.server.address(role, database)

    def run(self, program: str, *arguments: str | Path, text: str = "") -> str:
        """Run pg_dump, pg_restore ... as the database's user; `text` is its input. Returns what it said."""
        return self.server.run(program, *arguments, text=text)

    def __enter__(self) -> Self:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.server.user = database_user(self.home)
        use = self._lock_file("in-use")
        try:
            with self._exclusive():
                flock(use, LOCK_SH)
                if self.server.user:
                    self.server.programs = reachable_programs(self.programs, self.server.user, self.home)
                if not self.data.exists():
                    self._refuse_beside_another()
                    self._create()
                self.server.start_unless_up()
        except BaseException:
            use.close()
            raise
        self._use = use
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server when nobody else uses it."""
        use, self._use = self._use, None
        if use is None:
            return
        with self._exclusive(), use:
            if _only_user(use):
                self.server.stop()

    def ensure(self) -> None:
        """Start the server again if it has died. For a process that lives long; costs next to nothing when it is up."""
        if self.server.pid is None:
            with self._exclusive():
                self.server.start_unless_up()

    # -- locks: the kernel drops them when a process dies, however it dies

    def _lock_file(self, name: str) -> IO[str]:
        path = self.home / f".{self.data.name}.{name}.lock"
        handle = path.open("a")
        user = self.server.user
        if user and path.stat().st_uid != user.pw_uid:
            os.chown(path, user.pw_uid, user.pw_gid)
        return handle

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with self._lock_file("change") as handle:
            flock(handle, LOCK_EX)
            yield

    # -- making a data folder

    def _create(self) -> None:
        """Into a side folder, roles and database included, then one rename: a killed one leaves nothing half-made."""
        for left in self.home.glob(f".{self.data.name}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        new = self.home / f".{self.data.name}.new-{uuid4().hex[:8]}"
        locale = ["--locale=C.UTF-8"]
        if self.programs.major >= 17:  # independent of the machine's C library
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        common = ["-U", "owner", "--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        self.run("initdb", "-D", new, *common, *locale)
        self.run("postgres", "--single", "-F", "-c", "exit_on_error=on", "-D", new, "postgres", text=BOOTSTRAP)
        with (new / "postgresql.conf").open("a") as settings:
            settings.write("include 'ordskifte.conf'\n")
        os.rename(new, self.data)

    def _refuse_beside_another(self) -> None:
        """A home whose data another major version made is upgraded, never given an empty database beside it."""
        major = self.programs.major
        others = [found for found in data_majors(self.home) if found != major]
        if others and self.data.name == f"pg{major}":
            raise DatabaseError(
                f"The data in {self.home} was made by PostgreSQL {max(others)}, this program brings {major}.",
                advice="Run `ordskifte upgrade`.",
            )


def data_majors(home: Path) -> list[int]:
    """The PostgreSQL versions whose data lie in a home: one, or two in the middle of an upgrade."""
    return sorted(int(folder.name[2:]) for folder in home.glob("pg*") if folder.name[2:].isdigit())


def _only_user(use: IO[str]) -> bool:
    try:
        flock(use, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True
