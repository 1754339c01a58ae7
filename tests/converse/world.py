"""A body with hours, promises, topics and colleagues, and what arrives and leaves: for tests of dialogue."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Conversation
from ordskifte.converse.sent import on_sent
from ordskifte.people.models import Role, Unit
from ordskifte.plan.models import Channel, OpeningHours, Place, Promise, Topic
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.threads.models import Utterance
from tests.factories import NOW, make_channel, say

WORKDAY = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)  # Thursday, 10.00 in Oslo
assert WORKDAY == NOW


def set_hours() -> None:
    """Monday to Friday, 8 to 15.30."""
    for weekday in range(5):
        OpeningHours.objects.create(weekday=weekday, opens=time(8), closes=time(15, 30))


def make_promise(value: int | None = 4, unit: str = "hours", **more: Any) -> Promise:
    given = {"kind": "comment", "clock": "working", "valid_from": datetime(2026, 2, 1, tzinfo=UTC)} | more
    return Promise.objects.create(value=value, unit_of_time=unit, **given)


def make_topic(name: str, words: Sequence[str], unit: Unit | None = None, **more: Any) -> Topic:
    return Topic.objects.create(names={"nb": name, "nn": name, "en": name}, words=list(words), unit=unit, **more)


def make_place(name: str = "Skoleskyss", purpose: str = "casework", **more: Any) -> Place:
    given = {"url": "https://eksempel.example/skyss", "phone": "22 00 00 00", "hours": "9-14"} | more
    return Place.objects.create(names={"nb": name, "nn": name, "en": name}, purpose=purpose, **given)


def arrive(*said: Utterance, at: datetime = WORKDAY) -> None:
    """What live intake's job does with the newest version of each."""
    ids = [Utterance.objects.values_list("current_id", flat=True).get(pk=one.pk) for one in said]
    on_arrived(ids, at=at)


def ask(text: str = "Når brøyter dere Strandgata?", *, channel: Channel | None = None, **more: Any) -> Conversation:
    """Somebody asks something, and it has arrived."""
    said = say(channel or make_channel(), text, **more)
    arrive(said, at=more.get("at", WORKDAY))
    return Conversation.objects.get(pk=said.thread_id)


def answer(
    conversation: Conversation,
    text: str = "Plogen kommer til dere før klokka ti.",
    response_type: str = "F1",
    *,
    by: UUID | None = None,
    at: datetime = WORKDAY,
    state: str = State.SENT,
    target: Utterance | None = None,
) -> Outbox:
    """A reply of ours has left, and the job "sent" has told us."""
    said = target or Utterance.objects.get(pk=conversation.newest_id)
    row = put_in_outbox(
        kind=Kind.REPLY,
        channel_id=conversation.channel_id,
        actor="system:test",
        by=by,
        at=at,
        text=text,
        thread_id=said.thread_id,
        target_id=said.pk,
        target_external_id=said.external_id,
        details={"conversation": str(conversation.pk), "response_type": response_type},
    )
    Outbox.objects.filter(pk=row.pk).update(state=state, sent_at=at)
    on_sent(row.pk, at=at)
    conversation.refresh_from_db()
    return Outbox.objects.get(pk=row.pk)


ANSWERS = Role.MODERATOR
