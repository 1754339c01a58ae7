"""The public page of a code: what was done, on which ground, and the complaint. Never the words, never a name.

No script, no cookie. A guess costs: the codes hold 99 bits, unknown ones get one and the same answer, and an address
that tries many waits.
"""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ordskifte.base.clock import now
from ordskifte.converse.moderation import complaint, guesses, queries
from ordskifte.converse.moderation.codes import read_code
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.statement import LANGUAGES, paragraphs, statement_of
from ordskifte.plan.queries import live_places

_WAIT: Final = str(int(guesses.WINDOW.total_seconds()))


def ask(request: HttpRequest) -> HttpResponse:
    """Somewhere to write the code."""
    if code := request.GET.get("code", "")[:100]:
        return redirect("reasons:reasons", read_code(code) or "unknown")
    return render(request, "moderation/ask.html")


# No session is behind this form, so a foreign page could borrow nothing; without the check no cookie is needed.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest, code: str) -> HttpResponse:
    """GET: the reasons. POST: a complaint."""
    moment = now()
    address = str(request.META.get("REMOTE_ADDR") or "")
    if guesses.too_many(address, at=moment):
        answer = render(request, "moderation/unknown.html", {"wait": True}, status=429)
        answer["Retry-After"] = _WAIT
        return _private(answer)
    found = queries.reasons_of(read_code(code)) if read_code(code) else None
    if found is None:
        guesses.count(address, at=moment)
        return _private(render(request, "moderation/unknown.html", status=404))
    if request.method == "POST":
        try:
            complaint.complain(found.measure.code, request.POST.get("text", ""), at=moment)
        except ModerationError as error:
            typed = request.POST.get("text", "")[: complaint.LONGEST]
            return _private(_page(request, found, moment, {"error": error, "typed": typed}, status=422))
        return redirect("reasons:reasons", found.measure.code)
    return _private(_page(request, found, moment, {}))


def _page(
    request: HttpRequest, found: queries.Reasons, at: datetime, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    measure = found.measure
    statement = statement_of(measure.statement)
    language = (get_language() or "nb")[:2]
    context = {
        "measure": measure,
        "said": paragraphs(statement, language if language in LANGUAGES else "nb", facts=False),
        "complaints": found.complaints,
        "waits": found.open,
        "may_complain": measure.state in ("done", "ended")
        and found.open is None
        and len(found.complaints) < complaint.MOST
        and at <= statement.complain_by,
        "complain_by": statement.complain_by,
        "longest": complaint.LONGEST,
        "place": next(iter(live_places("complaint")), None),
        **more,
    }
    return render(request, "moderation/reasons.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and the address is told to nobody."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
