"""The pages of the journal in a real browser: axe finds nothing, nothing foreign runs, no script is needed."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from ordskifte.archive.access import ask
from ordskifte.archive.models import AccessRequest, Delivery, JournalChoice
from ordskifte.archive.releasing import digest_of, release
from ordskifte.archive.shielding import shield
from ordskifte.people.models import Person, Role
from ordskifte.records.models import JournalEntry, Period, Shielding
from tests.archive.office import BY, enter, open_period
from tests.factories import NOW, make_channel, make_person, make_unit, number_entries, say
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
    question: JournalEntry
    hostile: JournalEntry
    request: AccessRequest
    complaints: list[str] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, str]:
        return {
            "running": "/desk/archive/journal/",
            "open": "/desk/archive/journal/?only=open&kind=in",
            "nothing": "/desk/archive/journal/?from=2031-01-01",
            "cases": "/desk/archive/cases/",
            "case": f"/desk/archive/cases/{self.question.case_id}/",
            "hostile case": f"/desk/archive/cases/{self.hostile.case_id}/",
            "shielding": f"/desk/archive/shielding/{self.question.record_id}/",
            "hostile shielding": f"/desk/archive/shielding/{self.hostile.record_id}/",
            "deliveries": "/desk/archive/deliveries/",
            "choice": "/desk/archive/journal/choice/",
            "access": "/desk/archive/access/",
            "answered": "/desk/archive/access/?view=answered",
            "request": f"/desk/archive/access/{self.request.id}/",
        }

    @property
    def public(self) -> dict[str, str]:
        return {
            "journal": "/journal/",
            "search": "/journal/?q=kommentar&from=2026-01-01",
            "no hits": "/journal/?q=zzz",
            "entry": f"/journal/{self.question.id}/",
            "hostile entry": f"/journal/{self.hostile.id}/",
            "form": f"/innsyn/?entry={self.question.id}",
            "free form": "/innsyn/",
        }


@pytest.fixture
def desk() -> Room:
    JournalChoice.objects.create(public=True, by=BY, at=NOW)
    open_period()
    person = make_person(Role.ARCHIVIST, name="Marit Lunde")
    channel = make_channel("Facebook-siden", unit=make_unit("Teknisk drift"))
    asked = say(channel, "Når brøyter dere Strandgata? Naboen min Ola Hansen er syk.", by="Anonym ulv")
    answered = say(channel, "Før klokka ti.", by="Kommunen", ours=True, parent=asked, at=NOW + timedelta(minutes=4))
    nasty = say(channel, f"{HOSTILE} er dette lov?", by=HOSTILE, title=HOSTILE, at=NOW + timedelta(hours=2))
    question, _answer, hostile = enter(asked, answered, nasty)
    shield(asked.pk, field="words", words=["Ola Hansen"], basis="personal", by=BY, at=NOW)
    standing = list(Shielding.objects.filter(record_id=asked.pk))
    release(question.id, seen=digest_of(standing), version_id=asked.current_id, by=BY, at=NOW)
    release(hostile.id, seen=digest_of([]), version_id=nasty.current_id, by=BY, at=NOW)
    request = ask(entry_id=question.id, words=HOSTILE, name=HOSTILE, email="a@b.example", language="nb", at=NOW)
    Period.objects.update(journal="external")
    enter(say(make_channel(), "Til saksystemet", at=NOW + timedelta(hours=3)))
    Delivery.objects.update(state="refused", trouble="refused", said=HOSTILE[:400], attempts=3)
    Period.objects.update(journal="own")
    number_entries()
    return Room(person=person, question=question, hostile=hostile, request=request)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible_and_quiet(
    browser: Browser, live_server: object, desk: Room, language: str, scheme: str, width: int
) -> None:
    desk.person.language, desk.person.scheme = language, scheme
    desk.person.save()
    page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # it has what a desk has
    found = {}
    for name, address in {**desk.pages, **desk.public}.items():
        mark = "&" if "?" in address else "?"
        page.goto(address if name in desk.pages else f"{address}{mark}lang={language}")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[name] = wrong
        if page.locator("html").get_attribute("lang") != language:
            found[name] = ["it is in another language"]
    page.context.close()
    assert (found, desk.complaints) == ({}, [])


def test_marked_words_are_shielded_with_one_key(browser: Browser, live_server: object, desk: Room) -> None:
    page = open_page(browser, str(live_server), desk)  # type: ignore[arg-type]
    page.goto(desk.pages["shielding"])
    mark(page, "Strandgata")
    page.keyboard.press("b")
    assert page.locator("#words").input_value() == "Strandgata"
    page.get_by_role("button", name="Skjerm", exact=True).click()
    page.wait_for_load_state()
    assert Shielding.objects.filter(words=["Strandgata"], ended_at=None).exists()
    page.goto(desk.public["entry"])
    assert "Strandgata" not in page.content()
    page.context.close()
    assert desk.complaints == []


def mark(page: Page, word: str) -> None:
    """Mark a word of the text as a person does with the mouse."""
    page.evaluate(
        """(word) => {
          const text = document.querySelector(".os-says").firstChild.nodeType === 3
            ? document.querySelector(".os-says").firstChild
            : document.querySelector(".os-says").firstElementChild.firstChild;
          const at = text.data.indexOf(word);
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + word.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        word,
    )


def test_shielding_and_release_work_without_script(browser: Browser, live_server: object, desk: Room) -> None:
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)  # type: ignore[arg-type]
    page.goto(desk.pages["hostile shielding"])
    page.get_by_role("radio", name="Hvem som skrev det").check()
    page.get_by_role("button", name="Skjerm", exact=True).click()
    assert page.get_by_text("Skjermet.", exact=True).is_visible()
    assert Shielding.objects.filter(record_id=desk.hostile.record_id, field="author").exists()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="La alle lese det").click()
    assert page.get_by_text("Nå kan alle lese det.").is_visible()
    page.context.close()


def test_anyone_asks_for_access_from_the_journal(browser: Browser, live_server: object, desk: Room) -> None:
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)  # type: ignore[arg-type]
    page.goto("/journal/?lang=nb")
    page.get_by_role("link", name="2026/1-1").click()
    page.locator("main").get_by_role("link", name="Be om innsyn").click()
    page.get_by_label("E-postadresse").fill("kari@eksempelposten.example")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("heading", name="Takk").is_visible()
    page.context.close()
    assert AccessRequest.objects.filter(email="kari@eksempelposten.example", entry=desk.question).exists()
