"""`/health`: for whoever watches the service. Says whether it works, and no more than that."""

from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from ordskifte.base.clock import now, rfc3339

SILENT = 60  # seconds without a sign of life before the worker counts as gone


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503. `worker_seen` is the last sign of life of any worker (RFC 3339)."""
    said: dict[str, Any] = {"ok": False, "version": version("ordskifte")}
    try:
        seen = worker_seen()
    except Error:
        response = JsonResponse({**said, "database": False}, status=503)
    else:
        alive = seen is not None and (now() - seen).total_seconds() < SILENT
        told = {"database": True, "worker": alive, "worker_seen": rfc3339(seen) if seen else None}
        response = JsonResponse({**said, "ok": True, **told})
    response.headers["Cache-Control"] = "no-store"
    return response


def worker_seen() -> datetime | None:
    """When a worker last gave a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("select max(last_heartbeat) from procrastinate_workers")
        row = cursor.fetchone()
    return row[0] if row else None
