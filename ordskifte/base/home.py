"""The home folder: everything an installation owns lies in it, and nothing is written elsewhere (design.md 3)."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside a home. Makes nothing by itself."""

    path: Path

    @property
    def store(self) -> Path:
        return self.path / "store"

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
    def exists(self) -> bool:
        return (self.path / "home.json").is_file()


def chosen_home(option: str | None = None) -> Home:
    """`--home`, else ORDSKIFTE_HOME, else /var/lib/ordskifte for root and ./var for anyone else."""
    default = "/var/lib/ordskifte" if os.geteuid() == 0 else "var"
    return Home(Path(option or os.environ.get("ORDSKIFTE_HOME") or default).expanduser().absolute())
