"""Pages of the arena: choose an exercise, see one's own results, and the small side where the citizens write."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ordskifte.arena import queries
from ordskifte.arena.channel import open_arena
from ordskifte.arena.errors import ArenaError
from ordskifte.arena.exercises import end_run, start_run
from ordskifte.arena.rules import OPENERS
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Person


@require_GET
@desk()
def exercises(request: DeskRequest) -> HttpResponse:
    """The exercises, and how one's own goes at them went."""
    return _exercises(request)


def _exercises(request: DeskRequest, *, error: str = "") -> HttpResponse:
    person, at = _me(request), now()
    found = queries.exercises_of(person, at=at)
    context = {
        "exercises": found,
        "passed": sum(one.passed for one in found),
        "certificate": queries.certificate_of(person, at=at),
        "channels": queries.practice_channels(),
        "may_open": request.viewer.has(*OPENERS),
        "language": (get_language() or "nb")[:2],
        "error": error,
    }
    return render(request, "arena/exercises.html", context, status=422 if error else 200)


def _me(request: DeskRequest) -> Person:
    return cast(Person, request.user)


@require_POST
@desk(*OPENERS)
def open_channel(request: DeskRequest) -> HttpResponse:
    """Open the practice channel, when there is none."""
    if not queries.practice_channels():
        open_arena(_("Practice channel"), actor=request.viewer.actor, at=now())
    return redirect("arena:exercises")


@require_POST
@desk()
def start(request: DeskRequest, exercise: str) -> HttpResponse:
    """Begin an exercise."""
    channels = queries.practice_channels()
    try:
        if not channels:
            raise ArenaError(_("There is no practice channel yet."))
        language = request.POST.get("language", "nb")
        made = start_run(exercise, person=_me(request), language=language, channel=channels[0], at=now())
    except ArenaError as error:
        return _exercises(request, error=str(error))
    return redirect("arena:run", made.id)


@require_GET
@desk()
def run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """One go at an exercise: one's own, or it is not there."""
    found = queries.run_of(run_id, person=_me(request))
    if found is None:
        raise Http404
    return render(request, "arena/run.html", {"view": found})


@require_POST
@desk()
def end(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """End an exercise and see how it went."""
    if queries.run_of(run_id, person=_me(request)) is None:
        raise Http404
    end_run(run_id, at=now(), by_person=True)
    messages.success(request, _("The exercise has ended."))
    return redirect("arena:run", run_id)


@require_GET
@desk()
def certificate(request: DeskRequest) -> HttpResponse:
    """One's own certificate, to print."""
    found = queries.certificate_of(_me(request), at=now())
    if found is None:
        raise Http404
    return render(request, "arena/certificate.html", {"certificate": found, "exercises": queries.titles()})


@require_GET
@desk()
def front(request: DeskRequest, slug: str) -> HttpResponse:
    """The arena's own side: what its citizens have written."""
    channel = queries.channel_named(slug)
    if channel is None:
        raise Http404
    context = {"channel": channel, "posts": queries.latest_threads(channel)}
    return render(request, "arena/front.html", context)


@require_GET
@desk()
def thread(request: DeskRequest, slug: str, post_id: int) -> HttpResponse:
    """One thread, as everyone in the arena sees it."""
    channel = queries.channel_named(slug)
    if channel is None:
        raise Http404
    first = queries.first_of(channel, post_id)
    if first is None:
        raise Http404
    if first != post_id:
        return redirect("arena:thread", slug, first)
    return render(request, "arena/thread.html", {"channel": channel, "posts": queries.thread_of(channel, post_id)})
