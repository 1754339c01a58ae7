"""What a person sees when the machine, not a page, is at fault: no database, no room. Nothing was half-written."""

import errno
import sys

import psycopg.errors
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ordskifte.web.errors import broken

NO_ROOM = 507
NO_DATABASE = 503


def fault(request: HttpRequest) -> HttpResponse:
    """The page for an error nobody caught (handler500). Made without the request and without the database."""
    status = status_of(sys.exc_info()[1])
    if status is None:
        return broken(request)
    title, advice = _words(status)
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse({"detail": f"{title} {advice}"}, status=status)
    else:
        response = HttpResponse(render_to_string("web/fault.html", {"title": title, "advice": advice}), status=status)
    response.headers["Retry-After"] = "30"
    return response


def status_of(error: BaseException | None) -> int | None:
    """507 when there is no room, 503 when the database is away, None when the fault is ours."""
    while error is not None:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)  # also inside a StoreError
        if full or isinstance(error, psycopg.errors.DiskFull):
            return NO_ROOM
        if isinstance(error, OperationalError | InterfaceError) and not isinstance(
            error.__cause__, psycopg.errors.DiskFull | psycopg.errors.QueryCanceled | psycopg.errors.LockNotAvailable
        ):
            return NO_DATABASE
        error = error.__cause__
    return None


def _words(status: int) -> tuple[str, str]:
    if status == NO_ROOM:
        return _("There is no room left on the disk."), _(
            "Nothing was stored, and nothing was half-stored. Whoever runs the machine must make room; then try again."
        )
    return _("The database does not answer."), _(
        "Nothing was lost. It usually comes back by itself within a minute; then try again."
    )
