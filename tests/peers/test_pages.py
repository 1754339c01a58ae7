"""Every page in a real browser: nothing foreign runs, axe finds nothing, nothing scrolls sideways, keys are enough."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Dialog, FilePayload, Page, Playwright, sync_playwright

from ordskifte.channels import reasons
from ordskifte.listen.models import Import, ImportFile, ImportProblem
from ordskifte.people.models import Person, Role
from ordskifte.threads.models import Utterance, Version
from tests.factories import (
    NOW,
    delete,
    edit,
    keep_media,
    make_body,
    make_channel,
    make_person,
    make_unit,
    number_entries,
    say,
)

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

NUMBER = "02013299997"  # invented, by the rules of 2032
ATTACK = "window.attacked=true;alert(1)"
HOSTILE = (
    f'<script>{ATTACK}</script><img src=x onerror="{ATTACK}"><svg onload="{ATTACK}">'
    f'"onmouseover="{ATTACK}" \'onfocus=\'{ATTACK}\' autofocus <a href="javascript:{ATTACK}">x</a>'
    f"<iframe srcdoc='<script>parent.{ATTACK}</script>'></iframe><style>*{{display:none}}</style>"
    f"{{{{constructor}}}} \u202egnp.exe javascript:{ATTACK} data:text/html,<script>{ATTACK}</script> "
)


@dataclass
class Desk:
    """What the pages are made of, and what the browser complained about."""

    person: Person
    thread: UUID
    edited: Utterance
    plain: UUID
    sealed: UUID
    done: Import
    running: Import
    complaints: list[str] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, str]:
        return {
            "threads": "/desk/threads/",
            "filtered": "/desk/threads/?who=alone&media=1",
            "thread": f"/desk/threads/{self.thread}/",
            "versions": f"/desk/u/{self.edited.id}/versions/",
            "evidence": f"/desk/v/{self.plain}/evidence/",
            "sealed": f"/desk/v/{self.sealed}/evidence/",
            "search": "/desk/search/?q=br%C3%B8yting",
            "no hits": "/desk/search/?q=zzzz",
            "imports": "/desk/imports/",
            "report": f"/desk/imports/{self.done.id}/",
            "progress": f"/desk/imports/{self.running.id}/",
            "channels": "/desk/channels/",
            "archive": "/desk/archive/",
            "keep rules": "/desk/archive/rules/",
            "disposal": "/desk/archive/disposal/",
            "data protection": "/desk/archive/privacy/",
            "system": "/desk/archive/papers/system/",
            "ledger": "/desk/ledger/",
            "entry": "/desk/ledger/1/",
            "not found": "/desk/nothing/",
        }


PUBLIC = {"start": "/", "checkpoints": "/checkpoints/", "public not found": "/nothing/", "sign-in": "/sign-in/"}


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # Playwright's own loop runs in this thread, and Django takes that for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    )
    yield opened
    opened.close()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 200), (40, 90, 150)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def desk() -> Desk:
    make_body()
    person = make_person(Role.ADMINISTRATOR, Role.ARCHIVIST, Role.OWNER)
    channel, other = make_channel("Facebook-siden", kind="facebook", unit=make_unit("Teknisk drift")), make_channel()
    blob = keep_media(picture(), "image/png")
    row = {"alt": "", "blob": "", "media_type": "image/png", "name": "bilde.png", "url": ""}
    post = say(channel, "Hovedveier brøytes først. Se https://eksempel.example/broyting", by="Kommunen", ours=True)
    reply = say(channel, "Idiotisk brøyting!", parent=post, at=NOW + timedelta(minutes=5))
    edited = edit(reply, "Elendig brøyting!")
    say(channel, "Takk", by="Kommunen", ours=True, parent=reply, at=NOW + timedelta(hours=1))
    delete(say(channel, "angret", parent=post))
    sealed = say(channel, f"Nummeret er {NUMBER}", parent=post)
    say(channel, "Bilder", parent=post, attachments=[row | {"blob": blob, "alt": "Plogen"}, row | {"blob": blob}, row])
    say(channel, HOSTILE, by=HOSTILE, title=HOSTILE, summary=HOSTILE, parent=post, permalink=f"javascript:{ATTACK}")
    say(other, "x" * 1_000_000, by="y" * 5_000)
    say(other, "Kven ryddar?", language="nn", at=NOW - timedelta(days=9), title=HOSTILE)
    say(other, "لماذا لا تنظفون الشارع؟", language="ar", at=NOW - timedelta(days=10))
    for n in range(45):
        say(other, f"Innlegg {n} om brøyting", at=NOW - timedelta(days=20 + n))
    number_entries()
    say(other, "Venter på nummer", at=NOW)
    return Desk(
        person=person,
        thread=post.thread_id,
        edited=edited,
        plain=post.current_id,
        sealed=sealed.current_id,
        done=a_run(person, post, state="done", ended_at=NOW + timedelta(seconds=2), last_batch=1),
        running=a_run(person, post, state="running"),
    )


def a_run(person: Person, said: Utterance, **more: object) -> Import:
    given = {
        "actor": f"person:{person.id}",
        "started_at": NOW,
        "names": [f"{HOSTILE}.zip"],
        "keep": "own",
        "legal_basis": "",
    }
    run = Import.objects.create(**given, bytes_total=200, bytes_read=90, first_batch=1, **more)
    file = ImportFile.objects.create(run=run, path=HOSTILE, kind="mastodon", items=4, utterances=3, problems=1)
    ImportFile.objects.create(run=run, path="actor.json", kind="mastodon", items=1, other=1)
    ImportProblem.objects.create(file=file, where="item 7", why=reasons.NOT_JSON, detail=HOSTILE)
    ImportProblem.objects.create(
        file=file, where="item 9", why=reasons.HIDDEN_CHARACTERS, remark=True, utterance_id=said.id
    )
    return run


def open_page(browser: Browser, base: str, desk: Desk | None, **more: object) -> Page:
    """A fresh browser window, signed in when there is a desk; what goes wrong in it is written down."""
    context = browser.new_context(base_url=base, **more)  # type: ignore[arg-type]  # playwright's own names
    if desk:
        client = Client()
        client.force_login(desk.person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    page = context.new_page()
    said = desk.complaints if desk else []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def refuse(dialog: Dialog) -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    return page


def faults(page: Page) -> list[str]:
    """What is wrong with the page that stands there."""
    found = [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in axe.Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("it scrolls sideways")
    if page.evaluate("window.attacked === true"):
        found.append("foreign script ran")
    return found


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible_and_quiet(
    browser: Browser, live_server: object, desk: Desk, language: str, scheme: str, width: int
) -> None:
    base = str(live_server)
    desk.person.language, desk.person.scheme = language, scheme
    desk.person.save()
    page = open_page(browser, base, desk, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = {}
    for name, address in {**desk.pages, **PUBLIC}.items():
        page.goto(address if name in desk.pages else f"{address}?lang={language}")
        if name == "thread":
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[name] = wrong
        if page.locator("html").get_attribute("lang") != language:
            found[name] = ["it is in another language"]
    page.context.close()
    complaints = [text for text in desk.complaints if "404" not in text]  # the pages that are not there
    assert (found, complaints) == ({}, [])


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_scrolls_sideways_at_other_widths(
    browser: Browser, live_server: object, desk: Desk, width: int
) -> None:
    page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 800})
    wide = []
    for name, address in {**desk.pages, **PUBLIC}.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)
    page.context.close()
    assert wide == []


def test_hostile_words_run_nothing_whatever_one_does(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk)
    for address in desk.pages.values():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for link in page.locator("main a[href]").all():
            href = link.get_attribute("href") or ""
            assert href.split(":")[0].lower() in ("http", "https") or href[0] in "/?#", href
        page.mouse.move(400, 400)
        page.mouse.move(500, 600)
        page.wait_for_timeout(50)
        assert page.evaluate("window.attacked") is None
        assert (
            page.evaluate("document.querySelectorAll('main iframe, main script, main style, [style], [onload]').length")
            == 0
        )
    page.context.close()
    assert [text for text in desk.complaints if "404" not in text] == []


def test_what_we_received_is_never_run(browser: Browser, live_server: object, desk: Desk) -> None:
    evil = f"<!doctype html><script>{ATTACK}</script>".encode()
    blob = keep_media(evil, "image/png")
    row = {"alt": "", "blob": blob, "media_type": "image/png", "name": "a.png", "url": ""}
    said = say(make_channel(), "se", raw=evil, attachments=[row])
    page = open_page(browser, str(live_server), desk)
    page.goto(f"/desk/v/{said.current_id}/evidence/")
    assert "<!doctype html><script>" in page.locator("pre").inner_text()
    with page.expect_download() as download:
        page.evaluate(f"location.href = '/desk/media/{said.current_id}/{blob}'")
    assert download.value.suggested_filename.endswith(".bin")
    assert page.evaluate("window.attacked") is None
    page.context.close()
    assert desk.complaints == []


def test_the_public_pages_need_no_script(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), None, java_script_enabled=False)
    for address in ("/", "/checkpoints/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert page.locator("h1").count() == 1
        assert page.locator("script").count() == 0
    page.goto("/")
    page.get_by_role("link", name="Nynorsk").click()
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.context.cookies() == []
    page.context.close()


def test_the_desk_works_without_script(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)
    page.goto("/desk/threads/")
    page.get_by_label("Flere utgaver").check()
    page.get_by_role("button", name="Vis samtaler").click()
    assert page.locator(".os-item").count() == 1
    page.locator(".os-item a").click()
    page.locator("summary", has_text="2 utgaver").click()
    assert page.locator("ins").inner_text() == "Elendig"
    page.goto(f"/desk/imports/{desk.running.id}/")
    page.get_by_role("button", name="Stopp").click()
    assert page.get_by_text("Stopper etter det som skrives nå.").is_visible()
    page.context.close()


def test_a_file_is_brought_in_without_script(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)
    page.goto("/desk/imports/")
    page.get_by_label("Slipp filer her, eller velg dem").set_input_files(
        FilePayload(name="outbox.json", mimeType="application/json", buffer=b"{}")
    )
    page.get_by_role("button", name="Hent inn").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Venter på å lese outbox.json"
    page.context.close()


def test_progress_moves_by_itself_and_ends_in_the_report(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk)
    page.goto(f"/desk/imports/{desk.running.id}/")
    Import.objects.filter(pk=desk.running.pk).update(bytes_read=150)
    page.wait_for_selector('progress[value="150"]', timeout=10_000)
    Import.objects.filter(pk=desk.running.pk).update(state="done", ended_at=NOW + timedelta(seconds=9), last_batch=1)
    page.wait_for_selector("table", timeout=10_000)
    assert page.locator("progress").count() == 0
    page.context.close()
    assert desk.complaints == []


def test_the_desk_is_used_with_keys_alone(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk)
    page.goto("/desk/threads/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-step]").nth(1).get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{page.locator('[data-step]').nth(0).get_attribute('href') or '/desk/threads/*/'}")
    page.keyboard.press("/")
    page.keyboard.type("brøyting j/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/**")
    assert page.locator("#q").input_value() == "brøyting j/"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.context.close()
    assert desk.complaints == []


def test_single_keys_can_be_turned_off(browser: Browser, live_server: object, desk: Desk) -> None:
    Person.objects.filter(pk=desk.person.pk).update(keys=False)
    page = open_page(browser, str(live_server), desk)
    page.goto("/desk/threads/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement === document.body")
    assert not page.locator("#keys").is_visible()
    page.context.close()


def test_what_is_targeted_is_shown_and_a_picture_is_seen(browser: Browser, live_server: object, desk: Desk) -> None:
    page = open_page(browser, str(live_server), desk)
    version = Version.objects.get(pk=desk.edited.current_id)
    page.goto(f"/desk/u/{desk.edited.id}/")
    assert page.locator(f"#u-{desk.edited.id}").is_visible()
    page.goto(f"/desk/v/{version.id}/")
    assert page.locator(f"#v-{version.id}").is_visible()
    page.goto(f"/desk/threads/{desk.thread}/")
    image = page.locator("main img").first
    image.scroll_into_view_if_needed()
    assert image.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 320
    assert image.get_attribute("alt") == "Plogen"
    page.context.close()
    assert desk.complaints == []
