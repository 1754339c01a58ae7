"""The pages of moderation in a real browser: axe finds nothing, nothing foreign runs, no script is needed."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from ordskifte.base.clock import now
from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.complaint import answer, complain
from ordskifte.converse.moderation.measures import take_measure
from ordskifte.measure.models import EqualTreatment
from ordskifte.people.models import Person, Role
from ordskifte.plan.defaults import lay_defaults
from ordskifte.plan.models import Ground
from ordskifte.publish.models import Outbox
from ordskifte.threads.models import Utterance
from tests.converse.moderation.factories import (
    CRITICISM,
    HARASSMENT,
    NUMBER,
    SPAM,
    THREAT,
    evidence,
    take,
    wish,
)
from tests.factories import NOW, make_body, make_channel, make_person, number_entries, say
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
    said: Utterance
    threat: Measure
    proposed: Measure
    number: Measure
    open: Measure
    complaint: object
    complaints: list[str] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, str]:
        form = f"/desk/c/{self.said.thread_id}/u/{self.said.id}/measure/"
        ground = Ground.objects.get(code="harassment")
        more = f"?kind=remove&ground={ground.id}&facts=Sjikane&why_not_less=Skjult+ses+den"
        return {
            "form": form,
            "letter": form + more,
            "threat": f"/desk/measures/{self.threat.id}/",
            "proposed": f"/desk/measures/{self.proposed.id}/",
            "number": f"/desk/measures/{self.number.id}/",
            "original": f"/desk/v/{self.number.version_id}/original/",
            "measures": "/desk/measures/",
            "second": "/desk/measures/second/",
            "numbers": "/desk/measures/numbers/",
            "spam": "/desk/measures/spam/",
            "complaints": "/desk/complaints/",
            "complaint": f"/desk/complaints/{self.complaint}/",
            "figures": "/desk/measure/",
        }

    @property
    def public(self) -> dict[str, str]:
        return {
            "ask": "/begrunnelse/",
            "reasons": f"/begrunnelse/{self.open.code}/",
            "answered": f"/begrunnelse/{self.threat.code}/",
            "unknown": "/begrunnelse/AAAAA-AAAAA-AAAAA-AAAAA/",
            "public figures": "/moderering/",
        }


@pytest.fixture
def desk() -> Room:
    make_body()
    lay_defaults(actor="system:test", at=NOW - timedelta(days=30))
    person = make_person(Role.MODERATOR, Role.COMPLAINT_HANDLER, Role.OWNER, Role.CASEWORKER, name="Ingrid Solli")
    other = make_person(Role.MODERATOR, Role.COMPLAINT_HANDLER, name="Aisha Rahman")
    make_person(Role.LEADER, name="Leder Lund")
    grounds = {one.code: one for one in Ground.objects.all()}
    channel = make_channel("Facebook-siden", kind="arena")
    post = say(channel, "Hovedveier brøytes først.", ours=True, by="Kommunen")
    texts = [HARASSMENT, THREAT, f"{CRITICISM} {HOSTILE}", f"Sønnen min ({NUMBER}) venter", SPAM, f"{SPAM} igjen"]
    said = [
        say(channel, text, parent=post, by=by, at=NOW + timedelta(minutes=n), language="nb")
        for n, (text, by) in enumerate(zip(texts, ["Anonym ulv", HOSTILE, "Nabo", "Mor på Nes", "X", "Y"], strict=True))
    ]
    on_arrived([one.current_id for one in said], at=NOW)
    threat = take(said[1], grounds["threat"], other, facts=f"Truer ansatte med juling. {HOSTILE[:200]}")
    despite = "Bildet under teksten viser en ansatt som gris."
    proposed = take(said[2], grounds["harassment"], other, despite=despite, facts="Et bilde håner en ansatt.")
    open_one = take(say(channel, f"{HARASSMENT} Igjen", parent=post), grounds["harassment"], other)
    Outbox.objects.filter(kind="hide", target_id=threat.utterance_id).update(
        state="failed", reason="The channel could not be reached."
    )
    first = complain(threat.code, "Jeg mente det ikke.", at=NOW)
    answer(first.id, outcome="upheld", text="Trusselen står fast.", by=person, actor="x", at=NOW)
    complaint = complain(open_one.code, f"Jeg er uenig. {HOSTILE}", at=NOW)
    groups = [
        {
            "stance": "against",
            "count": 44,
            "answered": 40,
            "median_minutes": 95,
            "hidden": 1,
            "removed": 0,
            "reversed": 1,
        },
        {
            "stance": "neither",
            "count": 31,
            "answered": 12,
            "median_minutes": None,
            "hidden": 0,
            "removed": 0,
            "reversed": 0,
        },
        {"stance": "for"},
    ]
    EqualTreatment.objects.create(since=NOW.date(), until=NOW.date(), groups=groups, made_by=person, made_at=NOW)
    number_entries()
    return Room(
        person=person,
        said=said[0],
        threat=threat,
        proposed=proposed,
        number=Measure.objects.get(automated=True),
        open=open_one,
        complaint=complaint.id,
    )


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
        page.goto(address if name in desk.pages else f"{address}?lang={language}")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[name] = wrong
        if page.locator("html").get_attribute("lang") != language:
            found[name] = ["it is in another language"]
    page.context.close()
    complaints = [text for text in desk.complaints if "404" not in text]  # the code that is none
    assert (found, complaints) == ({}, [])


def test_a_threat_is_hidden_without_script(browser: Browser, live_server: object, desk: Room) -> None:
    page = open_page(browser, str(live_server), desk, java_script_enabled=False)  # type: ignore[arg-type]
    page.goto(f"/desk/c/{desk.said.thread_id}/u/{desk.said.id}/measure/")
    page.locator("input[value=hide]").check()
    page.get_by_label("Trakassering og personhets").check()
    page.get_by_label("Hva i teksten faller inn under grunnen?").fill("Et menneske kalles et dyr.")
    page.get_by_label("Jeg ville gjort det samme om teksten roste oss.").check()
    page.get_by_role("button", name="Vis det forfatteren får").click()
    assert "Vi har skjult en kommentar." in page.locator(".os-letter").first.inner_text()
    page.get_by_role("button", name="Skjul og send begrunnelse").click()
    assert page.get_by_text("Gjort. Den som skrev, får vite hvorfor.").is_visible()
    page.locator(".os-undo").get_by_role("button", name="Angre").click()
    assert page.get_by_text("Satt tilbake.", exact=True).is_visible()
    page.context.close()


def test_the_letter_follows_the_choices(browser: Browser, live_server: object, desk: Room) -> None:
    page = open_page(browser, str(live_server), desk)  # type: ignore[arg-type]
    page.goto(f"/desk/c/{desk.said.thread_id}/u/{desk.said.id}/measure/")
    page.get_by_label("Hva i teksten faller inn under grunnen?").fill("Et menneske kalles et dyr.")
    page.locator("input[value=remove]").check()
    page.get_by_label("Trakassering og personhets").check()
    page.get_by_text("Vi har fjernet en kommentar.").wait_for()
    page.get_by_label("Hvorfor er det mindre trinnet ikke nok?").fill("Skjult ses den av vennene.")
    page.get_by_label("Jeg ville gjort det samme om teksten roste oss.").check()
    page.get_by_role("button", name="Fjern og send begrunnelse").click()
    page.wait_for_url("**/desk/measures/**")
    assert Measure.objects.filter(utterance=desk.said, kind="remove", state="done").exists()
    page.context.close()
    assert desk.complaints == []


def test_a_citizen_complains_without_script_and_cookie(browser: Browser, live_server: object, desk: Room) -> None:
    said, ground = say(make_channel(kind="arena"), HARASSMENT), Ground.objects.get(code="harassment")
    given = {"by": desk.person, "actor": "x", "at": now(), "evidence": evidence()}
    measure = take_measure(wish(said, ground), **given)  # type: ignore[arg-type]  # what the act takes
    page = open_page(browser, str(live_server), None, java_script_enabled=False, locale="nb-NO")
    page.goto("/begrunnelse/")
    page.get_by_label("Kode").fill(measure.code.lower().replace("-", " "))
    page.get_by_role("button", name="Se begrunnelsen").click()
    page.get_by_label("Hvorfor var det galt?").fill("Det var en spøk.")
    page.get_by_role("button", name="Send klagen").click()
    assert page.get_by_role("heading", name="Takk").is_visible()
    assert page.context.cookies() == []
    page.context.close()
