"""What anyone may see: the start page and the checkpoints. No script, no cookie."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from ordskifte.base.keys import load_keys
from ordskifte.plan.defaults import lay_defaults
from ordskifte.plan.grounds import withdraw_ground
from ordskifte.plan.models import Promise
from ordskifte.plan.places import close_place
from ordskifte.plan.queries import live_places, published_grounds
from ordskifte.records.ledger.checkpoint import check_checkpoint
from ordskifte.records.ledger.note import parse_verifier
from ordskifte.records.models import Checkpoint
from ordskifte.web import checkpoints
from tests.factories import home_store, make_body, make_channel, number_entries, say

pytestmark = pytest.mark.django_db

PAGES = ["/", "/rules/", "/checkpoints/", "/?lang=en", "/checkpoints/?lang=nn", "/rules/?lang=nn"]
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def body() -> None:
    home_store()
    make_body("Eksempel kommune")


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_need_no_script_and_set_no_cookie(client: Client, address: str) -> None:
    say(make_channel(), "hei")
    number_entries()
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in page
    assert " style=" not in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "Eksempel kommune" in page


def test_public_pages_follow_the_language_of_their_address_and_pass_it_on(client: Client) -> None:
    page = client.get("/?lang=en").content.decode()
    assert '<html lang="en"' in page
    assert 'href="/checkpoints/?lang=en"' in page
    assert '<html lang="nn"' in client.get("/", headers={"Accept-Language": "nn,en;q=0.5"}).content.decode()
    assert '<html lang="nb"' in client.get("/?lang=<b>").content.decode()


def test_the_start_page_shows_real_channels_with_safe_links(client: Client) -> None:
    make_channel("Vår side")
    make_channel("Øving", practice=True)
    bad = make_channel("Feil adresse")
    bad.url = "javascript:alert(1)"
    bad.save()
    page = client.get("/?lang=en").content.decode()
    assert "Vår side" in page
    assert "Øving" not in page
    assert "javascript:" not in page
    assert 'href="/sign-in/"' in page


def test_before_anything_has_happened_the_pages_stand(client: Client) -> None:
    assert "There is none yet." in client.get("/checkpoints/?lang=en").content.decode()
    assert client.get("/checkpoints/latest").status_code == 404
    assert client.get("/checkpoints/1").status_code == 404
    assert client.get(f"/checkpoints/{10**30}").status_code == 404
    feed = ElementTree.fromstring(client.get("/checkpoints/feed.atom").content)
    assert feed.findall("{http://www.w3.org/2005/Atom}entry") == []


def test_a_checkpoint_can_be_fetched_and_checked_with_the_public_key(client: Client) -> None:
    say(make_channel(), "hei")
    size = number_entries()
    note = client.get("/checkpoints/latest")
    key = client.get("/checkpoints/key").content.decode().strip()
    head, signed_by = check_checkpoint(note.content.decode(), [parse_verifier(key)])
    assert (head.size, head.origin) == (size, load_keys(settings.HOME).origin)
    assert len(signed_by) == 1
    assert note["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get(f"/checkpoints/{size}").content == note.content


def write_checkpoints(*moments: datetime) -> None:
    for size, moment in enumerate(moments, start=1):
        Checkpoint.objects.create(size=size, root=bytes(32), note=f"eksempel.example\n{size}\n", at=moment)


def test_the_feed_has_the_last_checkpoint_of_each_local_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "now", lambda: NOW)
    midnight = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)  # 00.00 in Oslo
    write_checkpoints(
        NOW - timedelta(days=90), midnight - timedelta(hours=5), midnight - timedelta(seconds=1), midnight, NOW
    )
    answer = client.get("/checkpoints/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}content") for entry in entries] == ["eksempel.example\n5\n", "eksempel.example\n3\n"]
    assert [entry.findtext(f"{atom}updated") for entry in entries] == ["2026-03-12T09:00:00Z", "2026-03-11T22:59:59Z"]
    assert feed.findtext(f"{atom}updated") == "2026-03-12T09:00:00Z"
    links = [link.get("href") for entry in entries for link in entry.findall(f"{atom}link")]
    assert links == ["http://testserver/checkpoints/5", "http://testserver/checkpoints/3"]
    assert not answer.cookies


def test_a_quiet_month_still_shows_the_newest_checkpoint(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "now", lambda: NOW)
    write_checkpoints(NOW - timedelta(days=90), NOW - timedelta(days=80))
    assert [one.size for one in checkpoints.daily_checkpoints(NOW)] == [2]


def test_nothing_public_can_be_posted_to(client: Client) -> None:
    for address in ("/", "/checkpoints/", "/checkpoints/feed.atom", "/checkpoints/latest", "/checkpoints/key"):
        assert client.post(address).status_code == 405


def test_the_rules_are_those_that_hold_today(client: Client, django_assert_num_queries: Callable[..., Any]) -> None:
    lay_defaults(actor="system:test", at=NOW)
    threat = next(one for one in published_grounds() if one.code == "threat")
    withdraw_ground(threat.id, actor="system:test", at=NOW)
    close_place(live_places("access")[0].id, actor="system:test", at=NOW)
    with django_assert_num_queries(6):
        page = client.get("/rules/?lang=en").content.decode()
    for said in ("Within 1 working day", "Hate speech", "The Parliamentary Ombud", "Criticism is welcome", "8–15.30"):
        assert said in page
    for unsaid in ("Threats", "einnsyn.no", "Press contact"):
        assert unsaid not in page
    Promise.objects.create(
        channel=make_channel("Øving", practice=True), kind="comment", value=1, unit_of_time="days", valid_from=NOW
    )
    assert "Øving" not in client.get("/rules/").content.decode()
