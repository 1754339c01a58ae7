"""What `doctor` looks at without the database: the machine and the home's folder."""

import os
import platform
import shutil
import socket
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from fcntl import LOCK_NB, LOCK_SH, flock
from pathlib import Path
from uuid import uuid4

from ordskifte.base.errors import HomeError, OrdskifteError, StoreError
from ordskifte.base.home import Home, owner_name, read_card
from ordskifte.base.keys import load_keys, recovery_public_key
from ordskifte.base.store import store_of

LOW = 2_000_000_000  # bytes
FULL = 200_000_000
PORT = 8000


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `do` says what to do, where there is something."""

    check: str
    ok: bool
    what: str
    do: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def python() -> Check:
    ok = sys.version_info >= (3, 11)
    return Check(
        "Python", ok, platform.python_version(), "" if ok else "Install Python 3.11 or newer, run `make install`."
    )


def is_home(home: Home) -> bool:
    try:
        return home.exists
    except HomeError:
        return False


def home_folder(home: Home) -> Check:
    """It is there, it is a home, nobody else may look into it."""
    try:
        if not home.exists:
            return Check(
                "home", False, f"There is no home in {home.path}.", "Name it with --home, or run `ordskifte serve`."
            )
        read_card(home)
    except HomeError as error:
        return Check("home", False, str(error), error.advice)
    mode = home.path.stat().st_mode & 0o777
    if mode & 0o077:
        return Check("home", False, f"Others may look into {home.path} (mode {mode:o}).", f"chmod 700 {home.path}")
    return Check("home", True, f"{home.path}, of {owner_name(home.path)}")


def owners(home: Home) -> Check:
    """Everything in the home belongs to the home's owner; what root made there may be closed to the service."""
    owner = home.path.stat().st_uid
    folders = [home.path, home.keys, home.uploads, home.logs]
    if home.store_folder and home.store_folder.is_relative_to(home.path):
        folders.append(home.store_folder)
    try:
        entries = [entry for folder in folders if folder.is_dir() for entry in (folder, *folder.iterdir())]
        strange = sorted(str(entry) for entry in entries if entry.lstat().st_uid != owner and entry.name != "programs")
    except PermissionError as error:
        strange = [str(error.filename)]
    if strange:
        return Check(
            "owner",
            False,
            f"{len(strange)} things in the home do not belong to {owner_name(home.path)}, such as {strange[0]}.",
            f"chown -R {owner_name(home.path)}: {home.path}",
        )
    return Check("owner", True, f"all of it belongs to {owner_name(home.path)}")


def room(folder: Path, name: str) -> Check:
    """Room on the disk a folder lies on, or will lie on."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    what = f"{free / 1e9:.1f} GB free at {there}"
    if free < FULL:
        return Check(name, False, f"Full: {what}; nothing can be stored.", "Make room, or move it to a larger disk.")
    if free < LOW:
        return Check(name, False, f"Low: {what}.", "Make room before an import.")
    return Check(name, True, what)


def bucket(home: Home) -> Check:
    """Whether a bucket takes an object, gives it back and lets it go."""
    key = f"probe/{uuid4()}"
    try:
        store = store_of(home)
        store.put(key, key.encode())
        whole = store.get(key) == key.encode()
        store.delete(key)
    except StoreError as error:
        return Check("store", False, str(error), error.advice)
    what = f"{home.store_place} takes objects and gives them back"
    return Check("store", True, what) if whole else Check("store", False, f"{home.store_place} gives other bytes back.")


def keys(home: Home) -> Check:
    try:
        load_keys(home)
    except OrdskifteError as error:
        return Check("keys", False, str(error), error.advice)
    except (OSError, ValueError) as error:
        return Check("keys", False, f"The keys in {home.keys} cannot be read: {error}.", "Restore them from a backup.")
    open_to_others = [path.name for path in home.keys.iterdir() if path.stat().st_mode & 0o077]
    if open_to_others:
        return Check("keys", False, f"Others may read the key {open_to_others[0]}.", f"chmod 600 {home.keys}/*")
    return Check("keys", True, "there, and private")


def recovery(home: Home) -> Check:
    try:
        recovery_public_key(home)
    except OrdskifteError as error:
        return Check("recovery key", False, str(error), error.advice)
    return Check("recovery key", True, "made; it was shown once. Do you know where the paper is?")


def serving(home: Home) -> Check:
    """Who serves, and whether the usual port is free when nobody does."""
    lock = home.path / ".serve.lock"
    if lock.exists() and os.access(lock, os.R_OK):
        with lock.open(encoding="utf-8") as handle:
            try:
                flock(handle, LOCK_SH | LOCK_NB)
            except BlockingIOError:
                return Check("serve", True, f"served by {handle.read().strip()}")
    with closing(socket.socket()) as asked:
        asked.settimeout(1)
        if asked.connect_ex(("127.0.0.1", PORT)) == 0:
            return Check(
                "serve", True, f"nobody serves; port {PORT} is taken by another program, so `serve` takes a free one"
            )
    return Check("serve", True, f"nobody serves; port {PORT} is free")
