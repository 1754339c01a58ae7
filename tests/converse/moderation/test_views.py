"""Every page and act of moderation from outside: owner, colleague without the role, stranger, signed out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Conversation, Measure, Opened
from ordskifte.converse.moderation.complaint import complain
from ordskifte.people.models import Person, Role
from ordskifte.publish.models import Outbox
from ordskifte.threads.models import Utterance
from tests.converse.moderation.factories import (
    CRITICISM,
    HARASSMENT,
    NUMBER,
    SPAM,
    THREAT,
    make_ground,
    open_weekdays,
    take,
)
from tests.factories import NOW, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


def client_of(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


@dataclass
class World:
    said: Utterance
    done: Measure
    proposed: Measure
    number: Measure
    threat: Measure
    complaint: Any
    owner: Person
    colleague: Person
    stranger: Person

    @property
    def form(self) -> str:
        return f"/desk/c/{self.said.thread_id}/u/{self.said.id}/measure/"


@pytest.fixture
def world() -> World:
    open_weekdays()
    grounds = {code: make_ground(code) for code in ("harassment", "threat", "spam", "personal_number")}
    moderator = make_person(Role.MODERATOR, name="Mo Derator")
    channel = make_channel("Facebook-siden", kind="arena")
    said, done = say(channel, HARASSMENT), say(channel, f"{HARASSMENT} Igjen")
    number = say(channel, f"Jeg er {NUMBER}")
    on_arrived([one.current_id for one in (said, done, number, say(channel, SPAM))], at=NOW)
    measure = take(done, grounds["harassment"], moderator)
    return World(
        said=said,
        done=measure,
        proposed=take(say(channel, CRITICISM), grounds["harassment"], moderator, despite="Et bilde."),
        number=Measure.objects.get(automated=True),
        threat=take(say(channel, THREAT), grounds["threat"], moderator, facts="Truer ansatte."),
        complaint=complain(measure.code, "Nei", at=NOW),
        owner=make_person(Role.OWNER, Role.CASEWORKER, name="Owe Eier"),
        colleague=make_person(Role.EDITOR, name="Kim Kollega"),
        stranger=make_person(name="Sam Stranger"),
    )


PAGES: dict[str, Callable[[World], str]] = {
    "form": lambda w: w.form,
    "one": lambda w: f"/desk/measures/{w.done.id}/",
    "original": lambda w: f"/desk/v/{w.number.version_id}/original/",
    "measures": lambda w: "/desk/measures/",
    "second": lambda w: "/desk/measures/second/",
    "numbers": lambda w: "/desk/measures/numbers/",
    "spam": lambda w: "/desk/measures/spam/",
    "complaints": lambda w: "/desk/complaints/",
    "complaint": lambda w: f"/desk/complaints/{w.complaint.id}/",
    "figures": lambda w: "/desk/measure/",
}
ACTS: dict[str, Callable[[World], tuple[str, dict[str, str]]]] = {
    "measure": lambda w: (w.form, {"kind": "hide"}),
    "decide": lambda w: (f"/desk/measures/{w.proposed.id}/decide/", {"agree": "no", "why": "Kritikk."}),
    "undo": lambda w: (f"/desk/measures/{w.threat.id}/undo/", {"why": "Et sitat."}),
    "review": lambda w: (f"/desk/measures/{w.number.id}/review/", {"right": "yes"}),
    "police": lambda w: (f"/desk/measures/{w.threat.id}/police.pdf", {}),
    "spam": lambda w: ("/desk/measures/spam/", {}),
    "original": lambda w: (f"/desk/v/{w.number.version_id}/original/", {"purpose": "Finne saken"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_those_with_the_role(world: World, name: str) -> None:
    address = PAGES[name](world)
    assert client_of(world.owner).get(address).status_code == 200
    hidden = 404 if name == "one" else 403
    for person in (world.colleague, world.stranger):
        assert client_of(person).get(address).status_code in (403, hidden)
    answer = client_of(None).get(address)
    assert (answer.status_code, answer.headers["Location"].startswith("/sign-in/")) == (302, True)


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_for_those_with_the_role(world: World, name: str) -> None:
    address, sent = ACTS[name](world)
    states = list(Measure.objects.order_by("id").values_list("state", "second_id"))
    for person in (world.colleague, world.stranger):
        assert client_of(person).post(address, sent).status_code in (403, 404)
    assert client_of(None).post(address, sent).status_code == 302
    assert list(Measure.objects.order_by("id").values_list("state", "second_id")) == states
    assert not Opened.objects.exists()
    assert client_of(world.owner).post(address, sent).status_code in (200, 302, 422)


@pytest.mark.parametrize("name", ["decide", "undo", "review", "police"])
def test_acts_are_not_carried_out_by_looking(world: World, name: str) -> None:
    assert client_of(world.owner).get(ACTS[name](world)[0]).status_code == 405


def test_a_moderator_needs_no_number_and_an_owner_none(world: World) -> None:
    address = PAGES["original"](world)
    for role in (Role.MODERATOR, Role.OWNER, Role.LEADER, Role.COMPLAINT_HANDLER):
        assert client_of(make_person(role)).get(address).status_code == 403
    for role in (Role.CASEWORKER, Role.ARCHIVIST, Role.DPO):
        client = client_of(make_person(role))
        assert NUMBER not in client.get(address).content.decode()
        assert client.post(address, {"purpose": " "}).status_code == 422
        assert NUMBER in client.post(address, {"purpose": "Finne saken"}).content.decode()
    assert Opened.objects.count() == 3


def test_a_role_counts_where_it_is_given(world: World) -> None:
    other = make_channel(kind="arena", unit=make_unit("Skole"))
    elsewhere = make_person(Role.MODERATOR, channel=other)
    client = client_of(elsewhere)
    assert client.get(world.form).status_code == 403
    assert client.get(f"/desk/measures/{world.done.id}/").status_code == 404
    page = client.get("/desk/measures/second/").content.decode()
    assert CRITICISM not in page
    assert client.post(f"/desk/measures/{world.proposed.id}/decide/", {"agree": "yes"}).status_code == 404


def test_private_messages_and_sensitive_units_stay_inside() -> None:
    unit = make_unit("Barnevern", sensitive=True)
    closed = make_channel("Barnevernets side", kind="arena", unit=unit)
    ground = make_ground()
    inside, outside = make_person(Role.MODERATOR, unit=unit), make_person(Role.MODERATOR, Role.OWNER)
    private = say(make_channel("Åpen side", kind="arena"), HARASSMENT, private=True)
    hidden = [take(say(closed, f"{HARASSMENT} En"), ground, inside), take(private, ground, inside)]
    handed = say(make_channel("Tredje side", kind="arena"), f"{HARASSMENT} To")
    on_arrived([handed.current_id], at=NOW)
    Conversation.objects.filter(thread_id=handed.thread_id).update(unit=unit)
    hidden.append(take(handed, ground, inside))
    client = client_of(outside)
    listed = client.get("/desk/measures/").content.decode()
    for measure in hidden:
        assert client.get(f"/desk/measures/{measure.id}/").status_code == 404
        assert str(measure.id) not in listed
    for said in (private, Utterance.objects.get(pk=hidden[0].utterance_id)):
        assert client.get(f"/desk/c/{said.thread_id}/u/{said.id}/measure/").status_code == 404


def test_the_letter_must_have_been_seen(world: World) -> None:
    client, ground = client_of(world.owner), world.done.ground
    sent = {"kind": "hide", "ground": str(ground.id), "version": str(world.said.current_id), "facts": "Et dyr."}
    before = Measure.objects.count()
    first = client.post(world.form, sent | {"neutral": "on"})
    digest = first.context["given"].digest
    assert (first.status_code, Measure.objects.count()) == (200, before)
    changed = client.post(world.form, sent | {"facts": "Noe annet.", "neutral": "on", "shown": digest})
    assert (changed.status_code, Measure.objects.count()) == (200, before)
    assert client.post(world.form, sent | {"shown": digest}).status_code == 422  # nobody ticks the box for the person
    assert client.post(world.form, sent | {"neutral": "on", "shown": digest}).status_code == 302
    assert Measure.objects.count() == before + 1


def test_choosing_reply_leads_to_the_reply(world: World) -> None:
    answer = client_of(world.owner).post(world.form, {"kind": "reply"})
    assert answer.headers["Location"].startswith(f"/desk/c/{world.said.thread_id}/")


@pytest.mark.parametrize(
    "sent",
    [{}, {"kind": "burn"}, {"kind": "hide", "ground": "x"}, {"kind": "block", "days": "1e9", "ground": "\ud800"}],
)
def test_what_no_form_sends_is_answered_with_the_form(world: World, sent: dict[str, str]) -> None:
    body = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in sent.items()})
    answer = client_of(world.owner).post(world.form, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_spam_is_hidden_and_undone_from_the_page(world: World) -> None:
    client = client_of(world.owner)
    row = client.get("/desk/measures/spam/").context["rows"][0]
    sent = {"version": str(row.version.id), "facts": "Reklame.", "neutral": "on"}
    assert client.post("/desk/measures/spam/", {**sent, "version": "x"}).status_code == 422
    assert client.post("/desk/measures/spam/", sent).status_code == 302
    measure = Measure.objects.get(batch__isnull=False)
    assert client.post(f"/desk/measures/spam/{measure.batch}/undo/").status_code == 302
    measure.refresh_from_db()
    assert measure.state == "reversed"


def test_the_report_is_a_pdf_for_those_who_may(world: World) -> None:
    answer = client_of(world.owner).post(f"/desk/measures/{world.threat.id}/police.pdf")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_one_who_may_answer_sees_both_sides_and_one_who_acted_may_not(world: World) -> None:
    address = f"/desk/complaints/{world.complaint.id}/"
    handler = client_of(make_person(Role.COMPLAINT_HANDLER))
    assert handler.post(address, {"outcome": "upheld", "answer": ""}).status_code == 422
    assert handler.post(address, {"outcome": "upheld", "answer": "Grunnen holder."}).status_code == 302
    assert client_of(world.owner).post(address, {"outcome": "upheld", "answer": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(count: int, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    moderator, ground, channel = make_person(Role.MODERATOR), make_ground(), make_channel(kind="arena")
    client = client_of(make_person(Role.OWNER))
    for number in range(count):
        measure = take(say(channel, f"{HARASSMENT} {number}"), ground, moderator)
        take(say(channel, f"{CRITICISM} {number}"), ground, moderator, despite="Et bilde.")
        complain(measure.code, "Nei", at=NOW)
    for address in ("/desk/measures/", "/desk/measures/second/", "/desk/complaints/", "/desk/measures/numbers/"):
        client.get(address)
        with django_assert_max_num_queries(21):
            client.get(address)


def test_what_failed_on_the_platform_is_said(world: World) -> None:
    Outbox.objects.filter(pk=world.done.outbox_id).update(state="failed", reason="This channel cannot do that.")
    page = client_of(world.owner).get(f"/desk/measures/{world.done.id}/").content.decode()
    assert "Ikke gjort på plattformen" in page
