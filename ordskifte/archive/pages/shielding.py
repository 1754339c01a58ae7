"""Shielding with a preview: what we see and what everyone sees, side by side, and the release of a document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ordskifte.archive import journal_queries, releasing, shielding, titles
from ordskifte.archive.bases import bases_on
from ordskifte.archive.cases import local_day
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_rules import require_keeper
from ordskifte.archive.journal_values import journal_values
from ordskifte.archive.pages.common import page
from ordskifte.archive.public_document import document_for
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role
from ordskifte.records.models import JournalEntry
from ordskifte.records.noark5.public import public_entry
from ordskifte.threads.models import Utterance, Version


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Role.ARCHIVIST)
def shield(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """GET: both sides. POST: shield, end, title, release, take back; or only show how it would be."""
    require_keeper(request.viewer)
    entry = (
        JournalEntry.objects.filter(record_id=record_id)
        .select_related("case", "case__record_class", "case__period")
        .first()
    )
    if entry is None:
        raise Http404
    error: JournalError | None = None
    if request.method == "POST":
        try:
            _act(request, entry)
        except JournalError as refused:
            error = refused
        else:
            return redirect("archive:shielding", record_id)
    return _page(request, entry, error)


def _act(request: DeskRequest, entry: JournalEntry) -> None:
    given, by, at = request.POST, request.viewer.actor, now()
    act = given.get("act")
    if act == "end":
        shielding.end(_uuid(given.get("shielding")), by=by, at=at)
        messages.success(request, _("It is not shielded any more."))
    elif act == "title":
        titles.set_titles(
            entry.id, title=given.get("title", ""), public_title=given.get("public_title", ""), by=by, at=at
        )
        messages.success(request, _("Saved."))
    elif act == "release":
        version = _uuid(given.get("version"))
        if given.get("read") != "yes":
            raise JournalError(_("Say that you have read the document."), field="read")
        releasing.release(entry.id, seen=given.get("seen", ""), version_id=version, by=by, at=at)
        messages.success(request, _("Anyone can read it now."))
    elif act == "take_back":
        releasing.take_back(entry.id, by=by, at=at)
        messages.success(request, _("It is not shown any more."))
    else:
        years = given.get("years", "").strip()
        shielding.shield(
            entry.record_id,
            field=given.get("field", ""),
            basis=given.get("basis", ""),
            words=given.get("words", "").splitlines(),
            years=int(years) if years.isascii() and years.isdecimal() and len(years) < 4 else None if not years else 0,
            by=by,
            at=at,
        )
        messages.success(request, _("Shielded."))


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise JournalError(_("It is not there any more.")) from None


def _page(request: DeskRequest, entry: JournalEntry, error: JournalError | None) -> HttpResponse:
    on = local_day(now())
    (valued,) = journal_values([entry])
    utterance = Utterance.objects.filter(pk=entry.record_id).select_related("author", "channel").first()
    version = Version.objects.filter(pk=utterance.current_id).first() if utterance else None
    released = releasing.current_release(entry.id)
    preview = document_for(valued, on=on, version_id=version.id) if version else None
    language = (get_language() or "nb")[:2]
    context: dict[str, Any] = {
        "entry": entry,
        "case": entry.case,
        "one": public_entry(valued.post, valued.sak, valued.klasse, on=on),
        "parties": list(entry.parties.order_by("id")),
        "utterance": utterance,
        "version": version,
        "preview": preview,
        "shown_by_us": preview is not None and released is not None,
        "released": released,
        "seen": releasing.digest_of(valued.shielded),
        "standing": valued.shielded,
        "bases": [(one.code, one.name(language), one.basis) for one in bases_on(on)],
        "fields": shielding.FIELDS,
        "typed": request.POST,
        "error": error,
        "delivered": entry.number is None,
        "next": journal_queries.next_unassessed(entry),
    }
    return page(request, "shielding", "running", status=422 if error else 200, **context)
