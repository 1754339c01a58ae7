"""Which names and sizes inside an export are let in: the caps that are checked before anything is read."""

import re
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError

MAX_MEMBERS: Final = 1_000_000
MAX_DEPTH: Final = 64  # folders
MAX_TOTAL: Final = 200 * 1024**3  # bytes, uncompressed
MAX_RATIO: Final = 200
RATIO_FROM: Final = 64 * 1024**2  # bytes, uncompressed: smaller files may be as compressed as they like

_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.gz|7z|rar)\Z", re.IGNORECASE)


def refusal(name: str) -> str | None:
    """Why a member of this name is not let in (a sentence of `channels.reasons`), or None when it is."""
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts or "\x00" in name or _DRIVE.match(name):
        return reasons.OUTSIDE
    if len(parts) > MAX_DEPTH:
        return reasons.TOO_DEEP_FOLDER
    return None


def is_archive(name: str) -> bool:
    """Whether a member's name says that it is an archive itself."""
    return _ARCHIVE.search(name) is not None


def too_compressed(size: int, packed: int) -> bool:
    """Whether `packed` bytes that become `size` bytes look like a bomb."""
    return size > RATIO_FROM and size > packed * MAX_RATIO


class Caps:
    """Counts members and bytes while an export is looked through; ReadError when there are too many."""

    def __init__(self) -> None:
        self.members = 0
        self.total = 0

    def add(self, size: int) -> None:
        """One more member of `size` bytes, uncompressed."""
        self.members += 1
        self.total += size
        if self.members > MAX_MEMBERS:
            raise ReadError(reasons.TOO_MANY_FILES, advice=reasons.IMPORT_IN_PARTS)
        if self.total > MAX_TOTAL:
            raise ReadError(reasons.TOO_MUCH, advice=reasons.IMPORT_IN_PARTS)
