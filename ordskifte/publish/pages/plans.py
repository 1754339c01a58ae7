"""The calendar, campaigns, the crisis and profile texts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.channels import registry
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.models import Channel
from ordskifte.plan.working_time import OSLO
from ordskifte.publish import campaigns, crisis, planning, published, rules
from ordskifte.publish.dated import limits_of
from ordskifte.publish.models import Kind
from ordskifte.publish.outbox import start_again
from ordskifte.publish.pages.common import carried_out, day_of, refuse_unless, uuid_of, who
from ordskifte.publish.sayings import state_name
from ordskifte.threads.rules import reach_of

VIEWS = ("week", "month", "list")
LIST_DAYS = 60


@require_GET
@desk()
def calendar(request: DeskRequest) -> HttpResponse:
    """All channels in one calendar (R89): a week, a month or a list."""
    at = now()
    today = at.astimezone(OSLO).date()
    view = request.GET.get("view", "week")
    view = view if view in VIEWS else "week"
    shown = _day(request.GET.get("day", "")) or today
    context: dict[str, Any] = {
        "view": view,
        "today": today,
        "may_write": rules.may_write(rules.holds_of(request.viewer), []),
    }
    if view == "week":
        first = shown - timedelta(days=shown.weekday())
        days = planning.week(request.viewer, first, at=at)
        context |= {
            "days": days,
            "bands": [[day.cells[number] for day in days] for number in range(len(days[0].cells))],
            "first": first,
            "before": first - timedelta(days=7),
            "after": first + timedelta(days=7),
            "number": first.isocalendar().week,
        }
    elif view == "month":
        first = shown.replace(day=1)
        context |= {
            "weeks": planning.month(request.viewer, first, at=at),
            "first": first,
            "before": (first - timedelta(days=1)).replace(day=1),
            "after": (first + timedelta(days=32)).replace(day=1),
        }
    else:
        start = planning.moment(shown, 0)
        context |= {
            "posts": planning.between(request.viewer, start, start + timedelta(days=LIST_DAYS)),
            "first": shown,
            "before": shown - timedelta(days=LIST_DAYS),
            "after": shown + timedelta(days=LIST_DAYS),
        }
    return render(request, "publish/calendar.html", context)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None


@require_GET
@desk()
def campaign_list(request: DeskRequest) -> HttpResponse:
    holds = rules.holds_of(request.viewer)
    context = {"campaigns": campaigns.campaigns(), "may_write": rules.may_write(holds, [])}
    return render(request, "publish/campaigns.html", context)


@require_POST
@desk()
def begin_campaign(request: DeskRequest) -> HttpResponse:
    refuse_unless(rules.may_write(rules.holds_of(request.viewer), []))
    form = request.POST
    return carried_out(
        request,
        lambda: campaigns.begin_campaign(
            form.get("name", ""),
            purpose=form.get("purpose", ""),
            ends_on=day_of(form.get("ends", "")),
            close_down=form.get("close_down", ""),
            at=now(),
            **who(request),
        ),
        _("The campaign is begun."),
        "publish:campaigns",
    )


@require_POST
@desk()
def close_campaign(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    refuse_unless(rules.may_write(rules.holds_of(request.viewer), []))
    outcome = request.POST.get("outcome", "")
    return carried_out(
        request,
        lambda: campaigns.close_campaign(campaign_id, outcome, at=now(), **who(request)),
        _("The campaign is closed."),
        "publish:campaigns",
    )


@require_GET
@desk()
def crisis_page(request: DeskRequest) -> HttpResponse:
    """What is stopped, who did it, and the way to start and end."""
    holds = rules.holds_of(request.viewer)
    every = crisis.crises()
    seen = set(reach_of(request.viewer).open)
    stopped = [
        (row, state_name(row)) for one in every[:5] for row in crisis.still_stopped(one) if row.channel_id in seen
    ]
    on = next((one for one in every if one.ended_at is None), None)
    context = {
        "on": on,
        "past": [one for one in every if one.ended_at],
        "stopped": [row for row, _state in stopped],
        "may_start": rules.may_start_crisis(holds),
        "may_let_go": rules.may_write(holds, []),
    }
    return render(request, "publish/crisis.html", context)


@require_POST
@desk()
def crisis_act(request: DeskRequest, name: str) -> HttpResponse:
    """Start, end, or let one row go again."""
    holds = rules.holds_of(request.viewer)
    form = request.POST
    if name == "let-go":
        row_id = uuid_of(form.get("row"))
        row = next((row for one in crisis.crises() for row in crisis.still_stopped(one) if row.id == row_id), None)
        refuse_unless(row is not None and rules.may_handle(holds, row.channel))
        assert row is not None
        return carried_out(
            request,
            lambda: start_again(row.id, actor=request.viewer.actor, at=now()),
            _("Let go. It leaves at its time, or now if that has passed."),
            "publish:crisis",
        )
    refuse_unless(rules.may_start_crisis(holds))
    if name == "start":
        within = form.get("within", "")
        return carried_out(
            request,
            lambda: crisis.start_crisis(
                form.get("says", ""),
                answer_within=int(within) if within.isdigit() else 0,
                unit_of_time=form.get("unit", ""),
                at=now(),
                **who(request),
            ),
            _("Everything that was scheduled stands still."),
            "publish:crisis",
        )
    return carried_out(
        request,
        lambda: crisis.end_crisis(at=now(), **who(request)),
        _("The crisis is over. What was stopped waits below: let go of each on its own."),
        "publish:crisis",
    )


@require_GET
@desk()
def profiles(request: DeskRequest) -> HttpResponse:
    """The profile text of each channel, and how it is changed."""
    holds = rules.holds_of(request.viewer)
    channels = planning.channels_to_write_on(request.viewer)
    newest = published.profiles(channels)
    today = now().date()
    lines = [
        (
            one,
            newest.get(one.id),
            state_name(newest[one.id]) if one.id in newest else "",
            registry.can(one.way, Kind.PROFILE) and rules.may_write(holds, [one]),
            limits_of(one.kind, today),
        )
        for one in channels
    ]
    return render(request, "publish/profiles.html", {"lines": lines})


@require_POST
@desk()
def write_profile(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    channel = Channel.objects.filter(pk=channel_id, pk__in=reach_of(request.viewer).open).first()
    refuse_unless(channel is not None and rules.may_write(rules.holds_of(request.viewer), [channel]))
    text = request.POST.get("text", "")
    return carried_out(
        request,
        lambda: published.write_profile(channel_id, text, at=now(), **who(request)),
        _("It waits for another person in the outbox."),
        "publish:profiles",
    )
