"""The public page of what we promise and what we remove: grounds are published here before they are used (R94)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ordskifte.base.clock import now
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import live_places, promises_in_force, published_grounds
from ordskifte.plan.queries.hours import weekly_hours


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Promises, opening hours, grounds and places. No script, no cookie."""
    promises = [one for one in promises_in_force(now()) if one.channel is None or _in_public(one.channel)]
    context = {
        "promises": promises,
        "hours": weekly_hours(None),
        "grounds": published_grounds(),
        "places": live_places(),
    }
    return render(request, "web/rules.html", context)


def _in_public(channel: Channel) -> bool:
    return channel.closed_at is None and not channel.practice
