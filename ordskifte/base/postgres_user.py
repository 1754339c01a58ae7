"""Whom the embedded PostgreSQL runs as: PostgreSQL refuses root, so root hands it to one user that owns the home."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from ordskifte.base.errors import HomeError
from ordskifte.base.postgres_programs import private_folder

SERVICE_USER = "ordskifte"


def database_user(home: Path) -> pwd.struct_passwd | None:
    """None: whoever calls. As root the home's owner; where that is root itself, the system user `ordskifte`.

    Raises HomeError when the home belongs to another user, or when its user could not reach it.
    """
    owner = home.stat().st_uid
    if os.geteuid() != 0:
        if owner != os.geteuid():
            raise HomeError(
                f"The home {home} belongs to {_name(owner)}, you are {_name(os.geteuid())}.",
                advice=f"Run the command as {_name(owner)}, or choose another home with --home.",
            )
        return None
    user = _entry(owner) if owner else _service_user()
    if private := private_folder(home, user):
        raise HomeError(
            f"As root the database runs as {user.pw_name}, who cannot reach {home}: {private} is private.",
            advice="Choose a home elsewhere with --home, such as /var/lib/ordskifte.",
        )
    if owner == 0:
        os.chown(home, user.pw_uid, user.pw_gid)
    return user


def _service_user() -> pwd.struct_passwd:
    """The system user, made on first need. It owns the home and nothing else."""
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        pass
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    said = "there is no program useradd"
    if program:
        done = subprocess.run(
            [program, "--system", "--no-create-home", "--user-group", "--shell", "/usr/sbin/nologin", SERVICE_USER],
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stderr.strip()
    try:
        return pwd.getpwnam(SERVICE_USER)  # ours, or made by another process at the same moment
    except KeyError:
        raise HomeError(
            f"PostgreSQL does not run as root, and the system user {SERVICE_USER} cannot be made: {said}.",
            advice=f"Make a system user named {SERVICE_USER}, or run the command as an ordinary user.",
        ) from None


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise HomeError(
            f"The home belongs to user number {uid}, who has no name on this machine.",
            advice=f"Give it to {SERVICE_USER} with chown -R, or make the user.",
        ) from None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
