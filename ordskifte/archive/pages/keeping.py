"""Rules, classes, periods, disposal, holds and the data protection desk."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ordskifte.archive import disposal as disposing
from ordskifte.archive import erasure_list, holds, keep_queries, periods, privacy, rule_sets
from ordskifte.archive.choices import choice, choose
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import Disposal, PrivacyRequest
from ordskifte.archive.pages.common import page, person_of
from ordskifte.archive.pages.public import day_of
from ordskifte.archive.purge import purged_by_reason
from ordskifte.archive.rules import OVERSEERS, READERS, keeps, require_archivist
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.models import Topic


def _form(request: DeskRequest, act: Any, view: str) -> HttpResponse | str:
    """Carry out a form of the archivist's. A redirect when it went well, else why not."""
    require_archivist(request.viewer)
    try:
        act()
    except ArchiveError as error:
        return str(error)
    messages.success(request, _("Saved."))
    return redirect(view)


def _uuid(text: str | None) -> UUID | None:
    """An id, or the last one in an address."""
    for part in reversed((text or "").strip().rstrip("/").replace("#", "/").split("/")):
        try:
            return UUID(part)
        except ValueError:
            continue
    return None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def rules(request: DeskRequest) -> HttpResponse:
    """The sets of rules with their days and sources; a newer one is installed here."""
    error = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        content = sent.read(rule_sets.LARGEST + 1) if sent is not None else b""
        done = _form(request, lambda: rule_sets.install(content, by=request.viewer.actor, at=now()), "archive:rules")
        if isinstance(done, HttpResponse):
            return done
        error = done
    sets = rule_sets.all_sets()
    shown = next((one for one in sets if one.version == request.GET.get("set")), sets[0])
    context = {"sets": sets, "shown": shown, "purged": purged_by_reason(), "may": keeps(request.viewer), "error": error}
    return page(request, "rules", "rules", status=422 if error else 200, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def classes(request: DeskRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        done = _form(request, lambda: _class(request), "archive:classes")
        if isinstance(done, HttpResponse):
            return done
        error = done
    topics = list(Topic.objects.filter(closed_at=None))
    context: dict[str, Any] = {
        "rows": keep_queries.classes(),
        "topics": topics,
        "topic_names": {str(one.id): rule_sets.in_language(one.names) for one in topics},
        "typed": request.POST,
        "may": keeps(request.viewer),
        "error": error,
    }
    return page(request, "classes", "classes", status=422 if error else 200, **context)


def _class(request: DeskRequest) -> None:
    given, by, at = request.POST, request.viewer.actor, now()
    ended = _uuid(given.get("end"))
    if ended is not None:
        periods.end_class(ended, by=by, at=at)
        return
    periods.add_class(
        given.get("code", ""),
        {"nb": given.get("nb", ""), "nn": given.get("nn", ""), "en": given.get("en", "")},
        keep=given.get("keep") != "no",
        years=_whole(given.get("years")),
        legal_basis=given.get("basis", ""),
        topic_id=_uuid(given.get("topic")),
        standard=given.get("standard") == "yes",
        by=by,
        at=at,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def period_list(request: DeskRequest) -> HttpResponse:
    """Periods; opened and closed here."""
    error = ""
    if request.method == "POST":
        done = _form(request, lambda: _period(request), "archive:periods")
        if isinstance(done, HttpResponse):
            return done
        error = done
    rows = keep_queries.periods()
    context: dict[str, Any] = {
        "rows": rows,
        "names": keep_queries.names_of([one.opened_by for one in rows] + [one.closed_by for one in rows]),
        "typed": request.POST,
        "next_year": now().year + 1,
        "may": keeps(request.viewer),
        "error": error,
    }
    return page(request, "periods", "periods", status=422 if error else 200, **context)


def _period(request: DeskRequest) -> None:
    given, by, at = request.POST, request.viewer.actor, now()
    closed = _uuid(given.get("close"))
    if closed is not None:
        periods.close_period(closed, by=by, at=at)
        return
    starts: date | None = day_of(given.get("starts"))
    if starts is None:
        raise ArchiveError(_("Write the day it begins."))
    periods.open_period(
        given.get("title", ""),
        starts=starts,
        ends=day_of(given.get("ends")),
        journal=given.get("journal", ""),
        by=by,
        at=at,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def disposal(request: DeskRequest) -> HttpResponse:
    """Lists for disposal: proposed by one, agreed to by another."""
    error = ""
    if request.method == "POST":
        done = _form(request, lambda: _disposal(request), "archive:disposal")
        if isinstance(done, HttpResponse):
            return done
        error = done
    rows = keep_queries.disposals()
    context: dict[str, Any] = {
        "rows": rows,
        "classes": [one for one in keep_queries.classes() if not one.keep],
        "person": person_of(request).pk,
        "may": keeps(request.viewer),
        "error": error,
    }
    return page(request, "disposal", "disposal", status=422 if error else 200, **context)


def _disposal(request: DeskRequest) -> None:
    given, by, at = request.POST, person_of(request), now()
    chosen = _uuid(given.get("list"))
    if chosen is not None:
        disposing.agree(chosen, agree=given.get("agree") == "yes", words=given.get("words", ""), by=by, at=at)
        return
    wanted = _uuid(given.get("class"))
    if wanted is None:
        raise ArchiveError(_("Choose a class."))
    disposing.propose(wanted, basis=given.get("basis", ""), by=by, at=at)


@never_cache
@require_safe
@desk(*OVERSEERS)
def disposal_list(request: DeskRequest, disposal_id: UUID) -> HttpResponse:
    """What stands on a list, and what became of each."""
    found = Disposal.objects.select_related("record_class", "made_by", "second").filter(pk=disposal_id).first()
    if found is None:
        raise Http404
    items = list(found.items.order_by("said_at", "id")[:500])
    names = keep_queries.names_of([one.disposed_by for one in items])
    return page(request, "disposal_list", "disposal", one=found, items=items, names=names)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def hold_list(request: DeskRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        done = _form(request, lambda: _hold(request), "archive:holds")
        if isinstance(done, HttpResponse):
            return done
        error = done
    rows = keep_queries.holds()
    context = {
        "rows": rows,
        "kinds": list(holds.KINDS),
        "names": keep_queries.names_of([one.by for one in rows] + [one.ended_by for one in rows]),
        "typed": request.POST,
        "may": keeps(request.viewer),
        "error": error,
    }
    return page(request, "holds", "holds", status=422 if error else 200, **context)


def _hold(request: DeskRequest) -> None:
    given, by, at = request.POST, request.viewer.actor, now()
    ended = _uuid(given.get("end"))
    if ended is not None:
        holds.end(ended, why=given.get("why", ""), by=by, at=at)
        return
    target = _uuid(given.get("target"))
    if target is None:
        raise ArchiveError(_("Paste the address of what is to be held."))
    holds.hold(given.get("kind", ""), target, why=given.get("why", ""), basis=given.get("basis", ""), by=by, at=at)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def privacy_desk(request: DeskRequest) -> HttpResponse:
    """Find an account, and open a request for what it has said."""
    error, words = "", request.GET.get("q", "")[:200]
    if request.method == "POST":
        require_archivist(request.viewer)
        chosen = [one for one in map(_uuid, request.POST.getlist("author")) if one]
        try:
            made = privacy.open_request(
                chosen, language=request.POST.get("language", "nb"), by=request.viewer.actor, at=now()
            )
        except ArchiveError as refused:
            error = str(refused)
        else:
            return redirect("archive:privacy-request", made.id)
    context: dict[str, Any] = {
        "words": words,
        "authors": privacy.authors_like(words, request.viewer),
        "rows": list(PrivacyRequest.objects.order_by("-arrived_at")[:50]),
        "may": keeps(request.viewer),
        "error": error,
    }
    return page(request, "privacy", "privacy", status=422 if error else 200, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def privacy_request(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """One request: what stays and why, what goes, the answer letter."""
    found = PrivacyRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise Http404
    error = ""
    if request.method == "POST":
        require_archivist(request.viewer)
        try:
            privacy.answer(request_id, viewer=request.viewer, by=request.viewer.actor, at=now())
        except ArchiveError as refused:
            error = str(refused)
        else:
            messages.success(request, _("Answered. What goes is being erased."))
            return redirect("archive:privacy-request", request_id)
    lines = privacy.lines_of(found.authors, request.viewer, at=now())
    context: dict[str, Any] = {
        "one": found,
        "lines": lines,
        "going": sum(1 for line in lines if not line.stands),
        "undecided": sum(1 for line in lines if line.stands == "undecided"),
        "may": keeps(request.viewer) and found.state == "open",
        "error": error,
    }
    return page(request, "privacy_request", "privacy", status=422 if error else 200, **context)


@never_cache
@require_safe
@desk(*OVERSEERS)
def erasures(request: DeskRequest) -> HttpResponse:
    """The list of erasures, for the day a backup is restored. Kept apart from the backup."""
    require_archivist(request.viewer)
    response = HttpResponse(erasure_list.written(None, at=now()), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="erasures-{now():%Y-%m-%d}.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*OVERSEERS)
def chosen(request: DeskRequest) -> HttpResponse:
    """How long things wait, and where they are stored."""
    error, given = "", request.POST
    if request.method == "POST":
        done = _form(
            request,
            lambda: choose(
                purge_days=_whole(given.get("purge_days")),
                warn_days=_whole(given.get("warn_days")),
                place=given.get("place", ""),
                country=given.get("country", ""),
                backup_place=given.get("backup_place", ""),
                backup_country=given.get("backup_country", ""),
                responsible=given.get("responsible", ""),
                by=request.viewer.actor,
                at=now(),
            ),
            "archive:papers",
        )
        if isinstance(done, HttpResponse):
            return done
        error = done
    context = {"shown": given or choice(), "may": keeps(request.viewer), "error": error}
    return page(request, "keep_choice", "papers", status=422 if error else 200, **context)
