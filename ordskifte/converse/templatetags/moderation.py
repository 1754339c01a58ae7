"""Template tags of moderation: names of grounds, places and rules in the reader's language."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from django import template
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ordskifte.language.triage import explain
from ordskifte.plan.models import Ground, Place
from ordskifte.threads.models import Utterance
from ordskifte.ui.dates import lasted

register = template.Library()


def _language() -> str:
    return (get_language() or "nb")[:2]


@register.filter
def stands_at(utterance: Utterance, conversation: object) -> str:
    """Where an utterance is read: in its conversation when it has one, else in the record of its thread."""
    if conversation:
        return f"{reverse('converse:conversation', args=[getattr(conversation, 'pk', conversation)])}#u-{utterance.id}"
    return reverse("threads:utterance", args=[utterance.id])


@register.filter
def measure_name(kind: str) -> str:
    """What was done, in a word."""
    return {"hide": gettext("Hidden"), "remove": gettext("Removed"), "block": gettext("Blocked")}[kind]


@register.filter
def ground_name(ground: Ground) -> str:
    return str(ground.names.get(_language()) or ground.names.get("nb") or ground.code)


@register.filter
def place_name(place: Place) -> str:
    return str(place.names.get(_language()) or place.names.get("nb") or "")


@register.filter
def in_language(names: Mapping[str, str]) -> str:
    """The text in the reader's language, else in bokmål."""
    return str(names.get(_language()) or names.get("nb") or "")


@register.filter
def long_day(value: date) -> str:
    """ "11. mars 2026", of a date without a time."""
    pattern = "d MMMM y" if _language() == "en" else "d. MMMM y"
    return str(format_date(value, pattern, locale=_language()))


@register.filter
def working(minutes: int) -> str:
    """A stretch of working time: "3 t 10 min"."""
    return lasted(minutes * 60)


@register.filter
def rule_words(rule: str) -> str:
    """A rule of triage in words; a local one by its name."""
    said = explain(rule)
    return gettext(said) if said else rule
