"""The inbox in a real browser behind the real server: live, with keys alone, without script, and seen by axe."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from ordskifte.base.clock import now
from ordskifte.converse.conversations import add_note
from ordskifte.converse.models import Conversation, LocalRule, Step, Task
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import SavedReply
from ordskifte.publish.models import Outbox
from tests.converse.world import answer, arrive, ask, make_place, make_promise, make_topic, set_hours
from tests.factories import edit, make_channel, make_person, make_unit, number_entries, say
from tests.peers.asgi import asgi_server

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.peers,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    # Static files and request bodies of the server in our process are closed when they are collected.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning"),
]
TEXTS = {
    "nb": "Hei! Takk for at du sier fra. Plogen er i Strandgata, og alt skal være ferdig kl. 13.\n\nHilsen {unit}",
    "nn": "Hei! Takk for at du seier frå. Plogen er i Strandgata no.\n\nHilsen {unit}",
    "en": "Hello! Thank you for telling us. The plough is in Strandgata now.\n\nHilsen {unit}",
}


@dataclass
class Desk:
    """Who looks, and at what."""

    person: Person
    one: UUID
    complaints: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[str]:
        return [
            "/desk/", "/desk/?view=warned", "/desk/?view=done", "/desk/?view=mine",
            f"/desk/c/{self.one}/", "/desk/tasks/",
            "/desk/settings/mail/", "/desk/settings/rules/",
        ]  # fmt: skip


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
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


@pytest.fixture
def base() -> Iterator[str]:
    with asgi_server() as address:
        yield address


@pytest.fixture
def desk() -> Desk:
    set_hours()
    at = now()
    person = make_person(Role.MODERATOR, Role.OWNER, name="Ingrid Solli")
    other = make_person(Role.CASEWORKER, name="Tarjei Moen")
    drift, skole = make_unit("Teknisk drift"), make_unit("Oppvekst")
    place = make_place("Skoleskyss", unit=skole)
    snow = make_topic("Brøyting", ["brøyt", "plog", "snø"], drift)
    make_topic("Skole", ["skole", "skule", "skyss"], skole, place=place)
    SavedReply.objects.create(name="Brøyting, status", kind="F1", texts=TEXTS, topic=snow)
    SavedReply.objects.create(
        name="Foreløpig svar", kind="F2", texts={"nb": "Hei! Vi sjekker dette og svarer deg på tirsdag."}
    )
    face, toot = make_channel("Facebook-siden", kind="facebook"), make_channel("Mastodon")
    make_promise(4, channel=face, clock="all")
    make_promise(1, "days", channel=toot, clock="all")
    post = say(
        face,
        "Det er meldt 20–30 cm snø til natta. Hovedveier brøytes først.",
        ours=True,
        by="Eksempel kommune",
        at=at - timedelta(hours=6),
    )
    main = say(
        face,
        "Når har dere tenkt å brøyte Strandgata? Skolebussen kommer ikke fram. Elendig planlegging!",
        by="Nabo i Strandgata",
        parent=post,
        at=at - timedelta(hours=3, minutes=22),
    )
    more = say(
        face,
        "Sønnen min (02013299997) sto 40 minutter og ventet. Har han rett til taxi når bussen ikke går?",
        by="Mor på Nes",
        parent=post,
        at=at - timedelta(hours=2),
    )
    threat = say(
        face,
        "Latskap! Jeg skal banke opp dere på teknisk, jeg vet hvor bilene deres står.",
        by="Anonym ulv",
        parent=post,
        at=at - timedelta(hours=1),
    )
    arrive(main, at=at - timedelta(hours=3))
    arrive(more, threat, at=at - timedelta(hours=1))
    arrive(
        edit(
            main,
            "Når har dere tenkt å brøyte Strandgata? Skolebussen kommer ikke fram. Elendig planlegging av dere!",
        ),
        at=at,
    )
    one = Conversation.objects.get(pk=post.thread_id)
    Conversation.objects.filter(pk=one.pk).update(
        newest_id=main.pk,
        kind="criticism",
        says="Når har dere tenkt å brøyte Strandgata? Andre gang på en uke skolebussen ikke kommer fram.",
    )
    ask(
        "Vannet er brunt i Nesveien igjen. Er det trygt å drikke, eller må vi koke det?",
        channel=face,
        by="Trine på Nes",
        at=at - timedelta(hours=5),
    )
    nynorsk = ask(
        "Eg søkte barnehageplass for han yngste i januar og har ikkje høyrt noko. Kva er status på søknaden min?",
        channel=toot,
        by="@mor_til_to",
        at=at - timedelta(hours=2),
    )
    ask(
        "Takk til han som kjørte opp lysløypa før halv åtte i dag. Helt rått føre!",
        channel=toot,
        by="@skitur.example",
        at=at - timedelta(hours=1),
    )
    ask(
        "Jeg ber om innsyn i all korrespondanse om salget av Tollboden fra 1. november.",
        channel=toot,
        by="Journalist i Eksempelposten",
        at=at - timedelta(hours=1),
    )
    ask("Is the swimming pool open during Easter?", channel=toot, by="Sam (visiting)", at=at)
    answered = ask(
        "Kan vi henge opp plakat på biblioteket?", channel=toot, by="Ungdomsrådet", at=at - timedelta(hours=1)
    )
    answer(answered, "Ja, det kan dere. Vi kommer tilbake med sted på fredag.", by=person.pk, at=at)
    done = ask("Når åpner badet?", channel=toot, at=at - timedelta(hours=1))
    answer(done, "Badet åpner klokka ti på lørdager og søndager.", by=person.pk, at=at)
    Conversation.objects.filter(pk=nynorsk.pk).update(assignee=person)
    add_note(
        one.pk,
        "@Ingrid Plogen er i Strandgata nå, ferdig ca. 12.30. Skriv kl. 13 for å være sikker.",
        mentions=[person.pk],
        by=other.pk,
        at=at,
    )
    LocalRule.objects.create(
        name="Badeland", words=["badeland", "åpner"], kind="question", proposed_by=other, proposed_at=at
    )
    Task.objects.create(kind="look", conversation=one, made_at=at, due_at=at + timedelta(hours=2), assignee=person)
    number_entries()
    return Desk(person, one.pk)


def open_page(browser: Browser, base: str, desk: Desk, *, person: Person | None = None, **more: object) -> Page:
    context = browser.new_context(base_url=base, **more)  # type: ignore[arg-type]  # playwright's own names
    client = Client()
    client.force_login(person or desk.person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    page = context.new_page()
    page.on("console", lambda message: desk.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    return page


def faults(page: Page) -> list[str]:
    found = [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in axe.Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("it scrolls sideways")
    return found


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible(
    browser: Browser, base: str, desk: Desk, language: str, scheme: str, width: int
) -> None:
    desk.person.language, desk.person.scheme = language, scheme
    desk.person.save()
    page = open_page(browser, base, desk, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for address in desk.pages:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[address] = wrong
    page.context.close()
    assert (found, desk.complaints) == ({}, [])


def test_a_new_arrival_is_told_within_two_seconds_and_moves_nothing(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk)
    page.goto("/desk/")
    page.wait_for_timeout(1200)  # the stream is open, and the first news has been asked for
    first = page.locator(".os-item a").first.inner_text()
    before = page.locator("#rail-counts .n").first.inner_text()
    ask("Hvem måker gangveien?", channel=make_channel(), at=now())
    page.locator("#news a").wait_for(timeout=2000)
    assert page.locator("#news a").inner_text().startswith("1 ny")
    assert page.locator(".os-item a").first.inner_text() == first
    assert int(page.locator("#rail-counts .n").first.inner_text()) == int(before) + 1
    page.keyboard.press(".")
    page.wait_for_url("**/desk/?view=needs")
    assert page.get_by_text("Hvem måker gangveien?").count() >= 1
    page.context.close()
    assert desk.complaints == []


def test_two_people_in_one_conversation_see_each_other(browser: Browser, base: str, desk: Desk) -> None:
    other = make_person(Role.MODERATOR, name="Aisha Rahman")
    mine, theirs = open_page(browser, base, desk), open_page(browser, base, desk, person=other)
    mine.goto(f"/desk/c/{desk.one}/")
    mine.wait_for_timeout(700)
    theirs.goto(f"/desk/c/{desk.one}/")
    mine.get_by_text("Aisha Rahman leser.").wait_for(timeout=2500)
    theirs.locator("#text").fill("Jeg svarer på denne.")
    mine.get_by_text("Aisha Rahman skriver.").wait_for(timeout=4000)
    mine.locator("#here button").click()
    mine.wait_for_load_state()
    theirs.get_by_text("Ingrid Solli skriver.").wait_for(timeout=2500)
    mine.context.close()
    theirs.context.close()


def test_the_preview_follows_the_keys(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk, viewport={"width": 1400, "height": 900})
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    link = page.locator(".os-item a").nth(1)
    assert page.evaluate("document.activeElement.href") == link.evaluate("(one) => one.href")
    page.locator(f"#peek a.ds-button[href='{link.get_attribute('href')}']").wait_for(timeout=3000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/c/*/")
    page.keyboard.press("Escape")
    page.wait_for_url("**/desk/")
    page.context.close()
    assert desk.complaints == []


def test_an_answer_is_written_and_sent_with_keys_alone_and_taken_back(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk)
    page.goto(f"/desk/c/{desk.one}/")
    page.keyboard.press("1")
    assert "Plogen er i Strandgata" in page.locator("#text").input_value()
    page.locator("#checks li").first.wait_for(timeout=3000)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    page.locator(".os-undo").first.wait_for(timeout=5000)
    row = Outbox.objects.get(kind="reply", state="scheduled")
    assert "Hilsen Teknisk drift" in row.text
    page.keyboard.press("z")
    page.get_by_text("Tatt tilbake.").wait_for(timeout=5000)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    page.context.close()
    assert desk.complaints == []


def test_rows_are_chosen_and_taken_with_keys_alone_and_given_back(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk, viewport={"width": 1400, "height": 900})
    page.goto("/desk/")
    assert not page.locator("#bulk").is_visible()
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    assert page.locator("[data-pick]:checked").count() == 2
    assert "(2)" in page.locator("#bulk").inner_text()
    page.keyboard.press("x")
    assert page.locator("[data-pick]:checked").count() == 1
    page.keyboard.press("x")
    page.keyboard.press("t")
    page.get_by_text("Gjort med 2 samtaler.").wait_for(timeout=5000)
    assert Step.objects.filter(act="assigned", by=desk.person).count() == 2
    page.keyboard.press("z")
    page.get_by_text("Angret for 2 samtaler.").wait_for(timeout=5000)
    assert not Step.objects.filter(undone_at=None, by=desk.person, batch__isnull=False).exists()
    page.context.close()
    assert desk.complaints == []


def test_all_that_are_alike_are_chosen_and_handed_over(browser: Browser, base: str, desk: Desk) -> None:
    Conversation.objects.exclude(state="done").update(kind="question", topic=None)
    page = open_page(browser, base, desk, viewport={"width": 1400, "height": 900})
    page.goto("/desk/")
    rows = page.locator("[data-pick]").count()
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    assert page.locator("[data-pick]:checked").count() == rows > 3
    page.keyboard.press("g")
    page.wait_for_url("**/desk/bulk/?*")
    assert faults(page) == []
    page.locator("#unit").select_option(label="Oppvekst")
    page.get_by_role("button", name="Gi videre", exact=True).or_(
        page.get_by_role("button", name="Lever videre")
    ).click()
    page.locator(".os-undo").first.wait_for(timeout=5000)
    assert Conversation.objects.filter(unit__name="Oppvekst").count() >= rows
    page.context.close()
    assert desk.complaints == []


def test_rows_are_chosen_without_script_by_boxes(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk, java_script_enabled=False)
    page.goto("/desk/")
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-pick]").nth(1).check()
    page.get_by_role("button", name="Ta dem").click()
    page.get_by_text("Gjort med 2 samtaler.").wait_for()
    page.get_by_role("button", name="Angre").click()
    page.get_by_text("Angret for 2 samtaler.").wait_for()
    page.context.close()


def test_all_of_it_works_without_script(browser: Browser, base: str, desk: Desk) -> None:
    page = open_page(browser, base, desk, java_script_enabled=False)
    page.goto("/desk/")
    page.locator(".os-item a", has_text="Nabo i Strandgata").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Sett det i feltet").click()
    assert "Plogen er i Strandgata" in page.locator("#text").input_value()
    page.locator("#text").fill("Som du burde vite, brøyter vi om natta.")
    page.get_by_role("button", name="Send nå", exact=True).click()
    page.get_by_text("kan leses som bebreidelse").wait_for()
    page.locator("#passed").fill("Ordene er deres egne")
    page.get_by_role("button", name="Send nå", exact=True).click()
    page.locator(".os-undo").wait_for()
    page.get_by_role("button", name="Angre").click()
    page.get_by_text("Tatt tilbake.").wait_for()
    assert Outbox.objects.filter(state="withdrawn").count() == 1
    page.context.close()
