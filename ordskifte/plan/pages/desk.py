"""What the settings pages share: who may, how a refused act is shown, and the list of pages."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Unit
from ordskifte.plan.errors import PlanError
from ordskifte.plan.rules import may_change_plan
from ordskifte.plan.words import LANGUAGES

View = Callable[..., HttpResponse]


def reading(view: View) -> View:
    """A page that everyone with a desk may read (GET)."""
    return require_http_methods(["GET", "HEAD"])(desk()(view))


def planning(*methods: str) -> Callable[[View], View]:
    """A page, or an act, of those who may change the plan."""

    def wrap(view: View) -> View:
        @require_http_methods(list(methods))
        @desk()
        @wraps(view)
        def inside(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_change_plan(request.viewer):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inside

    return wrap


def show(
    request: DeskRequest, template: str, context: Mapping[str, Any], *, error: PlanError | None = None
) -> HttpResponse:
    """The page; after a refused act with what was typed and what was wrong with it."""
    frame = {
        "may_change": may_change_plan(request.viewer),
        "error": error,
        "given": request.POST if error else None,
    }
    return render(request, f"plan/{template}.html", {**frame, **context}, status=422 if error else 200)


def tell(request: HttpRequest, text: str, *, undo: str = "") -> None:
    messages.success(request, text, extra_tags=undo)


def refuse(request: HttpRequest, error: PlanError) -> None:
    """An act of one button was refused: said at the top of the page one comes back to."""
    messages.error(request, f"{error} {error.advice}".strip())


def texts(request: HttpRequest, name: str) -> dict[str, str]:
    """A text in three languages, as its fields were filled."""
    return {code: request.POST.get(f"{name}-{code}", "") for code in LANGUAGES}


def one_of(request: HttpRequest, name: str) -> UUID | None:
    """An id from a choice; None for none. PlanError for anything else."""
    text = request.POST.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise PlanError(_("Choose one of those in the list."), field=name) from None


def units() -> list[tuple[UUID, str]]:
    return [(unit.id, unit.name) for unit in Unit.objects.order_by("name")]
