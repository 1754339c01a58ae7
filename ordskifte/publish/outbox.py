"""What is put into the outbox, approved, refused, held back and withdrawn: one act, one transaction, one entry.

Nothing leaves the body but through here. The caller has checked who may (`rules`); the worker sends (`sending`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.base.text import storable
from ordskifte.channels import registry
from ordskifte.language.personal_data import find_numbers, mask
from ordskifte.plan.models import Channel
from ordskifte.publish import reasons
from ordskifte.publish.dated import limits_of
from ordskifte.publish.digests import row_digest
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.lengths import length_of
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.states import move
from ordskifte.records.entry import record_act

UNDO: Final = timedelta(seconds=10)
"""A reply waits so long before it leaves, so that it can be taken back (undo)."""

HAND_OFF: Final = "hand-off"
"""`claimed_by` of what waits for a person to post it by hand."""

WRITTEN: Final = (Kind.POST, Kind.REPLY, Kind.EDIT, Kind.EMAIL, Kind.PROFILE)
_NEEDS_TARGET: Final = (Kind.REPLY, Kind.EDIT, Kind.HIDE, Kind.UNHIDE, Kind.DELETE, Kind.BLOCK, Kind.UNBLOCK)


@transaction.atomic
def put_in_outbox(
    *,
    kind: str,
    channel_id: UUID | None,
    actor: str,
    by: UUID | None,
    at: datetime,
    text: str = "",
    language: str = "",
    subject: str = "",
    to: str = "",
    thread_id: UUID | None = None,
    target_id: UUID | None = None,
    target_external_id: str = "",
    details: Mapping[str, Any] | None = None,
    send_at: datetime | None = None,
    needs_approval: bool = False,
) -> Outbox:
    """Put one thing into the outbox. It leaves at `send_at`; by default replies after ten seconds, all else at once."""
    text, subject, to = storable(text), storable(subject), storable(to).strip()
    channel = Channel.objects.filter(pk=channel_id).first() if channel_id else None
    _refuse_impossible(kind, channel, text=text, to=to, subject=subject, target=target_external_id, at=at)
    leaves = send_at or (at + UNDO if kind == Kind.REPLY else at)
    row = Outbox.objects.create(
        kind=kind,
        channel=channel,
        state=State.WAITING if needs_approval else State.SCHEDULED,
        text=text,
        language=language[:2],
        subject=subject,
        to=to,
        thread_id=thread_id,
        target_id=target_id,
        target_external_id=target_external_id,
        details=dict(details or {}),
        by_id=by,
        needs_approval=needs_approval,
        made_at=at,
        wanted_at=leaves,
        send_at=leaves,
    )
    row.digest = row_digest(row)
    row.save(update_fields=["digest"])
    about: dict[str, object] = {"kind": str(kind), "needs_approval": needs_approval}
    if channel:
        about["channel"] = str(channel.id)
    record_row("put", row, actor=actor, at=at, **about)
    if not needs_approval:
        defer_send(row.id, leaves)
    return row


def _refuse_impossible(
    kind: str, channel: Channel | None, *, text: str, to: str, subject: str, target: str, at: datetime
) -> None:
    if kind not in Kind.values:
        raise OutboxError(_("That is not something that can be sent."))
    if find_numbers(text) or find_numbers(subject) or find_numbers(to):
        raise OutboxError(_("The text holds a national identity number. Take it out: it never leaves us."))
    if kind in WRITTEN and not text.strip():
        raise OutboxError(_("Write something first."))
    if kind == Kind.EMAIL:
        if "@" not in to.strip("@") or any(sign in to + subject for sign in "\r\n"):
            raise OutboxError(_("An e-mail needs one address and a subject of one line."))
        return
    if channel is None:
        raise OutboxError(_("Choose a channel."))
    if channel.closed_at is not None:
        raise OutboxError(_("The channel is closed."))
    if kind in _NEEDS_TARGET and not target:
        raise OutboxError(_("Say which utterance or account it is about."))
    if not registry.can(channel.way, kind):
        raise OutboxError(_("This channel cannot do that."))
    limits = limits_of(channel.kind, at.date())
    length = length_of(text, limits)
    if limits.text and length > limits.text:
        raise OutboxError(
            _("The text has %(length)s characters; the channel takes %(limit)s.")
            % {"length": length, "limit": limits.text}
        )


@transaction.atomic
def approve(outbox_id: UUID, *, actor: str, by: UUID, at: datetime) -> None:
    """Let it leave, exactly as it stands. Never one's own."""
    row = locked(outbox_id)
    _refuse_own(row, by)
    leaves = max(row.send_at, at)
    if not move(row.id, of=[State.WAITING], to=State.SCHEDULED, approved_by_id=by, send_at=leaves, wanted_at=leaves):
        raise OutboxError(_("It no longer waits for approval."))
    record_row("approved", row, actor=actor, at=at)
    defer_send(row.id, leaves)


@transaction.atomic
def refuse(outbox_id: UUID, *, reason: str, actor: str, by: UUID, at: datetime) -> None:
    """Say no to it, with a reason. It is withdrawn and told."""
    row = locked(outbox_id)
    _refuse_own(row, by)
    said = mask(storable(reason).strip())[0]
    if not said:
        raise OutboxError(_("Say why, so that it can be mended."))
    if not move(row.id, of=[State.WAITING], to=State.WITHDRAWN, ended_at=at, reason=reasons.REFUSED, note=said):
        raise OutboxError(_("It no longer waits for approval."))
    record_row("refused", row, actor=actor, at=at)
    defer_told(row.id)


