"""Template tags of the settings pages: fields that keep what was typed and show what was wrong, and words."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from ordskifte.plan import sayings
from ordskifte.plan.models import Promise
from ordskifte.plan.saved_replies import RESPONSE_TYPES
from ordskifte.plan.words import LANGUAGES
from ordskifte.plan.words import said_in as in_readers_language
from ordskifte.plan.working_time import Hours
from ordskifte.plan.written_hours import written_hours

register = template.Library()
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@register.simple_tag(takes_context=True)
def field(context: dict[str, Any], name: str, label: str, value: Any = "", **more: Any) -> SafeString:
    """One labelled field: `type`, `hint`, `rows` (a text area), `required`, `maxlength`, `min`, `max`, `list`."""
    shown = value.strftime("%H:%M") if isinstance(value, time) else "" if value is None else value
    return render_to_string("plan/field.html", _of(context, name, shown) | {"label": label, "name": name} | more)


@register.simple_tag(takes_context=True)
def choose(context: dict[str, Any], name: str, label: str, choices: Any, value: Any = "", **more: Any) -> SafeString:
    """One of several: `choices` is (value, words) pairs. `empty`: words for none of them."""
    rows = [(str(one), words) for one, words in choices]
    state = _of(context, name, "" if value is None else value)
    state["value"] = str(state["value"])
    return render_to_string("plan/choose.html", state | {"label": label, "name": name, "choices": rows} | more)


@register.simple_tag(takes_context=True)
def in_languages(
    context: dict[str, Any], name: str, label: str, values: Mapping[str, str] | None = None, **more: Any
) -> SafeString:
    """The same text in bokmål, nynorsk and English."""
    fields = [
        {"code": code, "language": LANGUAGE_NAMES[code], **_of(context, f"{name}-{code}", (values or {}).get(code, ""))}
        for code in LANGUAGES
    ]
    return render_to_string("plan/languages.html", {"name": name, "label": label, "fields": fields} | more)


@register.simple_tag(takes_context=True)
def ticked(context: dict[str, Any], name: str, value: Any = False) -> SafeString | str:
    """`checked` for a box that was ticked, now or before."""
    given = context.get("given")
    return SafeString(" checked") if (name in given if given else value) else ""


@register.simple_tag(takes_context=True)
def picked(context: dict[str, Any], name: str, choice: str, value: Any = "") -> SafeString | str:
    """`checked` for the radio button that was picked, now or before."""
    given = context.get("given")
    return SafeString(" checked") if (given.get(name) if given else value) == choice else ""


@register.filter
def said_in(texts: Mapping[str, str]) -> str:
    return in_readers_language(texts)


@register.filter
def promised(promise: Promise) -> str:
    return sayings.promise_in_words(promise)


@register.filter
def kind(value: str) -> str:
    return str(sayings.KINDS.get(value, value))


@register.filter
def purpose(value: str) -> str:
    return str(sayings.PURPOSES.get(value, value))


@register.filter
def response(value: str) -> str:
    return str(RESPONSE_TYPES.get(value, value))


def _of(context: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """What stands in a field, and what is wrong with it."""
    given, error = context.get("given"), context.get("error")
    wrong = str(error) if error and error.field == name else ""
    return {"value": given.get(name, "") if given else value, "wrong": wrong}


_PAGES: tuple[tuple[str, str | Lazy], ...] = (
    ("plan:settings", gettext_lazy("All settings")),
    ("plan:hours", gettext_lazy("Opening hours")),
    ("plan:promises", gettext_lazy("Promises")),
    ("plan:roster", gettext_lazy("Watch roster")),
    ("plan:topics", gettext_lazy("Topics and units")),
    ("plan:places", gettext_lazy("Places to go")),
    ("plan:replies", gettext_lazy("Saved replies")),
    ("plan:grounds", gettext_lazy("Grounds for moderation")),
    ("converse:rules", gettext_lazy("Our own triage rules")),
    ("converse:mail", gettext_lazy("E-mail")),
)


@register.inclusion_tag("plan/rail.html", takes_context=True)
def settings_rail(context: dict[str, Any]) -> dict[str, Any]:
    """The list of settings pages; those of packages above stand there when they are."""
    path = context["request"].path
    return {"pages": [page for view, name in _PAGES if (page := _page(view, name, path))]}


def _page(view: str, name: str | Lazy, path: str) -> dict[str, Any] | None:
    try:
        url = reverse(view)
    except NoReverseMatch:
        return None
    current = path == url if view == "plan:settings" else path.startswith(url)
    return {"url": url, "name": name, "current": current}


@register.filter
def written(hours: Hours) -> str:
    return written_hours(hours)


@register.filter
def day_field(day: str) -> str:
    return f"day-{day}"


@register.filter
def weekday(day: int) -> str:
    return str(WEEKDAYS_ABBR[day])


@register.filter
def where(promise: Promise) -> str:
    """The channel a promise is for."""
    return promise.channel.name if promise.channel else gettext("Every channel without its own")
