"""Where in a folder the package lies, and which files it has. Links are never followed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ordskifte.records.noark5.errors import PackageError

DESCRIPTIONS: Final = ("arkivuttrekk.xml", "addml.xml")
STRUCTURE: Final = "arkivstruktur.xml"
RUNNING: Final = "loependeJournal.xml"
PUBLIC: Final = "offentligJournal.xml"
LOG: Final = "endringslogg.xml"
DOCUMENTS: Final = ("DOKUMENT", "dokumenter", "DOKUMENTER", "dokument")  # as Arkade takes them


@dataclass(frozen=True, slots=True)
class Place:
    """A package's own folder, its description file, and its folder of documents (None when there is none)."""

    folder: Path
    description: str
    documents: Path | None

    def has(self, name: str) -> bool:
        path = self.folder / name
        return path.is_file() and not path.is_symlink()

    def root_files(self) -> list[str]:
        """Names of the files beside the description, in order."""
        return sorted(one.name for one in os.scandir(self.folder) if one.is_file(follow_symlinks=False))


def find_package(folder: Path) -> Place:
    """The package in a folder: there, in its `content`, or in the `content` of the one folder in it (DIAS).

    Raises PackageError when there is none.
    """
    if not folder.is_dir():
        raise PackageError(f"{folder} is not a folder.", advice="Name the folder with arkivuttrekk.xml in it.")
    try:
        inner = [Path(one.path) for one in os.scandir(folder) if one.is_dir(follow_symlinks=False)]
    except OSError as error:
        raise PackageError(f"{folder} cannot be read: {error.strerror}.") from error
    for candidate in (folder, folder / "content", *(one / "content" for one in inner if len(inner) == 1)):
        if any((candidate / name).is_file() for name in (*DESCRIPTIONS, STRUCTURE)):
            return _place(candidate)
    raise PackageError(
        f"{folder} holds no Noark 5 package: neither arkivuttrekk.xml nor arkivstruktur.xml lies there.",
        advice="Name the folder with arkivuttrekk.xml in it; unpack a tar file first.",
    )


def _place(folder: Path) -> Place:
    description = next((name for name in DESCRIPTIONS if (folder / name).is_file()), DESCRIPTIONS[0])
    documents = next((folder / name for name in DOCUMENTS if (folder / name).is_dir()), None)
    return Place(folder, description, documents if documents and not documents.is_symlink() else None)


def document_files(place: Place) -> Iterator[tuple[str, int, bool]]:
    """(path from the package's folder with `/`, size, is it a link) of every file among the documents."""
    if place.documents is None:
        return
    waiting = [place.documents]
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as inside:
            for one in inside:
                if one.is_dir(follow_symlinks=False):
                    waiting.append(Path(one.path))
                else:
                    path = _storable(Path(one.path).relative_to(place.folder).as_posix())
                    yield path, one.stat(follow_symlinks=False).st_size, one.is_symlink()


def _storable(path: str) -> str:
    """A name that is no UTF-8 cannot be referred to from XML; it is shown as far as it can be."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
