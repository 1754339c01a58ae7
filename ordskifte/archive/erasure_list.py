"""The list of what was erased, for the day a backup is restored: what was erased after it must not come back.

It names utterances, the day and the basis; never a word, never a person.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.base.clock import rfc3339
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.threads.erase import erase_utterances
from ordskifte.threads.models import Utterance

FORMAT: Final = 1
ACTOR: Final = "system:restore"


@dataclass(frozen=True, slots=True)
class Erased:
    utterance: UUID
    basis: str
    at: str


def erased_since(since: datetime | None) -> Iterator[Erased]:
    """Every erasure from a moment on, each utterance once, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select body from records_entry where kind = 'erased' order by batch, ordinal")
        seen: set[str] = set()
        for (body,) in cursor.fetchall():
            leaf = json.loads(bytes(body))
            details = leaf["details"]
            if (since is None or datetime.fromisoformat(leaf["at"]) >= since) and details["utterance"] not in seen:
                seen.add(details["utterance"])
                yield Erased(UUID(details["utterance"]), details["basis"], leaf["at"])


def written(since: datetime | None, *, at: datetime) -> bytes:
    """The list as a file."""
    rows = [{"utterance": str(one.utterance), "basis": one.basis, "at": one.at} for one in erased_since(since)]
    said = {"format": FORMAT, "made_at": rfc3339(at), "since": rfc3339(since) if since else None, "erased": rows}
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def read(content: bytes) -> list[Erased]:
    """A list from its file. ArchiveError when it is something else."""
    try:
        data: Any = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        return [Erased(UUID(one["utterance"]), str(one["basis"]), str(one["at"])) for one in data["erased"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(
            "This is no list of erasures.", advice="Write one with `ordskifte erasures FILE` on the machine that was."
        ) from error


def apply(rows: list[Erased], *, at: datetime, store: Store, keys: Keys) -> int:
    """Erase again what the list names and is here. Returns how many utterances; those unknown here are passed over."""
    basis = {one.utterance: one.basis for one in rows}
    groups: dict[tuple[UUID, str], list[Utterance]] = defaultdict(list)
    for one in Utterance.objects.filter(pk__in=list(basis)):
        groups[one.channel_id, basis[one.pk]].append(one)
    done = 0
    for (_, law), same in sorted(groups.items(), key=lambda pair: (str(pair[0][0]), pair[0][1])):
        if erase_utterances(same, basis=law, actor=ACTOR, at=at, store=store, keys=keys).versions:
            done += len(same)
    return done
