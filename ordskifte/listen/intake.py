"""Intake: one batch of what arrived becomes evidence, rows and ledger entries in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.listen.prepare import Packed, Prepared, PreparedAside
from ordskifte.records.evidence import Draft, write_object
from ordskifte.records.models import Aside
from ordskifte.threads.copying import copy_lines, escaped
from ordskifte.threads.lines import Leaf
from ordskifte.threads.record_versions import Recorded, lock_channel, record_versions, stored_versions


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch came to. `fresh` holds the versions that were new; the others were known already."""

    fresh: frozenset[str]
    first_versions: frozenset[str]
    asides: frozenset[str]
    batch: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: object, offset and length in its plaintext."""

    object_id: int
    offset: int
    length: int


def take_in(
    versions: Sequence[Prepared],
    asides: Sequence[PreparedAside],
    *,
    channel: UUID,
    actor: str,
    at: datetime,
    store: FolderStore,
    keys: Keys,
    wholes: dict[str, tuple[str, bytes]],
) -> Taken:
    """Record what is new of a batch. Must be called inside a transaction; waits for any other writer of the channel.

    `wholes`: file -> (its aside's id, its digest), for versions whose bytes are a whole file.
    """
    lock_channel(channel)
    stored = stored_versions(one.version.id for one in versions)
    fresh: dict[str, Prepared] = {}
    for one in versions:
        if one.version.id not in stored:
            fresh.setdefault(one.version.id, one)
    known = _stored_asides(one.id for one in asides)
    new_asides = {one.id: one for one in asides if one.id not in known}
    if not fresh and not new_asides:
        return Taken(frozenset(), frozenset(), frozenset(), None)
    places, leaves = _write_evidence(fresh, new_asides, channel=channel, actor=actor, at=at, store=store, keys=keys)
    with connection.cursor() as cursor:
        copy_lines(
            cursor,
            "records_aside",
            "id, channel_id, kind, evidence_id, evidence_offset, evidence_length",
            [_aside_line(one, places[one.id], channel) for one in new_asides.values()],
        )
    _place_wholes([one for one in fresh.values() if one.packed is None], wholes)
    recorded: Recorded = record_versions(
        [one.version for one in fresh.values()], channel=channel, actor=actor, at=at, leaves=leaves
    )
    return Taken(frozenset(fresh), recorded.first_versions, frozenset(new_asides), recorded.batch)


def _stored_asides(ids: Iterable[str]) -> set[str]:
    wanted = list(ids)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select id::text from records_aside where id = any(%s::uuid[])", [wanted])
        return {found for (found,) in cursor.fetchall()}


def _write_evidence(
    fresh: dict[str, Prepared],
    asides: dict[str, PreparedAside],
    *,
    channel: UUID,
    actor: str,
    at: datetime,
    store: FolderStore,
    keys: Keys,
) -> tuple[dict[str, Place], list[Leaf]]:
    """Write the batch's plain object and its sealed one, where there is anything for them."""
    drafts = {sealed: Draft(channel, at, sealed) for sealed in (False, True)}
    offsets: dict[str, tuple[bool, int, int]] = {}

    def add(found: str, packed: Packed) -> None:
        offsets[found] = (packed.sealed, drafts[packed.sealed].add(packed.member), len(packed.member))

    for aside in asides.values():
        add(aside.id, aside.packed)
    for one in fresh.values():
        if one.packed:
            add(one.version.id, one.packed)
    leaves: list[Leaf] = []
    objects: dict[bool, int] = {}
    for sealed, draft in drafts.items():
        if draft.records:
            row, leaf = write_object(draft, store=store, keys=keys, actor=actor)
            objects[sealed] = row.id
            leaves.append(("evidence", None, leaf))
    places = {found: Place(objects[sealed], offset, length) for found, (sealed, offset, length) in offsets.items()}
    for one in fresh.values():
        if one.packed:
            place = places[one.version.id]
            one.version.evidence, one.version.offset, one.version.length = place.object_id, place.offset, place.length
    return places, leaves


def _place_wholes(pointing: Sequence[Prepared], wholes: dict[str, tuple[str, bytes]]) -> None:
    """Versions whose bytes are a whole file point at that file's record."""
    if not pointing:
        return
    stored = {str(row.id): row for row in Aside.objects.filter(id__in=[aside for aside, _ in wholes.values()])}
    for one in pointing:
        row, version = stored[wholes[one.file][0]], one.version
        version.evidence, version.offset, version.length = row.evidence_id, row.evidence_offset, row.evidence_length


def _aside_line(one: PreparedAside, place: Place, channel: UUID) -> str:
    return f"{one.id}\t{channel}\t{escaped(one.kind)}\t{place.object_id}\t{place.offset}\t{place.length}"
