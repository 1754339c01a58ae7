"""Desk pages of moderation: the measure form at the words it touches, one measure, and the original of a number."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.converse.marks import marked
from ordskifte.converse.moderation import measures, numbers, originals, police, preview, queries, undoing
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.forms import Typed, typed
from ordskifte.converse.moderation.ladder import KINDS, LONGEST_BLOCK, SHORT_BLOCK
from ordskifte.converse.moderation.rules import OPENERS, REPORTERS, TAKERS, holds
from ordskifte.converse.moderation.seen import conversation_of, seen_in
from ordskifte.converse.moderation.snapshot import Evidence
from ordskifte.converse.templatetags.moderation import stands_at
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Person
from ordskifte.plan.queries import published_grounds
from ordskifte.records.pdfa.fonts import FOLDER
from ordskifte.records.pdfa.render import Fonts
from ordskifte.threads.models import Utterance, Version
from ordskifte.threads.queries import visible_utterance, visible_version


def evidence() -> Evidence:
    """The home's store and keys."""
    return Evidence(store_of(settings.HOME), load_keys(settings.HOME))


def person_of(request: DeskRequest) -> Person:
    return cast(Person, request.user)


@never_cache
@require_http_methods(["GET", "POST"])
@desk(*TAKERS)
def measure(request: DeskRequest, thread_id: UUID, utterance_id: UUID) -> HttpResponse:
    """The form, under the words. It acts when the letter it would send has stood above the button."""
    utterance = _utterance(request, utterance_id)
    if utterance.thread_id != thread_id:
        return redirect("moderation:measure", utterance.thread_id, utterance.id)
    version = Version.objects.select_related("evidence").get(pk=utterance.current_id)
    if request.method == "GET":
        return _form(request, utterance, version, typed(request.GET, version=version.id))
    given = typed(request.POST, version=version.id)
    if request.headers.get("HX-Target") == "letter":
        return _form(request, utterance, version, given)
    if given.kind == "reply":
        return redirect(stands_at(utterance, conversation_of(utterance)))
    wish = given.wish()
    if wish is None or given.kind not in KINDS:
        error = ModerationError(
            _("Choose one of the published grounds.") if given.kind in KINDS else _("Choose a measure."),
            field="ground" if given.kind in KINDS else "kind",
        )
        return _form(request, utterance, version, given, error)
    if "show" in request.POST or given.shown != given.digest:
        return _form(request, utterance, version, given)
    person = person_of(request)
    try:
        done = measures.take_measure(wish, by=person, actor=request.viewer.actor, at=now(), evidence=evidence())
    except ModerationError as error:
        return _form(request, utterance, version, given, error)
    if done.state == "proposed":
        messages.success(request, _("Another person must agree. It waits in their list."))
    else:
        undo = reverse("moderation:undo", args=[done.id])
        messages.success(request, _("Done. The writer is told why."), extra_tags=undo)
    return redirect("moderation:one", done.id)


def _utterance(request: DeskRequest, utterance_id: UUID) -> Utterance:
    utterance = visible_utterance(request.viewer, utterance_id)
    if utterance is None:
        raise Http404
    if not holds(request.viewer, utterance.channel, *TAKERS):
        raise PermissionDenied
    return utterance


def _form(
    request: DeskRequest, utterance: Utterance, version: Version, given: Typed, error: ModerationError | None = None
) -> HttpResponse:
    seen = seen_in(version)
    reasons = queries.reasons_for(version.id)
    grounds = published_grounds()
    ground = next((one for one in grounds if str(one.id) == given.ground), None)
    context: dict[str, Any] = {
        "utterance": utterance,
        "version": version,
        "conversation": conversation_of(utterance),
        "above": queries.answered_by(request.viewer, utterance),
        "reasons": reasons,
        "words": marked(version.text, reasons),
        "seen": seen,
        "grounds": preview.ground_lines(grounds),
        "kinds": preview.kind_lines(utterance.channel),
        "given": given,
        "error": error,
        "earlier": queries.measures_of_utterance(utterance.id),
        "letter": preview.letter_for(given, ground, utterance, version, at=now()),
        "waits": measures.why_it_waits(given.kind, _days(given), ground.code, seen) if ground else [],
        "doubt": preview.doubt(ground, seen),
        "threat": ground is not None and ground.code == "threat",
        "short_block": SHORT_BLOCK,
        "longest_block": LONGEST_BLOCK,
    }
    if request.headers.get("HX-Target") == "letter":
        return render(request, "moderation/part_letter.html", context)
    status = 422 if error else 200
    return render(request, "moderation/measure.html", context, status=status)


def _days(given: Typed) -> int | None:
    wish = given.wish()
    return wish.days if wish else None


