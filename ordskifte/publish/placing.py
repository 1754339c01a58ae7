"""From a draft to the outbox: a row for each channel, the later parts of a thread when the one before stands there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.publish.checking import Sheet
from ordskifte.publish.digests import digest_of
from ordskifte.publish.drafting import locked
from ordskifte.publish.errors import DraftError, OutboxError
from ordskifte.publish.models import Crisis, Draft, DraftState, Kind, Outbox, State, Variant
from ordskifte.publish.outbox import defer_send, hold_back, put_in_outbox, withdraw
from ordskifte.publish.rendering import pictures_of
from ordskifte.records.entry import record_act

WAITING = (State.WAITING, State.SCHEDULED, State.STOPPED)


@transaction.atomic
def place_sheet(sheet: Sheet, *, approved_by: UUID | None, actor: str, at: datetime) -> list[Outbox]:
    """Put every channel's first part in the outbox, exactly as it was looked at."""
    draft = sheet.draft
    if Crisis.objects.filter(ended_at=None).exists() and not draft.crisis:
        raise DraftError(_("A crisis is on. What is not about it waits: mark it as about the crisis, or wait."))
    leaves = max(draft.wanted_at, at) if draft.wanted_at else at
    rows = []
    for leaf in sheet.leaves:
        parts = list(leaf.parts)
        details: dict[str, Any] = {
            "draft": str(draft.id),
            "variant": str(leaf.variant.id),
            "part": 1,
            "parts": len(parts),
            "rest": digest_of(parts),
            **pictures_of(sheet.pictures),
        }
        row = _put(leaf.variant, parts[0], details, kind=Kind.POST, target="", send_at=leaves, draft=draft, at=at)
        if approved_by:
            Outbox.objects.filter(pk=row.pk).update(needs_approval=True, approved_by_id=approved_by)
        leaf.variant.parts = [
            {"text": part, "outbox": str(row.id) if number == 0 else ""} for number, part in enumerate(parts)
        ]
        leaf.variant.save(update_fields=["parts"])
        rows.append(row)
    draft.state, draft.missed_at = DraftState.PLACED, None
    draft.save(update_fields=["state", "missed_at"])
    about = {"rows": [str(row.id) for row in rows], "approved_by": str(approved_by) if approved_by else None}
    record_act("draft.placed", actor=actor, at=at, record=draft.id, details=about)
    return rows


def _put(
    variant: Variant,
    text: str,
    details: dict[str, Any],
    *,
    kind: str,
    target: str,
    send_at: datetime,
    draft: Draft,
    at: datetime,
) -> Outbox:
    try:
        return put_in_outbox(
            kind=kind,
            channel_id=variant.channel_id,
            actor=f"person:{draft.saved_by_id}",
            by=draft.saved_by_id,
            at=at,
            text=text,
            language=variant.language,
            target_external_id=target,
            details=details,
            send_at=send_at,
        )
    except OutboxError as error:
        raise DraftError(f"{variant.channel.name}: {error}") from error


@transaction.atomic
def go_on(outbox_id: UUID, *, at: datetime) -> Outbox | None:
    """A part of a thread stands on its channel: the next one answers it. Safe to run twice."""
    row = Outbox.objects.filter(pk=outbox_id, state__in=[State.SENT, State.CONFIRMED]).first()
    if row is None or not row.external_id:
        return None
    number, parts = int(row.details.get("part", 0)), int(row.details.get("parts", 0))
    if not number or number >= parts:
        return None
    variant = (
        Variant.objects.select_for_update(of=("self",))
        .select_related("channel", "draft")
        .get(pk=row.details["variant"])
    )
    if variant.parts[number]["outbox"]:
        return None
    if digest_of([part["text"] for part in variant.parts]) != row.details["rest"]:
        raise DraftError(_("The parts are not those that were approved."))
    details = {**row.details, "part": number + 1, "pictures": [], "films": []}
    made = _put(
        variant,
        variant.parts[number]["text"],
        details,
        kind=Kind.REPLY,
        target=row.external_id,
        send_at=at,
        draft=variant.draft,
        at=at,
    )
    Outbox.objects.filter(pk=made.pk).update(needs_approval=row.needs_approval, approved_by_id=row.approved_by_id)
    if Crisis.objects.filter(ended_at=None).exists() and not variant.draft.crisis:
        hold_back(made.id, actor="system:crisis", at=at)
    variant.parts[number]["outbox"] = str(made.id)
    variant.save(update_fields=["parts"])
    return made


def rows_of(draft_ids: Sequence[UUID]) -> list[Outbox]:
    """What of these drafts was ever put in the outbox, oldest first. One query."""
    wanted = [str(one) for one in draft_ids]
    found = Outbox.objects.filter(details__draft__in=wanted).select_related(
        "channel", "channel__unit", "by", "approved_by"
    )
    return list(found.order_by("made_at", "id"))


@transaction.atomic
def pull_back(draft_id: UUID, *, actor: str, at: datetime) -> None:
    """Take a scheduled post back to be corrected. What is approved stays approved until its words change."""
    draft = locked(draft_id)
    if draft.state == DraftState.ASKED:
        draft.state = DraftState.WRITING
        draft.save(update_fields=["state"])
        record_act("draft.pulled_back", actor=actor, at=at, record=draft.id, details={"rows": []})
        return
    if draft.state != DraftState.PLACED:
        raise DraftError(_("It is being written already."))
    rows = [row for row in rows_of([draft.id]) if row.kind in (Kind.POST, Kind.REPLY)]
    if any(row.state not in (*WAITING, State.WITHDRAWN, State.FAILED) for row in rows):
        raise DraftError(_("It is on its way, or out already. Correct what is published instead."))
    for row in rows:
        if row.state in WAITING:
            try:
                withdraw(row.id, actor=actor, at=at)
            except OutboxError as error:
                raise DraftError(str(error)) from error
    draft.state = DraftState.WRITING
    draft.save(update_fields=["state"])
    record_act(
        "draft.pulled_back", actor=actor, at=at, record=draft.id, details={"rows": [str(row.id) for row in rows]}
    )


@transaction.atomic
def move_to(draft_id: UUID, when: datetime, *, actor: str, at: datetime) -> None:
    """Another time for the same words: no new approval. Only while nothing of it has left."""
    draft = locked(draft_id)
    if when <= at:
        raise DraftError(_("That time has passed."))
    if draft.state == DraftState.DROPPED:
        raise DraftError(_("It has been dropped."))
    if draft.state == DraftState.PLACED:
        rows = [row for row in rows_of([draft.id]) if row.state not in (State.WITHDRAWN, State.FAILED)]
        changes = {"send_at": when, "wanted_at": when, "missed_at": None}
        for row in rows:
            if not move_row(row, changes):
                raise DraftError(_("It is on its way, or out already. Correct what is published instead."))
            if row.state == State.SCHEDULED:
                defer_send(row.id, when)
    draft.wanted_at, draft.missed_at = when, None
    draft.save(update_fields=["wanted_at", "missed_at"])
    record_act("draft.moved", actor=actor, at=at, record=draft.id, details={"to": when.isoformat()})


def move_row(row: Outbox, changes: dict[str, Any]) -> bool:
    """Change the time of a row that still waits, whoever else is at it."""
    return bool(Outbox.objects.filter(pk=row.pk, state=row.state, state__in=WAITING).update(**changes))
