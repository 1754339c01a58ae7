"""The outbox: what leaves, where it is, why, and what one does about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk
from ordskifte.publish import handing, outbox, queries
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.rules import holds_of


@require_GET
@desk()
def page(request: DeskRequest) -> HttpResponse:
    """The rows of one view, newest first."""
    return _page(request)


def _page(request: DeskRequest, *, error: str = "", about: UUID | None = None, typed: str = "") -> HttpResponse:
    show = request.GET.get("show", "act")
    show = show if show in queries.SHOWS else "act"
    found = queries.outbox_page(
        request.viewer, show=show, channel=_id(request.GET.get("channel")), before=_id(request.GET.get("before"))
    )
    context = {"page": found, "show": show, "error": error, "about": about, "typed": typed}
    return render(request, "publish/outbox.html", context, status=422 if error else 200)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _approve(request: DeskRequest, row: UUID, **who: Any) -> str:
    outbox.approve(row, **who)
    return _("Approved. It leaves as it stands.")


def _refuse(request: DeskRequest, row: UUID, **who: Any) -> str:
    outbox.refuse(row, reason=request.POST.get("reason", ""), **who)
    return _("You said no to it. The writer is told why.")


def _withdraw(request: DeskRequest, row: UUID, *, by: UUID, **who: Any) -> str:
    outbox.withdraw(row, **who)
    return _("Taken back. Nothing left.")


def _hold(request: DeskRequest, row: UUID, *, by: UUID, **who: Any) -> str:
    outbox.hold_back(row, **who)
    return _("Stopped. It leaves when somebody starts it again.")


def _start(request: DeskRequest, row: UUID, *, by: UUID, **who: Any) -> str:
    outbox.start_again(row, **who)
    return _("It will be sent.")


def _take(request: DeskRequest, row: UUID, **who: Any) -> str:
    handing.take_in_hand(row, **who)
    return _("It is yours. Post it, then paste the link.")


def _put_back(request: DeskRequest, row: UUID, *, by: UUID, **who: Any) -> str:
    handing.put_back(row, **who)
    return _("It waits for somebody again.")


def _done(request: DeskRequest, row: UUID, **who: Any) -> str:
    handing.hand_off_done(row, link=request.POST.get("link", ""), **who)
    return _("Thank you. The link is kept as the receipt.")


def _arrived(request: DeskRequest, row: UUID, **who: Any) -> str:
    outbox.resolve_unknown(row, arrived=True, **who)
    return _("Noted: it is there.")


def _not_arrived(request: DeskRequest, row: UUID, **who: Any) -> str:
    outbox.resolve_unknown(row, arrived=False, **who)
    return _("Noted: it is not there. It is sent again.")


ACTS: dict[str, Callable[..., str]] = {
    "approve": _approve,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "hold": _hold,
    "start": _start,
    "take": _take,
    "put-back": _put_back,
    "done": _done,
    "arrived": _arrived,
    "not-arrived": _not_arrived,
}
_UNDOES = {"hold": "start"}


@require_POST
@desk()
def act(request: DeskRequest, outbox_id: UUID, name: str) -> HttpResponse:
    """One act on one row. What cannot be done is said at the row, and what was typed is kept."""
    carry_out = ACTS.get(name)
    row = queries.one_row(request.viewer, outbox_id)
    if carry_out is None or row is None:
        raise Http404
    if not queries.may(name, row, row.channel, holds_of(request.viewer)):
        raise PermissionDenied
    try:
        said = carry_out(request, row.id, actor=request.viewer.actor, by=request.viewer.person_id, at=now())
    except OutboxError as error:
        typed = request.POST.get("link", "") or request.POST.get("reason", "")
        return _page(request, error=str(error), about=row.id, typed=typed)
    undo = _UNDOES.get(name)
    back = reverse("publish:act", args=[row.id, undo]) if undo else ""
    messages.success(request, said, extra_tags=back)
    return redirect("publish:outbox")
