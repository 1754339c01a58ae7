"""Which language a page is in, and the switch.

The desk and the arena speak the person's language. Every other page follows its address (`?lang=nn`), else what was
picked with the switch, else the browser's wish, else bokmål; none of it needs a cookie.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

COOKIE = "language"
KNOWN = frozenset(code for code, _ in settings.LANGUAGES)


def wanted_by_browser(header: str) -> str | None:
    """The first language of an Accept-Language header that we speak; plain Norwegian ("no") is bokmål."""
    for code, weight in parse_accept_lang_header(header):
        name = "nb" if code.split("-")[0] == "no" else code.split("-")[0]
        if weight > 0 and name in KNOWN:
            return name
    return None


def language_of(request: HttpRequest) -> str:
    """The language to answer this request in."""
    if request.path.startswith(("/desk/", "/ovelse/")) and request.user.is_authenticated:
        return request.user.language
    for code in (request.GET.get("lang"), request.COOKIES.get(COOKIE)):
        if code in KNOWN:
            return str(code)
    return wanted_by_browser(request.headers.get("Accept-Language", "")) or settings.LANGUAGE_CODE


def remember_language(response: HttpResponse, code: str) -> None:
    """The choice of someone who is not signed in: a cookie that holds the language and nothing else."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=timedelta(days=365),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class LanguageMiddleware:
    """Answers each request in its language, and says which one it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = language_of(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        if not request.path.startswith("/desk/"):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", code)
        return response
