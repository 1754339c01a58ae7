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
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.channels.live import Access, LiveChannel
from ordskifte.channels.registry import live_class
from ordskifte.plan.models import Channel
from ordskifte.plan.reaching import guarded_client, reach
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
        return reach(channel, self._client(inside=False), keys=load_keys(settings.HOME), clock=now)

    def _client(self, *, inside: bool) -> httpx.Client:
        if inside not in self._clients:
            own = httpx.WSGITransport(app=our_own_pages)
            made = httpx.Client(transport=own, follow_redirects=False, trust_env=False) if inside else guarded_client()
            self._clients[inside] = made
        return self._clients[inside]
