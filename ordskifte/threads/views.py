"""Pages of threads: the list, one thread, all versions of an utterance, and the way from an id to its place."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ordskifte.people.access import DeskRequest, desk
from ordskifte.threads.acts_shown import acts_shown
from ordskifte.threads.filters import FLAGS, LANGUAGES, WHO, filters_of
from ordskifte.threads.queries import channels_in_reach, cursor_of, place_of, thread_list, visible_utterance
from ordskifte.threads.reading import Step, thread_page
from ordskifte.threads.versions import versions_page


@desk()
def threads(request: DeskRequest) -> HttpResponse:
    """The list, newest activity first."""
    filters = filters_of(request.GET)
    after, before = cursor_of(request.GET.get("after", "")), cursor_of(request.GET.get("before", ""))
    page = thread_list(request.viewer, filters, after=after, before=before)
    return render(
        request,
        "threads/list.html",
        {
            "page": page,
            "filters": filters,
            "channels": channels_in_reach(request.viewer),
            "who": WHO,
            "flags": [(name, getattr(filters, name)) for name in FLAGS],
            "languages": LANGUAGES,
        },
    )


@desk()
def thread(request: DeskRequest, thread_id: UUID) -> HttpResponse:
    """One thread. A thread that was joined to another sends on to where its first utterance stands now."""
    step, at = _step(request)
    view = thread_page(request.viewer, thread_id, step=step, at=at)
    if view is None:
        if visible_utterance(request.viewer, thread_id):
            return redirect("threads:utterance", thread_id)
        raise Http404
    return render(request, "threads/thread.html", {"view": view, "acts": acts_shown(view)})


def _step(request: HttpRequest) -> tuple[Step, UUID | None]:
    for step in ("from", "after", "before"):
        if text := request.GET.get(step):
            try:
                return step, UUID(text)
            except ValueError:
                return "start", None
    return ("end", None) if "end" in request.GET else ("start", None)


@desk()
def versions(request: DeskRequest, utterance_id: UUID) -> HttpResponse:
    """Every version of an utterance, newest first, each beside the one before it."""
    utterance = visible_utterance(request.viewer, utterance_id)
    if utterance is None:
        raise Http404
    try:
        after = int(request.GET.get("after", "0"))
    except ValueError:
        after = 0
    return render(
        request, "threads/versions.html", {"utterance": utterance, "page": versions_page(utterance, after=after)}
    )


@desk()
def found(request: DeskRequest, found_id: UUID) -> HttpResponse:
    """The address of any id of a thread, an utterance or a version."""
    address = address_of(request, found_id)
    if address is None:
        raise Http404
    return redirect(address)


def address_of(request: DeskRequest, found_id: UUID) -> str | None:
    """Where this id is shown, if the viewer may see it."""
    place = place_of(request.viewer, found_id)
    if place is None:
        return None
    if place.version and place.utterance:
        return f"{reverse('threads:versions', args=[place.utterance])}?version={place.version}#v-{place.version}"
    address = reverse("threads:thread", args=[place.thread])
    return f"{address}?from={place.utterance}#u-{place.utterance}" if place.utterance else address
