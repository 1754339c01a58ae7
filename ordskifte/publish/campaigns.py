"""Campaigns: begun with an end date and what is done then; closed by a person who says what came of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.publish.errors import DraftError
from ordskifte.publish.models import Campaign, Draft, DraftState
from ordskifte.records.entry import record_act


@transaction.atomic
def begin_campaign(
    name: str, *, purpose: str, ends_on: date | None, close_down: str, by: UUID, actor: str, at: datetime
) -> Campaign:
    """A campaign cannot begin without its end."""
    name, purpose, close_down = _clean(name)[:200], _clean(purpose)[:500], _clean(close_down)[:2000]
    if not name:
        raise DraftError(_("Give the campaign a name."))
    if ends_on is None or ends_on < at.date():
        raise DraftError(_("Say when it ends: a day that has not passed."))
    if not close_down:
        raise DraftError(_("Say what is done when it ends."))
    campaign = Campaign.objects.create(
        name=name, purpose=purpose, owner_id=by, ends_on=ends_on, close_down=close_down, made_at=at
    )
    record_act("campaign.begun", actor=actor, at=at, record=campaign.id, details={"ends_on": ends_on.isoformat()})
    return campaign


@transaction.atomic
def close_campaign(campaign_id: UUID, outcome: str, *, by: UUID, actor: str, at: datetime) -> None:
    """It is over, and closed down as was said. What is scheduled after the end must be taken back first."""
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign_id, closed_at=None).first()
    if campaign is None:
        raise DraftError(_("It is closed already."))
    waiting = Draft.objects.filter(campaign=campaign, wanted_at__gt=at).exclude(state=DraftState.DROPPED)
    if waiting.exists():
        raise DraftError(_("Posts of it are still to go out. Take them back, or wait."))
    said = _clean(outcome)[:2000]
    if not said:
        raise DraftError(_("Say what came of it."))
    campaign.closed_at, campaign.closed_by_id, campaign.outcome = at, by, said
    campaign.save(update_fields=["closed_at", "closed_by", "outcome"])
    record_act("campaign.closed", actor=actor, at=at, record=campaign.id, details={})


def campaigns() -> list[Campaign]:
    """Those that go on first, the soonest end first; with how many posts each has. One query."""
    posts = Count("draft", filter=~Q(draft__state=DraftState.DROPPED))
    found = Campaign.objects.select_related("owner", "closed_by").annotate(posts=posts)
    return list(found.order_by(F("closed_at").desc(nulls_first=True), "ends_on", "name"))


def open_campaigns() -> list[Campaign]:
    return list(Campaign.objects.filter(closed_at=None).order_by("ends_on", "name"))


def _clean(text: str) -> str:
    return mask(storable(text).strip())[0]
