"""Deliveries to the case system with their receipts, and the body's choice about its journal."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.archive import choosing, delivery, journal_queries
from ordskifte.archive.delivering import choice
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_rules import OVERSEERS, require_keeper, visible_cases
from ordskifte.archive.models import Delivery
from ordskifte.archive.pages.common import number_of, page, say
from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.people.access import DeskRequest, desk


@never_cache
@require_safe
@desk(*OVERSEERS)
def delivery_list(request: DeskRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = journal_queries.deliveries(state=state, page=number_of(request.GET.get("page")))
    seen = {one.id for one in visible_cases(request.viewer).filter(pk__in=[row.entry.case_id for row in found.rows])}
    return page(
        request,
        "deliveries",
        "deliveries",
        found=found,
        state=state,
        seen=seen,
        choice=choice(),
        trouble=delivery.TROUBLE,
    )


@never_cache
@require_safe
@desk(*OVERSEERS)
def receipt(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """The receipt as it came."""
    require_keeper(request.viewer)
    row = Delivery.objects.filter(pk=delivery_id).first()
    if row is None or not row.receipt:
        raise Http404
    return HttpResponse(row.receipt, content_type="text/plain; charset=utf-8")


@require_POST
@desk(*OVERSEERS)
def again(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    require_keeper(request.viewer)
    try:
        delivery.try_again(delivery_id, by=request.viewer.actor, at=now())
    except JournalError as error:
        say(request, error)
    else:
        messages.success(request, _("It is tried again."))
    return redirect("archive:deliveries")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def chosen(request: DeskRequest) -> HttpResponse:
    """The body's choice: a public journal here or not, and how deliveries go."""
    require_keeper(request.viewer)
    error: JournalError | None = None
    given = request.POST
    if request.method == "POST":
        try:
            choosing.choose(
                public=given.get("public") == "yes",
                way=given.get("way", ""),
                address=given.get("address", ""),
                series=given.get("series", ""),
                secret=given.get("secret", ""),
                codes=choosing.read_codes(given.get("codes", "")),
                keys=load_keys(settings.HOME),
                by=request.viewer.actor,
                at=now(),
            )
        except JournalError as refused:
            error = refused
        else:
            messages.success(request, _("Saved."))
            return redirect("archive:choice")
    standing = choice()
    shown: dict[str, Any] = {
        "public": given.get("public") == "yes" if given else bool(standing and standing.public),
        "way": given.get("way") if given else standing.way if standing else "folder",
        "address": given.get("address") if given else standing.address if standing else "",
        "series": given.get("series") if given else standing.series if standing else "",
        "codes": given.get("codes")
        if given
        else "\n".join(f"{word} = {code}" for word, code in standing.codes.items())
        if standing
        else "",
    }
    return page(request, "choice", "choice", status=422 if error else 200, error=error, standing=standing, shown=shown)
