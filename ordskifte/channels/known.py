"""What a channel gave us lately, by id: so an edit or a deletion without a time of its own is found at the next poll.

It is a part of the cursor, and so as safe from a crash as that: it moves in the transaction that keeps what it led to.
"""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from ordskifte.base.canonical import canonical
from ordskifte.base.clock import rfc3339
from ordskifte.channels.contract import Arrival

MOST: Final = 100
"""How many are looked at again. What is older is seen again only when the channel itself says that it changed."""


class Known:
    """Ids with a digest of what they said, oldest first."""

    def __init__(self, saved: object, most: int = MOST) -> None:
        pairs = saved if isinstance(saved, list) else []
        self._seen: dict[str, str] = {str(one[0]): str(one[1]) for one in pairs if isinstance(one, list)}
        self._most = most

    def __contains__(self, external_id: str) -> bool:
        return external_id in self._seen

    @property
    def ids(self) -> list[str]:
        return list(self._seen)

    @property
    def saved(self) -> list[list[str]]:
        """For the cursor: the newest of them."""
        return [[name, digest] for name, digest in list(self._seen.items())[-self._most :]]

    def take(self, arrival: Arrival, *, seen: datetime) -> Arrival | None:
        """The arrival as it goes on; None when we have it as it stands. A change without a time is one of now."""
        digest, before = _digest(arrival), self._seen.get(arrival.external_id)
        if digest == before:
            return None
        self._seen[arrival.external_id] = digest
        if before is None:
            return arrival
        return replace(
            arrival, version_key=arrival.version_key or rfc3339(seen), edited=arrival.edited or seen, seen=seen
        )

    def forget(self, external_id: str) -> None:
        self._seen.pop(external_id, None)


def _digest(one: Arrival) -> str:
    attachments = [[a.url, a.alt, a.media_type] for a in one.attachments]
    words: list[Any] = [one.kind, one.text, one.title, one.summary, one.visibility, attachments, dict(one.extra)]
    return sha256(canonical(words)).hexdigest()[:16]


def deletion(external_id: str, *, raw: bytes, raw_type: str, file: str, seen: datetime, why: str = "") -> Arrival:
    """That something is no longer there, with the bytes of the answer that says so."""
    return Arrival(
        external_id=external_id,
        kind="deletion",
        author=None,
        ours=False,
        text="",
        raw=raw,
        raw_type=raw_type,
        file=file,
        where=external_id,
        version_key=f"deleted {rfc3339(seen)}",
        seen=seen,
        extra={"reason": why} if why else {},
    )
