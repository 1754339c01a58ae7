"""Every refusal of the API in one shape: what happened, and what to do."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from ordskifte.base.errors import OrdskifteError


class Refused(OrdskifteError):
    """The API answers with this status, message and advice."""

    def __init__(self, status: int, message: str, *, advice: str) -> None:
        super().__init__(message, advice=advice)
        self.status = status


def not_found(what: str) -> Refused:
    """Not there, or not for this token: the answer is the same, so that nothing can be learnt from it."""
    return Refused(
        404,
        f"There is no {what} with this id, or it is not for you.",
        advice="Look at the id, and at the token's roles.",
    )


def refusal(status: int, error: str, advice: str) -> HttpResponse:
    return JsonResponse({"error": error, "advice": advice}, status=status, json_dumps_params={"ensure_ascii": False})


def unauthorised(_request: HttpRequest, _error: object) -> HttpResponse:
    response = refusal(
        401,
        "This needs a token.",
        "Send `Authorization: Bearer TOKEN`. An administrator makes tokens at /desk/tokens/.",
    )
    response["WWW-Authenticate"] = 'Bearer realm="Ordskifte"'
    return response


def _answer(_request: HttpRequest, error: Any) -> HttpResponse:
    """What to say to an error that can be expected."""
    if isinstance(error, Refused):
        return refusal(error.status, str(error), error.advice)
    if isinstance(error, ValidationError):
        wrong = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors)
        return refusal(422, f"The question cannot be read. {wrong}", "The reference is at /api/.")
    if isinstance(error, HttpError):
        return refusal(error.status_code, error.message, "The reference is at /api/.")
    return refusal(503, str(error), error.advice or "Ask whoever runs Ordskifte to look at `ordskifte doctor`.")


def answer_errors(api: NinjaAPI) -> None:
    """Give the API its answers to what can go wrong."""

    api.add_exception_handler(AuthenticationError, unauthorised)
    api.add_exception_handler(Http404, lambda request, _error: nothing_here(request))
    for kind in (HttpError, ValidationError, OrdskifteError):
        api.add_exception_handler(kind, _answer)


def nothing_here(_request: HttpRequest, **_: object) -> HttpResponse:
    return refusal(404, "There is nothing at this address.", "The reference is at /api/.")


def one_shape(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The answer to a wrong method, which the framework gives before any handler, in the same shape."""

    def inside(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        allowed = response.get("Allow", "GET")
        shaped = refusal(405, f"{request.method} is not possible here.", f"Use {allowed}: the API only reads.")
        shaped["Allow"] = allowed
        return shaped

    inside.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is looked at, so there is nothing to forge
    return inside
