"""The channel register: every account the body has, whose it is, and how much it has said."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ordskifte.base.clock import now
from ordskifte.listen.models import ImportFile
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role, Unit
from ordskifte.plan.acts import rename_channel, set_channel_unit
from ordskifte.plan.errors import ChannelError
from ordskifte.plan.models import Channel
from ordskifte.plan.queries.promises import promises_by_channel

KEEPERS = (Role.OWNER, Role.ADMINISTRATOR)
"""Who may rename a channel and say whose it is."""


@desk()
def channels(request: DeskRequest) -> HttpResponse:
    """All channels, with what was brought in of each."""
    return _page(request)


def _page(request: DeskRequest, *, error: str = "", about: UUID | None = None, typed: str = "") -> HttpResponse:
    sums = ImportFile.objects.values_list("channel_id").annotate(Sum("utterances"))
    counts = {channel: count for channel, count in sums if channel}
    found = list(Channel.objects.select_related("unit").order_by("name"))
    promises = promises_by_channel([channel.id for channel in found], now())
    rows = [(channel, counts.get(channel.id, 0), promises[channel.id]) for channel in found]
    context = {
        "rows": rows,
        "units": list(Unit.objects.order_by("name")),
        "may_change": request.viewer.has(*KEEPERS),
        "error": error,
        "about": about,
        "typed": typed,
    }
    return render(request, "web/channels.html", context, status=422 if error else 200)


@desk()
def change(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    """Rename a channel or give it to a unit (POST). What was changed can be undone from the message."""
    if request.method != "POST":
        return redirect("web:channels")
    if not request.viewer.has(*KEEPERS):
        raise PermissionDenied
    try:
        if "name" in request.POST or "name" in request.GET:
            _rename(request, channel_id)
        else:
            _give(request, channel_id)
    except Channel.DoesNotExist:
        raise Http404 from None
    except ChannelError as error:
        return _page(request, error=str(error), about=channel_id, typed=request.POST.get("name", ""))
    return redirect("web:channels")


def _rename(request: DeskRequest, channel_id: UUID) -> None:
    name = request.POST.get("name", request.GET.get("name", ""))
    before = rename_channel(channel_id, name, actor=request.viewer.actor, at=now())
    _say(request, channel_id, _("The channel is now called “%(name)s”.") % {"name": name.strip()}, name=before)


def _give(request: DeskRequest, channel_id: UUID) -> None:
    text = request.POST.get("unit", request.GET.get("unit", ""))
    try:
        unit = UUID(text) if text else None
    except ValueError:
        raise ChannelError(_("That unit does not exist.")) from None
    before = set_channel_unit(channel_id, unit, actor=request.viewer.actor, at=now())
    _say(request, channel_id, _("The channel has another unit."), unit=str(before or ""))


def _say(request: DeskRequest, channel_id: UUID, text: str, **back: str) -> None:
    """The message, with the address that undoes the act."""
    undo = f"{reverse('web:change-channel', args=[channel_id])}?{urlencode(back)}"
    messages.success(request, text, extra_tags=undo)
