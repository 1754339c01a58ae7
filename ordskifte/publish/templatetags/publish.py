"""Tags of the publishing pages: times for fields, days of the calendar, names of forms."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django import template
from django.utils.translation import get_language

from ordskifte.plan.working_time import OSLO
from ordskifte.publish.checks.forms import language_name
from ordskifte.ui import dates

register = template.Library()


@register.filter
def local_value(moment: datetime | None) -> str:
    """As a field of date and time wants it, by the clock in Norway."""
    return moment.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M") if moment else ""


@register.filter
def clock(moment: datetime) -> str:
    """The time of day, as the reader's language writes it."""
    return moment.astimezone(OSLO).strftime("%H:%M" if _locale() == "en" else "%H.%M")


@register.filter
def hour(moment: datetime) -> str:
    return str(moment.astimezone(OSLO).hour)


@register.filter
def until_hour(moment: datetime) -> str:
    """The hour something ends: midnight is 24."""
    return str(moment.astimezone(OSLO).hour or 24)


@register.filter
def weekday_name(day: date) -> str:
    """ "man. 9."."""
    return str(format_date(day, "EEE d" if _locale() == "en" else "EEE d.", locale=_locale()))


@register.filter
def weekday_short(day: date) -> str:
    return str(format_date(day, "EEE", locale=_locale()))


@register.filter
def plain_day(day: date) -> str:
    return str(format_date(day, "d MMMM y" if _locale() == "en" else "d. MMMM y", locale=_locale()))


@register.filter
def month_name(day: date) -> str:
    return dates.month(datetime(day.year, day.month, 1, 12, tzinfo=OSLO))


@register.filter
def form_name(code: str) -> str:
    return language_name(code)


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """One of a mapping."""
    return found.get(key)


def _locale() -> str:
    code = (get_language() or "nb")[:2]
    return code if code in ("nb", "nn", "en") else "nb"
