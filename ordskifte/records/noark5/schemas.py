"""The official schema files: which they are, where they lie in a home, and how they get there.

They are no part of this program. `schemas.json` pins the bytes of each; what is not exactly those bytes is refused.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from ordskifte.records.noark5.errors import SchemaError

FOLDER: Final = "schemas"
_DEEPEST: Final = 4  # folders below the one that is given
_MOST_FILES: Final = 20_000
_LARGEST: Final = 5_000_000  # bytes; the largest official file is 0.5 MB
_ENDINGS: Final = (".xsd", ".yml")


@dataclass(frozen=True, slots=True)
class SchemaSet:
    """Files that belong together: one version of one standard."""

    name: str
    what: str
    version: str
    source: str
    valid_from: str
    valid_to: str | None
    files: Mapping[str, str]  # name -> SHA-256, hexadecimal


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds of the pinned files. `wrong` has the right name and other bytes; `extra` lies among ours."""

    right: Mapping[tuple[str, str], Path]  # (set, file) -> where
    missing: tuple[tuple[str, str], ...]
    wrong: tuple[Path, ...]
    extra: tuple[Path, ...]

    def whole(self) -> list[SchemaSet]:
        return [one for one in known_sets() if all((one.name, file) in self.right for file in one.files)]

    def absent(self) -> list[SchemaSet]:
        """The sets of which there is nothing at all: another folder's."""
        begun = {name for name, _file in self.right}
        return [one for one in known_sets() if one.name not in begun]


@cache
def known_sets() -> tuple[SchemaSet, ...]:
    return tuple(SchemaSet(**one) for one in json.loads(_own("schemas.json"))["sets"])


@cache
def official_digests() -> Mapping[str, str]:
    """Digest -> name of every pinned file."""
    return {digest: file for one in known_sets() for file, digest in one.files.items()}


def named(name: str) -> SchemaSet:
    return next(one for one in known_sets() if one.name == name)


def where_to_get_them() -> str:
    """Where the files are published, a line for each set."""
    return "\n".join(f"  {one.what}: {one.source}" for one in known_sets())


def installed(home: Path, name: str) -> Path | None:
    """The folder with a set's files, read again and all of them right; None when they are not there."""
    folder = home / FOLDER / name
    try:
        if all(_digest(folder / file) == digest for file, digest in named(name).files.items()):
            return folder
    except OSError:
        return None
    return None


def look_in(folder: Path) -> Found:
    """Find the pinned files in a folder and those below it, by name and bytes. SchemaError when it cannot be read."""
    candidates = list(_candidates(folder))
    digests = {path: _digest(path) for path in candidates if path.name in _names()}
    right: dict[tuple[str, str], Path] = {}
    for one in known_sets():
        for file, digest in one.files.items():
            match = next((path for path in candidates if path.name == file and digests[path] == digest), None)
            if match:
                right[one.name, file] = match
    homes = {path.parent for path in right.values()}
    known = set(official_digests())
    begun = {name for name, _file in right}
    return Found(
        right=right,
        missing=tuple(
            (one.name, file)
            for one in known_sets()
            for file in one.files
            if one.name in begun and (one.name, file) not in right
        ),
        wrong=tuple(path for path, digest in digests.items() if digest not in known),
        extra=tuple(path for path in candidates if path.name not in _names() and path.parent in homes),
    )


def install(found: Found, home: Path) -> list[SchemaSet]:
    """Put every whole set into the home: all of a set or nothing. SchemaError when something is wrong or missing."""
    if found.wrong or found.missing:
        raise SchemaError(_told(found), advice="Nothing was installed. Get the files anew, unchanged.")
    whole = found.whole()
    if not whole:
        raise SchemaError(
            "None of the official schema files lie there.", advice=f"They are published here:\n{where_to_get_them()}"
        )
    place = home / FOLDER
    place.mkdir(mode=0o755, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=place) as side:
        for one in whole:
            _copy_set(one, found, Path(side) / one.name)
        for one in whole:
            _swap(Path(side) / one.name, place / one.name, Path(side) / f"{one.name}.old")
    return whole


def _told(found: Found) -> str:
    said = [f"{path} is not the official file (its bytes differ)." for path in found.wrong]
    said += [f"{file} of {name} is missing." for name, file in found.missing if not _is_among(file, found.wrong)]
    return " ".join(said)


def _is_among(file: str, paths: Iterable[Path]) -> bool:
    return any(path.name == file for path in paths)


def _copy_set(one: SchemaSet, found: Found, target: Path) -> None:
    target.mkdir(mode=0o755)
    for file, digest in one.files.items():
        data = _read(found.right[one.name, file])
        if sha256(data).hexdigest() != digest:
            raise SchemaError(f"{found.right[one.name, file]} changed while it was read.")
        with (target / file).open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())


def _swap(new: Path, place: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


@cache
def _names() -> frozenset[str]:
    return frozenset(file for one in known_sets() for file in one.files)


def _candidates(folder: Path) -> Iterator[Path]:
    """Schema-like files in a folder and those below it, in order; links are not followed."""
    if not folder.is_dir():
        raise SchemaError(f"{folder} is not a folder.", advice="Name the folder that holds the official schema files.")
    seen = 0
    for place, inner, files in os.walk(folder, onerror=_cannot_read):
        if len(Path(place).relative_to(folder).parts) >= _DEEPEST:
            inner.clear()
        inner.sort()
        for file in sorted(files):
            path = Path(place, file)
            if path.suffix in _ENDINGS and path.is_file() and not path.is_symlink():
                seen += 1
                if seen > _MOST_FILES:
                    raise SchemaError(f"{folder} holds too many files to look through.", advice="Name a smaller one.")
                yield path


def _cannot_read(error: OSError) -> None:
    raise SchemaError(f"{error.filename} cannot be read: {error.strerror}.")


def _read(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(_LARGEST + 1)


def _digest(path: Path) -> str:
    return sha256(_read(path)).hexdigest()


def _own(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
