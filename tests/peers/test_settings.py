"""The settings pages in a real browser: accessible in three languages, wide and narrow, without script, by keyboard."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from ordskifte.base.clock import now
from ordskifte.people.models import Person, Role
from ordskifte.plan.defaults import lay_defaults
from ordskifte.plan.models import Ground, Place, Promise, SavedReply, Shift, Topic
from tests.factories import make_channel, make_person, make_unit
from tests.peers.test_pages import HOSTILE, Desk, faults, open_page
from tests.peers.test_pages import browser as browser
from tests.peers.test_pages import playwright as playwright

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]
BASE = "/desk/settings/"


@pytest.fixture
def owner() -> Person:
    """An owner, and a plan with hostile words in every field that a colleague could have written."""
    lay_defaults(actor="system:test", at=now() - timedelta(days=1))
    person, unit, at = make_person(Role.OWNER), make_unit("Teknisk drift"), now()
    names = {"nb": HOSTILE, "nn": HOSTILE, "en": HOSTILE}
    place = Place.objects.create(purpose="press", names=names, unit=unit, url="https://a.example/", hours=HOSTILE)
    Place.objects.create(purpose="press", names=names, dead_since=at, dead_why="link", failing_since=at)
    Topic.objects.create(names=names, words=[HOSTILE], unit=unit, place=place, four_eyes=True)
    Topic.objects.create(names=names, closed_at=at)
    SavedReply.objects.create(name=HOSTILE, texts=names)
    Ground.objects.create(code="draft", names=names, examples=names)
    Ground.objects.create(code="old", names=names, examples=names, published_at=at, withdrawn_at=at)
    given = {"kind": "comment", "unit_of_time": "hours", "clock": "all", "value": 2, "condition": HOSTILE}
    Promise.objects.create(channel=make_channel(HOSTILE), valid_from=at, **given)
    Promise.objects.create(channel=make_channel("Mastodon"), valid_from=at + timedelta(days=1), **given)
    Shift.objects.create(person=person, unit=unit, starts=at, ends=at + timedelta(hours=2))
    Shift.objects.create(person=person, starts=at, ends=at + timedelta(hours=2), urgent=True)
    return person


def pages() -> list[str]:
    new = [f"{room}/new/" for room in ("promises", "grounds", "places", "topics", "replies", "roster")]
    one = [
        f"{room}/{model._default_manager.earliest('pk').pk}/"
        for room, model in (("grounds", Ground), ("places", Place), ("topics", Topic), ("replies", SavedReply))
    ]
    rooms = ["", "hours/", "promises/", "grounds/", "places/", "topics/", "replies/", "roster/"]
    return [BASE + path for path in (*rooms, *new, *one)]


def window(browser: Browser, base: str, person: Person, **more: object) -> Page:
    desk = Desk.__new__(Desk)
    desk.person, desk.complaints = person, []
    return open_page(browser, base, desk, **more)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_settings_page_is_accessible(
    browser: Browser, live_server: object, owner: Person, language: str, scheme: str, width: int
) -> None:
    owner.language, owner.scheme = language, scheme
    owner.save()
    page = window(browser, str(live_server), owner, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = {}
    for address in [*pages(), f"/rules/?lang={language}"]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[address] = wrong
        if page.locator("html").get_attribute("lang") != language:
            found[address] = ["it is in another language"]
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_settings_page_scrolls_sideways(browser: Browser, live_server: object, owner: Person, width: int) -> None:
    page = window(browser, str(live_server), owner, viewport={"width": width, "height": 800})
    wide = []
    for address in [*pages(), "/rules/"]:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(address)
    page.context.close()
    assert wide == []


def test_a_place_is_added_without_script_and_what_was_wrong_is_said(
    browser: Browser, live_server: object, owner: Person
) -> None:
    page = window(browser, str(live_server), owner, java_script_enabled=False)
    page.goto(f"{BASE}places/")
    page.get_by_role("link", name="Legg til et sted").click()
    page.get_by_label("Navn, Bokmål").fill("Kulturkontoret")
    page.get_by_role("button", name="Lagre").click()
    assert page.get_by_role("alert").inner_text() == "Oppgi en lenke, et telefonnummer eller en e-postadresse."
    assert page.get_by_label("Navn, Bokmål").input_value() == "Kulturkontoret"
    page.get_by_label("Telefon").fill("12 34 56 78")
    page.get_by_role("button", name="Lagre").click()
    assert page.get_by_role("row", name="Kulturkontoret").is_visible()
    page.get_by_role("row", name="Kulturkontoret").get_by_role("button").click()
    page.get_by_role("button", name="Angre").click()
    assert page.get_by_role("row", name="Kulturkontoret").is_visible()
    page.context.close()


def test_a_promise_is_made_with_keys_alone(browser: Browser, live_server: object, owner: Person) -> None:
    page = window(browser, str(live_server), owner)
    page.goto(f"{BASE}promises/new/")
    page.locator("#channel").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # messages
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BASE}promises/")
    assert page.get_by_text("Innen 3 timer i åpningstiden").is_visible()
    page.context.close()
