"""Answers written once, in the languages the body writes, with what is filled in when they are used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Place, SavedReply, Topic
from ordskifte.plan.words import REPLY, in_languages, one_line, said_in
from ordskifte.records.entry import record_act

RESPONSE_TYPES: Final[dict[str, str | Promise]] = {
    "F1": gettext_lazy("Full answer"),
    "F2": gettext_lazy("Holding reply"),
    "F3": gettext_lazy("Passed on"),
    "F4": gettext_lazy("Case: where to go"),
    "F5": gettext_lazy("Will not answer because"),
    "F6": gettext_lazy("Personal data hidden"),
    "F7": gettext_lazy("Thanks"),
    "F8": gettext_lazy("Our mistake"),
    "F9": gettext_lazy("Correction with source"),
    "F10": gettext_lazy("Closed hours"),
}
OF_PLACE: Final = ("place", "place.name", "place.url", "place.phone", "place.email", "place.hours")
BY_HAND: Final = ("answer", "reason", "source")  # left for the writer
FILLED: Final = (*OF_PLACE, "name", "unit", "when")
_HOLE: Final = re.compile(r"\{([^{}\s]{1,40})\}")
_PHONE: Final = {"nb": "telefon", "nn": "telefon", "en": "phone"}


@dataclass(frozen=True, slots=True)
class FilledReply:
    """A reply ready to be read. `missing`: holes that a person must fill before it can be sent."""

    text: str
    missing: tuple[str, ...]


def fill(
    reply: SavedReply, language: str, *, place: Place | None = None, name: str = "", unit: str = "", when: str = ""
) -> FilledReply:
    """The reply in a language (nb, nn, en), with place, names and time filled in. A dead place is not filled in."""
    live = place if place is not None and place.dead_since is None else None
    values = {"name": name, "unit": unit, "when": when} | (_place_values(live, language) if live else {})
    text = _HOLE.sub(lambda hole: values.get(hole[1]) or hole[0], said_in(reply.texts, language))
    if not name:  # "Hei, {name}." without a name is "Hei."
        text = re.sub(r",? \{name\}", "", text)
    return FilledReply(text, tuple(dict.fromkeys(_HOLE.findall(text))))


def place_line(place: Place, language: str) -> str:
    """Name, link, phone and hours in one line, those there are."""
    phone = f"{_PHONE.get(language, 'phone')} {place.phone}" if place.phone else ""
    reach = ", ".join(part for part in (place.url, place.email, phone, place.hours) if part)
    return f"{said_in(place.names, language)}: {reach}"


@transaction.atomic
def add_reply(
    *, name: str, kind: str, texts: Mapping[str, str], topic_id: UUID | None, actor: str, at: datetime
) -> SavedReply:
    """A saved reply. PlanError when its name is taken or a hole in it is one that nothing fills."""
    clean = _clean(name, kind, texts, topic_id)
    if SavedReply.objects.filter(name=clean["name"]).exists():
        raise PlanError(_("There is a saved reply with this name already."), field="name")
    reply = SavedReply.objects.create(**clean)
    record_act("saved_reply.added", actor=actor, at=at, record=reply.id, details={"kind": kind})
    return reply


@transaction.atomic
def change_reply(
    reply_id: UUID,
    *,
    name: str,
    kind: str,
    texts: Mapping[str, str],
    topic_id: UUID | None,
    actor: str,
    at: datetime,
) -> SavedReply:
    reply = _reply(reply_id)
    clean = _clean(name, kind, texts, topic_id)
    if SavedReply.objects.filter(name=clean["name"]).exclude(pk=reply.pk).exists():
        raise PlanError(_("There is a saved reply with this name already."), field="name")
    changed = [field for field in clean if getattr(reply, field) != clean[field]]
    if changed:
        for field in changed:
            setattr(reply, field, clean[field])
        reply.save()
        record_act("saved_reply.changed", actor=actor, at=at, record=reply.id, details={"fields": changed})
    return reply


@transaction.atomic
def close_reply(reply_id: UUID, *, actor: str, at: datetime) -> None:
    """It is not suggested any more."""
    reply = _reply(reply_id)
    if reply.closed_at is not None:
        raise PlanError(_("This reply is closed already."))
    reply.closed_at = at
    reply.save(update_fields=["closed_at"])
    record_act("saved_reply.closed", actor=actor, at=at, record=reply.id)


@transaction.atomic
def reopen_reply(reply_id: UUID, *, actor: str, at: datetime) -> None:
    reply = _reply(reply_id)
    if reply.closed_at is None:
        raise PlanError(_("This reply is in use already."))
    reply.closed_at = None
    reply.save(update_fields=["closed_at"])
    record_act("saved_reply.reopened", actor=actor, at=at, record=reply.id)


def _place_values(place: Place, language: str) -> dict[str, str]:
    return {
        "place": place_line(place, language),
        "place.name": said_in(place.names, language),
        "place.url": place.url,
        "place.phone": place.phone,
        "place.email": place.email,
        "place.hours": place.hours,
    }


def _reply(reply_id: UUID) -> SavedReply:
    reply = SavedReply.objects.select_for_update().filter(pk=reply_id).first()
    if reply is None:
        raise PlanError(_("That reply does not exist."))
    return reply


def _clean(name: str, kind: str, texts: Mapping[str, str], topic_id: UUID | None) -> dict[str, Any]:
    title = one_line(name, field="name")
    if not title:
        raise PlanError(_("Write a name."), field="name")
    if kind not in RESPONSE_TYPES:
        raise PlanError(_("Choose what kind of answer it is."), field="kind")
    if topic_id is not None and not Topic.objects.filter(pk=topic_id).exists():
        raise PlanError(_("That topic does not exist."), field="topic")
    written = in_languages(texts, field="texts", longest=REPLY, several_lines=True)
    for language, text in written.items():
        if wrong := next((hole for hole in _HOLE.findall(text) if hole not in (*FILLED, *BY_HAND)), None):
            raise PlanError(_("Nothing can be filled in for {%(hole)s}.") % {"hole": wrong}, field=f"texts-{language}")
    return {"name": title, "kind": kind, "texts": written, "topic_id": topic_id}
