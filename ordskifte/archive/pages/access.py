"""Requests for access: the public form, the queue with its clock, one request with full and redacted side by side."""

import csv
import io
import zipfile
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ordskifte.archive import access, journal_queries, public_journal
from ordskifte.archive.access_promise import promise_on
from ordskifte.archive.bases import bases_on
from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_rules import OVERSEERS, require_keeper
from ordskifte.archive.models import AccessRequest
from ordskifte.archive.package import package_of
from ordskifte.archive.pages.common import number_of, page, person_of
from ordskifte.archive.pages.public import is_open
from ordskifte.base.clock import now
from ordskifte.converse.moderation import guesses
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role

_KEEP_OUT: Final = "website"
"""A field that people do not see: what fills it in is no person."""


# No session is behind this form, so a foreign page could borrow nothing; without the check no cookie is needed.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def innsyn(request: HttpRequest) -> HttpResponse:
    """Ask for access: to an entry of the public journal, or in one's own words."""
    moment = now()
    on = local_day(moment)
    given = request.POST if request.method == "POST" else request.GET
    entry_id = _uuid(given.get("entry"))
    line = public_journal.one_line(entry_id, on=on) if entry_id and is_open() else None
    context: dict[str, Any] = {
        "line": line[0] if line else None,
        "promise": promise_on(on),
        "typed": given,
        "longest": access.LONGEST,
    }
    if request.method != "POST":
        return _private(render(request, "archive/innsyn.html", context))
    address = f"innsyn {request.META.get('REMOTE_ADDR') or ''}"
    if guesses.too_many(address, at=moment):
        answer = render(request, "archive/innsyn.html", {**context, "wait": True}, status=429)
        answer["Retry-After"] = str(int(guesses.WINDOW.total_seconds()))
        return _private(answer)
    if given.get(_KEEP_OUT):
        return _private(render(request, "archive/innsyn_done.html", {"due_at": None}))
    guesses.count(address, at=moment)
    try:
        made = access.ask(
            entry_id=entry_id if line else None,
            words=given.get("words", ""),
            name=given.get("name", ""),
            email=given.get("email", ""),
            language=(get_language() or "nb")[:2],
            at=moment,
        )
    except JournalError as error:
        return _private(render(request, "archive/innsyn.html", {**context, "error": error}, status=422))
    return _private(render(request, "archive/innsyn_done.html", {"due_at": made.due_at}))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@never_cache
@require_safe
@desk(*OVERSEERS)
def queue(request: DeskRequest) -> HttpResponse:
    """What waits, the most urgent first, and what is answered."""
    answered = request.GET.get("view") == "answered"
    found = journal_queries.requests(answered=answered, page=number_of(request.GET.get("page")))
    promise = promise_on(local_day(now()))
    return page(request, "access", "access", found=found, answered=answered, promise=promise)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Role.ARCHIVIST)
def one(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """GET: the package. POST: take on, find what is meant, answer."""
    require_keeper(request.viewer)
    row = _row(request_id)
    error: JournalError | None = None
    if request.method == "POST":
        try:
            _act(request, row)
        except JournalError as refused:
            error = refused
        else:
            return redirect("archive:request", request_id)
    found = package_of(row)
    on = local_day(now())
    language = (get_language() or "nb")[:2]
    outcome = request.POST.get("outcome") or ("partly" if found.taken else "granted")
    with translation.override(row.language):
        bases = list(dict.fromkeys(each.basis for each in found.taken))
        letter = access.letter(row, found, outcome if found.pieces else "refused", "", bases)
    return page(
        request,
        "request",
        "access",
        status=422 if error else 200,
        row=row,
        found=found,
        error=error,
        typed=request.POST,
        outcome=outcome,
        letter=letter,
        bases=[(each.code, each.name(language), each.basis) for each in bases_on(on)],
        log=list(row.redactions.order_by("id")),
    )


def _act(request: DeskRequest, row: AccessRequest) -> None:
    given, actor, at = request.POST, request.viewer.actor, now()
    act = given.get("act")
    if act == "take":
        access.take_on(row.id, person=person_of(request), actor=actor, at=at)
    elif act == "find":
        access.point_at(row.id, entry_id=_entry(given.get("entry", "")), actor=actor, at=at)
    else:
        access.answer(
            row.id,
            outcome=given.get("outcome", ""),
            words=given.get("words", ""),
            basis=given.get("basis", ""),
            person=request.viewer.person_id,
            actor=actor,
            at=at,
        )
        messages.success(request, _("The answer is on its way."))


def _entry(text: str) -> UUID:
    """An entry by its number (2026/7-3) or its id."""
    if found := journal_queries.entry_called(text.strip()):
        return found
    raise JournalError(_("Write the entry's number as in the journal: 2026/7-3."), field="entry")


@never_cache
@require_safe
@desk(Role.ARCHIVIST)
def package(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """The package as files: full or redacted, with the log of what was taken out."""
    require_keeper(request.viewer)
    row = _row(request_id)
    found = package_of(row)
    out = io.BytesIO()
    full = request.GET.get("variant") == "full"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, translation.override(row.language):
        if full:
            packed.writestr("full.txt", access.full_text(found))
        packed.writestr("redacted.txt", access.redacted_text(found))
        packed.writestr("log.csv", _log(found.taken))
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="innsyn-{row.id}-{"full" if full else "redacted"}.zip"'
    return response


def _log(taken: Any) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(("record", "place", "start", "length", "basis"))
    for each in taken:
        rows.writerow((each.record_id, each.place, each.start, each.length, each.basis))
    return out.getvalue()


def _row(request_id: UUID) -> AccessRequest:
    row = AccessRequest.objects.select_related("entry", "entry__case", "case", "assignee", "outbox").filter(
        pk=request_id
    )
    found = row.first()
    if found is None:
        raise Http404
    return found
