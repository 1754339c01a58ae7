"""Error pages: what happened, and what to do. No stack traces, no codes first."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/404.html", {"base": _base(request)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/403.html", {"base": _base(request)}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old, or came from elsewhere."""
    return render(request, "web/403.html", {"base": _base(request), "old_form": True}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Made without the request and without the database: either may be what is broken."""
    return HttpResponseServerError(render_to_string("web/500.html"))


def _base(request: HttpRequest) -> str:
    """The desk's frame for one who is signed in on the desk, else the public one."""
    inside = request.path.startswith("/desk/") and request.user.is_authenticated
    return "ui/base.html" if inside else "ui/base_public.html"
