"""Template tags of the desk: clocks, tags of kind and warning, marks' explanations."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from ordskifte.converse import names, shown
from ordskifte.converse.checks.written_form import language_name
from ordskifte.converse.models import Conversation
from ordskifte.converse.reading import in_language
from ordskifte.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def clock(context: dict[str, Any], one: Conversation) -> shown.ClockShown:
    """A conversation's clock, seen from the page's time."""
    return shown.clock_shown(one, context["now"])


@register.filter
def kind_name(code: str) -> str:
    return str(names.KINDS.get(code, code))


@register.filter
def task_name(code: str) -> str:
    return str(names.TASKS.get(code, code))


@register.filter
def view_name(code: str) -> str:
    return str(names.VIEWS.get(code, code))


@register.filter
def response_name(code: str) -> str:
    return str(names.RESPONSES.get(code, code))


@register.filter
def form_name(code: str) -> str:
    return language_name(code)


@register.filter
def warning_name(code: str) -> str:
    return str(names.WARNINGS.get(code, code))


@register.filter
def count_of(counts: dict[str, int], view: str) -> int:
    return counts.get(view, 0)


@register.simple_tag
def tags_of(one: Conversation, body_language: str = "nb") -> SafeString:
    """What it is, what it warns of, and its written form when it is another than ours."""
    parts: list[SafeString] = []
    if one.kind == "criticism":
        parts.append(_tag("neutral", str(names.KINDS["criticism"]), "ChatCheckmark", "os-critic"))
    elif one.kind and one.kind not in ("other", "threat"):
        parts.append(_tag(names.KIND_COLOURS.get(one.kind, "neutral"), str(names.KINDS.get(one.kind, one.kind))))
    for code in one.warnings:
        said = str(names.WARNINGS.get(code, code))
        if code in names.ALARMS:
            parts.append(_tag("danger", said, "ExclamationmarkTriangle"))
        elif code == "number":
            parts.append(_tag("brand2", said, "EyeObfuscated"))
        else:
            parts.append(_tag("info", said, "Gavel"))
    if one.language and one.language not in (body_language, "other"):
        parts.append(_tag("neutral", language_name(one.language)))
    return format_html_join("", "{}", ((part,) for part in parts))


def _tag(colour: str, said: str, symbol: str = "", more: str = "") -> SafeString:
    drawn = icon(symbol) if symbol else ""
    return format_html('<span class="ds-tag {}" data-color="{}">{}{}</span>', more, colour, drawn, said)


@register.filter
def named(names_by_language: dict[str, str] | None) -> str:
    """A name the body gave in several languages, in the reader's."""
    return in_language(names_by_language)


@register.filter
def field_moment(moment: datetime | None) -> str:
    """A moment as a datetime-local field wants it."""
    return localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


@register.filter
def at_key(found: dict[Any, Any], key: Any) -> Any:
    return found.get(key)
