"""What is out already: corrected or withdrawn through the outbox, so that both versions stay in the record.

The words on the channel change only when the row is sent; intake brings the new version home beside the old one. What
needed a second person when it went out needs one when it is corrected.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.ids import utterance_id
from ordskifte.channels import registry
from ordskifte.language.personal_data import MASK, mask
from ordskifte.plan.models import Channel
from ordskifte.publish import rules
from ordskifte.publish.dated import limits_of
from ordskifte.publish.errors import DraftError, OutboxError
from ordskifte.publish.lengths import length_of
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import locked, put_in_outbox
from ordskifte.threads.models import Utterance

OUT = (State.SENT, State.CONFIRMED)
WORDS_MAX = 20_000


def stands_as(row: Outbox) -> str:
    """The words that stand there: those of the newest correction that arrived, else the post's own."""
    newest = (
        Outbox.objects.filter(kind=Kind.EDIT, details__corrects=str(row.id), state__in=OUT)
        .order_by("-sent_at", "-id")
        .values_list("text", flat=True)
        .first()
    )
    return newest if newest is not None else row.text


def is_gone(row: Outbox) -> bool:
    """Whether we have taken it away from its channel."""
    return Outbox.objects.filter(kind=Kind.DELETE, details__corrects=str(row.id), state__in=OUT).exists()


@transaction.atomic
def correct(outbox_id: UUID, text: str, *, why: str, holds: rules.Holds, actor: str, by: UUID, at: datetime) -> Outbox:
    """Correct a published post in the open: the new words leave as an edit, the reason is kept."""
    row = _published(outbox_id)
    assert row.channel is not None
    words, said = mask(text.replace("\r\n", "\n").strip())[0][:WORDS_MAX], mask(" ".join(why.split()))[0][:500]
    if not words or MASK in words:
        raise DraftError(_("Write what shall stand there, without any identity number."))
    if words == stands_as(row):
        raise DraftError(_("That is what stands there now."))
    if not said:
        raise DraftError(_("Say what was wrong."))
    if not registry.can(row.channel.way, Kind.EDIT):
        raise DraftError(_("This channel cannot change a post. Withdraw it and publish a new one, or answer it."))
    limits = limits_of(row.channel.kind, at.date())
    if limits.text and length_of(words, limits) > limits.text:
        raise DraftError(_("It is too long for the channel."))
    return _put(row, Kind.EDIT, words, said, holds=holds, actor=actor, by=by, at=at)


@transaction.atomic
def withdraw_published(outbox_id: UUID, *, why: str, holds: rules.Holds, actor: str, by: UUID, at: datetime) -> Outbox:
    """Take a published post away from its channel. It stays in the record, with why it went."""
    row = _published(outbox_id)
    assert row.channel is not None
    said = mask(" ".join(why.split()))[0][:500]
    if not said:
        raise DraftError(_("Say why it is taken away."))
    if not registry.can(row.channel.way, Kind.DELETE):
        raise DraftError(_("This channel cannot take a post away."))
    return _put(row, Kind.DELETE, "", said, holds=holds, actor=actor, by=by, at=at)


def _published(outbox_id: UUID) -> Outbox:
    row = locked(outbox_id)
    if row.kind not in (Kind.POST, Kind.REPLY) or row.state not in OUT or not row.external_id or row.channel is None:
        raise DraftError(_("It is not out, so there is nothing to change."))
    if is_gone(row):
        raise DraftError(_("It has been taken away already."))
    waits = Outbox.objects.filter(
        details__corrects=str(row.id), state__in=[State.WAITING, State.SCHEDULED, State.CLAIMED, State.UNKNOWN]
    )
    if waits.exists():
        raise DraftError(_("Another change of it is on its way."))
    return row


def _put(
    row: Outbox, kind: str, text: str, why: str, *, holds: rules.Holds, actor: str, by: UUID, at: datetime
) -> Outbox:
    assert row.channel is not None
    target = utterance_id(row.channel.id, row.external_id)
    known = Utterance.objects.filter(pk=target).values_list("thread_id", flat=True).first()
    second = row.needs_approval or not rules.may_publish_directly(holds, [row.channel])
    try:
        return put_in_outbox(
            kind=kind,
            channel_id=row.channel.id,
            actor=actor,
            by=by,
            at=at,
            text=text,
            language=row.language,
            thread_id=known,
            target_id=target if known else None,
            target_external_id=row.external_id,
            details={"corrects": str(row.id), "why": why},
            needs_approval=second,
        )
    except OutboxError as error:
        raise DraftError(str(error)) from error


@transaction.atomic
def write_profile(channel_id: UUID, text: str, *, actor: str, by: UUID, at: datetime) -> Outbox:
    """Say who we are on a channel. A profile text always has a second reader: it speaks for the body every day."""
    channel = Channel.objects.filter(pk=channel_id, closed_at=None).first()
    words = mask(text.replace("\r\n", "\n").strip())[0][:WORDS_MAX]
    if channel is None:
        raise DraftError(_("Choose a channel."))
    if not words or MASK in words:
        raise DraftError(_("Write what shall stand there, without any identity number."))
    if not registry.can(channel.way, Kind.PROFILE):
        raise DraftError(_("This channel cannot change its profile from here."))
    try:
        return put_in_outbox(
            kind=Kind.PROFILE, channel_id=channel.id, actor=actor, by=by, at=at, text=words, needs_approval=True
        )
    except OutboxError as error:
        raise DraftError(str(error)) from error


def profiles(channels: list[Channel]) -> dict[UUID, Outbox]:
    """The newest profile text of each channel, whatever became of it. One query."""
    rows = Outbox.objects.filter(kind=Kind.PROFILE, channel__in=channels).order_by("made_at", "id")
    return {row.channel_id: row for row in rows if row.channel_id}
