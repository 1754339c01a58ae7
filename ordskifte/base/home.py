"""The home folder: everything an installation owns lies in it, and nothing is written elsewhere (design.md 3)."""

import json
import os
import pwd
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from ordskifte.base.errors import HomeError

OURS = {"keys", "store", "uploads", "logs", "programs", "schemas", "server.log"}
"""What lies in a home besides `home.json`, data folders (`pg18`) and lock files."""


S3 = "s3://"


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside a home. Makes nothing by itself."""

    path: Path

    @property
    def store_place(self) -> str:
        """Where the content store is: ORDSKIFTE_STORE where several machines share one, else a folder in the home."""
        chosen = os.environ.get("ORDSKIFTE_STORE")
        if chosen and chosen.startswith(S3):
            return chosen
        return str(Path(chosen).expanduser().absolute() if chosen else self.path / "store")

    @property
    def store_folder(self) -> Path | None:
        """The content store's folder; None when it is a bucket."""
        return None if self.store_place.startswith(S3) else Path(self.store_place)

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def uploads(self) -> Path:
        return self.path / "uploads"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def card(self) -> Path:
        """`home.json`, written last: a folder without it is no home."""
        return self.path / "home.json"

    @property
    def exists(self) -> bool:
        """Whether it is a home. HomeError when one may not look."""
        try:
            return self.card.is_file()
        except PermissionError as error:
            raise HomeError(
                f"The home {self.path} is private to somebody else.",
                advice="Run the command as its owner, or choose another with --home.",
            ) from error


def chosen_home(option: str | None = None) -> Home:
    """`--home`, else ORDSKIFTE_HOME, else /var/lib/ordskifte for root and ./var for anyone else."""
    default = "/var/lib/ordskifte" if os.geteuid() == 0 else "var"
    return Home(Path(option or os.environ.get("ORDSKIFTE_HOME") or default).expanduser().absolute())


def read_card(home: Home) -> dict[str, Any]:
    """What `home.json` says: {"format", "created_at", "demo"}. HomeError when it cannot be read."""
    try:
        card = json.loads(home.card.read_text(encoding="utf-8"))
    except PermissionError as error:
        raise HomeError(
            f"The home {home.path} belongs to somebody else ({owner_name(home.path)}).",
            advice="Run the command as that user.",
        ) from error
    except (OSError, ValueError) as error:
        raise HomeError(f"{home.card} cannot be read: {error}.", advice="Restore it from a backup.") from error
    if not isinstance(card, dict):
        raise HomeError(f"{home.card} is not a description of a home.", advice="Restore it from a backup.")
    return card


def write_card(home: Home, card: Mapping[str, Any]) -> None:
    """Write `home.json`, whole or not at all. From now on the folder is a home."""
    side = home.card.with_name(".home.json.new")
    with side.open("w", encoding="utf-8") as handle:
        json.dump(dict(card), handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    hand_over(side)
    os.rename(side, home.card)


def make_folder(home: Home) -> None:
    """The home's folder, private to its owner. HomeError when it holds something that is not ours."""
    try:
        home.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        strangers = sorted(name for name in os.listdir(home.path) if not _is_ours(name))
    except OSError as error:
        raise HomeError(
            f"The home {home.path} cannot be made: {error.strerror}.", advice="Choose another folder with --home."
        ) from error
    if strangers and not home.exists:
        raise HomeError(
            f"{home.path} is not an Ordskifte home, and it is not empty ({strangers[0]} lies in it).",
            advice="Choose an empty folder with --home.",
        )
    if not home.exists:
        home.path.chmod(0o700)


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Only one process at a time makes or replaces a home."""
    path = home.path / ".create.lock"
    with path.open("a") as handle:
        flock(handle, LOCK_EX)
        try:
            yield
        finally:
            hand_over(path)


def hand_over(path: Path) -> None:
    """What root makes in a home belongs to the home's owner: `path` gets the owner of its folder. Else does nothing."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        if folder.st_uid:
            os.chown(path, folder.st_uid, folder.st_gid, follow_symlinks=False)


def owner_name(path: Path) -> str:
    """The name of the user that owns a path."""
    uid = path.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _is_ours(name: str) -> bool:
    return name in OURS or name.startswith(".") or (name.startswith("pg") and name[2:4].isdigit())