def _refuse_own(row: Outbox, by: UUID) -> None:
    if row.by_id == by:
        raise OutboxError(_("Another person than the one who wrote it must approve it."))


@transaction.atomic
def withdraw(outbox_id: UUID, *, actor: str, at: datetime) -> None:
    """Take it back before it leaves, or leave it at that when it did not. OutboxError when it is on its way already."""
    row = locked(outbox_id)
    if not _withdrawn(row, at):
        raise OutboxError(_("It is on its way already, and cannot be taken back."))
    record_row("withdrawn", row, actor=actor, at=at)
    defer_told(row.id)


def _withdrawn(row: Outbox, at: datetime) -> bool:
    waits = [State.WAITING, State.SCHEDULED, State.STOPPED, State.FAILED]
    return move(row.id, of=waits, to=State.WITHDRAWN, ended_at=at) or move(
        row.id, of=[State.CLAIMED], to=State.WITHDRAWN, only={"claimed_by": HAND_OFF}, ended_at=at
    )


@transaction.atomic
def give_up(outbox_id: UUID, *, actor: str, at: datetime) -> bool:
    """What wanted it was undone: it is never tried again, by the worker or by a person, whatever became of it.

    Gives whether it has certainly not left. When it may have left, its opposite must be sent.
    """
    row = locked(outbox_id)
    if row.state == State.WITHDRAWN:
        return True
    if _withdrawn(row, at):
        record_row("withdrawn", row, actor=actor, at=at)
        defer_told(row.id)
        return row.attempts == 0 or row.state == State.FAILED  # after a try that did not fail one cannot be sure
    if row.state != State.CONFIRMED:
        Outbox.objects.filter(pk=row.id).update(given_up_at=at)
        record_row("given_up", row, actor=actor, at=at)
    return False


@transaction.atomic
def hold_back(outbox_id: UUID, *, actor: str, at: datetime) -> None:
    """Stop it until a person starts it again."""
    row = locked(outbox_id)
    if not move(row.id, of=[State.WAITING, State.SCHEDULED], to=State.STOPPED):
        raise OutboxError(_("It is on its way already, and cannot be taken back."))
    record_row("stopped", row, actor=actor, at=at)


@transaction.atomic
def start_again(outbox_id: UUID, *, actor: str, at: datetime) -> None:
    """Let something that was stopped, or had failed, be sent after all."""
    row = locked(outbox_id)
    if row.given_up_at is not None:
        raise OutboxError(_("What wanted this was undone. It is not sent again."))
    leaves = max(row.wanted_at, at)
    fresh: dict[str, Any] = {
        "send_at": leaves,
        "wanted_at": leaves,
        "attempts": 0,
        "looks": 0,
        "reason": "",
        "ended_at": None,
    }
    unapproved = row.needs_approval and row.approved_by_id is None
    if unapproved:  # only what was stopped: what has failed had been approved
        done = move(row.id, of=[State.STOPPED], to=State.WAITING, **fresh)
    else:
        done = move(row.id, of=[State.STOPPED, State.FAILED], to=State.SCHEDULED, **fresh)
    if not done:
        raise OutboxError(_("It is neither stopped nor failed."))
    record_row("started_again", row, actor=actor, at=at)
    if not unapproved:
        defer_send(row.id, leaves)


@transaction.atomic
def resolve_unknown(outbox_id: UUID, *, arrived: bool, actor: str, by: UUID, at: datetime) -> None:
    """A person looked at the channel: it is there, or it is not and is sent again."""
    row = locked(outbox_id)
    if arrived:
        done = move(
            row.id,
            of=[State.UNKNOWN],
            to=State.CONFIRMED,
            confirmed_at=at,
            sent_at=row.sent_at or row.claimed_at or at,
            ended_at=at,
            reason=reasons.PERSON_SAW,
        )
    elif row.given_up_at is not None:
        done = move(row.id, of=[State.UNKNOWN], to=State.WITHDRAWN, ended_at=at, reason=reasons.PERSON_SAW_NOT)
    else:
        again: dict[str, Any] = {"send_at": at, "looks": 0, "reason": reasons.PERSON_SAW_NOT}
        done = move(row.id, of=[State.UNKNOWN], to=State.SCHEDULED, **again)
    if not done:
        raise OutboxError(_("It is no longer unknown."))
    record_row("looked_at", row, actor=actor, at=at, arrived=arrived)
    if arrived or row.given_up_at is not None:
        defer_told(row.id)
    else:
        defer_send(row.id, at)


def locked(outbox_id: UUID) -> Outbox:
    """The row, held until the transaction ends."""
    row = Outbox.objects.select_for_update(of=("self",)).filter(pk=outbox_id).first()
    if row is None:
        raise OutboxError(_("It is not in the outbox."))
    return row


def record_row(verb: str, row: Outbox, *, actor: str, at: datetime, **details: object) -> None:
    """The entry's record is the utterance it is about, so that it stands in the thread's record; else the row."""
    record_act(
        f"outbox.{verb}", actor=actor, at=at, record=row.target_id or row.id, details={"outbox": str(row.id), **details}
    )


def defer_send(outbox_id: UUID, at: datetime) -> None:
    """The worker tries at this time."""
    app.configure_task("send", schedule_at=at).defer(outbox_id=str(outbox_id))


def defer_look(outbox_id: UUID, at: datetime) -> None:
    """The worker looks at this time what became of it."""
    app.configure_task("look", schedule_at=at).defer(outbox_id=str(outbox_id))


def defer_told(outbox_id: UUID) -> None:
    """The rooms above are told that its state is another."""
    app.configure_task("sent").defer(outbox_id=str(outbox_id))
