"""The deposit's pages in a real browser: axe finds nothing, nothing foreign runs, no script is needed."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from ordskifte.archive.deposits import make_deposit, order_deposit
from ordskifte.archive.models import Deposit
from ordskifte.base.keys import load_keys
from ordskifte.people.models import Person, Role
from ordskifte.threads.models import Utterance
from tests.archive.office import enter, open_period
from tests.factories import NOW, edit, home_store, make_channel, make_person, number_entries, say
from tests.peers.test_pages import CHROMIUM, HOSTILE, browser, faults, open_page, playwright

__all__ = ["browser", "playwright"]

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@dataclass
class Room:
    """What the pages are made of, and what the browser complained about."""

    person: Person
    deposit: Deposit
    hostile: Utterance
    complaints: list[str] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, str]:
        return {
            "deposits": "/desk/archive/deposits/",
            "deposit": f"/desk/archive/deposits/{self.deposit.id}/",
            "follow": f"/desk/archive/follow/{self.hostile.id}/",
        }


@pytest.fixture
def desk() -> Room:
    open_period()
    person = make_person(Role.ARCHIVIST, name="Marit Lunde")
    channel = make_channel("Facebook-siden")
    nasty = say(channel, f"{HOSTILE} er dette lov?", by=HOSTILE, title=HOSTILE)
    edit(nasty, "Rettet")
    enter(nasty, say(channel, "Når brøyter dere?", at=NOW + timedelta(hours=1)))
    number_entries()
    deposit = order_deposit(person, start=None, end=None, profile="puid", sip=False, at=NOW)
    keys = load_keys(settings.HOME)
    make_deposit(deposit.id, home=settings.HOME.path, store=home_store(), keys=keys, at=NOW)
    return Room(person=person, deposit=deposit, hostile=nasty)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible_and_quiet(
    browser: Browser, live_server: object, desk: Room, scheme: str, width: int
) -> None:
    page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # it has what a desk has
    found = {}
    for name, address in desk.pages.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[name] = wrong
    page.context.close()
    assert (found, desk.complaints) == ({}, [])
