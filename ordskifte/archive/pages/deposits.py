"""Deposits, a record's document, and its way from the bytes to the line in the deposit."""

import os
from datetime import date
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.archive import deposit_queries
from ordskifte.archive.contents import Contents
from ordskifte.archive.context_of import context_of
from ordskifte.archive.deposits import deposit_key, order_deposit, remove_deposit
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.exporting import PROFILES, contents_for
from ordskifte.archive.journal_rules import OVERSEERS, READERS, require_keeper
from ordskifte.archive.pages.common import page, person_of
from ordskifte.archive.pages.public import day_of
from ordskifte.archive.printing import Printer
from ordskifte.base.clock import now
from ordskifte.base.errors import StoreError
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.people.access import DeskRequest, desk
from ordskifte.records.pdfa.fonts import FOLDER
from ordskifte.threads.sending import send_stored


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def deposit_list(request: DeskRequest) -> HttpResponse:
    """GET: what was made. POST: ask for a package of a period."""
    error: JournalError | None = None
    if request.method == "POST":
        require_keeper(request.viewer)
        given = request.POST
        try:
            made = order_deposit(
                person_of(request),
                start=_day(given.get("start")),
                end=_day(given.get("end")),
                profile=given.get("profile", "default"),
                sip=bool(given.get("sip")),
                at=now(),
            )
        except JournalError as refused:
            error = refused
        else:
            return redirect("archive:deposit", made.id)
    return page(
        request,
        "deposits",
        "deposits",
        status=422 if error else 200,
        found=deposit_queries.deposits(),
        profiles=PROFILES,
        error=error,
    )


def _day(text: str | None) -> date | None:
    return day_of(text) if text else None


@never_cache
@require_safe
@desk(*OVERSEERS)
def deposit(request: DeskRequest, deposit_id: UUID) -> HttpResponse:
    """One package: how it went, what the checker says, and its lines."""
    after = request.GET.get("after", "")
    found = deposit_queries.deposit_shown(
        deposit_id, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
    )
    if found is None:
        raise Http404
    return page(request, "deposit", "deposits", found=found, deposit=found.deposit)


@never_cache
@require_safe
@desk(*OVERSEERS)
def download(request: DeskRequest, deposit_id: UUID) -> HttpResponse:
    """The file, for the archivist of the body alone: it may hold what is shielded."""
    require_keeper(request.viewer)
    found = deposit_queries.deposit_shown(deposit_id)
    if found is None or found.deposit.state != "done":
        raise Http404
    try:
        handle = store_of(settings.HOME).open(deposit_key(found.deposit.digest))
    except StoreError as error:
        raise Http404(_("The file is missing from the store.")) from error
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    response = send_stored(request, handle, size=size, media_type="application/x-tar")
    response["Content-Disposition"] = f'attachment; filename="noark5-{found.deposit.id}.tar"'
    return cast(HttpResponse, response)


@require_POST
@desk(*OVERSEERS)
def remove(request: DeskRequest, deposit_id: UUID) -> HttpResponse:
    """Take the file away when the depot has it."""
    require_keeper(request.viewer)
    try:
        digest = remove_deposit(deposit_id, by=request.viewer.actor, at=now())
    except JournalError as error:
        messages.error(request, str(error))
    else:
        if digest:
            store_of(settings.HOME).delete(deposit_key(digest))
        messages.success(request, _("The file is removed. What was made is still listed."))
    return redirect("archive:deposit", deposit_id)


@never_cache
@require_safe
@desk(*READERS)
def follow(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """A record's stations: bytes, versions, entries, decisions, case, document, lines in deposits."""
    way = deposit_queries.way_of(request.viewer, record_id)
    if way is None:
        raise Http404
    return page(request, "follow", "deposits", way=way, record=way.record)


@never_cache
@require_safe
@desk(*READERS)
def document(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """The record's readable form, made now. Personal numbers are masked in it."""
    record = deposit_queries.visible_record(request.viewer, record_id)
    if record is None:
        raise Http404
    home = settings.HOME
    with Printer(home.path / FOLDER, threads=1) as press:
        contents: Contents = contents_for(request.viewer, press, store=store_of(home), keys=load_keys(home))
        context = context_of([record]).get(record.utterance_id, [])
        opened = press.order(contents.making(record, context))
        with opened() as handle:
            content = handle.read()
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{record.record_id}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
