"""The outbox's and the arena's pages in a real browser: accessible, quiet, in three languages, and without script."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ordskifte.arena.channel import open_arena
from ordskifte.arena.exercises import end_run, start_run
from ordskifte.arena.models import Certificate, Post, Run, Scene
from ordskifte.arena.platform import hide
from ordskifte.arena.scenes import begin_scene, step
from ordskifte.arena.scripts import edition
from ordskifte.base.clock import now
from ordskifte.channels import reasons as said
from ordskifte.people.models import Person, Role
from ordskifte.publish.models import Outbox
from ordskifte.publish.outbox import HAND_OFF
from tests.factories import home_store, make_body, make_channel, make_person
from tests.peers.test_pages import CHROMIUM, HOSTILE, Desk, browser, faults, open_page, playwright
from tests.publish.conftest import AT, put

__all__ = ["browser", "playwright"]

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PICTURES = os.environ.get("ORDSKIFTE_TEST_PICTURES")


def fill(person: Person) -> dict[str, str]:
    """Something in every state, somebody in the arena, and a run that has ended. Returns the pages."""
    facebook, other = make_channel("Facebook-siden", kind="facebook"), make_person(name="Aisha Rahman")
    states: list[tuple[str, dict[str, object]]] = [
        ("waiting", {"by": other}),
        ("scheduled", {}),
        ("claimed", {"claimed_by": HAND_OFF}),
        ("claimed", {"claimed_by": f"person:{person.id}"}),
        ("sent", {"sent_at": AT}),
        ("confirmed", {"confirmed_at": AT, "permalink": "https://www.facebook.com/eksempel/1"}),
        ("unknown", {"reason": said.CUT, "attempts": 3}),
        ("failed", {"reason": said.NO_ACCESS, "missed_at": AT}),
        ("stopped", {}),
        ("withdrawn", {"note": HOSTILE}),
    ]
    for state, more in states:
        row = put(facebook, "Hei. Vi brøyter Strandgata i dag før klokka 14.", language="nb", by=person.id)
        Outbox.objects.filter(pk=row.pk).update(state=state, **more)
    mail = put(
        None, HOSTILE, kind="email", to="ingrid.solli@eksempel.example", subject="Frist om én time", by=person.id
    )
    Outbox.objects.filter(pk=mail.pk).update(state="failed", reason=said.UNREACHABLE)
    channel, moment = open_arena("Øvingskanalen", actor="system:test", at=AT), now()
    for persona, opening in (("angry_neighbour", "brøyting"), ("number_writer", "parkering"), ("spammer", "krypto")):
        begin_scene(channel, persona, opening, at=moment, comes_at=moment)
    ended = start_run("number", person=person, language="nb", channel=channel, at=moment)
    going = start_run("spam", person=person, language="nn", channel=channel, at=moment)
    step(at=moment + timedelta(seconds=10))
    hide(Post.objects.get(scene__run=ended), at=moment)
    end_run(ended.id, at=moment + timedelta(minutes=1), by_person=True)
    Certificate.objects.create(
        person=person, edition=edition().name, made_at=moment, valid_until=moment + timedelta(days=365)
    )
    first = Post.objects.filter(scene=Scene.objects.get(opening="brøyting"))[0]
    return {
        "act": "/desk/outbox/",
        "way": "/desk/outbox/?show=way",
        "done": "/desk/outbox/?show=done",
        "exercises": "/desk/arena/",
        "run": f"/desk/arena/runs/{ended.id}/",
        "going": f"/desk/arena/runs/{going.id}/",
        "certificate": "/desk/arena/certificate/",
        "front": "/ovelse/ovingskanalen/",
        "thread": f"/ovelse/ovingskanalen/{first.id}/",
    }


@pytest.fixture
def desk() -> Desk:
    make_body()
    home_store()
    person = make_person(Role.OWNER, Role.EDITOR)
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
    pages = fill(desk.person)
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


def test_everything_is_done_without_script(browser: Browser, live_server: object, desk: Desk) -> None:
    desk.person.language = "nb"
    desk.person.save()
    fill(desk.person)
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)
    page.goto("/desk/outbox/")
    page.get_by_role("button", name="Godkjenn").click()
    assert page.get_by_text("Godkjent. Det går slik det står.").is_visible()
    assert Outbox.objects.filter(state="waiting").count() == 0
    form = page.locator("form", has=page.get_by_label("Lenke til det som ble lagt ut")).first
    form.get_by_label("Lenke til det som ble lagt ut").fill("https://www.facebook.com/eksempel/posts/77")
    form.get_by_role("button", name="Det er lagt ut").click()
    assert page.get_by_text("Lenken er tatt vare på som kvittering.").is_visible()
    page.goto("/desk/arena/")
    page.get_by_role("button", name=re.compile("Start.*Svar den som er sint")).click()
    assert page.get_by_text("Noen skriver om noen sekunder.").is_visible()
    assert Run.objects.filter(exercise="answer", person=desk.person).exists()
    page.context.close()
