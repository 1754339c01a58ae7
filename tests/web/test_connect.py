"""Connecting a channel: tested before it is kept, sealed when it is kept, and forgotten when it is disconnected."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.channels import reasons, setup
from ordskifte.listen.models import Watch
from ordskifte.people.models import Role
from ordskifte.plan.models import Channel, Connection
from ordskifte.records.models import Entry
from tests.factories import home_store, make_channel, make_person
from tests.wire.mastodon_server import Server, mastodon

pytestmark = pytest.mark.django_db
FORM = "/desk/channels/connect/mastodon/"
HEALTH = "/desk/channels/health/"


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_person(*roles, language="en"))
    return client


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    home_store()
    monkeypatch.setattr(settings, "INSIDE_HOSTS", frozenset({"127.0.0.1"}))
    with mastodon() as running:
        yield running


def connected(server: Server, client: Client) -> Channel:
    assert client.post(FORM, {"url": server.address, "secret": "our-token"}).status_code == 302
    return Channel.objects.get()


@pytest.mark.parametrize(
    ("roles", "sees", "changes"),
    [([Role.OWNER], 200, 200), ([Role.ADMINISTRATOR], 200, 200), ([Role.EDITOR], 200, 403), ([], 403, 403)],
)
def test_only_owner_and_administrator_connect(roles: list[str], sees: int, changes: int) -> None:
    client, channel = signed_in(*roles), make_channel()
    assert (client.get(HEALTH).status_code, client.get(FORM).status_code) == (sees, changes)
    for act in ("test", "disconnect"):
        assert (client.post(f"/desk/channels/{channel.id}/{act}/").status_code == 403) == (changes == 403)


def test_signed_out_sees_nothing() -> None:
    assert {Client().get(page).status_code for page in (HEALTH, FORM)} == {302}


def test_a_kind_that_is_not_live_has_no_form() -> None:
    assert signed_in(Role.OWNER).get("/desk/channels/connect/facebook/").status_code == 404


def test_an_access_that_works_is_kept_sealed_with_what_it_may(server: Server) -> None:
    channel = connected(server, signed_in(Role.OWNER))
    held = Connection.objects.get(channel=channel)
    assert (channel.kind, channel.handle, channel.way) == ("mastodon", "@kommunen@127.0.0.1", "mastodon")
    assert setup.POST in held.may
    assert held.may_not == [setup.HIDE]
    assert b"our-token" not in bytes(held.sealed)
    entry = Entry.objects.get(kind="channel.connected")
    assert "our-token" not in str(entry.__dict__)


def test_a_token_that_only_reads_is_said_to(server: Server) -> None:
    server.scopes = ["read"]
    client = signed_in(Role.OWNER)
    connected(server, client)
    page = client.get(HEALTH).content.decode()
    assert page.index("read our own posts") < page.index("May not") < page.index("publish and answer")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ((401, {}, "{}"), reasons.EXPIRED),
        ((403, {}, '{"error":"Your login is currently disabled"}'), reasons.BLOCKED),
        ((200, {}, "<!doctype html><title>Log in</title>"), reasons.A_PAGE),
        ((200, {}, "{}"), reasons.NO_SUCH_SERVICE),
        ((301, {"location": "https://elsewhere.example/"}, ""), reasons.MOVED),
        ((301, {"location": "http://10.0.0.1/"}, ""), reasons.MOVED),
        ((429, {"retry-after": "30"}, "{}"), reasons.BUSY),
        ((503, {}, "<html>maintenance"), reasons.SERVER_FAULT),
    ],
)
def test_what_does_not_work_is_told_apart_and_nothing_is_kept(
    server: Server, fault: tuple[int, dict[str, str], str], why: str
) -> None:
    server.fault = fault
    answer = signed_in(Role.OWNER).post(FORM, {"url": server.address, "secret": "our-token"})
    page = answer.content.decode()
    assert (answer.status_code, why.split("'")[0] in page, "our-token" in page) == (422, True, False)
    assert not Connection.objects.exists()
    assert not Channel.objects.exists()


def test_a_private_address_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "INSIDE_HOSTS", frozenset())
    answer = signed_in(Role.OWNER).post(FORM, {"url": server.address, "secret": "our-token"})
    assert (answer.status_code, reasons.UNREACHABLE in answer.content.decode()) == (422, True)


def test_a_connection_is_tested_again_and_disconnected(server: Server) -> None:
    client = signed_in(Role.OWNER)
    channel = connected(server, client)
    server.scopes = ["read"]
    page = client.post(f"/desk/channels/{channel.id}/test/", follow=True).content.decode()
    assert "the access holds" in page
    assert setup.POST in Connection.objects.get().may_not
    server.fault = (401, {}, "{}")
    assert reasons.EXPIRED in client.post(f"/desk/channels/{channel.id}/test/", follow=True).content.decode()
    client.post(f"/desk/channels/{channel.id}/disconnect/")
    channel.refresh_from_db()
    assert (channel.way, Connection.objects.exists()) == ("", False)
    assert client.post(f"/desk/channels/{channel.id}/test/").status_code == 404


def test_the_page_says_how_each_channel_is_doing() -> None:
    at = now()
    for name, watch, expires in (
        ("Frisk", {"succeeded_at": at}, None),
        ("Treg", {"succeeded_at": at, "failing_since": at, "problem": reasons.BUSY}, None),
        ("Borte", {"succeeded_at": at - timedelta(days=2), "failing_since": at, "problem": reasons.CUT}, None),
        ("Snart", {"succeeded_at": at}, at + timedelta(days=3)),
        ("Ute", {"succeeded_at": at}, at - timedelta(days=3)),
    ):
        channel = make_channel(name)
        Channel.objects.filter(pk=channel.pk).update(connected_at=at)
        Watch.objects.create(channel=channel, **watch)
        Connection.objects.create(channel=channel, url="https://a.example/", checked_at=at, expires_at=expires)
    make_channel("Hånd", kind="facebook")
    page = signed_in(Role.EDITOR).get(HEALTH).content.decode()
    for word in ("All is well", "Cannot be read just now", "Not read for more than a day", "Access expires soon",
                 "Access has expired", "Served by hand", reasons.BUSY):  # fmt: skip
        assert word in page
    assert page.index("Borte") < page.index("Frisk")


def test_the_number_of_queries_is_fixed() -> None:
    client = signed_in(Role.OWNER)
    counts = []
    for _ in (1, 3):
        make_channel(), make_channel()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(HEALTH)
        counts.append(len(queries))
    assert counts[0] == counts[1]
