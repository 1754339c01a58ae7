"""Server-sent events: an open desk hears within a moment that something happened, and then reads what it may see.

One connection in each web process listens for all of its streams; events hold no ids and no words. What is announced
while nobody listens is lost: the page asks for its news whenever the stream opens.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import psycopg
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from psycopg.conninfo import make_conninfo

from ordskifte.converse.news import CHANNEL
from ordskifte.converse.queries import conversation
from ordskifte.people.access import viewer_for

log = logging.getLogger(__name__)

QUIET: Final = 15.0  # seconds until a sign of life
AGAIN: Final = 1.0  # seconds between two tries to reach the database
LONGEST: Final = 600.0  # seconds a stream lasts: then the browser asks again, and who may look is asked again
_WAITING: Final = 100  # announcements a slow stream may be behind; the oldest go first


@dataclass
class Listeners:
    """The streams of this process and the one task that feeds them, in one event loop."""

    queues: set[asyncio.Queue[str]] = field(default_factory=set)
    task: asyncio.Task[None] | None = None
    loop: asyncio.AbstractEventLoop | None = None

    def join(self) -> asyncio.Queue[str]:
        """A queue of its own for a stream; the first one starts the listening."""
        running = asyncio.get_running_loop()
        if self.loop is not running:  # another event loop: a test, or a server that began again
            self.queues, self.task, self.loop = set(), None, running
        if self.task is None or self.task.done():
            self.task = running.create_task(self._listen())
        queue: asyncio.Queue[str] = asyncio.Queue(_WAITING)
        self.queues.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str]) -> None:
        """The last stream that ends takes the connection with it."""
        self.queues.discard(queue)
        if not self.queues and self.task is not None:
            self.task.cancel()
            self.task = None

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(address(), autocommit=True) as line:
                    await line.execute(f"listen {CHANNEL}")
                    self._tell("again")  # something may have been said before we listened
                    async for note in line.notifies():
                        self._tell(note.payload)
            except psycopg.OperationalError as error:
                log.warning("live desks wait for the database: %s", str(error).strip().splitlines()[:1])
            await asyncio.sleep(AGAIN)

    def _tell(self, payload: str) -> None:
        for queue in self.queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(payload)


_listeners = Listeners()


def address() -> str:
    """The database's address, as psycopg writes it."""
    parts: dict[str, Any] = connection.get_connection_params()
    known = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
    return make_conninfo(**{key: value for key, value in parts.items() if key in known and value})


async def events(request: HttpRequest) -> HttpResponseBase:
    """A stream for one who is signed in; with ?c=, also of one conversation they may see."""
    allowed, one = await sync_to_async(_allowed)(request)
    if not allowed:
        return HttpResponse(status=403)
    if not isinstance(request, ASGIRequest):  # a server that cannot stream: the browser does not ask again
        return HttpResponse(status=204)
    response = StreamingHttpResponse(_stream(one), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _allowed(request: HttpRequest) -> tuple[bool, UUID | None]:
    if not request.user.is_authenticated:
        return False, None
    viewer = viewer_for(request)
    if not viewer.may_enter:
        return False, None
    try:
        wanted = UUID(request.GET.get("c", ""))
    except ValueError:
        return True, None
    return (True, wanted) if conversation(viewer, wanted) else (False, None)


async def _stream(one: UUID | None) -> AsyncIterator[str]:
    queue = _listeners.join()
    clock = asyncio.get_running_loop().time
    end = clock() + LONGEST
    try:
        yield "retry: 2000\n\n"
        while clock() < end:
            try:
                payload = await asyncio.wait_for(queue.get(), QUIET)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event := event_of(payload, one):
                yield f"event: {event}\ndata: 1\n\n"
    finally:
        _listeners.leave(queue)


def event_of(payload: str, one: UUID | None) -> str:
    """What a stream is told of an announcement: nothing of other conversations but that the desk has news.

    `again`: the listening began, and what was announced before it is not known."""
    what, *ids = payload.split(" ")
    if what == "again":
        return "again"
    here = one is not None and (not ids or one.hex in ids)
    if what == "presence":
        return "presence" if here else ""
    if here:
        return "here"
    return "desk"
