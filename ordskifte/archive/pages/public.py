"""The public journal: a page, an entry, a feed and files. No script, no cookie, and only what everyone may see.

The pages ask search engines to stay away: a name may be searched for here for a year, and what others keep we cannot
end.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ordskifte.archive import public_journal
from ordskifte.archive.cases import local_day
from ordskifte.archive.delivering import choice
from ordskifte.archive.public_document import document_for
from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys

LONGEST: Final = timedelta(days=366)
"""The longest period of one file."""
IN_FEED: Final = 50


def is_open() -> bool:
    """Whether the body has chosen to show its journal here."""
    chosen = choice()
    return chosen is not None and chosen.public


def _open() -> None:
    if not is_open():
        raise Http404


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _pair(text: str | None, between: str) -> tuple[int, int] | None:
    first, _, second = (text or "").partition(between)
    if first.isascii() and first.isdecimal() and second.isascii() and second.isdecimal():
        pair = int(first[:5]), int(second[:9])
        return pair if pair[0] < 10_000 else None
    return None


@require_safe
@cache_control(public=True, max_age=60)
def journal(request: HttpRequest) -> HttpResponse:
    """The journal, newest first, with a search in what is public."""
    if not is_open():
        return _shy(render(request, "archive/public_closed.html", status=404))
    given = request.GET
    asked = public_journal.Asked(
        words=given.get("q", "")[:200].strip(),
        first=day_of(given.get("from")),
        last=day_of(given.get("to")),
        case=_pair(given.get("case"), "/"),
        after=_pair(given.get("after"), "-"),
    )
    on = local_day(now())
    found = public_journal.look(asked, on=on)
    context: dict[str, Any] = {"asked": asked, "found": found, "more": _more(request, found.more), "on": on}
    context["first"], context["last"] = _span(request, on)
    return _shy(render(request, "archive/public_journal.html", context))


@require_safe
@cache_control(public=True, max_age=60)
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry, its document where it was set free, and the way to ask for access."""
    _open()
    on = local_day(now())
    found = public_journal.one_line(entry_id, on=on)
    if found is None:
        raise Http404
    line, valued = found
    document = document_for(valued, on=on) if line.released else None
    context = {"line": line, "one": line.shown, "document": document, "on": on}
    return _shy(render(request, "archive/public_entry.html", context))


@require_safe
@cache_control(public=True, max_age=60)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest entries as an Atom feed (RFC 4287)."""
    _open()
    moment = now()
    rows = public_journal.newest(IN_FEED, on=local_day(moment))
    context = {
        "rows": rows,
        "origin": load_keys(settings.HOME).origin,
        "here": request.build_absolute_uri(request.path),
        "page": request.build_absolute_uri("/journal/"),
    }
    return _shy(render(request, "archive/journal.atom", context, content_type="application/atom+xml; charset=utf-8"))


@require_safe
def xml(request: HttpRequest) -> HttpResponse:
    """offentligJournal.xml as Noark 5 has it."""
    _open()
    on = local_day(now())
    first, last = _span(request, on)
    return _file(
        public_journal.offentlig_journal(first, last, on=on), "application/xml; charset=utf-8", "offentligJournal.xml"
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    _open()
    on = local_day(now())
    first, last = _span(request, on)
    return _file(public_journal.as_csv(first, last, on=on), "text/csv; charset=utf-8", "offentlig-journal.csv")


@require_safe
def einnsyn(request: HttpRequest) -> HttpResponse:
    """What eInnsyn takes: cases with their entries."""
    _open()
    on = local_day(now())
    first, last = _span(request, on)
    found = list(public_journal.einnsyn(first, last, on=on))
    return _shy(JsonResponse({"saker": found}, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def _span(request: HttpRequest, on: date) -> tuple[date, date]:
    """The period asked for: at most a year, this month when nothing is said."""
    last = day_of(request.GET.get("to")) or on
    first = day_of(request.GET.get("from")) or last.replace(day=1)
    if first > last:
        first, last = last, first
    return max(first, last - LONGEST), last


def _file(parts: Iterable[str], media_type: str, name: str) -> HttpResponse:
    response = HttpResponse((part.encode() for part in parts), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _shy(response)


def _more(request: HttpRequest, after: str) -> str:
    if not after:
        return ""
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


def _shy(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
