"""The channels' pages in a real browser: accessible, quiet, in three languages, and without script."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from ordskifte.base.clock import now
from ordskifte.channels import reasons, setup
from ordskifte.listen.models import Watch
from ordskifte.people.models import Role
from ordskifte.plan.models import Channel, Connection
from tests.factories import home_store, make_body, make_channel, make_person
from tests.peers.test_pages import CHROMIUM, HOSTILE, Desk, browser, faults, open_page, playwright
from tests.wire.mastodon_server import mastodon

__all__ = ["browser", "playwright"]

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PICTURES = os.environ.get("ORDSKIFTE_TEST_PICTURES")


def fill() -> dict[str, str]:
    """A channel in every state. Returns the pages."""
    at = now()
    states: dict[str, tuple[dict[str, object], object]] = {
        HOSTILE: ({"succeeded_at": at}, None),
        "Kommunen på Mastodon": ({"succeeded_at": at, "failing_since": at, "problem": reasons.BUSY}, None),
        "Bloggen": ({"succeeded_at": at - timedelta(days=2), "failing_since": at, "problem": reasons.EXPIRED}, None),
        "Bluesky": ({"succeeded_at": at}, at + timedelta(days=3)),
        "Wikien": ({}, at - timedelta(days=3)),
    }
    for name, (watch, expires) in states.items():
        channel = make_channel(name)
        Channel.objects.filter(pk=channel.pk).update(connected_at=at)
        Watch.objects.create(channel=channel, **watch)
        Connection.objects.create(
            channel=channel, url="https://a.example/", checked_at=at, expires_at=expires, server="Prøvetjener 4.7.3",
            may=[setup.READ_OWN, setup.READ_ANSWERS, setup.POST], may_not=[setup.HIDE, setup.READ_REPORTS],
        )  # fmt: skip
    make_channel("Facebook-siden", kind="facebook")
    kinds = ("mastodon", "bluesky", "wordpress", "mediawiki")
    return {"health": "/desk/channels/health/", **{kind: f"/desk/channels/connect/{kind}/" for kind in kinds}}


@pytest.fixture
def desk() -> Desk:
    make_body()
    home_store()
    person = make_person(Role.OWNER)
    nothing = person.id
    return Desk(person, nothing, None, nothing, nothing, None, None)  # type: ignore[arg-type]  # only the person is used


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("nb", "light", 1280), ("nn", "dark", 375), ("en", "light", 375), ("nb", "dark", 1280)],
)
def test_the_pages_are_accessible_and_quiet(
    browser: Browser, live_server: object, desk: Desk, language: str, scheme: str, width: int
) -> None:
    desk.person.language, desk.person.scheme = language, scheme
    desk.person.save()
    pages, found = fill(), {}
    page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name, address in pages.items():
        page.goto(address)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{language}-{scheme}-{width}.png", full_page=True)
        if wrong := faults(page):
            found[name] = wrong
        if page.locator("html").get_attribute("lang") != language:
            found[name] = ["it is in another language"]
    page.context.close()
    assert (found, desk.complaints) == ({}, [])


def test_a_channel_is_connected_and_disconnected_without_script(
    browser: Browser, live_server: object, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "INSIDE_HOSTS", frozenset({"127.0.0.1"}))
    desk.person.language = "nb"
    desk.person.save()
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)
    with mastodon() as server:
        page.goto("/desk/channels/health/")
        page.get_by_role("link", name="Koble til Mastodon").click()
        page.get_by_label("Tjenerens adresse").fill(server.address)
        page.get_by_label("Tilgangsnøkkel").fill("no-token")
        page.get_by_role("button", name="Prøv og koble til").click()
        assert page.get_by_text("Tilgangen er utløpt eller trukket tilbake.").is_visible()
        page.get_by_label("Tilgangsnøkkel").fill("our-token")
        page.get_by_role("button", name="Prøv og koble til").click()
        assert page.get_by_text("Kommunen er koblet til.").is_visible()
        assert page.get_by_text("publisere og svare").is_visible()
        page.get_by_role("button", name="Koble fra").click()
        assert page.get_by_text("Kommunen er koblet fra.").is_visible()
    assert not Connection.objects.exists()
    page.context.close()
