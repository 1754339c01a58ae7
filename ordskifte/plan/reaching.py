"""How a connected channel is reached: its class, our access to it, and the guarded way out."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.conf import settings

from ordskifte.base.clock import Clock
from ordskifte.base.http import AGENT, guarded_transport
from ordskifte.base.keys import Keys
from ordskifte.channels.live import Access, Checked, LiveChannel
from ordskifte.channels.registry import live_class
from ordskifte.plan.connections import Given, more_of, secret_of
from ordskifte.plan.models import Channel, Connection


def guarded_client() -> httpx.Client:
    """A client that goes to no private address the operator has not named, and follows nobody anywhere."""
    return httpx.Client(
        transport=guarded_transport(settings.INSIDE_HOSTS),
        headers={"user-agent": AGENT},
        follow_redirects=False,
        trust_env=False,
    )


@contextmanager
def way_out() -> Iterator[httpx.Client]:
    """A guarded client for a while."""
    with guarded_client() as client:
        yield client


def reach(channel: Channel, client: httpx.Client, *, keys: Keys, clock: Clock) -> LiveChannel:
    """The live channel, as it was connected. KeyError when a person serves it by hand."""
    found = live_class(channel.way)
    if found is None:
        raise KeyError(channel.kind)
    held = Connection.objects.select_related("channel").filter(channel=channel).first()
    if held is None:
        return found(Access(url=channel.url, account=channel.external_id, client=client, clock=clock))
    return found(
        Access(
            url=held.url,
            account=channel.external_id,
            secret=secret_of(held, keys),
            client=client,
            clock=clock,
            more=more_of(held),
        )
    )


def try_access(given: Given, client: httpx.Client, *, clock: Clock) -> Checked:
    """Try an access that is not kept yet. ChannelFault, with what to do, when it does not work."""
    found = live_class(given.kind)
    if found is None or not found.fields:
        raise KeyError(given.kind)
    more = {"login": given.login}
    return found(Access(url=given.url, secret=given.secret, client=client, clock=clock, more=more)).check()
