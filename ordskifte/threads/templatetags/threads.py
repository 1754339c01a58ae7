"""Template tags of the thread pages: filters by name, places in the list, versions side by side."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from ordskifte.plan.models import Channel
from ordskifte.threads.filters import FLAGS, Filters
from ordskifte.threads.queries import ThreadList
from ordskifte.ui.difference import side_by_side

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """The name of a language (BCP 47) in the reader's own; the code itself when nobody knows it."""
    if code in ("nb", "nn"):
        return {"nb": "Bokmål", "nn": "Nynorsk"}[code]
    try:
        name = Locale.parse(code.replace("_", "-"), sep="-").get_display_name((get_language() or "nb")[:2])
    except (ValueError, UnknownLocaleError):
        name = None
    return name[:1].upper() + name[1:] if name else code


@register.filter
def who_name(code: str) -> str:
    return {
        "ours": gettext("Us"),
        "theirs": gettext("Others"),
        "alone": gettext("Only others, nothing by us"),
    }[code]


@register.filter
def flag_name(name: str) -> str:
    return {
        "media": gettext("Picture or film"),
        "edited": gettext("Several versions"),
        "deleted": gettext("Deleted by the author"),
    }[name]


@register.filter
def web_address(text: str) -> str:
    """An address that may stand in a link: http or https with a host; else ""."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


@register.filter
def hexed(value: bytes | None) -> str:
    return bytes(value).hex() if value else ""


@register.simple_tag
def compare(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Two texts with what went and what came marked."""
    return side_by_side(old, new)


@register.simple_tag
def onward_cursor(page: ThreadList, filters: Filters) -> dict[str, str]:
    """Addresses of the pages beside this one, with its filters."""
    start, query = reverse("threads:list"), filters.query()

    def address(step: str, place: object) -> str:
        return f"{start}?{query}{'&' if query else ''}{step}={place}" if place else ""

    return {"newer": address("before", page.newer), "older": address("after", page.older)}


@register.simple_tag
def filter_chips(filters: Filters, channels: Iterable[Channel]) -> list[dict[str, str]]:
    """One chip for each filter that is on: its name, and the query without it."""
    names = [channel.name for channel in channels if channel.id in filters.channels]
    shown = {
        "channels": ", ".join(names) or (gettext("A channel that is not here") if filters.channels else ""),
        "since": gettext("From %(day)s") % {"day": date_format(filters.since, "j. F Y")} if filters.since else "",
        "until": gettext("Until %(day)s") % {"day": date_format(filters.until, "j. F Y")} if filters.until else "",
        "who": who_name(filters.who) if filters.who else "",
        "language": language_name(filters.language) if filters.language else "",
    }
    shown |= {name: flag_name(name) for name in FLAGS if getattr(filters, name)}
    return [{"name": text, "query": filters.without(name).query()} for name, text in shown.items() if text]
