"""Passkeys in a real browser, with a virtual authenticator: invited, added, signed in with, removed."""

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ordskifte.base.clock import now
from ordskifte.people import acts
from ordskifte.people.acts import GivenRole
from ordskifte.people.models import Passkey, Person, Role, Session
from tests.people.conftest import PASSWORD, entries

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]
DESK = re.compile(r"^http://[^/]+/desk/[^?]*$")
SAID = "[data-error]:not(:empty)"
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not on this machine: run `make peers`")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's own loop runs in this thread
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def administrator(transactional_db: None) -> Person:
    return acts.create_first_administrator("ada@eksempel.no", "Ada Admin", PASSWORD, at=now())


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A virtual authenticator with a PIN that is always entered. Returns the session and its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, str(session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def with_password(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/sign-in/?next=/desk/me/")
    page.locator("summary").click()
    page.fill("#account", "ada@eksempel.no")
    page.fill("#password", PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/me/")


def test_a_passkey_is_added_and_signed_in_with(page: Page, live_server: LiveServer, administrator: Person) -> None:
    authenticator(page)
    with_password(page, live_server)
    page.fill("#passkey-name", "My phone")
    page.locator('form[data-passkey="create"] button').click()
    page.wait_for_selector("text=My phone")
    passkey = Passkey.objects.get()
    assert (passkey.person, passkey.name) == (administrator, "My phone")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/?next=/desk/me/")
    page.locator('form[data-passkey="get"] button').click()
    page.wait_for_url(f"{live_server.url}/desk/me/")
    assert sorted(Session.objects.exclude(person=None).values_list("way", flat=True)) == ["passkey", "password"]
    passkey.refresh_from_db()
    assert passkey.used_at is not None
    assert [body["details"].get("way") for _, body in entries("person.signed_in")] == ["password", "passkey"]

    page.locator(f'form[action="/desk/me/passkeys/{passkey.id}/remove/"] button').click()
    page.wait_for_url(f"{live_server.url}/desk/me/")
    assert Passkey.objects.count() == 0
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    page.locator('form[data-passkey="get"] button').click()
    page.wait_for_selector(SAID)
    assert "/sign-in/" in page.url


def test_an_invited_person_makes_a_passkey_and_is_in(
    page: Page, live_server: LiveServer, administrator: Person
) -> None:
    authenticator(page)
    roles = [GivenRole(Role.EDITOR)]
    person, secret = acts.invite("kim@eksempel.no", "Kim", roles=roles, actor="system:command", at=now())
    link = f"{live_server.url}/sign-in/invitation/{secret}/"
    page.goto(link)
    page.fill("#name", "Key ring")
    page.locator('form[data-passkey="create"] button').click()
    page.wait_for_url(DESK)
    person.refresh_from_db()
    assert (person.is_active, Passkey.objects.get().person) == (True, person)
    assert [kind for kind, _ in entries()][-3:] == ["invitation.accepted", "passkey.added", "person.signed_in"]
    response = page.goto(link)
    assert response is not None
    assert response.status == 404


def test_who_cancels_is_told_so_and_nothing_is_made(page: Page, live_server: LiveServer, administrator: Person) -> None:
    session, authenticator_id = authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator_id, "isUserVerified": False})
    with_password(page, live_server)
    page.locator('form[data-passkey="create"] button').click()
    page.wait_for_selector(SAID, timeout=90_000)
    assert Passkey.objects.count() == 0


def test_a_removed_person_s_passkey_opens_nothing(page: Page, live_server: LiveServer, administrator: Person) -> None:
    authenticator(page)
    _, secret = acts.invite("kim@eksempel.no", "Kim", roles=[GivenRole(Role.EDITOR)], actor="system:command", at=now())
    page.goto(f"{live_server.url}/sign-in/invitation/{secret}/")
    page.locator('form[data-passkey="create"] button').click()
    page.wait_for_url(DESK)
    acts.remove_person(Person.objects.get(email="kim@eksempel.no"), actor="system:command", at=now())
    page.goto(f"{live_server.url}/desk/me/")
    assert "/sign-in/" in page.url
    page.locator('form[data-passkey="get"] button').click()
    page.wait_for_selector(SAID)
    assert Session.objects.exclude(person=None).count() == 0
