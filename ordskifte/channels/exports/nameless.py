"""Ids for what has none: a digest of who, when, what kind, in answer to what, and which one of equals (design.md 2).

The text is not part of it: a changed text is then another version of the same thing, not another thing.
"""

from datetime import datetime
from hashlib import sha256
from typing import Final

_MOST: Final = 100_000  # things remembered: files are in the order of time, so equals stand near each other


class Nameless:
    """Gives ids in the order things are met, counting those that are equal in all but their words."""

    def __init__(self) -> None:
        self._met: dict[bytes, int] = {}

    def id_for(self, kind: str, *, author: str, at: datetime | None, parent: str = "") -> str:
        """The id of the next such thing."""
        when = "" if at is None else str(round(at.timestamp() * 1000))
        parts = (kind, author, when, parent)
        key = sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).digest()[:15]
        number = self._met[key] = self._met.get(key, 0) + 1
        if len(self._met) > _MOST:
            del self._met[next(iter(self._met))]
        return f"{key.hex()}-{number}"
