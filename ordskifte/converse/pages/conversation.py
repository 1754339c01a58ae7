"""A conversation on one page: the talk with triage's marks, the reply, what can be done, and the record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ordskifte.base.clock import now, rfc3339
from ordskifte.converse import presence
from ordskifte.converse.answering import answer_form, body_language, move_form
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation
from ordskifte.converse.moderation.queries import measures_of_thread
from ordskifte.converse.moderation.rules import TAKERS
from ordskifte.converse.moderation.rules import holds as may_moderate
from ordskifte.converse.names import KINDS, RESPONSES
from ordskifte.converse.other_talk import open_other_talk
from ordskifte.converse.pages.common import me_of, seen
from ordskifte.converse.queries import beside, colleagues, joinable, promise_sum
from ordskifte.converse.reading import case_of, read_conversation
from ordskifte.converse.reply import belongs
from ordskifte.converse.rules import Sight, reader_of, sight_of, standing_of
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Unit
from ordskifte.plan.queries import live_places, open_topics
from ordskifte.threads.models import Utterance
from ordskifte.threads.reading import Step


@never_cache
@desk()
@require_safe
def conversation_page(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """The page. A conversation that was joined with another leads to that one."""
    sight = sight_of(request.viewer)
    one = seen(request, conversation_id, sight)
    if one.merged_into_id:
        return redirect("converse:conversation", one.merged_into_id)
    return render(request, "converse/conversation.html", page_context(request, one, now(), sight=sight))


def page_context(
    request: DeskRequest, one: Conversation, at: datetime, *, sight: Sight | None = None, **more: Any
) -> dict[str, Any]:
    """All the page shows. `more`: what a refused reply adds: the text, the findings, the error."""
    standing = standing_of(request.viewer)
    may = standing.may_answer(one)
    step, anchor = _step(request)
    sight = sight or sight_of(request.viewer)
    read = read_conversation(request.viewer, one, step=step, at=anchor, reach=sight.reach)
    person = me_of(request)
    if may:
        presence.seen(one.pk, person.id, writes=False, at=at)
    before, after = beside(request.viewer, one, sight)
    language, places = (body_language(), live_places()) if may else ("", [])
    return {
        "read": read,
        "conversation": one,
        "before": before,
        "after": after,
        "may_answer": may,
        "may_open_other_talk": standing.may_open_other_talk(one),
        "may_measure": may_moderate(request.viewer, one.channel, *TAKERS),
        "measures": measures_of_thread(one.source_id or one.pk),
        "sum": promise_sum(one),
        "case": case_of(one),
        "here": presence.here(one.pk, person.id, at=at),
        "form": (
            more.get("form")
            or answer_form(
                one,
                person,
                at=at,
                suggest=request.GET.get("suggest", ""),
                target=_asked(request),
                language=language,
                places=places,
            )
        )
        if may
        else None,
        "move": move_form(one, request.GET.get("place", ""), language=language, places=places) if may else None,
        "topics": open_topics() if may else [],
        "units": list(Unit.objects.order_by("name")) if may else [],
        "colleagues": colleagues(one) if may else [],
        "joinable": joinable(request.viewer, one, sight) if may else [],
        "responses": [(code, name) for code, name in RESPONSES.items() if code != "F2"],
        "kinds": KINDS,
        "since": rfc3339(at),
    } | {key: value for key, value in more.items() if key != "form"}


def _asked(request: HttpRequest) -> UUID | None:
    """The utterance one wants to answer; None: the newest from them."""
    try:
        return UUID(request.GET.get("target", ""))
    except ValueError:
        return None


def _step(request: HttpRequest) -> tuple[Step, UUID | None]:
    for step in ("from", "after", "before"):
        if text := request.GET.get(step):
            try:
                return step, UUID(text)
            except ValueError:
                return "end", None
    return ("start", None) if "start" in request.GET else ("end", None)


@desk()
@require_safe
def here(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """Who reads and writes now: what the page's script swaps in."""
    one = seen(request, conversation_id)
    context = {"conversation": one, "here": presence.here(one.pk, me_of(request).id, at=now())}
    return render(request, "converse/here.html", context | {"may_answer": standing_of(request.viewer).may_answer(one)})


@desk()
@require_POST
def other_talk(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """What the same account said elsewhere on the channel: for a stated purpose, with an entry."""
    one = seen(request, conversation_id)
    if not standing_of(request.viewer).may_open_other_talk(one):
        raise PermissionDenied
    try:
        said = Utterance.objects.select_related("author").get(pk=UUID(request.POST.get("utterance", "")))
    except (ValueError, Utterance.DoesNotExist):
        raise Http404 from None
    if not belongs(said, one):
        raise Http404
    try:
        reader = reader_of(request.viewer, one)
        found = open_other_talk(reader, said, request.POST.get("purpose", ""), by=me_of(request).id, at=now())
    except ConverseError as error:
        messages.error(request, str(error))
        return redirect("converse:conversation", one.pk)
    return render(request, "converse/other_talk.html", {"conversation": one, "said": said, "found": found})
