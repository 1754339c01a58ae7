"""Each minute: drafts whose time passed while they waited, and words that are no longer true. Told, not passed over."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ordskifte.base.http import Door, DoorError
from ordskifte.publish.approving import tell_owner
from ordskifte.publish.checking import LINK_TRUSTED, OSLO
from ordskifte.publish.lengths import URL
from ordskifte.publish.models import Campaign, Draft, DraftState, LinkTried
from ordskifte.records.entry import record_act

ACTOR: Final = "system:publish"
MOST_LINKS: Final = 20


def missed_drafts(*, at: datetime) -> list[UUID]:
    """Drafts that should have left and still wait for a person. Each is told once."""
    found = []
    waiting = Draft.objects.filter(state__in=[DraftState.WRITING, DraftState.ASKED], wanted_at__lt=at, missed_at=None)
    for draft in waiting.select_related("owner").order_by("wanted_at")[:100]:
        with transaction.atomic():
            if not Draft.objects.filter(pk=draft.pk, missed_at=None, wanted_at=draft.wanted_at).update(missed_at=at):
                continue
            record_act("draft.missed", actor=ACTOR, at=at, record=draft.id, details={})
            tell_owner(draft, "missed", actor=ACTOR, at=at)
            found.append(draft.id)
    return found


def expired_drafts(*, at: datetime) -> list[UUID]:
    """Published posts whose words are no longer true from today. Each is told once."""
    found = []
    today = at.astimezone(OSLO).date()
    out = Draft.objects.filter(state=DraftState.PLACED, expires_on__lte=today, expired_at=None)
    for draft in out.select_related("owner").order_by("expires_on")[:100]:
        with transaction.atomic():
            if not Draft.objects.filter(pk=draft.pk, expired_at=None).update(expired_at=at):
                continue
            record_act("draft.expired", actor=ACTOR, at=at, record=draft.id, details={})
            tell_owner(draft, "expired", actor=ACTOR, at=at)
            found.append(draft.id)
    return found


def ended_campaigns(*, at: datetime) -> list[UUID]:
    """Campaigns whose last day has passed and that nobody has closed. Each once."""
    today = at.astimezone(OSLO).date()
    over = Campaign.objects.filter(ends_on__lt=today, closed_at=None, told_at=None)
    found = []
    for one in list(over.values_list("id", flat=True)):
        if Campaign.objects.filter(pk=one, told_at=None).update(told_at=at):
            found.append(one)
    return found


def try_links(draft_id: UUID, door: Door, *, at: datetime) -> int:
    """Ask each address of a draft whether it answers. Returns how many were asked."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        return 0
    words = " ".join([*draft.texts.values(), draft.source_url, *draft.variants.values_list("text", flat=True)])
    urls = list(dict.fromkeys(URL.findall(words)))[:MOST_LINKS]
    fresh = set(
        LinkTried.objects.filter(url__in=urls, at__gt=at - LINK_TRUSTED / 24, answers=True).values_list(
            "url", flat=True
        )
    )
    asked = 0
    for url in urls:
        if url in fresh:
            continue
        try:
            answer = door.ask("GET", url, body=False)
            status, answers = answer.status, answer.status < 400
        except DoorError:
            status, answers = None, False
        LinkTried.objects.update_or_create(url=url, defaults={"at": at, "answers": answers, "status": status})
        asked += 1
    return asked
