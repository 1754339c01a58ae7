"""Looking at a channel to find out what became of something, before anything is sent again."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from ordskifte.channels import registry
from ordskifte.channels.errors import ChannelFault
from ordskifte.channels.live import LiveChannel
from ordskifte.publish import reasons
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import HAND_OFF, defer_look, defer_send, defer_told, record_row
from ordskifte.publish.receipts import WORKER, took
from ordskifte.publish.sending import (
    LOOKS,
    TRIES,
    Post,
    back_in_queue,
    fail,
    give_up_claim,
    lasts,
    outgoing,
    wait_after,
)
from ordskifte.publish.states import move

MISSED_AFTER: Final = timedelta(minutes=2)
_RUNNING: Final = "person:"


def look(outbox_id: UUID, *, post: Post) -> State | None:
    """Find out what became of a row that is claimed, sent or unknown. Returns its state then; None: nothing to do."""
    row = Outbox.objects.select_related("channel").filter(pk=outbox_id).first()
    if row is None or row.channel is None:
        return _look_at_mail(row, at=post.clock()) if row else None
    if row.state == State.CLAIMED and not _lost(row, at=post.clock()):
        return None
    row.refresh_from_db(fields=["state", "claimed_at", "looks", "sent_at", "reason"])
    if row.state not in (State.SENT, State.UNKNOWN):
        return State(row.state)
    found = registry.live_class(row.channel.way)
    if found is None:
        return State(row.state)
    if found.can_look:
        return _look_there(row, found, post)
    return _without_looking(row, found, at=post.clock())


def _look_at_mail(row: Outbox, *, at: datetime) -> State:
    """Mail gives no way to look: a claim that was lost becomes a question to a person."""
    _lost(row, at=at)
    row.refresh_from_db(fields=["state"])
    return State(row.state)


def _lost(row: Outbox, *, at: datetime) -> bool:
    """Whether the worker that claimed it has ended; then it is unknown now. A person's claim is not lost."""
    if row.state != State.CLAIMED or row.claimed_by == HAND_OFF or row.claimed_by.startswith(_RUNNING):
        return False
    if row.claimed_at is None or at < row.claimed_at + lasts(row):
        return False
    return give_up_claim(row, at=at)


def _look_there(row: Outbox, found: type[LiveChannel], post: Post) -> State | None:
    assert row.channel is not None
    try:
        seen = post.reach(row.channel).look(outgoing(row, post.store))
    except ChannelFault:
        return _look_later(row, at=post.clock())
    at = post.clock()
    if seen is not None:
        return took(row.pk, seen, at=at, store=post.store, keys=post.keys)
    assert row.claimed_at is not None
    settled = row.claimed_at + max(found.settles, lasts(row) if row.reason == reasons.LOST else found.settles)
    if at < settled:  # what was accepted may still come
        defer_look(row.pk, min(settled, at + max(found.settles / 4, timedelta(seconds=1))))
        return State(row.state)
    if row.attempts >= TRIES:
        return fail(row, reasons.NEVER_SHOWN, at=at)
    return _send_again(row, reasons.LOOKED_NOT_THERE, at=at)


@transaction.atomic
def _look_later(row: Outbox, *, at: datetime) -> State | None:
    """The channel cannot be looked at now. Tried again and again; after some tries a person is asked too."""
    mine = Outbox.objects.filter(pk=row.pk, state=row.state, claimed_at=row.claimed_at, looks=row.looks)
    if not mine.update(looks=row.looks + 1):
        return None
    state = State(row.state)
    if row.looks + 1 == LOOKS:
        if state == State.SENT and move(row.pk, of=[State.SENT], to=State.UNKNOWN, reason=reasons.CANNOT_LOOK):
            record_row("unknown", row, actor=WORKER, at=at)
            state = State.UNKNOWN
        defer_told(row.pk)
    defer_look(row.pk, at + wait_after(row.looks + 1))
    return state


@transaction.atomic
def _send_again(row: Outbox, why: str, *, at: datetime) -> State | None:
    """It is certainly not there, or the channel knows our mark: back in the queue."""
    state = back_in_queue(row, only={"claimed_at": row.claimed_at}, at=at, send_at=at, reason=why)
    if state == State.SCHEDULED:
        record_row("sent_again", row, actor=WORKER, at=at)
    return state


@transaction.atomic
def _without_looking(row: Outbox, found: type[LiveChannel], *, at: datetime) -> State | None:
    """No way to look. What knows our mark as a key is sent again; what was accepted and not seen is for a person."""
    if row.state == State.UNKNOWN:
        if found.has_idempotency_key and row.attempts < TRIES:
            return _send_again(row, row.reason, at=at)
        return State.UNKNOWN
    assert row.sent_at is not None
    if at < row.sent_at + found.settles:
        defer_look(row.pk, row.sent_at + found.settles)
        return State.SENT
    if not move(row.pk, of=[State.SENT], to=State.UNKNOWN, reason=reasons.NOT_SEEN):
        return None
    record_row("unknown", row, actor=WORKER, at=at)
    defer_told(row.pk)
    return State.UNKNOWN


def watch(*, at: datetime) -> int:
    """Each minute: whatever should have moved and has not. Returns how many rows were set going again.

    Jobs can be lost (a worker killed at the wrong moment, a database restored): no row depends on its job alone. A time
    that was missed is told.
    """
    late = at - MISSED_AFTER
    due = Outbox.objects.filter(state=State.SCHEDULED, send_at__lt=late)
    for row in due.filter(missed_at=None, wanted_at__lt=late)[:500]:
        _tell_missed(row, at=at)
    set_going = 0
    for outbox_id in due.order_by("send_at").values_list("id", flat=True)[:500]:
        defer_send(outbox_id, at)
        set_going += 1
    lost = Outbox.objects.filter(state=State.CLAIMED, claimed_at__lt=late).exclude(claimed_by=HAND_OFF)
    open_ = Outbox.objects.filter(state__in=[State.SENT, State.UNKNOWN], claimed_at__lt=at - 10 * MISSED_AFTER)
    for rows in (lost.exclude(claimed_by__startswith=_RUNNING), open_):
        for outbox_id in rows.order_by("claimed_at").values_list("id", flat=True)[:500]:
            defer_look(outbox_id, at)
            set_going += 1
    return set_going


@transaction.atomic
def _tell_missed(row: Outbox, *, at: datetime) -> None:
    if Outbox.objects.filter(pk=row.pk, missed_at=None, state=State.SCHEDULED).update(missed_at=at):
        record_row("missed", row, actor=WORKER, at=at)
        defer_told(row.pk)
