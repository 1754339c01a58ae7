"""Suggested answers: the body's saved replies in the writer's written form, with places and names filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ordskifte.converse.models import Conversation
from ordskifte.plan.models import Place, SavedReply

MOST: Final = 6
WRITTEN: Final = ("nb", "nn", "en")
_HOLE: Final = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One saved reply, ready to be read before it is sent. `open`: holes that a person must fill, {as they stand}."""

    id: UUID
    name: str
    kind: str
    text: str
    language: str
    topic: UUID | None
    open: tuple[str, ...]


def form_of(language: str, body: str) -> str:
    """The form we answer in: the writer's where we write it, else the body's own."""
    return language if language in WRITTEN else body


def filled(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its holes filled, and the names of those nothing is known for."""
    left: list[str] = []

    def fill(hole: re.Match[str]) -> str:
        value = values.get(hole[1], "")
        if not value:
            left.append(hole[0])
            return hole[0]
        return value

    return _HOLE.sub(fill, text), tuple(left)


def values_for(conversation: Conversation, *, name: str, body: str, place: Place | None, form: str) -> dict[str, str]:
    """What fills the holes. `name` is ours: the one who answers."""
    found = {"name": name, "body": body, "unit": conversation.unit.name if conversation.unit else ""}
    if place is not None:
        names = place.names or {}
        found |= {
            "place.name": str(names.get(form) or names.get("nb") or ""),
            "place.url": place.url,
            "place.phone": place.phone,
            "place.email": place.email,
            "place.hours": place.hours,
        }
    return found


def suggestions(
    conversation: Conversation,
    *,
    name: str,
    body: str,
    form: str,
    places: Sequence[Place],
    closed: bool,
) -> list[Suggestion]:
    """The topic's own first, then what fits the kind, then the rest. One query."""
    rows = list(SavedReply.objects.filter(closed_at=None).order_by("name"))
    own = conversation.topic.place if conversation.topic else None
    usual = next((one for one in places if one.purpose == "casework"), None)
    place = own if own is not None and own.dead_since is None else usual
    values = values_for(conversation, name=name, body=body, place=place, form=form)
    found = []
    for row in sorted(rows, key=lambda one: _rank(one, conversation, closed=closed)):
        texts = row.texts or {}
        language = form if texts.get(form) else next((one for one in WRITTEN if texts.get(one)), "")
        if not language or (row.topic_id and row.topic_id != conversation.topic_id):
            continue
        text, left = filled(str(texts[language]), values)
        found.append(Suggestion(row.id, row.name, row.kind, text, language, row.topic_id, left))
    return found[:MOST]


def _rank(row: SavedReply, conversation: Conversation, *, closed: bool) -> tuple[int, str]:
    """The lower, the nearer: the topic's own, the answer that fits what they said, a holding reply, the others."""
    fits = {
        "casework": "F4",
        "praise": "F7",
        "complaint": "F2",
        "report": "F2",
        "question": "F2",
        "criticism": "F2",
    }.get(conversation.kind, "F2")
    if row.topic_id:
        return 0, row.name
    if closed and row.kind == "F10":
        return 1, row.name
    if row.kind == fits:
        return 2, row.name
    return (3 if row.kind == "F2" else 4), row.name
