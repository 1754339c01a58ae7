"""Pages of imports: bring in a file, follow how it goes, read what came of it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.listen.imports import KEEP, LEGAL_BASIS, start_import, stop_import
from ordskifte.listen.models import Import
from ordskifte.listen.queries import earlier_imports, import_view
from ordskifte.listen.uploads import StreamToHome, new_upload_folder
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role

IMPORTERS = (Role.ADMINISTRATOR, Role.OWNER, Role.EDITOR, Role.ARCHIVIST)


@csrf_exempt  # the token is checked below, when the upload has its place on disk: reading it reads the body
@desk(*IMPORTERS)
def imports(request: DeskRequest) -> HttpResponse:
    """The drop zone and the earlier imports; POST brings files in."""
    if request.method != "POST":
        return _form(request)
    stream = StreamToHome(new_upload_folder())
    request.upload_handlers = [stream]
    response = _taken_in(request, stream)
    if response.status_code >= 400:
        stream.discard()
    return response


@csrf_protect
def _taken_in(request: HttpRequest, stream: StreamToHome) -> HttpResponse:
    assert isinstance(request.user.pk, UUID)
    keep = request.POST.get("keep", "own")
    if stream.problem:
        return _form(request, error=stream.problem, status=507)
    if not stream.paths:
        return _form(request, error=_("Choose a file first."), keep=keep, status=422)
    try:
        run = start_import(
            stream.paths,
            actor=f"person:{request.user.pk}",
            actor_name=str(request.user),
            keep=keep if keep in KEEP else "own",
            legal_basis=LEGAL_BASIS,
            channel_name=" ".join(request.POST.get("channel_name", "").split())[:100],
            at=now(),
        )
    except OrdskifteError as error:
        stream.discard()
        return _form(request, error=f"{error} {error.advice}".strip(), keep=keep, status=422)
    return redirect("listen:import", run.id)


def _form(request: HttpRequest, *, error: str = "", keep: str = "own", status: int = 200) -> HttpResponse:
    context = {"earlier": earlier_imports(), "error": error, "keep": keep, "legal_basis": LEGAL_BASIS}
    return render(request, "listen/imports.html", context, status=status)


@desk(*IMPORTERS)
def one_import(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """How an import goes, and its report when it has ended. htmx asks for the part that changes every second."""
    view = import_view(import_id, viewer=request.viewer, at=now())
    if view is None:
        raise Http404
    part = request.headers.get("HX-Request") == "true"
    status = 286 if part and view.ended else 200  # 286 tells htmx to ask no more
    template = "listen/part_import.html" if part else "listen/import.html"
    context = {"view": view, "earlier": [] if part else earlier_imports()}
    return render(request, template, context, status=status)


@require_POST
@desk(*IMPORTERS)
def stop(request: DeskRequest, import_id: UUID) -> HttpResponse:
    """Ask a running import to stop after its batch."""
    run = Import.objects.filter(pk=import_id).first()
    if run is None:
        raise Http404
    if run.ended_at is None:
        stop_import(run, actor=request.viewer.actor, at=now())
    return redirect("listen:import", import_id)
