"""How the worker reaches a channel: its class, our credentials, and a client that goes there."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from ordskifte.arena.places import api_address, secret
from ordskifte.base.clock import now
from ordskifte.base.http import guarded_transport
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.channels.live import Access, Checked, LiveChannel
from ordskifte.channels.registry import live_class
from ordskifte.plan.connections import Given, more_of, secret_of
from ordskifte.plan.models import Channel, Connection
from ordskifte.publish.mail import mail_server
from ordskifte.publish.sending import Post


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def our_own_pages(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The program's own pages as a WSGI application, for a question from inside the program.

    Without the signals of a request from outside: they would close the database connection under the one who asks.
    """
    response = _handler().get_response(WSGIRequest(environ))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.getvalue()]


@contextmanager
def post_office() -> Iterator[Post]:
    """What sending and looking need, with one client for all of a job's questions."""
    with Roads() as roads:
        yield Post(
            reach=roads.reach,
            mail=lambda: mail_server(os.environ),
            store=store_of(settings.HOME),
            keys=load_keys(settings.HOME),
            clock=now,
        )


class Roads:
    """Clients, made when they are needed and closed together."""

    def __init__(self) -> None:
        self._clients: dict[bool, httpx.Client] = {}

    def __enter__(self) -> "Roads":
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()

    def reach(self, channel: Channel) -> LiveChannel:
        """The live channel of a row. KeyError when channels of its kind are served by hand."""
        found = live_class(channel.way)
        if found is None:
            raise KeyError(channel.kind)
        if channel.kind == "arena":
            return found(
                Access(
                    url=api_address(channel),
                    account=channel.external_id,
                    secret=secret(channel),
                    client=self._client(inside=True),
                    clock=now,
                )
            )
        return found(self._access(channel))

    def test(self, given: Given) -> Checked:
        """Try an access that is not kept yet: whose account it is and what it may do. ChannelFault when it fails."""
        found = live_class(given.kind)
        if found is None:
            raise KeyError(given.kind)
        way = self._client(inside=False)
        more = {"login": given.login}
        return found(Access(url=given.url, secret=given.secret, client=way, clock=now, more=more)).check()

    def _access(self, channel: Channel) -> Access:
        """As it was connected; by its address alone when it needs no connecting."""
        held = Connection.objects.select_related("channel").filter(channel=channel).first()
        way = self._client(inside=False)
        if held is None:
            return Access(url=channel.url, account=channel.external_id, client=way, clock=now)
        return Access(
            url=held.url,
            account=channel.external_id,
            secret=secret_of(held, load_keys(settings.HOME)),
            client=way,
            clock=now,
            more=more_of(held),
        )

    def _client(self, *, inside: bool) -> httpx.Client:
        if inside not in self._clients:
            way = httpx.WSGITransport(app=our_own_pages) if inside else guarded_transport(settings.INSIDE_HOSTS)
            self._clients[inside] = httpx.Client(transport=way, follow_redirects=False, trust_env=False)
        return self._clients[inside]
