"""Template tags of every page: icons, dates, numbers and foreign text."""

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ordskifte.base.clock import rfc3339
from ordskifte.ui import dates
from ordskifte.ui import said as foreign

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One icon of the sprite, always beside a word: hidden from screen readers."""
    return format_html(
        '<svg class="os-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def when(context: dict[str, Any], moment: datetime | None) -> SafeString | str:
    """A moment for people, with the exact one behind it; "no date" when there is none. Reads `now` of the page."""
    if moment is None:
        return gettext("no date")
    return format_html('<time datetime="{}">{}</time>', rfc3339(moment), dates.when(moment, context["now"]))


@register.filter
def whole(moment: datetime) -> SafeString:
    """A moment to the second."""
    return format_html('<time datetime="{}">{}</time>', rfc3339(moment), dates.whole(moment))


@register.filter
def day(moment: datetime) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.date().isoformat(), dates.day(moment))


@register.filter
def number(value: int) -> str:
    return dates.number(value)


@register.filter
def size(value: int) -> str:
    return dates.size(value)


@register.filter
def lasted(value: float) -> str:
    return dates.lasted(value)


@register.filter
def said(text: str, hits: Any = ()) -> SafeString:
    """What somebody wrote, safe to show. `hits`: spans to mark."""
    return foreign.said(text, hits or ())


@register.filter
def visible(text: str) -> str:
    """A name, title or file name in one line with hidden characters named; escaped by the page."""
    return foreign.visible(text)


@register.filter
def translated(sentence: str) -> str:
    """One of our own fixed sentences (problems, remarks) in the reader's language."""
    return gettext(sentence) if sentence else ""


@register.filter
def raw(text: str) -> SafeString:
    """Bytes shown as text: every hidden character named, nothing linked, nothing run."""
    return foreign.raw(text)


@register.filter(name="rfc3339")
def rfc3339_filter(moment: datetime) -> str:
    return rfc3339(moment)
