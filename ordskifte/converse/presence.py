"""Who reads and who writes: the first to write holds sending, until two minutes of silence or another takes over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from ordskifte.converse.models import Draft, Presence
from ordskifte.converse.news import announce
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Person
from ordskifte.records.entry import record_act

SILENCE: Final = timedelta(minutes=2)
"""Whoever writes and is silent so long no longer holds sending."""

READS: Final = timedelta(seconds=70)
"""A reader who has not been heard of so long has gone."""

LONGEST_DRAFT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Here:
    """The others in a conversation: who writes (and holds sending), and who reads."""

    writes: Person | None
    reads: tuple[Person, ...]
    mine: bool  # the one who asks holds sending


@transaction.atomic
def seen(conversation_id: UUID, person_id: UUID, *, writes: bool, at: datetime) -> None:
    """A person has the conversation open. Writing is kept until silence; reading never ends it."""
    row, fresh = Presence.objects.select_for_update().get_or_create(
        conversation_id=conversation_id,
        person_id=person_id,
        defaults={"writes": writes, "since": at, "seen_at": at},
    )
    changed = fresh
    if not fresh:
        wrote = row.writes and at - row.seen_at < SILENCE
        changed = at - row.seen_at > READS or (writes and not wrote)
        if writes:
            row.since = row.since if wrote else at
            row.writes, row.seen_at = True, at
        elif not wrote:
            row.writes, row.since, row.seen_at = False, at, at
        row.save()
    if changed:
        announce("presence", [conversation_id])


def holder(conversation_id: UUID, *, at: datetime) -> UUID | None:
    """Who holds sending: the first of those who write now."""
    writing = Presence.objects.filter(conversation=conversation_id, writes=True, seen_at__gt=at - SILENCE)
    return writing.order_by("since", "pk").values_list("person_id", flat=True).first()


def here(conversation_id: UUID, person_id: UUID | None, *, at: datetime) -> Here:
    """One query."""
    rows = list(
        Presence.objects.filter(conversation=conversation_id, seen_at__gt=at - SILENCE)
        .select_related("person")
        .order_by("since", "pk")
    )
    writing = [row for row in rows if row.writes]
    first = writing[0] if writing else None
    reading = [
        row.person
        for row in rows
        if row is not first and row.person_id != person_id and (row.writes or row.seen_at > at - READS)
    ]
    mine = first is not None and first.person_id == person_id
    return Here(writes=None if first is None or mine else first.person, reads=tuple(reading), mine=mine)


@transaction.atomic
def take_over(conversation_id: UUID, *, by: UUID, at: datetime) -> None:
    """Write oneself, although another does. It stands in the record, and the other's draft is kept."""
    others = Presence.objects.filter(conversation=conversation_id, writes=True).exclude(person=by)
    was = [str(one) for one in others.values_list("person_id", flat=True)]
    others.update(writes=False)
    Presence.objects.update_or_create(
        conversation_id=conversation_id, person_id=by, defaults={"writes": True, "since": at, "seen_at": at}
    )
    if was:
        details = {"from": was}
        record_act("conversation.taken_over", actor=f"person:{by}", at=at, record=conversation_id, details=details)
    announce("presence", [conversation_id])


def leave(conversation_id: UUID, person_id: UUID) -> None:
    """The person no longer writes: what they wrote was sent."""
    Presence.objects.filter(conversation=conversation_id, person=person_id).update(writes=False)


def keep_draft(conversation_id: UUID, text: str, *, by: UUID, at: datetime) -> None:
    """Keep what is being written; an empty text keeps nothing. Personal numbers are masked here too."""
    words = mask(text.replace("\x00", "")[:LONGEST_DRAFT])[0]
    if words.strip():
        Draft.objects.update_or_create(
            conversation_id=conversation_id, by_id=by, defaults={"text": words, "saved_at": at}
        )
    else:
        Draft.objects.filter(conversation=conversation_id, by=by).delete()


def forget_presence(*, at: datetime) -> int:
    """Old rows mean nothing."""
    return Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()[0]
