"""The one way content goes: purge, disposal and a person's right to erasure all pass here, and a hold stops them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ordskifte.archive.holds import held
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.threads.erase import erase_utterances
from ordskifte.threads.models import Utterance

CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes lie, and the keys of the home."""

    store: Store
    keys: Keys


@dataclass(frozen=True, slots=True)
class Gone:
    erased: frozenset[UUID]
    held: frozenset[UUID]


def erase(utterance_ids: Collection[UUID], *, basis: str, by: str, at: datetime, place: Place) -> Gone:
    """Erase the content of utterances, channel by channel; those under a hold stay."""
    stopped = held(utterance_ids)
    by_channel: dict[UUID, list[Utterance]] = defaultdict(list)
    for one in Utterance.objects.filter(pk__in=[one for one in utterance_ids if one not in stopped]):
        by_channel[one.channel_id].append(one)
    for rows in by_channel.values():
        for first in range(0, len(rows), CHUNK):
            part = rows[first : first + CHUNK]
            erase_utterances(part, basis=basis, actor=by, at=at, store=place.store, keys=place.keys)
    return Gone(frozenset(one.pk for rows in by_channel.values() for one in rows), stopped)
