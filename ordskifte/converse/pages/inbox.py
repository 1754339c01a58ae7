"""The desk's first page: what needs a person now, with the first of it open beside the list."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ordskifte.base.clock import now, rfc3339
from ordskifte.converse.answering import answer_form
from ordskifte.converse.models import Conversation
from ordskifte.converse.pages.common import me_of, seen
from ordskifte.converse.queries import (
    VIEWS,
    Inbox,
    Row,
    conversation,
    counts,
    inbox,
    news_since,
    place_of,
    tasks_of,
    view_of,
)
from ordskifte.converse.reading import case_of, read_newest
from ordskifte.converse.rules import sight_of, standing_of
from ordskifte.converse.watch import watch_shown
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.working_time import OSLO

GROUPS = ("emergency", "broken", "today", "later", "none")


@never_cache
@desk()
@require_safe
def inbox_page(request: DeskRequest) -> HttpResponse:
    """A view of the inbox, with the preview of its first conversation or of the one asked for."""
    at = now()
    view = view_of(request.GET.get("view", ""))
    channel, unit = _id(request.GET.get("channel", "")), _id(request.GET.get("unit", ""))
    sight, after = sight_of(request.viewer), place_of(request.GET.get("after", ""))
    page = inbox(request.viewer, view, at=at, after=after, channel=channel, unit=unit, sight=sight)
    asked = _id(request.GET.get("c", ""))
    one = conversation(request.viewer, asked) if asked else page.rows[0].conversation if page.rows else None
    context = {
        "page": page,
        "groups": _grouped(page, at),
        "views": VIEWS,
        "view": view,
        "counts": counts(request.viewer, at=at, sight=sight),
        "channel": channel,
        "unit": unit,
        "since": rfc3339(at),
        "current": one.pk if one else None,
        "watch": watch_shown(at),
    }
    if one is not None:
        context |= _peeked(request, one, at)
    return render(request, "converse/inbox.html", context)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _grouped(page: Inbox, at: datetime) -> list[tuple[str, list[Row]]]:
    """The rows of what needs a person now, under what they have in common; other views are one list."""
    if page.view != "needs":
        return [("", list(page.rows))] if page.rows else []
    found: dict[str, list[Row]] = {}
    for row in page.rows:
        found.setdefault(_group_of(row.conversation, at), []).append(row)
    return [(name, found[name]) for name in GROUPS if name in found]


def _group_of(one: Conversation, at: datetime) -> str:
    if one.rank == 0:
        return "emergency"
    if one.due_at is None:
        return "none"
    if one.due_at < at:
        return "broken"
    return "today" if one.due_at.astimezone(OSLO).date() == at.astimezone(OSLO).date() else "later"


@never_cache
@desk()
@require_safe
def peek(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """The preview alone: what the list's script swaps in."""
    one = seen(request, conversation_id)
    return render(request, "converse/peek.html", _peeked(request, one, now()))


def _peeked(request: DeskRequest, one: Conversation, at: datetime) -> dict[str, object]:
    """The newest utterance with its marks, and the reply form."""
    may = standing_of(request.viewer).may_answer(one)
    return {
        "conversation": one,
        "voice": read_newest(one),
        "case": case_of(one),
        "may_answer": may,
        "form": answer_form(one, me_of(request), at=at) if may else None,
        "beside": True,
    }


@never_cache
@desk()
@require_safe
def news(request: DeskRequest) -> HttpResponse:
    """How many are new in a view since a moment, and the rail's counts: asked for when something was announced."""
    since = parse_datetime(request.GET.get("since", ""))
    if since is None or since.tzinfo is None:
        raise Http404
    at, view, sight = now(), view_of(request.GET.get("view", "")), sight_of(request.viewer)
    context = {
        "fresh": news_since(request.viewer, view, since=since, at=at, sight=sight),
        "counts": counts(request.viewer, at=at, sight=sight),
        "views": VIEWS,
        "view": view,
        "swap": True,
    }
    return render(request, "converse/news.html", context)


@never_cache
@desk()
@require_safe
def tasks(request: DeskRequest) -> HttpResponse:
    """Tasks: what a person must do, soonest first."""
    at = now()
    rows = list(tasks_of(request.viewer).select_related("conversation__channel", "unit", "assignee", "outbox")[:200])
    context = {
        "rows": rows,
        "counts": counts(request.viewer, at=at),
        "views": VIEWS,
        "view": "tasks",
        "since": rfc3339(at),
    }
    return render(request, "converse/tasks.html", context)
