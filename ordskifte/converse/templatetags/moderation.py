"""Template tags of moderation: names of grounds, places and rules in the reader's language."""

from django import template
from django.utils.translation import get_language

from ordskifte.converse.moderation.rule_words import words_of
from ordskifte.plan.models import Ground, Place

register = template.Library()


def _language() -> str:
    return (get_language() or "nb")[:2]


@register.filter
def ground_name(ground: Ground) -> str:
    return str(ground.names.get(_language()) or ground.names.get("nb") or ground.code)


@register.filter
def place_name(place: Place) -> str:
    return str(place.names.get(_language()) or place.names.get("nb") or "")


@register.filter
def rule_words(rule: str) -> str:
    """A rule of triage in words."""
    return words_of(rule)
