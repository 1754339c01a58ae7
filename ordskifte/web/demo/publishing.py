"""What Eksempel kommune is about to say: a draft, one that waits for approval, one that is scheduled, a campaign."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from ordskifte.people.models import Person
from ordskifte.people.viewer import viewer_of
from ordskifte.plan.models import Channel, Topic
from ordskifte.publish.approving import approvers_of, ask, pass_check, place
from ordskifte.publish.campaigns import begin_campaign
from ordskifte.publish.checking import sheet_of
from ordskifte.publish.drafting import VariantWritten, Written, new_draft, save_draft
from ordskifte.publish.models import Draft
from ordskifte.publish.planning import moment
from ordskifte.publish.rules import holds_of

SITE: Final = "https://eksempel.example"
WRITER: Final = "ingrid.solli@eksempel.example"
CLEAR_WATER: Final = (
    "Vannet i Nesveien kan drikkes igjen fra klokka 11. Prøvene fra i natt er fine. Vi spyler ledningene til klokka 14,"
    " så vannet kan være litt brunt. La det renne til det er klart."
)
CLEAR_WATER_NN: Final = (
    "Vatnet i Nesvegen kan drikkast att frå klokka 11. Prøvene frå i natt er fine. Vi spyler leidningane til klokka 14,"
    " så vatnet kan vere litt brunt. Lat det renne til det er klart."
)


@transaction.atomic
def fill_publishing(*, at: datetime) -> None:
    """All of it, once."""
    if Draft.objects.exists():
        return
    person = Person.objects.get(email=WRITER)
    who: dict[str, Any] = {"by": person.id, "actor": f"person:{person.id}"}
    channels = list(
        Channel.objects.filter(unit__name="Kommunikasjon", practice=False, closed_at=None).order_by("name")[:3]
    )
    day = at.date() + timedelta(days=1)
    campaign = begin_campaign(
        "Spar på vannet",
        purpose="Mindre vanning i tørre uker.",
        ends_on=day + timedelta(days=30),
        close_down="Løsne innlegget øverst på siden, takk folk, og legg tallene på nettsiden.",
        at=at,
        **who,
    )
    every = {channel.id: VariantWritten() for channel in channels}
    water = _write(
        "Vannet i Nesveien kan drikkes igjen",
        Written(
            texts={"nb": CLEAR_WATER, "nn": CLEAR_WATER_NN},
            source_url=f"{SITE}/vann",
            audience="Beboere i Nesveien og Nes",
            purpose="Beredskap og drift",
            topic=_topic("Vann og avløp"),
            important=True,
            four_eyes=True,
            variants=every,
        ),
        who,
        at,
    )
    _pass(water, who, at)
    if approvers := approvers_of(water):
        ask(water.id, [approvers[0].id], everyone=False, at=at, **who)
    _write(
        "Hagevanning i juni",
        Written(
            texts={"nb": "Heldigvis 🌧️ er det snart regn. Vann hagen om kvelden. #sparpåvannetinord"},
            audience="Hageeiere",
            purpose="Spare vann",
            pending=True,
            campaign=campaign.id,
            wanted_at=moment(day, 12),
            variants=every,
        ),
        who,
        at,
    )
    easter = _write(
        "Biblioteket har åpent i helga",
        Written(
            texts={"nb": "Biblioteket har åpent i helga. Kom og les, eller lån en bok med hjem."},
            audience="Alle",
            purpose="Kultur",
            campaign=None,
            wanted_at=moment(day + timedelta(days=1), 10),
            variants={channel.id: VariantWritten() for channel in channels[:1]},
        ),
        who,
        at,
    )
    _pass(easter, who, at)
    place(easter.id, holds=holds_of(viewer_of(person)), actor=who["actor"], at=at)


def _topic(name: str) -> Any:
    return Topic.objects.filter(names__nb=name).values_list("id", flat=True).first()


def _write(title: str, written: Written, who: dict[str, Any], at: datetime) -> Draft:
    draft = new_draft(title=title, at=at, **who)
    return save_draft(draft.id, written, serial=draft.serial, at=at, **who)


def _pass(draft: Draft, who: dict[str, Any], at: datetime) -> None:
    """What warns is passed, as a person would who has read it."""
    for name in sorted({one.check for one in sheet_of(draft, at=at).warnings}):
        pass_check(draft.id, name, "Lest og vurdert", crisis_lead=False, at=at, **who)
