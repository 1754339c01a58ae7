"""Connecting a channel: our access to an account on a platform. The secret is sealed, and gone when disconnected.

The access has been tested before it comes here (`channels`); who may do this is the caller's to know.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.keys import Keys, open_secret, seal_secret
from ordskifte.channels.live import Checked
from ordskifte.language.personal_data import mask
from ordskifte.plan.errors import ChannelError
from ordskifte.plan.models import Channel, Connection
from ordskifte.plan.register import register_channel
from ordskifte.records.entry import record_act

EXPIRES_SOON: Final = 14  # days


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave to connect an account."""

    kind: str
    url: str
    login: str = ""
    secret: str = field(default="", repr=False)
    name: str = ""


@transaction.atomic
def connect_channel(given: Given, checked: Checked, *, actor: str, at: datetime, keys: Keys) -> Channel:
    """Keep a tested access: the account's channel, registered when it is new. ChannelError when it is closed."""
    channel = register_channel(
        kind=given.kind,
        name=mask(given.name or checked.name or checked.handle or given.url)[0][:100],
        actor=actor,
        at=at,
        external_id=mask(checked.account_id)[0],
        handle=mask(checked.handle)[0],
        url=mask(checked.home or given.url)[0],
    )
    if channel.closed_at is not None:
        raise ChannelError(_("The channel is closed."))
    Connection.objects.update_or_create(
        channel=channel,
        defaults={
            "url": checked.url or given.url,
            "login": given.login,
            "sealed": seal_secret(keys, given.secret.encode(), purpose=_purpose(channel)) if given.secret else b"",
            "more": dict(checked.more),
            **_told(checked, at),
        },
    )
    Channel.objects.filter(pk=channel.pk).update(connected_at=at, url=channel.url or mask(checked.home)[0])
    channel.refresh_from_db()
    details = {"kind": given.kind, "may": list(checked.may), "may_not": list(checked.may_not)}
    record_act("channel.connected", actor=actor, at=at, record=channel.id, details=details)
    return channel


@transaction.atomic
def note_check(channel_id: UUID, checked: Checked, *, actor: str, at: datetime) -> None:
    """A test of a connection that stands: what the account may do now."""
    Connection.objects.filter(channel_id=channel_id).update(**_told(checked, at))
    details = {"may": list(checked.may), "may_not": list(checked.may_not)}
    record_act("channel.tested", actor=actor, at=at, record=channel_id, details=details)


@transaction.atomic
def disconnect_channel(channel_id: UUID, *, actor: str, at: datetime) -> None:
    """Forget the access. What was published and kept stays; a person serves the channel by hand from now on."""
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    if not Connection.objects.filter(channel=channel).delete()[0]:
        raise ChannelError(_("The channel is not connected."))
    channel.connected_at = None
    channel.save(update_fields=["connected_at"])
    record_act("channel.disconnected", actor=actor, at=at, record=channel.id, details={"kind": channel.kind})


def secret_of(connection: Connection, keys: Keys) -> str:
    """The secret of a connection; "" where there is none. KeyFault when it was sealed by another home."""
    sealed = bytes(connection.sealed)
    return open_secret(keys, sealed, purpose=_purpose(connection.channel)).decode() if sealed else ""


def more_of(connection: Connection) -> dict[str, str]:
    """What else a channel must know to be reached."""
    return {"login": connection.login, **{str(name): str(value) for name, value in connection.more.items()}}


def _told(checked: Checked, at: datetime) -> dict[str, Any]:
    return {
        "may": list(checked.may),
        "may_not": list(checked.may_not),
        "server": checked.server[:200],
        "checked_at": at,
        "expires_at": checked.expires,
    }


def _purpose(channel: Channel) -> str:
    return f"channel {channel.pk}"
