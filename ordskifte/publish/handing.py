"""Posting by hand, where a platform has no way in for programs: take it, post it, paste the link back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.channels.handoff import wrong_with
from ordskifte.language.personal_data import find_numbers
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.models import Outbox, Receipt, State
from ordskifte.publish.outbox import HAND_OFF, defer_told, locked, record_row, withdraw
from ordskifte.publish.receipts import COMES_BACK
from ordskifte.publish.states import move


@transaction.atomic
def take_in_hand(outbox_id: UUID, *, actor: str, by: UUID, at: datetime) -> None:
    """Say that one posts it now, so that no colleague does the same."""
    row = locked(outbox_id)
    mine = {"claimed_by": f"person:{by}", "claimed_at": at}
    waits = Outbox.objects.filter(pk=row.pk, state=State.CLAIMED, claimed_by=HAND_OFF)
    if not waits.update(**mine):
        raise OutboxError(_("Somebody else has taken it, or it no longer waits."))
    record_row("taken_in_hand", row, actor=actor, at=at)


@transaction.atomic
def put_back(outbox_id: UUID, *, actor: str, at: datetime) -> None:
    """Let it wait for somebody again: it was not posted after all."""
    row = locked(outbox_id)
    taken = Outbox.objects.filter(pk=row.pk, state=State.CLAIMED, claimed_by__startswith="person:")
    if not taken.update(claimed_by=HAND_OFF, claimed_at=at):
        raise OutboxError(_("Nobody has taken it."))
    record_row("put_back", row, actor=actor, at=at)
    if row.given_up_at is not None:
        withdraw(row.id, actor=actor, at=at)


@transaction.atomic
def hand_off_done(outbox_id: UUID, *, link: str, actor: str, by: UUID, at: datetime) -> None:
    """It is posted: the link that was pasted is checked for the channel's host, and kept as the receipt.

    What shows no post of its own (hiding, removing, blocking) needs no link.
    """
    row = locked(outbox_id)
    if row.channel is None:
        raise OutboxError(_("An e-mail is not posted by hand."))
    link = link.strip()
    if link or row.kind in COMES_BACK:
        if wrong := wrong_with(link, row.channel.kind, row.channel.url):
            raise OutboxError(_(wrong))
        if find_numbers(link):
            raise OutboxError(_("The text holds a national identity number. Take it out: it never leaves us."))
    if link and Receipt.objects.filter(permalink=link).exclude(outbox=row).exists():
        raise OutboxError(_("That link is the receipt of another post already."))
    by_hand = {"claimed_by__in": [HAND_OFF, f"person:{by}"]}
    done = {"sent_at": at, "confirmed_at": at, "ended_at": at, "external_id": link, "permalink": link}
    if not move(row.id, of=[State.CLAIMED], to=State.CONFIRMED, only=by_hand, **done):
        raise OutboxError(_("Somebody else has taken it, or it no longer waits."))
    receipt = Receipt.objects.create(outbox=row, at=at, external_id=link, permalink=link)
    record_row("handed_off", row, actor=actor, at=at, receipt=str(receipt.id))
    defer_told(row.id)
    if row.kind in COMES_BACK or "corrects" in row.details:
        app.configure_task("handed_off").defer(outbox_id=str(row.id))
