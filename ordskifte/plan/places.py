"""Where people go with what is not for social media (R95), and which of those places are dead."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.people.models import Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Place
from ordskifte.plan.words import in_languages, one_line
from ordskifte.records.entry import record_act

PURPOSES: Final = ("casework", "access", "complaint", "emergency", "press", "privacy", "other")
PATIENCE: Final = timedelta(hours=20)  # a link that fails is tried once more the next day before the place is dead
PERSON: Final = "person"
LINK: Final = "link"
ADDRESS: Final = "address"
_FIELDS: Final = ("purpose", "names", "unit_id", "url", "phone", "email", "hours")


@transaction.atomic
def add_place(
    *,
    purpose: str,
    names: Mapping[str, str],
    unit_id: UUID | None,
    url: str,
    phone: str,
    email: str,
    hours: str,
    actor: str,
    at: datetime,
) -> Place:
    """A place to send people to. PlanError when nobody could reach it: it needs a link, a phone or an address."""
    place = Place(**_clean(purpose, names, unit_id, url, phone, email, hours))
    place.save()
    record_act("place.added", actor=actor, at=at, record=place.id, details={"purpose": purpose})
    return place


@transaction.atomic
def change_place(
    place_id: UUID,
    *,
    purpose: str,
    names: Mapping[str, str],
    unit_id: UUID | None,
    url: str,
    phone: str,
    email: str,
    hours: str,
    actor: str,
    at: datetime,
) -> Place:
    """Another name, link, phone. A new link is believed until it is tried; one that lacked an address lives."""
    place = _place(place_id)
    clean = _clean(purpose, names, unit_id, url, phone, email, hours)
    changed = [name for name in _FIELDS if getattr(place, name) != clean[name]]
    if not changed:
        return place
    for name in changed:
        setattr(place, name, clean[name])
    if place.dead_why == ADDRESS or (place.dead_why == LINK and "url" in changed):
        place.dead_since, place.dead_why = None, ""
    if "url" in changed:
        place.failing_since = place.checked_at = None
    place.save()
    record_act("place.changed", actor=actor, at=at, record=place.id, details={"fields": changed})
    return place


@transaction.atomic
def close_place(place_id: UUID, *, actor: str, at: datetime) -> None:
    """Nobody is sent there any more."""
    place = _place(place_id)
    if place.dead_since is not None and place.dead_why == PERSON:
        raise PlanError(_("This place is closed already."))
    place.dead_since, place.dead_why = place.dead_since or at, PERSON
    place.save(update_fields=["dead_since", "dead_why"])
    record_act("place.closed", actor=actor, at=at, record=place.id)


@transaction.atomic
def reopen_place(place_id: UUID, *, actor: str, at: datetime) -> None:
    """A person says that it can be used."""
    place = _place(place_id)
    if place.dead_since is None:
        raise PlanError(_("This place is in use already."))
    if not (place.url or place.phone or place.email):
        raise PlanError(_("Give a link, a phone number or an e-mail address."), field="url")
    place.dead_since, place.dead_why, place.failing_since = None, "", None
    place.save(update_fields=["dead_since", "dead_why", "failing_since"])
    record_act("place.reopened", actor=actor, at=at, record=place.id)


@transaction.atomic
def note_link_answered(place_id: UUID, *, actor: str, at: datetime) -> bool:
    """The link works. A place that was dead for its link's sake lives again; gives whether it did."""
    place = _place(place_id)
    revived = place.dead_why == LINK
    place.checked_at, place.failing_since = at, None
    if revived:
        place.dead_since, place.dead_why = None, ""
        record_act("place.link_answers", actor=actor, at=at, record=place.id)
    place.save(update_fields=["checked_at", "failing_since", "dead_since", "dead_why"])
    return revived


@transaction.atomic
def note_link_failed(place_id: UUID, *, gone: bool, actor: str, at: datetime) -> bool:
    """The link does not work. Dead at once when it is `gone`, else when it fails again the next day.

    Gives whether the place died. A place that a person closed stays as it is.
    """
    place = _place(place_id)
    place.checked_at, place.failing_since = at, place.failing_since or at
    died = place.dead_since is None and (gone or at - place.failing_since >= PATIENCE)
    if died:
        place.dead_since, place.dead_why = at, LINK
        record_act("place.link_dead", actor=actor, at=at, record=place.id, details={"gone": gone})
    place.save(update_fields=["checked_at", "failing_since", "dead_since", "dead_why"])
    return died


def _place(place_id: UUID) -> Place:
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise PlanError(_("That place does not exist."))
    return place


def _clean(
    purpose: str, names: Mapping[str, str], unit_id: UUID | None, url: str, phone: str, email: str, hours: str
) -> dict[str, Any]:
    if purpose not in PURPOSES:
        raise PlanError(_("Choose what the place is for."), field="purpose")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        raise PlanError(_("That unit does not exist."), field="unit")
    clean = {
        "purpose": purpose,
        "names": in_languages(names, field="names"),
        "unit_id": unit_id,
        "url": _web_address(url.strip()),
        "phone": one_line(phone, field="phone", longest=60),
        "email": _email(email.strip()),
        "hours": one_line(hours, field="hours"),
    }
    if not (clean["url"] or clean["phone"] or clean["email"]):
        raise PlanError(_("Give a link, a phone number or an e-mail address."), field="url")
    return clean


def _web_address(url: str) -> str:
    if not url:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError):
        raise PlanError(_("Write the whole web address, with https:// first."), field="url") from None
    if parts.username or parts.password or len(url) > 1000:
        raise PlanError(_("Write the whole web address, with https:// first."), field="url")
    return url


def _email(email: str) -> str:
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise PlanError(_("%(email)s is not an e-mail address.") % {"email": email}, field="email") from None
    return email
