"""The publishing pages in a real browser: accessible, quiet, in three languages, saved as one writes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ordskifte.base.clock import now
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Shift
from ordskifte.publish.campaigns import begin_campaign
from ordskifte.publish.crisis import start_crisis
from ordskifte.publish.drafting import add_picture, say_of
from ordskifte.publish.models import Draft, DraftState, Outbox
from tests.factories import home_store, make_body, make_channel, make_person
from tests.peers.test_pages import CHROMIUM, HOSTILE, Desk, browser, faults, open_page, picture, playwright
from tests.publish.world import draft_of, who

__all__ = ["browser", "playwright"]

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PICTURES = os.environ.get("ORDSKIFTE_TEST_PICTURES")
LONG = "Vannet i Nesveien kan drikkes igjen fra klokka 11. Vi spyler ledningene til klokka 14. " * 5


@pytest.fixture
def desk() -> Desk:
    make_body()
    home_store()
    person = make_person(Role.OWNER, Role.EDITOR, Role.CRISIS_LEAD)
    nothing = person.id
    return Desk(person, nothing, None, nothing, nothing, None, None)  # type: ignore[arg-type]  # only the person is used


def fill(person: Person) -> dict[str, str]:
    """A draft with everything that can be wrong, one asked about, one placed, a campaign. Returns the pages."""
    at = now()
    make_person(Role.APPROVER, name="Aisha Rahman")
    facebook, bluesky = make_channel("Facebook-siden", kind="facebook"), make_channel("Bluesky", kind="bluesky")
    Shift.objects.create(person=person, starts=at - timedelta(hours=1), ends=at + timedelta(days=2))
    begin_campaign(
        "Vann for alle",
        purpose="Spare vann",
        ends_on=(at + timedelta(days=9)).date(),
        close_down="Takk folk",
        at=at,
        **who(person),
    )
    wrong = draft_of(
        person,
        facebook,
        bluesky,
        at=at,
        text=f"{LONG} #drikkevanninesveien {HOSTILE}",
        important=True,
        wanted_at=at + timedelta(hours=3),
    )
    add_picture(wrong.id, picture(), "kart.png", store=home_store(), at=at, **who(person))
    say_of(wrong.id, HOSTILE, at=at, **who(person))
    other = draft_of(person, facebook, at=at, wanted_at=at + timedelta(hours=3, minutes=5))
    out = draft_of(person, facebook, at=at)
    from ordskifte.publish.approving import pass_check, place
    from ordskifte.publish.checking import sheet_of
    from tests.publish.world import holds

    for name in sorted({one.check for one in sheet_of(out, at=at).warnings}):
        pass_check(out.id, name, "Lest", crisis_lead=False, at=at, **who(person))
    place(out.id, holds=holds(person), actor="x", at=at)
    Outbox.objects.filter(details__draft=str(out.id)).update(
        state="confirmed", sent_at=at, confirmed_at=at, external_id="1", permalink="https://www.facebook.com/eksempel/1"
    )
    return {
        "drafts": "/desk/publish/",
        "draft": f"/desk/publish/{wrong.id}/",
        "plain": f"/desk/publish/{other.id}/",
        "out": f"/desk/publish/{out.id}/",
        "week": "/desk/publish/calendar/",
        "month": "/desk/publish/calendar/?view=month",
        "list": "/desk/publish/calendar/?view=list",
        "campaigns": "/desk/publish/campaigns/",
        "crisis": "/desk/publish/crisis/",
        "profiles": "/desk/publish/profiles/",
    }


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("nb", "light", 1280), ("nn", "dark", 375), ("en", "light", 375), ("nb", "dark", 1280)],
)
def test_the_pages_are_accessible_and_quiet(
    browser: Browser, live_server: object, desk: Desk, language: str, scheme: str, width: int
) -> None:
    desk.person.language, desk.person.scheme = language, scheme
    desk.person.save()
    pages = fill(desk.person)
    start_crisis("Flom i Nes", answer_within=30, unit_of_time="minutes", at=now(), **who(desk.person))
    page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = {}
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


def test_a_draft_is_saved_while_one_writes_and_shows_what_it_becomes(
    browser: Browser, live_server: object, desk: Desk
) -> None:
    desk.person.language = "en"
    desk.person.save()
    pages = fill(desk.person)
    page = open_page(browser, str(live_server), desk)
    page.goto(pages["plain"])
    page.get_by_label("Bokmål", exact=True).fill("Vi brøyter i morgen tidlig.")
    expect(page.locator("#looks")).to_contain_text("Vi brøyter i morgen tidlig.")
    page.get_by_label("Bokmål", exact=True).fill("Vi brøyter i morgen kveld.")
    expect(page.locator("#looks")).to_contain_text("Vi brøyter i morgen kveld.")
    page.reload()
    assert page.get_by_label("Bokmål", exact=True).input_value() == "Vi brøyter i morgen kveld."
    page.context.close()
    assert desk.complaints == []


def test_a_post_is_written_and_asked_about_without_script(browser: Browser, live_server: object, desk: Desk) -> None:
    desk.person.language = "en"
    desk.person.save()
    make_person(Role.APPROVER, name="Aisha Rahman")
    make_channel("Mastodon", kind="mastodon")
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)
    page.goto("/desk/publish/")
    page.get_by_role("button", name="New post").click()
    page.get_by_label("Name, for colleagues").fill("Brøyting")
    page.get_by_label("Bokmål", exact=True).fill("Vi brøyter i morgen tidlig.")
    page.get_by_label("Mastodon", exact=True).check()
    page.get_by_label("I want another person to see it first").check()
    page.get_by_role("button", name="Save").click()
    assert "Saved." in page.content()
    page.get_by_label("Aisha Rahman").check()
    page.get_by_role("button", name="Ask for approval").click()
    assert Draft.objects.get().state == DraftState.ASKED
    page.context.close()


def test_a_post_moves_in_the_calendar_by_key(browser: Browser, live_server: object, desk: Desk) -> None:
    desk.person.language = "en"
    desk.person.save()
    at = now()
    wanted = at.replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    draft = draft_of(desk.person, make_channel("Mastodon", kind="mastodon"), at=at, wanted_at=wanted)
    page = open_page(browser, str(live_server), desk)
    page.goto(f"/desk/publish/calendar/?day={wanted.date()}")
    page.get_by_role("link", name="Brøyting").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_text("Moved.").wait_for()
    draft.refresh_from_db()
    assert draft.wanted_at == wanted + timedelta(hours=1)
    page.context.close()
    assert desk.complaints == []
