"""What we received: the bytes and their proof, and pictures from the store. Nothing foreign is ever run."""

import os
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ordskifte.base.clock import now
from ordskifte.base.errors import StoreError
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.language.personal_data import mask
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role
from ordskifte.records.entry import record_act
from ordskifte.records.errors import EvidenceError
from ordskifte.records.evidence import read_raw
from ordskifte.threads.entries import entries_about
from ordskifte.threads.media import media_key, sniffed
from ordskifte.threads.models import Version
from ordskifte.threads.queries import visible_version
from ordskifte.threads.sending import send_stored

SHOWN_BYTES: Final = 64 * 1024
OPENERS: Final = (Role.ARCHIVIST, Role.DPO)
"""Who may open evidence that holds personal numbers or private messages."""

_NOTHING_RUNS: Final = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@never_cache
@require_http_methods(["GET", "POST"])
@desk()
def evidence(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """What we received for one version. Sealed evidence is opened by POST with a reason, which is recorded first."""
    version = _version(request, version_id)
    sealed = version.evidence is not None and version.evidence.encrypted
    may_open = request.viewer.has(*OPENERS)
    context = {"version": version, "sealed": sealed, "may_open": may_open, "entries": entries_about([version.id])}
    if version.evidence is None or (sealed and request.method != "POST"):
        return render(request, "threads/evidence.html", context)
    if sealed:
        if not may_open:
            raise PermissionDenied
        reason = mask(" ".join(request.POST.get("reason", "").split()))[0][:500]
        if not reason:
            return render(request, "threads/evidence.html", context | {"missing": True}, status=422)
        _record_opening(request, version, reason)
    try:
        headers, payload = read_raw(
            store_of(settings.HOME),
            load_keys(settings.HOME),
            version.evidence_id or 0,
            offset=version.evidence_offset or 0,
            length=version.evidence_length or 0,
        )
    except (StoreError, EvidenceError):
        return render(request, "threads/evidence.html", context | {"damaged": True}, status=503)
    if (request.POST if sealed else request.GET).get("download"):
        return _as_file(payload, f"{version.id}.bin")
    shown = payload[:SHOWN_BYTES].decode("utf-8", "replace")
    opened = {
        "opened": True,
        "headers": headers,
        "size": len(payload),
        "text": shown,
        "cut": len(payload) > SHOWN_BYTES,
    }
    return render(request, "threads/evidence.html", context | opened)


def _version(request: DeskRequest, version_id: UUID) -> Version:
    version = visible_version(request.viewer, version_id)
    if version is None:
        raise Http404
    return version


@transaction.atomic
def _record_opening(request: DeskRequest, version: Version, reason: str) -> None:
    record_act(
        "evidence.opened",
        actor=request.viewer.actor,
        at=now(),
        record=version.id,
        details={"object": version.evidence_id, "reason": reason},
    )


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = _NOTHING_RUNS
    return response


@desk()
def media(request: DeskRequest, version_id: UUID, digest: str) -> HttpResponse:
    """A picture or file of a version the viewer may see. Four kinds of picture are shown; all else is a download."""
    version = _version(request, version_id)
    if not any(one.get("blob") == digest for one in version.attachments):
        raise Http404
    try:
        handle = store_of(settings.HOME).open(media_key(digest))
    except StoreError as error:
        raise Http404(_("The picture is missing from the store.")) from error
    media_type = sniffed(handle.read(32))
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    shown = media_type.startswith("image/")
    ending = media_type.removeprefix("image/") if shown else "bin"
    response = send_stored(request, handle, size=size, media_type=media_type)
    response["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{digest[:16]}.{ending}"'
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return cast(HttpResponse, response)  # a streamed answer: `desk` passes it on as it is
