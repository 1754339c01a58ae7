"""Words of the channels' pages: states, and the fixed sentences of packages that know no Django."""

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

register = template.Library()
_STATES: Final[dict[str, tuple[str | Promise, str]]] = {
    "well": (gettext_lazy("All is well"), "success"),
    "new": (gettext_lazy("Not read yet"), "info"),
    "failing": (gettext_lazy("Cannot be read just now"), "warning"),
    "gap": (gettext_lazy("Not read for more than a day"), "danger"),
    "expiring": (gettext_lazy("Access expires soon"), "warning"),
    "expired": (gettext_lazy("Access has expired"), "danger"),
    "by_hand": (gettext_lazy("Served by hand"), "neutral"),
    "closed": (gettext_lazy("Closed"), "neutral"),
}


@register.filter
def state_word(state: str) -> str:
    return str(_STATES[state][0])


@register.filter
def state_colour(state: str) -> str:
    return _STATES[state][1]


@register.filter
def fixed(sentence: str) -> str:
    """A fixed sentence of `channels.reasons` or `channels.setup` in the reader's language."""
    return gettext(sentence) if sentence else ""


@register.filter
def fixed_all(sentences: list[str]) -> str:
    """Several of them as one line."""
    return ", ".join(fixed(one) for one in sentences)
