"""Suggested answers: the body's saved replies in the writer's written form, with places, names and times filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from babel.dates import format_date
from django.utils.timezone import localtime

from ordskifte.converse.clock import Clocks
from ordskifte.converse.models import Conversation
from ordskifte.plan.models import Place, SavedReply
from ordskifte.plan.queries import open_replies
from ordskifte.plan.saved_replies import fill
from ordskifte.plan.working_time import ClockError, deadline, next_opening
from ordskifte.ui.said import visible

MOST: Final = 6
WRITTEN: Final = ("nb", "nn", "en")
HOLDS_FOR: Final = 2
"""Working days within which a holding reply proposes that we answer. A person reads it before it leaves."""

LONGEST_NAME: Final = 40
_DAY: Final = {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "en": "EEEE d MMMM"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One saved reply, ready to be read before it is sent. `open`: holes that a person must fill."""

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


def suggestions(
    conversation: Conversation,
    *,
    writer: str,
    form: str,
    places: Sequence[Place],
    at: datetime,
    closed: bool,
    clocks: Clocks | None = None,
) -> list[Suggestion]:
    """The topic's own first, then what fits what they said, then the rest. `writer`: what they call themselves."""
    own = conversation.topic.place if conversation.topic else None
    usual = next((one for one in places if one.purpose == "casework"), None)
    place = own if own is not None and own.dead_since is None else usual
    unit = conversation.unit.name if conversation.unit else ""
    name = visible(writer)[:LONGEST_NAME]
    rows = [row for row in open_replies() if row.topic_id in (None, conversation.topic_id)]
    found = []
    clocks = clocks or Clocks()
    for row in sorted(rows, key=lambda one: _rank(one, conversation, closed=closed)):
        texts = row.texts or {}
        language = form if texts.get(form) else next((one for one in WRITTEN if texts.get(one)), "")
        if language:
            when = _when(row.kind, conversation, language, at, clocks) if "{when}" in texts[language] else ""
            filled = fill(row, language, place=place, name=name, unit=unit, when=when)
            found.append(Suggestion(row.id, row.name, row.kind, filled.text, language, row.topic_id, filled.missing))
        if len(found) == MOST:
            break
    return found


def _when(kind: str, conversation: Conversation, language: str, at: datetime, clocks: Clocks) -> str:
    """The day we open again, or the day a holding reply proposes."""
    hours = clocks.hours(conversation.unit_id)
    try:
        if kind == "F10":
            moment = next_opening(at, hours)
        else:
            moment = deadline(at, value=HOLDS_FOR, unit="days", clock="working", hours=hours)
    except ClockError:
        return ""
    return str(format_date(localtime(moment).date(), _DAY[language], locale=language))


def _rank(row: SavedReply, conversation: Conversation, *, closed: bool) -> tuple[int, str]:
    """The lower, the nearer: the topic's own, the answer that fits what they said, a holding reply, the others."""
    fits = {"casework": "F4", "praise": "F7"}.get(conversation.kind, "F2")
    if row.topic_id:
        return 0, row.name
    if row.kind == fits:
        return 1, row.name
    if closed and row.kind == "F10":
        return 2, row.name
    return (3 if row.kind == "F2" else 4), row.name