@never_cache
@desk()
def one(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """One measure: what was done, why, by whom, what became of it, and what can be done now."""
    return _one(request, _row(request, measure_id))


def _row(request: DeskRequest, measure_id: UUID) -> queries.MeasureRow:
    row = queries.measure_row(request.viewer, measure_id)
    if row is None:
        raise Http404
    return row


def _one(
    request: DeskRequest, row: queries.MeasureRow, error: ModerationError | None = None, status: int = 200
) -> HttpResponse:
    found, viewer = row.row, request.viewer
    channel = found.utterance.channel
    may_take = holds(viewer, channel, *TAKERS)
    context = {
        "shown": row,
        "measure": found,
        "letter": preview.letter_of(found),
        "complaints": list(found.complaints.order_by("made_at")),
        "may_decide": may_take and found.state == "proposed" and found.by_id != viewer.person_id,
        "may_withdraw": found.state == "proposed" and found.by_id == viewer.person_id,
        "may_put_back": may_take and found.state == "done",
        "may_undo": may_take and undoing.can_undo(found, viewer.person_id),
        "may_review": may_take and found.automated and found.state == "done" and found.second_id is None,
        "may_report": found.ground.code == "threat"
        and found.done_at is not None
        and holds(viewer, channel, *REPORTERS),
        "may_open": row.version is not None and row.version.masked and holds(viewer, channel, *OPENERS),
        "error": error,
    }
    return render(request, "moderation/one.html", context, status=status)


def _act(request: DeskRequest, measure_id: UUID, done: str, what: Any) -> HttpResponse:
    """Run one act on a measure the viewer may act on; its refusal stands on the page."""
    row = _row(request, measure_id)
    if not holds(request.viewer, row.row.utterance.channel, *TAKERS):
        raise PermissionDenied
    try:
        what(measure_id)
    except ModerationError as error:
        return _one(request, _row(request, measure_id), error, status=422)
    messages.success(request, done)
    return redirect("moderation:one", measure_id)


@require_POST
@desk(*TAKERS)
def decide(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """The second person agrees, or not."""
    agree = request.POST.get("agree") == "yes"
    return _act(
        request,
        measure_id,
        _("Done. The writer is told why.") if agree else _("Refused. It stands."),
        lambda found: measures.decide(
            found,
            agree=agree,
            why=request.POST.get("why", ""),
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
            evidence=evidence(),
        ),
    )


@require_POST
@desk(*TAKERS)
def withdraw(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """One's own proposal, taken back."""
    return _act(
        request,
        measure_id,
        _("Taken back."),
        lambda found: measures.withdraw_proposal(found, by=person_of(request), actor=request.viewer.actor, at=now()),
    )


@require_POST
@desk(*TAKERS)
def undo(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """Put back: one's own at once, another's with a reason."""
    return _act(
        request,
        measure_id,
        _("Put back."),
        lambda found: undoing.put_back(
            found,
            why=request.POST.get("why", ""),
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
        ),
    )


@require_POST
@desk(*TAKERS)
def review(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """A person has looked at what the number rule hid."""
    right = request.POST.get("right") == "yes"
    return _act(
        request,
        measure_id,
        _("Looked at. It stays hidden.") if right else _("Put back."),
        lambda found: numbers.review_number(
            found,
            right=right,
            why=request.POST.get("why", ""),
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
        ),
    )


@never_cache
@require_POST
@desk(*REPORTERS)
def police_report(request: DeskRequest, measure_id: UUID) -> HttpResponse:
    """The report to the police, as a PDF to look through and send."""
    row = _row(request, measure_id)
    if not holds(request.viewer, row.row.utterance.channel, *REPORTERS):
        raise PermissionDenied
    try:
        made = police.prepare_report(
            measure_id,
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
            evidence=evidence(),
            fonts=Fonts(settings.HOME.path / FOLDER),
        )
    except ModerationError as error:
        return _one(request, row, error, status=422)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="anmeldelse-{row.row.code[:5]}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@desk(*OPENERS)
def original(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Ask for the purpose; then record the look and show the original, once."""
    version = visible_version(request.viewer, version_id)
    if version is None or not version.masked:
        raise Http404
    if not holds(request.viewer, version.utterance.channel, *OPENERS):
        raise PermissionDenied
    context: dict[str, Any] = {"version": version, "utterance": version.utterance}
    if request.method != "POST":
        return render(request, "moderation/original.html", context)
    purpose = request.POST.get("purpose", "")
    try:
        found = originals.open_original(
            version,
            purpose=purpose,
            by=person_of(request),
            actor=request.viewer.actor,
            at=now(),
            evidence=evidence(),
        )
    except ModerationError as error:
        return render(request, "moderation/original.html", context | {"error": error}, status=422)
    return render(request, "moderation/original.html", context | {"found": found, "pieces": preview.pieces(found)})
