"""The archivist's desk: what waits for its decision, confirmed one by one or together, and taken back."""

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.archive import deciding, journal_queries, keep_queries
from ordskifte.archive.choices import abroad, choice
from ordskifte.archive.pages.common import page
from ordskifte.archive.rule_sets import all_sets
from ordskifte.archive.rules import READERS, decides_on, keeps, may_decide
from ordskifte.archive.worklist import overdue
from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.people.access import DeskRequest, desk
from ordskifte.records.keeping import chain
from ordskifte.records.queries import latest_checkpoint
from ordskifte.threads.queries import visible_utterance


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def start(request: DeskRequest) -> HttpResponse:
    """GET: what waits. POST: confirm what is chosen, or choose more of the same kind."""
    if request.method != "POST":
        return _start(request, picked=frozenset())
    picked = _ids(request.POST.getlist("pick"))
    if request.POST.get("act") == "same":
        return _start(request, picked=picked, same=True)
    try:
        done = _confirm(request, picked)
    except OrdskifteError as error:
        return _start(request, picked=picked, error=str(error), status=422)
    _say(request, done)
    return redirect(request.get_full_path())


def _start(
    request: DeskRequest, *, picked: frozenset[UUID], same: bool = False, error: str = "", status: int = 200
) -> HttpResponse:
    at, viewer = now(), request.viewer
    sets, may = all_sets(), decides_on(viewer)
    rule = request.GET.get("kind", "")[:40]
    rows = keep_queries.undecided(viewer, may=may, rule=rule, at=at)
    if same:
        wanted = {row.proposal.rule for row in rows if row.waits.record_id in picked} or {
            row.proposal.rule for row in rows[:1]
        }
        picked = frozenset(row.waits.record_id for row in rows if row.mine and row.proposal.rule in wanted)
    kinds = keep_queries.kinds(viewer, sets)
    context: dict[str, Any] = {
        "rows": rows,
        "picked": picked,
        "typed": request.POST,
        "kinds": kinds,
        "kind": next((one for one in kinds if one.rule == rule), None),
        "waits": keep_queries.waiting(viewer),
        "late": overdue(at=at),
        "choice": choice(),
        "abroad": abroad(choice()),
        "rules": sets[0],
        "may": bool(may),
        "batches": keep_queries.recent_batches(viewer, at=at),
        "checkpoint": latest_checkpoint(),
        "journalled": journal_queries.running(viewer, journal_queries.Wanted(first=at.date(), last=at.date())),
        "error": error,
    }
    return page(request, "decide", "decide", status=status, **context)


def _ids(texts: list[str]) -> frozenset[UUID]:
    found = set()
    for one in texts:
        try:
            found.add(UUID(one))
        except ValueError:
            continue
    return frozenset(found)


@transaction.atomic
def _confirm(request: DeskRequest, picked: frozenset[UUID]) -> deciding.Done:
    """The chosen ones, each by the answers beside it; one batch, undone together."""
    if picked and not may_decide(request.viewer, picked):
        raise PermissionDenied
    given, batch, at, by = request.POST, uuid4(), now(), request.viewer.actor
    groups: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for one in sorted(picked):
        groups[given.get(f"h-{one}", ""), given.get(f"d-{one}", "")].append(one)
    count = journalled = 0
    for (handled, documents), ids in groups.items():
        if handled in ("yes", "no") and documents in ("yes", "no"):
            done = deciding.decide(
                ids,
                handled=handled == "yes",
                documents=documents == "yes",
                by=by,
                at=at,
                batch=batch,
                words=given.get("words", ""),
            )
        else:
            done = deciding.confirm(ids, by=by, at=at, batch=batch)
        count, journalled = count + done.count, journalled + done.journalled
    if not groups:
        deciding.confirm([], by=by, at=at)  # says what to do
    return deciding.Done(batch, count, journalled)


def _say(request: DeskRequest, done: deciding.Done) -> None:
    said = ngettext("%(n)s decision is made.", "%(n)s decisions are made.", done.count) % {"n": done.count}
    undo = "" if done.journalled else reverse("archive:undo", args=[done.batch])
    messages.success(request, said, extra_tags=undo)


@require_POST
@desk(*READERS)
def confirm_kind(request: DeskRequest) -> HttpResponse:
    """Everything of one kind that is proposed to be archived or left out, a thousand at a time."""
    at, viewer, rule = now(), request.viewer, request.POST.get("kind", "")[:40]
    ids = keep_queries.same_kind(viewer, rule, may=decides_on(viewer), most=deciding.MOST)
    try:
        done = deciding.confirm(ids, by=viewer.actor, at=at)
    except OrdskifteError as error:
        messages.error(request, str(error))
    else:
        _say(request, done)
    return redirect("archive:desk")


@require_POST
@desk(*READERS)
def undo(request: DeskRequest, batch: UUID) -> HttpResponse:
    ids = deciding.records_of_batch(batch)
    if ids and not may_decide(request.viewer, ids):
        raise PermissionDenied
    try:
        count = deciding.undo(batch, by=request.viewer.actor, at=now())
    except OrdskifteError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)s waits again.", "%(n)s wait again.", count) % {"n": count}
        messages.success(request, said)
    return redirect("archive:desk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def decision(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """One record: what the rules propose, the chain of decisions, and a new one."""
    utterance = visible_utterance(request.viewer, record_id)
    if utterance is None:
        raise Http404
    may = may_decide(request.viewer, [record_id])
    error = ""
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        given = request.POST
        try:
            done = deciding.decide(
                [record_id],
                handled=given.get("handled") == "yes",
                documents=given.get("documents") == "yes",
                reason=given.get("reason", ""),
                words=given.get("words", ""),
                by=request.viewer.actor,
                at=now(),
            )
        except OrdskifteError as refused:
            error = str(refused)
        else:
            _say(request, done)
            return redirect("archive:decision", record_id)
    at = now()
    proposal = deciding.propose([record_id], at=at).get(record_id)
    if proposal is None:
        raise Http404
    decisions = chain(record_id)
    context: dict[str, Any] = {
        "utterance": utterance,
        "proposal": proposal,
        "chain": decisions,
        "standing": next((one for one in decisions if one.ended_at is None), None),
        "names": keep_queries.names_of([one.by for one in decisions]),
        "reasons": all_sets()[0].reason_names(),
        "reason_words": _words_of_reasons(),
        "may": may,
        "error": error,
    }
    return page(request, "decision", "decide", status=422 if error else 200, **context)


def _words_of_reasons() -> dict[str, str]:
    found: dict[str, str] = {"import_own": _("Imported: what we published"), "import_all": _("Imported: everything")}
    for rules in reversed(all_sets()):
        found |= {rule.code: rule.name for rule in rules.rules}
        found |= dict(rules.reason_names())
    return found


@never_cache
@require_safe
@desk(*READERS)
def quality(request: DeskRequest) -> HttpResponse:
    """What misses a date, a party or a title."""
    return page(request, "quality", "quality", flaws=keep_queries.flaws(request.viewer), may=keeps(request.viewer))
