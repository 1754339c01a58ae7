"""Server-sent events through the real server: told within two seconds, one listening connection, nothing leaked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest
from django.db import connection
from django.test import Client

from ordskifte.converse.live import event_of
from ordskifte.converse.news import announce
from ordskifte.people.models import Person, Role
from tests.converse.world import ask
from tests.factories import make_channel, make_person
from tests.peers.asgi import asgi_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def base() -> Iterator[str]:
    with asgi_server() as address:
        yield address


def cookie_of(person: Person) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {"sessionid": client.cookies["sessionid"].value}


class Stream:
    """What a stream has said so far, and when."""

    def __init__(self) -> None:
        self.events: list[tuple[str, float]] = []

    def has(self, event: str, within: float = 4.0) -> float:
        """When an event of that name came, since the last `settled`; waits for it."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            for name, at in list(self.events):
                if name == event:
                    return at
            time.sleep(0.01)
        raise AssertionError(f"no {event} in {self.events}")


@contextmanager
def listening(base: str, person: Person, query: str = "") -> Iterator[Stream]:
    """An open stream, read in a thread of its own."""
    found, opened, ended = Stream(), threading.Event(), threading.Event()

    def read() -> None:
        with (
            httpx.Client(cookies=cookie, timeout=30) as client,
            client.stream("GET", f"{base}/desk/live/{query}") as answer,
        ):
            assert answer.status_code == 200
            for line in answer.iter_lines():
                opened.set()
                if line.startswith("event: "):
                    found.events.append((line.removeprefix("event: "), time.monotonic()))
                if ended.is_set():
                    return

    cookie = cookie_of(person)
    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    assert opened.wait(5)
    try:
        yield found
    finally:
        ended.set()
        announce("changed", [uuid4()])  # so that the reader looks up
        thread.join(timeout=5)


def settled(stream: Stream) -> None:
    """The listening has begun."""
    deadline = time.monotonic() + 5
    while not stream.events and time.monotonic() < deadline:
        time.sleep(0.02)
    assert stream.events[0][0] == "again"
    stream.events.clear()


def listeners() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where query ilike 'listen desk%%' and datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_an_arrival_is_told_within_two_seconds(base: str) -> None:
    with listening(base, make_person(Role.MODERATOR)) as stream:
        settled(stream)
        ask("Hvem måker gangveien?", channel=make_channel())
        committed = time.monotonic()
        assert stream.has("desk") - committed < 2


def test_many_streams_share_one_listening_connection_and_all_are_told(base: str) -> None:
    person = make_person(Role.MODERATOR)
    opened = [listening(base, person) for _ in range(12)]
    streams = [one.__enter__() for one in opened]
    try:
        settled(streams[0])
        assert listeners() == 1
        announce("changed", [uuid4()])
        assert all(stream.has("desk") for stream in streams)
    finally:
        for one in opened:
            one.__exit__(None, None, None)


def test_a_lost_connection_is_made_again_and_says_so(base: str) -> None:
    with listening(base, make_person(Role.MODERATOR)) as stream:
        settled(stream)
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen desk%%'"
                " and datname = current_database()"
            )
        stream.has("again", within=8)
        announce("changed", [uuid4()])
        stream.has("desk")


def test_a_conversation_is_told_of_itself_alone(base: str) -> None:
    one, other = ask(), ask()
    with listening(base, make_person(Role.MODERATOR), f"?c={one.pk}") as stream:
        settled(stream)
        announce("presence", [other.pk])
        announce("presence", [one.pk])
        stream.has("presence")
        assert [name for name, _ in stream.events].count("presence") == 1


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,)])
def test_a_stream_is_for_those_who_may_enter_and_see(base: str, roles: tuple[str, ...]) -> None:
    secret = ask("Hemmelig", private=True)
    cookies = cookie_of(make_person(*roles))
    assert httpx.get(f"{base}/desk/live/").status_code == 403
    assert httpx.get(f"{base}/desk/live/?c={secret.pk}", cookies=cookies).status_code == 403
    if not roles:
        assert httpx.get(f"{base}/desk/live/", cookies=cookies).status_code == 403


def test_no_id_is_ever_told() -> None:
    one, other = uuid4(), uuid4()
    assert [
        event_of(f"arrived {other.hex}", None),
        event_of(f"arrived {other.hex}", one),
        event_of(f"changed {one.hex}", one),
        event_of(f"presence {other.hex}", one),
        event_of(f"presence {one.hex}", one),
        event_of(f"presence {one.hex}", None),
        event_of("arrived", one),
        event_of("again", None),
    ] == ["desk", "desk", "here", "", "presence", "", "here", "again"]
