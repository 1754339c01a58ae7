"""One PostgreSQL server on one data folder: started, asked whether it answers, stopped. Locks are its caller's."""

import hashlib
import os
import re
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from pwd import struct_passwd

import psycopg
from psycopg.conninfo import make_conninfo

from ordskifte.base.errors import DatabaseError
from ordskifte.base.postgres_programs import Programs

SOCKET = ".s.PGSQL.5432"
LONGEST = 107 - len(f"/{SOCKET}")  # bytes of a socket's folder: sun_path holds 107
LARGEST_LOG = 10_000_000  # bytes; a larger one is put aside at the next start
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
BEING_FREED = ("still in use", "lock file")  # the children of a killed server hold its memory a moment longer
COMING_UP = ("starting up", "not yet accepting", "in recovery mode")


@dataclass(slots=True)
class Server:
    """`user` is whom the programs run as when root calls; `timeout` seconds are given to a recovery after a crash."""

    data: Path
    programs: Programs
    settings: Mapping[str, str]
    timeout: float
    user: struct_passwd | None = None

    def address(self, role: str, database: str) -> dict[str, str]:
        """Keywords for psycopg and Django: who connects to what, where."""
        return {"host": str(self.socket_folder), "user": role, "dbname": database}

    @property
    def dsn(self) -> str:
        """The owner's address of the database `postgres`, which is always there."""
        return make_conninfo("", **self.address("owner", "postgres"))

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def pid(self) -> int | None:
        """The living server of this data folder; a zombie, or another program that got its pid, is none."""
        with suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
            if _is_alive(pid) and os.fsencode(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return pid
        return None

    def start_unless_up(self) -> None:
        """The server answers when this returns. DatabaseError when it cannot."""
        self._own_socket_folder()
        if self._answers():
            return
        self._write_settings()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            os.replace(self.log, self.log.with_name("server.log.1"))
        if self.pid is None:  # a reused pid after a reboot, or a zombie nobody reaped
            (self.socket_folder / f"{SOCKET}.lock").unlink(missing_ok=True)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        anew = 3  # it may have been killed while it came up
        for _ in range(40):
            before = self.log.stat().st_size if self.log.exists() else 0
            if self._launched():
                return
            said = self.log.read_bytes()[before:].decode(errors="replace") if self.log.exists() else ""
            anew -= not any(words in said for words in BEING_FREED)
            if not anew:
                break
            time.sleep(0.3)
        raise DatabaseError(f"PostgreSQL does not start: {_complaint(said)}", advice=f"Its log is {self.log}.")

    def stop(self) -> None:
        """Stop it, and leave nothing behind outside the home."""
        self._end()
        if self.socket_folder != self.data:
            with suppress(OSError):
                self.socket_folder.rmdir()

    def _end(self) -> None:
        """Ask for a fast stop, wait two minutes, then for an immediate one (it recovers at the next start)."""
        for number, seconds in ((signal.SIGINT, 120), (signal.SIGQUIT, 10)):
            pid = self.pid
            if pid is None:
                return
            with suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if self.pid is None:
                    return
                time.sleep(0.02)

    def run(self, program: str, *arguments: str | Path, text: str = "") -> str:
        """Run one of PostgreSQL's programs as the database's user; `text` is its input. Returns what it said."""
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:  # a server would keep a pipe open
            given.write(text.encode())
            given.seek(0)
            done = subprocess.run(
                [self.programs[program], *arguments],
                stdin=given,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
                cwd="/",
                env=ENVIRONMENT,
                user=self.user.pw_uid if self.user else None,
                group=self.user.pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
            said.seek(0)
            output = said.read().decode(errors="replace")
        if done.returncode:
            raise DatabaseError(
                f"PostgreSQL's {program} failed: {_complaint(output)}", advice="Run `ordskifte doctor`."
            )
        return output

    def _launched(self) -> bool:
        """Start it as nobody's child and wait until it answers; False when it ended instead."""
        script = '"$0" "$@" </dev/null >>"$LOG" 2>&1 & echo $!'  # the shell ends, so the server is nobody's child
        started = subprocess.run(
            ["/bin/sh", "-c", script, self.programs["postgres"], "-D", self.data],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=True,
            start_new_session=True,
            cwd="/",
            env={**ENVIRONMENT, "LOG": str(self.log)},
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
        )
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            if self._answers():
                return True
            if not _is_alive(int(started.stdout)):
                return False
            time.sleep(0.05)
        raise DatabaseError(
            f"PostgreSQL has not answered for {self.timeout:.0f} seconds.",
            advice=f"It may still be recovering: look at {self.log} and try again.",
        )

    def _answers(self) -> bool:
        """Whether it takes connections; waits while it comes up or recovers."""
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.dsn, connect_timeout=10).close()
                return True
            except psycopg.OperationalError as error:
                if not any(words in str(error) for words in COMING_UP):
                    return False
                time.sleep(0.1)
        return False

    @property
    def socket_folder(self) -> Path:
        """The data folder; a short one of our own where that is too long, or has a comma (libpq reads a list)."""
        if len(os.fsencode(self.data)) <= LONGEST and "," not in str(self.data):
            return self.data
        return Path("/tmp") / f"ordskifte-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"  # noqa: S108 - owner and mode are checked

    def _own_socket_folder(self) -> None:
        """Trust in whoever answers on the socket is trust in the folder: it is ours alone or it is refused."""
        folder = self.socket_folder
        if folder == self.data:
            return
        uid = self.user.pw_uid if self.user else os.getuid()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self.user:
                os.chown(folder, uid, self.user.pw_gid)
        found = folder.lstat()
        if found.st_uid != uid or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
            raise DatabaseError(
                f"{folder}, where the database has its socket, belongs to somebody else.",
                advice="Remove it, or choose a home with a path under 90 letters.",
            )

    def _write_settings(self) -> None:
        folder = str(self.socket_folder).replace('"', '""')
        lines = {**self.settings, "unix_socket_directories": f'"{folder}"', "unix_socket_permissions": "0700"}
        text = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in lines.items())
        conf = self.data / "ordskifte.conf"
        conf.unlink(missing_ok=True)  # it may be root's, from another time
        conf.write_text(text, encoding="utf-8", errors="surrogateescape")


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _complaint(output: str) -> str:
    """The last line that names an error, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and not any(w in line for w in COMING_UP)]
    named = [line for line in lines if "FATAL" in line or "PANIC" in line or "error" in line.lower()]
    return re.sub(r"^.*(FATAL|PANIC|ERROR):\s+", "", (named or lines or ["it said nothing"])[-1])
