"""The files of a submission in the order of their names, each read once for digest and size; the list lies on disk."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

_BLOCK: Final = 1 << 20
_MIME: Final = {  # METS of DIAS knows no others; what it has no name for is called plain text
    "xml": "text/xml",
    "xsd": "text/xml",
    "pdf": "image/pdf",
    "jpg": "image/jpg",
    "jpeg": "image/jpg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mp3",
    "mpg": "video/mpg",
    "mpeg": "video/mpg",
    "tar": "application/x-tar",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: where it lies in the submission (`content/…`), where it is read from, its digest and size."""

    name: str
    source: Path
    digest: str
    size: int

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def mime(self) -> str:
        return _MIME.get(self.extension, "text/plain")


def entry(name: str, source: Path) -> Entry:
    digest, size = sha256(), 0
    with source.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Entry(name, source, digest.hexdigest(), size)


def walk(folder: Path, prefix: str) -> Iterator[Entry]:
    """Every file below a folder, in order; links are left out (a package of ours has none)."""
    with os.scandir(folder) as inside:
        found = sorted(inside, key=lambda one: one.name)
    for one in found:
        if one.is_dir(follow_symlinks=False):
            yield from walk(Path(one.path), f"{prefix}/{one.name}")
        elif one.is_file(follow_symlinks=False):
            yield entry(f"{prefix}/{one.name}", Path(one.path))


class FileList:
    """Entries kept as lines of a file, so that two hundred thousand of them are no matter."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0

    def write(self, entries: Iterator[Entry]) -> None:
        with self._path.open("a", encoding="utf-8") as out:
            for one in entries:
                out.write("\t".join((one.name, str(one.source), one.digest, str(one.size))) + "\n")
                self.count += 1

    def __iter__(self) -> Iterator[Entry]:
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                name, source, digest, size = line.rstrip("\n").split("\t")
                yield Entry(name, Path(source), digest, int(size))
