"""Acts on the conversations that were chosen in a list. The view asks who may for each; `bulk` does the rest."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ordskifte.base.clock import now
from ordskifte.converse import bulk, conversations
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation, Step
from ordskifte.converse.names import RESPONSES
from ordskifte.converse.pages.common import given_id, given_moment, me_of, onwards
from ordskifte.converse.queries import chosen, colleagues_of_all, rows_of
from ordskifte.converse.rules import standing_of
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Unit
from ordskifte.plan.working_time import OSLO

Act = Callable[[UUID], Step]
NAMES = ("take", "assign", "hand-over", "snooze", "close")


@never_cache
@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_page(request: DeskRequest) -> HttpResponse:
    """GET: what can be done with the chosen. POST: do it; when something more must be said first, ask for it."""
    given = request.POST if request.method == "POST" else request.GET
    ids = [one for text in given.getlist("c")[: bulk.MOST] if (one := _uuid(text))]
    found = chosen(request.viewer, ids)
    if not found:
        messages.error(request, _("Choose some conversations first."))
        return onwards(request, None)
    standing = standing_of(request.viewer)
    mine = [one for one in found if standing.may_answer(one)]
    if not mine:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, mine, refused=len(found) - len(mine))
    name, at = request.POST.get("act", ""), now()
    if name not in NAMES:
        raise Http404
    try:
        act = _act(request, name, me_of(request).id, at)
    except ConverseError as error:
        messages.error(request, str(error))
        act = None
    if act is None:
        asked = [*(("c", str(one.pk)) for one in mine), ("open", name), ("next", request.POST.get("next", ""))]
        return redirect(f"{reverse('converse:bulk')}?{urlencode(asked)}")
    _tell(request, bulk.act_on_all([one.pk for one in mine], act), not_theirs=len(found) - len(mine))
    return onwards(request, None)


def _act(request: DeskRequest, name: str, by: UUID, at: datetime) -> Act | None:
    """The act, with what it needs; None when that has not been said yet."""
    if name == "take":
        return lambda one: conversations.take(one, by=by, at=at)
    if name == "assign" and "person" in request.POST:
        person = given_id(request, "person")
        return lambda one: conversations.assign(one, person, by=by, at=at)
    if name == "hand-over" and (unit := given_id(request, "unit")):
        note = request.POST.get("note", "")
        return lambda one: conversations.hand_over(one, unit, note=note, by=by, at=at)
    if name == "snooze" and (until := given_moment(request, "until")):
        if until <= at:
            raise ConverseError(_("Choose a time that is still to come."))
        return lambda one: conversations.snooze(one, until, by=by, at=at)
    if name == "close" and (response := request.POST.get("response", "")):
        return lambda one: conversations.close(one, response, by=by, at=at)
    return None


def _tell(request: DeskRequest, done: bulk.Done, *, not_theirs: int) -> None:
    if done.count:
        said = ngettext("Done with %(n)s conversation.", "Done with %(n)s conversations.", done.count)
        back = reverse("converse:undo-bulk", args=[done.batch])
        messages.success(request, said % {"n": done.count}, extra_tags=back)
    for reason in done.refused:
        messages.error(request, _("Not done with some: %(why)s") % {"why": reason})
    if not_theirs:
        messages.error(request, _("You may not answer in some of them. Those are left alone."))


def _page(request: DeskRequest, found: list[Conversation], *, refused: int) -> HttpResponse:
    due = [one.due_at for one in found if one.due_at]
    context = {
        "rows": rows_of(found),
        "refused": refused,
        "open": request.GET.get("open", ""),
        "next": request.GET.get("next", ""),
        "people": colleagues_of_all(found),
        "units": list(Unit.objects.order_by("name")),
        "responses": [(code, name) for code, name in RESPONSES.items() if code != "F2"],
        "latest": min(due).astimezone(OSLO) if due else None,
    }
    return render(request, "converse/bulk.html", context)


@desk()
@require_POST
def undo_bulk(request: DeskRequest, batch: UUID) -> HttpResponse:
    """Take back what one did with several, as far as nobody else has acted since."""
    if not Step.objects.filter(batch=batch, by=me_of(request)).exists():
        raise Http404
    done = bulk.undo_all(batch, by=me_of(request).id, at=now())
    if done.count:
        said = ngettext("Undone for %(n)s conversation.", "Undone for %(n)s conversations.", done.count)
        messages.success(request, said % {"n": done.count})
    for reason in done.refused:
        messages.error(request, reason)
    return onwards(request, None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
