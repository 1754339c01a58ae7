"""Where one comes in: the public start page. The desk's first page is the inbox (`converse`)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ordskifte.plan.models import Channel
from ordskifte.records.models import Checkpoint


@require_safe
def public_start(request: HttpRequest) -> HttpResponse:
    """Who this is, where they are and how to check them. No script, no cookie."""
    open_channels = Channel.objects.filter(practice=False, closed_at=None).exclude(url="").order_by("name")
    return render(
        request,
        "web/start.html",
        {"channels": list(open_channels), "checkpoint": Checkpoint.objects.order_by("-size").first()},
    )
