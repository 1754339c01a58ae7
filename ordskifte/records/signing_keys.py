"""Which key signs the ledger when: a change of key is an entry, `key.rotated`."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import connection

from ordskifte.records.entry import record_act
from ordskifte.records.ledger.errors import NoteError
from ordskifte.records.ledger.note import Verifier, parse_verifier

ROTATED = "key.rotated"


def announce_key(old_id: bytes, new: Verifier, *, actor: str, at: datetime, old: Verifier | None = None) -> int:
    """The entry that names both keys, in the caller's transaction. Returns its batch."""
    details = {
        "old": old_id.hex(),
        "old_key": str(old) if old else None,
        "new": new.id.hex(),
        "new_key": str(new),
    }
    return record_act(ROTATED, actor=actor, at=at, details=details)


def former_key_ids() -> set[str]:
    """Ids (8 hex digits) of the keys that were replaced. Reads all entries: ask only when the key is another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select convert_from(body, 'UTF8')::json -> 'details' ->> 'old' from records_entry where kind = %s",
            [ROTATED],
        )
        return {str(old) for (old,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The keys that have signed, in order. `changes[i]`: number of the entry that made `keys[i + 1]` the key."""

    changes: tuple[int, ...]
    keys: tuple[Verifier | None, ...]  # None: a former key whose public half is nowhere to be found

    def at(self, size: int) -> Verifier | None:
        """The key that must have signed a checkpoint of this size."""
        return self.keys[bisect_left(self.changes, size)]

    def known(self) -> list[Verifier]:
        """Every key of the ledger, the present one last."""
        return [key for key in self.keys if key]


def read_key_history(present: Verifier, former: Iterable[Verifier] = ()) -> KeyHistory:
    """The ledger's keys as its entries tell, ending in the home's own. `former`: keys the home remembers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.first + e.ordinal, e.body from records_entry e join records_numbered n on n.batch = e.batch"
            " where e.kind = %s order by 1",
            [ROTATED],
        )
        rows = [(int(number), orjson.loads(body)["details"]) for number, body in cursor.fetchall()]
    known = {key.id.hex(): key for key in former}
    for _, details in rows:
        known |= {key.id.hex(): key for key in _named(details)}
    known[present.id.hex()] = present
    keys = [known.get(details.get("old")) for _, details in rows]
    return KeyHistory(tuple(number for number, _ in rows), (*keys, present))


def _named(details: dict[str, str | None]) -> list[Verifier]:
    try:
        return [parse_verifier(text) for text in (details.get("old_key"), details.get("new_key")) if text]
    except NoteError:
        return []
