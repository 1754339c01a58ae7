"""Intake: one batch of what arrived becomes evidence, rows and ledger entries in one transaction."""

from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.listen.prepare import Packed, Prepared, PreparedAside
from ordskifte.records.evidence import Draft, write_object
from ordskifte.records.models import Aside
from ordskifte.threads.copying import copy_lines, escaped, uuid_array
from ordskifte.threads.lines import Leaf, Place
from ordskifte.threads.record_versions import Recorded, lock_channel, record_written, stored_of


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch came to. `fresh` holds the versions that were new; the others were known already."""

    fresh: frozenset[str]
    first_versions: frozenset[str]
    asides: frozenset[str]
    batch: int | None


def take_in(
    versions: Sequence[Prepared],
    asides: Sequence[PreparedAside],
    *,
    channel: UUID,
    actor: str,
    at: datetime,
    store: Store,
    keys: Keys,
    wholes: dict[str, tuple[str, bytes]],
) -> Taken:
    """Record what is new of a batch. Must be called inside a transaction; waits for any other writer of the channel.

    `wholes`: file -> (its aside's id, its digest), for versions whose bytes are a whole file.
    """
    lock_channel(channel)
    stored = stored_of(one.version for one in versions)
    fresh = _first_of_each(versions, stored.versions)
    known = _stored_asides(one.id for one in asides)
    new_asides = {one.id: one for one in asides if one.id not in known}
    if not fresh and not new_asides:
        return Taken(frozenset(), frozenset(), frozenset(), None)
    drafts = _Drafts(channel, at)
    aside_places = [drafts.add(one.packed) for one in new_asides.values()]
    version_places = [drafts.add(one.packed) if one.packed else None for one in fresh]
    with ThreadPoolExecutor(1) as beside:  # the store writes while the database takes the rows: both before the commit
        writing: list[Future[None]] = []

        def put(key: str, content: bytes) -> None:
            writing.append(beside.submit(store.put, key, content))

        objects, leaves = drafts.written(put=put, keys=keys, actor=actor)
        with connection.cursor() as cursor:
            copy_lines(
                cursor,
                "records_aside",
                "id, channel_id, kind, evidence_id, evidence_offset, evidence_length",
                [
                    _aside_line(one, (objects[sealed], offset, length), channel)
                    for one, (sealed, offset, length) in zip(new_asides.values(), aside_places, strict=True)
                ],
            )
        places: list[Place | None] = [place and (objects[place[0]], *place[1:]) for place in version_places]
        if None in places:
            places = _in_wholes(fresh, places, wholes)
        recorded: Recorded = record_written(
            [one.version for one in fresh],
            stored,
            places,
            [(one.author, one.version.moment, one.version.id) for one in fresh if one.author],
            channel=channel,
            actor=actor,
            at=at,
            leaves=leaves,
        )
        for one in writing:
            one.result()
    return Taken(
        frozenset(one.version.id for one in fresh), recorded.first_versions, frozenset(new_asides), recorded.batch
    )


def _first_of_each(versions: Sequence[Prepared], stored: Container[str]) -> list[Prepared]:
    """The versions that are not stored; the first, where the batch holds one twice."""
    fresh = {one.version.id: one for one in reversed(versions) if one.version.id not in stored}
    if len(fresh) == len(versions):
        return list(versions)
    return [one for one in versions if fresh.get(one.version.id) is one]


def _stored_asides(ids: Iterable[str]) -> set[str]:
    wanted = uuid_array(ids)
    if wanted == "{}":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select id::text from records_aside where id = any(%s::uuid[])", [wanted])
        return {found for (found,) in cursor.fetchall()}


class _Drafts:
    """The batch's plain object and its sealed one, where there is anything for them."""

    def __init__(self, channel: UUID, at: datetime) -> None:
        self._drafts = (Draft(channel, at, False), Draft(channel, at, True))

    def add(self, packed: Packed) -> tuple[bool, int, int]:
        """Put a record into its object: which, and where in its plaintext."""
        return packed.sealed, self._drafts[packed.sealed].add(packed.member), len(packed.member)

    def written(
        self, *, put: Callable[[str, bytes], object], keys: Keys, actor: str
    ) -> tuple[dict[bool, int], list[Leaf]]:
        """Write them: their ids, and their ledger entries."""
        leaves: list[Leaf] = []
        objects: dict[bool, int] = {}
        for draft in self._drafts:
            if draft.records:
                row, leaf = write_object(draft, put=put, keys=keys, actor=actor)
                objects[draft.sealed] = row.id
                leaves.append(("evidence", None, leaf))
        return objects, leaves


def _in_wholes(
    fresh: Sequence[Prepared], places: Sequence[Place | None], wholes: dict[str, tuple[str, bytes]]
) -> list[Place | None]:
    """The places, those of versions without bytes of their own being the records of whole files."""
    stored = {str(row.id): row for row in Aside.objects.filter(id__in=[aside for aside, _ in wholes.values()])}
    found: list[Place | None] = []
    for one, place in zip(fresh, places, strict=True):
        if place is None:
            row = stored[wholes[one.file][0]]
            place = (row.evidence_id, row.evidence_offset, row.evidence_length)
        found.append(place)
    return found


def _aside_line(one: PreparedAside, place: Place, channel: UUID) -> bytes:
    object_id, offset, length = place
    return f"{one.id}\t{channel}\t{escaped(one.kind)}\t{object_id}\t{offset}\t{length}\n".encode()
