"""The fonts documents are set in: which they are, and how they get into a home.

They are no part of this program (49 MB, SIL Open Font License 1.1). `fonts.json` pins the bytes of each, with the
Debian packages they come from: a document must look the same on every machine, so no other bytes are taken.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

from ordskifte.base.errors import OrdskifteError

FOLDER: Final = "fonts"
SYSTEM: Final = Path("/usr/share/fonts")
_LARGEST: Final = 40_000_000  # bytes; the largest pinned font has 20 MB


class FontError(OrdskifteError):
    """Fonts cannot be installed."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """Our list of fonts."""

    packages: tuple[str, ...]
    needed: frozenset[str]
    files: Mapping[str, frozenset[str]]  # name -> SHA-256 of the versions that are taken


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of it. `missing`: scripts this machine has no font for. `wrong`: right name, bytes we do not know."""

    installed: tuple[str, ...]
    missing: tuple[str, ...]
    wrong: tuple[Path, ...]


@cache
def pinned() -> Pinned:
    data = json.loads(files("ordskifte.records.pdfa").joinpath("fonts.json").read_text())
    known = {name: frozenset(digests) for name, digests in data["files"].items()}
    return Pinned(tuple(data["packages"]), frozenset(data["needed"]), known)


def install(home: Path, folder: Path = SYSTEM) -> Fetched:
    """Copy the pinned fonts of `folder` into the home: all that are right, or nothing when a needed one is not."""
    if not folder.is_dir():
        raise FontError(f"There is no folder {folder}.")
    known = pinned()
    right: dict[str, Path] = {}
    wrong: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.name in known.files and path.name not in right and path.is_file():
            if path.stat().st_size <= _LARGEST and sha256(path.read_bytes()).hexdigest() in known.files[path.name]:
                right[path.name] = path
            else:
                wrong.append(path)
    wrong = [path for path in wrong if path.name not in right]
    if lacking := sorted(known.needed - right.keys()):
        told = [f"{path} is another version than the ones we know." for path in wrong if path.name in lacking]
        gone = [name for name in lacking if name not in {path.name for path in wrong}]
        told += [f"Not found in {folder}: {', '.join(gone)}."] if gone else []
        raise FontError(
            " ".join(told) + " Nothing was installed.",
            advice=f"As root: apt-get install {' '.join(known.packages)}. Or name a folder with the files: --from DIR",
        )
    _put(home / FOLDER, right)
    missing = known.files.keys() - right.keys() - {path.name for path in wrong}
    return Fetched(tuple(sorted(right)), tuple(sorted(missing)), tuple(wrong))


def _put(place: Path, right: Mapping[str, Path]) -> None:
    """Write the folder beside, then change places: never half of it."""
    with tempfile.TemporaryDirectory(prefix=".new-fonts-", dir=place.parent) as side:
        new = Path(side) / FOLDER
        new.mkdir(mode=0o755)
        for name, path in right.items():
            shutil.copyfile(path, new / name)
        if place.exists():
            place.rename(Path(side) / "old")
        new.rename(place)
