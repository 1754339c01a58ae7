"""The ledger's checkpoints in public: whoever keeps one can check that nothing was changed since."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.records.ledger.note import Signer
from ordskifte.records.models import Checkpoint

DAYS: Final = 30
"""Days the page and the feed go back: the last checkpoint of each day."""


def daily_checkpoints(at: datetime) -> list[Checkpoint]:
    """The last checkpoint of each of the latest days that has one, newest first. Local days."""
    recent = Checkpoint.objects.filter(at__gt=at - timedelta(days=DAYS)).annotate(day=TruncDate("at"))
    found: list[Checkpoint] = [*recent.order_by("-day", "-size").distinct("day")]
    latest = Checkpoint.objects.order_by("-size").first()
    return found or ([latest] if latest else [])


def verifier_key() -> str:
    """The public key of the ledger, as those who check it write it."""
    keys = load_keys(settings.HOME)
    return str(Signer(keys.origin, keys.signing).verifier)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=60)
def page(request: HttpRequest) -> HttpResponse:
    """What a checkpoint is, the latest one, and how to check it."""
    context = {"daily": daily_checkpoints(now()), "key": verifier_key(), "days": DAYS}
    return render(request, "web/checkpoints.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def feed(request: HttpRequest) -> HttpResponse:
    """The same as an Atom feed (RFC 4287)."""
    origin = load_keys(settings.HOME).origin
    context = {
        "daily": daily_checkpoints(now()),
        "origin": origin,
        "here": request.build_absolute_uri(request.path),
        "page": request.build_absolute_uri("/checkpoints/"),
    }
    return render(request, "web/feed.atom", context, content_type="application/atom+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=1)
def latest(request: HttpRequest) -> HttpResponse:
    """The latest signed note, as plain text."""
    checkpoint = Checkpoint.objects.order_by("-size").first()
    if checkpoint is None:
        raise Http404
    return _plain(checkpoint.note)


@require_safe
@cache_control(public=True, max_age=86400)
def one(request: HttpRequest, size: int) -> HttpResponse:
    """The signed note of one size; a checkpoint never changes."""
    checkpoint = Checkpoint.objects.filter(size=size).first() if size < 2**63 else None
    if checkpoint is None:
        raise Http404
    return _plain(checkpoint.note)


@require_safe
@cache_control(public=True, max_age=60)
def key(request: HttpRequest) -> HttpResponse:
    """The verifier key, as plain text."""
    return _plain(f"{verifier_key()}\n")
