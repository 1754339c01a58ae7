"""Once a day every place's link is tried through the one door (R95: each named place exists)."""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from ordskifte.base.http import Door, DoorError, Refused
from ordskifte.plan.models import Place
from ordskifte.plan.places import PERSON, note_link_answered, note_link_failed

log = logging.getLogger(__name__)
ACTOR: Final = "system:check_places"
GONE: Final = frozenset({404, 410})
RESERVED: Final = (".example", ".invalid", ".test", ".localhost")  # RFC 6761: these never exist


class Outcome(Enum):
    ANSWERS = "answers"
    GONE = "gone"  # the page says itself that it is not there
    SILENT = "silent"  # no answer, or trouble at their end: tried again the next day
    UNKNOWN = "unknown"  # we may not ask there


@dataclass(frozen=True, slots=True)
class Checked:
    """What one round found. `own_trouble`: nothing at all answered, so the fault is ours and nothing was noted."""

    tried: int
    died: tuple[UUID, ...] = ()
    revived: tuple[UUID, ...] = ()
    own_trouble: bool = False


def check_places(door: Door, *, at: datetime) -> Checked:
    """Try the links of all places that a person has not closed, each address once; then note what came of it."""
    places = [(place.id, place.url) for place in Place.objects.exclude(url="").exclude(dead_why=PERSON).order_by("id")]
    found = {url: outcome_of(door, url) for url in dict.fromkeys(url for _, url in places) if not _reserved(url)}
    asked = [outcome for outcome in found.values() if outcome is not Outcome.UNKNOWN]
    if len(asked) > 1 and all(outcome is Outcome.SILENT for outcome in asked):
        log.warning("none of %s links answers; the network is looked at first, and no place is marked", len(asked))
        return Checked(len(found), own_trouble=True)
    died, revived = [], []
    for place_id, url in places:
        outcome = found.get(url, Outcome.UNKNOWN)
        if outcome is Outcome.ANSWERS and note_link_answered(place_id, actor=ACTOR, at=at):
            revived.append(place_id)
        elif outcome in (Outcome.GONE, Outcome.SILENT) and note_link_failed(
            place_id, gone=outcome is Outcome.GONE, actor=ACTOR, at=at
        ):
            died.append(place_id)
    return Checked(len(found), tuple(died), tuple(revived))


def outcome_of(door: Door, url: str) -> Outcome:
    """What a link does. A page that asks for sign-in, or refuses robots, is there."""
    try:
        status = door.ask("GET", url, body=False).status
    except Refused as error:
        log.warning("the link to %s is not tried: %s %s", urlsplit(url).hostname, error, error.advice)
        return Outcome.UNKNOWN
    except DoorError:
        return Outcome.SILENT
    if status in GONE:
        return Outcome.GONE
    return Outcome.SILENT if status >= 500 else Outcome.ANSWERS


def _reserved(url: str) -> bool:
    return f".{urlsplit(url).hostname or ''}".endswith(RESERVED)
