"""Fields of work: the words that tell them, who owns them, and how much trust their replies get (R11, R82)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.language.personal_data import mask
from ordskifte.people.models import Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Place, Topic
from ordskifte.plan.words import in_languages
from ordskifte.records.entry import record_act

MOST_WORDS: Final = 200
SHORTEST: Final = 3
_FIELDS: Final = ("names", "words", "unit_id", "place_id", "four_eyes")


@transaction.atomic
def add_topic(
    *,
    names: Mapping[str, str],
    words: str,
    unit_id: UUID | None,
    place_id: UUID | None,
    four_eyes: bool,
    actor: str,
    at: datetime,
) -> Topic:
    """A topic. `words`: word beginnings, with commas or line breaks between."""
    topic = Topic.objects.create(**_clean(names, words, unit_id, place_id), four_eyes=four_eyes)
    record_act("topic.added", actor=actor, at=at, record=topic.id, details={"four_eyes": four_eyes})
    return topic


@transaction.atomic
def change_topic(
    topic_id: UUID,
    *,
    names: Mapping[str, str],
    words: str,
    unit_id: UUID | None,
    place_id: UUID | None,
    four_eyes: bool,
    actor: str,
    at: datetime,
) -> Topic:
    """Another name, other words, owner, place or trust."""
    topic = _topic(topic_id)
    clean = {**_clean(names, words, unit_id, place_id), "four_eyes": four_eyes}
    changed = [name for name in _FIELDS if getattr(topic, name) != clean[name]]
    if changed:
        for name in changed:
            setattr(topic, name, clean[name])
        topic.save()
        details = {"fields": changed, "unit": str(unit_id) if unit_id else None, "four_eyes": four_eyes}
        record_act("topic.changed", actor=actor, at=at, record=topic.id, details=details)
    return topic


@transaction.atomic
def close_topic(topic_id: UUID, *, actor: str, at: datetime) -> None:
    """No new conversation gets this topic."""
    topic = _topic(topic_id)
    if topic.closed_at is not None:
        raise PlanError(_("This topic is closed already."))
    topic.closed_at = at
    topic.save(update_fields=["closed_at"])
    record_act("topic.closed", actor=actor, at=at, record=topic.id)


@transaction.atomic
def reopen_topic(topic_id: UUID, *, actor: str, at: datetime) -> None:
    topic = _topic(topic_id)
    if topic.closed_at is None:
        raise PlanError(_("This topic is in use already."))
    topic.closed_at = None
    topic.save(update_fields=["closed_at"])
    record_act("topic.reopened", actor=actor, at=at, record=topic.id)


def words_of(text: str) -> list[str]:
    """The word beginnings of a field: small letters, each once, in the order they were written."""
    found = [" ".join(part.split()).casefold() for part in re.split(r"[,;\n]", mask(text)[0])]
    return list(dict.fromkeys(word for word in found if word))


def _topic(topic_id: UUID) -> Topic:
    topic = Topic.objects.select_for_update().filter(pk=topic_id).first()
    if topic is None:
        raise PlanError(_("That topic does not exist."))
    return topic


def _clean(names: Mapping[str, str], words: str, unit_id: UUID | None, place_id: UUID | None) -> dict[str, Any]:
    found = words_of(words)
    if len(found) > MOST_WORDS:
        raise PlanError(_("Write at most %(count)s words.") % {"count": MOST_WORDS}, field="words")
    if short := next((word for word in found if len(word) < SHORTEST or len(word) > 60), None):
        raise PlanError(_("“%(word)s” is too short or too long to tell a topic.") % {"word": short[:60]}, field="words")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        raise PlanError(_("That unit does not exist."), field="unit")
    if place_id is not None and not Place.objects.filter(pk=place_id, dead_since=None).exists():
        raise PlanError(_("That place is not in use."), field="place")
    return {
        "names": in_languages(names, field="names"),
        "words": found,
        "unit_id": unit_id,
        "place_id": place_id,
    }
