"""The door to the desk: who is looking, and whether they may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ordskifte.people.models import Role
from ordskifte.people.viewer import NOBODY, Viewer, viewer_of


class DeskRequest(HttpRequest):
    """A request that has passed `desk`: somebody of ours is looking."""

    viewer: Viewer


View = Callable[..., HttpResponse]


def viewer_for(request: HttpRequest) -> Viewer:
    """The viewer of this request, read once."""
    found = getattr(request, "viewer", None)
    if isinstance(found, Viewer):
        return found
    return viewer_of(request.user) if request.user.is_authenticated else NOBODY


def desk(*roles: str) -> Callable[[View], View]:
    """A page of the desk: signed in, with any role, or with one of `roles` where they are named."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            viewer = viewer_for(request)
            request.viewer = viewer  # type: ignore[attr-defined]  # DeskRequest
            if not viewer.may_enter or (roles and not viewer.has(*roles)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inside

    return wrap


def administrators(view: View) -> View:
    """A page for administrators of the whole body: a role given for a unit or a channel does not open it."""

    @wraps(view)
    @desk(Role.ADMINISTRATOR)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Role.ADMINISTRATOR not in viewer_for(request).body_roles:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inside
