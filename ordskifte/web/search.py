"""The search page: everything that was said, and any id."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ordskifte.listen.models import Import
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.models import Channel
from ordskifte.records.queries import numbers_of
from ordskifte.threads.filters import Filters, filters_of
from ordskifte.threads.queries import channels_in_reach
from ordskifte.threads.search import Found, Hit, search
from ordskifte.threads.views import address_of
from ordskifte.ui.dates import month
from ordskifte.ui.excerpt import excerpt
from ordskifte.ui.said import Span

SHOWN: Final = 30
LONGEST: Final = 500
"""Characters of a query that are read."""


@dataclass(frozen=True, slots=True)
class HitShown:
    """One hit as the page shows it: an excerpt with its marks, and the number of its entry."""

    hit: Hit
    text: str
    marks: list[Span]
    number: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The hits of one month, under its name."""

    name: str
    hits: list[HitShown]


@desk()
def search_page(request: DeskRequest) -> HttpResponse:
    """Hits, newest first, with what else was searched for; or, for an id, the page it belongs to."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    if (found_id := _uuid(asked)) and (address := page_of_id(request, found_id)):
        return redirect(address)
    filters, channels = filters_of(request.GET), channels_in_reach(request.viewer)
    exact = request.GET.get("exact") == "1"
    whole = _whole_query(asked, filters, channels)
    after = _uuid(request.GET.get("after", ""))
    found = search(whole, viewer=request.viewer, limit=SHOWN, after=after, exact=exact)
    context = {
        "asked": asked,
        "searched": bool(whole),
        "found": found,
        "months": _by_month(found),
        "filters": filters,
        "channels": channels,
        "exact": exact,
        "after": after,
        "links": _links(request.GET, found),
    }
    return render(request, "web/search.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _whole_query(asked: str, filters: Filters, channels: list[Channel]) -> str:
    """What was typed, with the filters beside it in the same words."""
    parts = [asked]
    parts += [f'channel:"{_called(channel)}"' for channel in channels if channel.id in filters.channels]
    if filters.since:
        parts.append(f"after:{filters.since.isoformat()}")
    if filters.until and filters.until < date.max:
        parts.append(f"before:{(filters.until + timedelta(days=1)).isoformat()}")
    return " ".join(part for part in parts if part)


def _called(channel: Channel) -> str:
    """What the query language can call a channel: a name with a quote in it cannot be quoted."""
    name = channel.handle if '"' in channel.name and channel.handle else channel.name
    return name.replace('"', " ")


def _by_month(found: Found) -> list[Month]:
    numbers = numbers_of([hit.version_id for hit in found.hits])
    shown = [HitShown(hit, *excerpt(hit.text, hit.marks), numbers.get(hit.version_id)) for hit in found.hits]
    local = groupby(shown, key=lambda one: timezone.localtime(one.hit.at).strftime("%Y-%m"))
    groups = [list(hits) for _key, hits in local]
    return [Month(month(hits[0].hit.at), hits) for hits in groups]


def _links(query: QueryDict, found: Found) -> dict[str, str]:
    """Addresses with the same query and one thing changed."""

    def address(**changes: str) -> str:
        kept = [(name, value) for name, values in query.lists() for value in values if name not in ("after", *changes)]
        return f"{reverse('web:search')}?{urlencode([*kept, *((n, v) for n, v in changes.items() if v)])}"

    return {
        "older": address(after=str(found.next_after)) if found.next_after else "",
        "newest": address(),
        "exact": address(exact="1"),
        "also": address(exact=""),
        "meant": address(q=found.suggestion) if found.suggestion else "",
    }


def page_of_id(request: DeskRequest, found: UUID) -> str | None:
    """The address of whatever has this id and may be seen: a thread, an utterance, a version, an import, a channel."""
    if address := address_of(request, found):
        return address
    if Import.objects.filter(pk=found).exists():
        return reverse("listen:import", args=[found])
    if any(channel.id == found for channel in channels_in_reach(request.viewer)):
        return f"{reverse('threads:list')}?channel={found}"
    return None
