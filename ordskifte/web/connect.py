"""Connecting a channel: a form that tests the access before it keeps it, and says what the account may do there.

And how it goes with all channels: last read, gaps, access that is about to expire.
"""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.keys import load_keys
from ordskifte.channels.registry import LIVE, live_class, needs_connection
from ordskifte.listen.health import ILL, health_of_channels
from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.models import Role
from ordskifte.plan.connections import Given, connect_channel, disconnect_channel, note_check
from ordskifte.plan.errors import ChannelError
from ordskifte.plan.models import Channel
from ordskifte.plan.reaching import reach, try_access, way_out

KEEPERS = (Role.OWNER, Role.ADMINISTRATOR)
"""Who may connect and disconnect a channel."""
NAMES = {"mastodon": "Mastodon", "wordpress": "WordPress", "mediawiki": "MediaWiki", "bluesky": "Bluesky"}
_LONGEST = 2000


@require_GET
@desk()
def health(request: DeskRequest) -> HttpResponse:
    """Every channel, the ill ones first."""
    found = sorted(health_of_channels(at=now()), key=lambda one: one.state not in ILL)
    context = {"found": found, "may_change": request.viewer.has(*KEEPERS), "kinds": _kinds()}
    return render(request, "web/channel_health.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk()
def connect(request: DeskRequest, kind: str) -> HttpResponse:
    """The form of one kind of channel (GET); test what was given, and keep it when it works (POST)."""
    if kind not in dict(_kinds()):
        raise Http404
    if not request.viewer.has(*KEEPERS):
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, kind)
    typed = {name: request.POST.get(name, "").strip()[:_LONGEST] for name in ("url", "login", "secret")}
    given = Given(kind, _address(typed["url"]), typed["login"], typed["secret"])
    try:
        with way_out() as client:
            checked = try_access(given, client, clock=now)
        keys = load_keys(settings.HOME)
        channel = connect_channel(given, checked, actor=request.viewer.actor, at=now(), keys=keys)
    except OrdskifteError as error:
        return _form(request, kind, error=_(str(error)))
    messages.success(request, _("%(name)s is connected. It is read within a minute.") % {"name": channel.name})
    return redirect("web:channel-health")


@require_POST
@desk()
def test(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    """Try a connection that stands, now."""
    channel = _channel(request, channel_id)
    if not channel.connected_at:
        raise Http404
    try:
        with way_out() as client:
            live = reach(channel, client, keys=load_keys(settings.HOME), clock=now)
            checked = live.check()
    except OrdskifteError as error:
        messages.error(request, f"{channel.name}: {_(str(error))}")
    else:
        note_check(channel.id, checked, actor=request.viewer.actor, at=now())
        messages.success(request, _("%(name)s answers, and the access holds.") % {"name": channel.name})
    return redirect("web:channel-health")


@require_POST
@desk()
def disconnect(request: DeskRequest, channel_id: UUID) -> HttpResponse:
    """Forget the access to a channel."""
    channel = _channel(request, channel_id)
    try:
        disconnect_channel(channel.id, actor=request.viewer.actor, at=now())
    except ChannelError as error:
        messages.error(request, str(error))
    else:
        said = _("%(name)s is disconnected. Its secret is deleted; take it back on the platform too.")
        messages.success(request, said % {"name": channel.name})
    return redirect("web:channel-health")


def _channel(request: DeskRequest, channel_id: UUID) -> Channel:
    if not request.viewer.has(*KEEPERS):
        raise PermissionDenied
    found = Channel.objects.filter(pk=channel_id).first()
    if found is None:
        raise Http404
    return found


def _kinds() -> list[tuple[str, str]]:
    """The kinds of channels a person can connect."""
    return [(kind, NAMES.get(kind, kind.title())) for kind in LIVE if needs_connection(kind)]


def _form(request: DeskRequest, kind: str, *, error: str = "") -> HttpResponse:
    found = live_class(kind)
    assert found is not None
    fields = [(one, "" if one.name == "secret" else request.POST.get(one.name, "")) for one in found.fields]
    context = {"kind": kind, "name": dict(_kinds())[kind], "fields": fields, "failure": error}
    return render(request, "web/channel_connect.html", context, status=422 if error else 200)


def _address(typed: str) -> str:
    """An address as people write it."""
    return typed if typed.startswith(("http://", "https://")) or not typed else f"https://{typed}"
