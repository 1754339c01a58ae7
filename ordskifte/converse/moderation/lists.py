"""Desk lists of moderation: the second person's, complaints, numbers to look at, spam in bulk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.base.clock import now
from ordskifte.converse.moderation import complaint, queries, spam
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.rules import ANSWERERS, READERS, TAKERS, holds
from ordskifte.converse.moderation.views import evidence, person_of
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.queries import published_grounds


def _page(
    request: DeskRequest, template: str, context: dict[str, Any], status: int = 200, scope: queries.Scope | None = None
) -> HttpResponse:
    waiting = queries.waiting(scope or queries.scope_of(request.viewer))
    return render(request, template, context | {"waiting": waiting}, status=status)


@require_safe
@desk(*READERS)
def measures(request: DeskRequest) -> HttpResponse:
    """What was done, newest first."""
    scope = queries.scope_of(request.viewer)
    return _page(request, "moderation/measures.html", {"rows": queries.recent(scope), "view": "measures"}, scope=scope)


@require_safe
@desk(*TAKERS)
def second(request: DeskRequest) -> HttpResponse:
    """What waits for a second person, oldest first."""
    scope = queries.scope_of(request.viewer)
    return _page(request, "moderation/second.html", {"rows": queries.proposals(scope), "view": "second"}, scope=scope)


@require_safe
@desk(*TAKERS)
def to_review(request: DeskRequest) -> HttpResponse:
    """What the number rule hid and nobody has looked at."""
    scope = queries.scope_of(request.viewer)
    return _page(
        request, "moderation/numbers.html", {"rows": queries.unreviewed(scope), "view": "numbers"}, scope=scope
    )


@require_safe
@desk(*READERS)
def complaints(request: DeskRequest) -> HttpResponse:
    """Complaints that wait, by deadline, then those that were answered."""
    scope = queries.scope_of(request.viewer)
    context = {
        "rows": queries.complaints(scope),
        "answered": queries.complaints(scope, answered=True),
        "view": "complaints",
    }
    return _page(request, "moderation/complaints.html", context, scope=scope)


@never_cache
@require_http_methods(["GET", "POST"])
@desk(*READERS)
def one_complaint(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    """Measure and words side by side, and the answer."""
    row = queries.complaint_row(request.viewer, complaint_id)
    if row is None:
        raise Http404
    may = holds(request.viewer, row.row.measure.utterance.channel, *ANSWERERS)
    context: dict[str, Any] = {
        "shown": row,
        "complaint": row.row,
        "measure": row.row.measure,
        "may_answer": may and not row.barred and row.row.answered_at is None,
        "nobody": row.row.answered_at is None
        and not complaint.may_answer(row.row.measure, row.row.measure.utterance.channel),
        "view": "complaints",
    }
    if request.method != "POST":
        return _page(request, "moderation/complaint.html", context)
    if not may:
        raise PermissionDenied
    try:
        complaint.answer(
            complaint_id,
            outcome=request.POST.get("outcome", ""),
            text=request.POST.get("answer", ""),
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
        )
    except ModerationError as error:
        return _page(request, "moderation/complaint.html", context | {"error": error, "typed": request.POST}, 422)
    messages.success(request, _("Answered. The writer is told."))
    return redirect("moderation:complaints")


@never_cache
@require_http_methods(["GET", "POST"])
@desk(*TAKERS)
def spam_list(request: DeskRequest) -> HttpResponse:
    """Choose what is spam; hide it in one batch."""
    rows = queries.spam_waiting(queries.scope_of(request.viewer))
    grounds = [one for one in published_grounds() if one.code == "spam"]
    context: dict[str, Any] = {
        "rows": rows,
        "ground": grounds[0] if grounds else None,
        "last": queries.last_batch(request.viewer),
        "view": "spam",
    }
    if request.method != "POST":
        return _page(request, "moderation/spam.html", context)
    chosen = set(request.POST.getlist("version"))
    mine = [row.version.id for row in rows if str(row.version.id) in chosen]
    try:
        batch = spam.hide_spam(
            mine,
            ground_id=grounds[0].id if grounds else UUID(int=0),
            facts=request.POST.get("facts", ""),
            neutral="neutral" in request.POST,
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
            evidence=evidence(),
        )
    except ModerationError as error:
        sent = {"error": error, "chosen": chosen, "typed": request.POST}
        return _page(request, "moderation/spam.html", context | sent, 422)
    said = ngettext("%(n)s comment is hidden as spam.", "%(n)s comments are hidden as spam.", len(mine))
    messages.success(request, said % {"n": len(mine)}, extra_tags=reverse("moderation:undo-spam", args=[batch]))
    return redirect("moderation:spam")


@require_POST
@desk(*TAKERS)
def undo_spam(request: DeskRequest, batch: UUID) -> HttpResponse:
    """Put a whole batch back."""
    try:
        count = spam.undo_batch(batch, by=person_of(request), actor=request.viewer.actor, at=now())
    except ModerationError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)s comment is shown again.", "%(n)s comments are shown again.", count)
        messages.success(request, said % {"n": count})
    return redirect("moderation:spam")
