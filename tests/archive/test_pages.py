"""The journal's desk: who may enter, what they see, what they do there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.archive.access import ask
from ordskifte.archive.models import AccessRequest, Delivery, JournalChoice, Release
from ordskifte.people.models import Person
from ordskifte.records.models import Case, JournalEntry, Party, Shielding
from tests.archive.office import choose, enter, open_period, question_and_answer
from tests.factories import NOW, home_store, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


def signed_in(client: Client, *roles: str, **more: Any) -> Person:
    person = make_person(*roles, **more)
    client.force_login(person)
    return person


@pytest.fixture
def entry() -> JournalEntry:
    home_store()
    choose()
    open_period()
    asked, answered = question_and_answer()
    first, _ = enter(asked, answered)
    return first


def pages(entry: JournalEntry) -> dict[str, str]:
    row = ask(entry_id=entry.id, words="", name="", email="a@b.example", language="nb", at=NOW)
    return {
        "cases": "/desk/archive/cases/",
        "case": f"/desk/archive/cases/{entry.case_id}/",
        "running": "/desk/archive/journal/",
        "deliveries": "/desk/archive/deliveries/",
        "access": "/desk/archive/access/",
        "choice": "/desk/archive/journal/choice/",
        "shielding": f"/desk/archive/shielding/{entry.record_id}/",
        "request": f"/desk/archive/access/{row.id}/",
        "package": f"/desk/archive/access/{row.id}/package.zip",
    }


READ = {"cases", "case", "running"}
WATCH = {"deliveries", "access"}
KEEP = {"choice", "shielding", "request", "package"}


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        (("archivist",), READ | WATCH | KEEP),
        (("leader",), READ | WATCH),
        (("dpo",), READ | WATCH),
        (("auditor",), READ | WATCH),
        (("owner",), READ),
        (("caseworker",), READ),
        (("editor",), set()),
        (("moderator",), set()),
        (("administrator",), set()),
    ],
)
def test_each_role_enters_what_it_may(
    client: Client, entry: JournalEntry, roles: tuple[str, ...], allowed: set[str]
) -> None:
    addresses = pages(entry)
    signed_in(client, *roles)
    seen = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    assert seen == allowed


def test_nobody_enters_without_signing_in(client: Client, entry: JournalEntry) -> None:
    for address in pages(entry).values():
        assert client.get(address).status_code == 302


def test_an_archivist_of_one_unit_keeps_nothing(client: Client, entry: JournalEntry) -> None:
    addresses = pages(entry)
    signed_in(client, "archivist", unit=make_unit())
    assert client.get(addresses["shielding"]).status_code == 403
    assert client.post(addresses["case"], {"act": "close"}).status_code == 403


@pytest.mark.parametrize("role", ["leader", "auditor", "caseworker"])
def test_those_who_read_change_nothing(client: Client, entry: JournalEntry, role: str) -> None:
    addresses = pages(entry)
    signed_in(client, role)
    for address in (
        addresses["case"],
        f"/desk/archive/entries/{entry.id}/",
        addresses["shielding"],
        addresses["request"],
    ):
        assert client.post(address, {"act": "close", "how": "noted"}).status_code == 403
    assert Case.objects.get().status == "under_handling"


@pytest.mark.parametrize("private", [True, False])
def test_private_and_sensitive_cases_are_seen_by_the_unit_and_the_archivist(client: Client, private: bool) -> None:
    open_period()
    unit = make_unit("Barnevern", sensitive=not private)
    (entry,) = enter(say(make_channel(unit=unit), "Jeg er bekymret for Kanarigutten.", private=private))
    for roles, more, known in (
        (("archivist",), {}, True),
        (("caseworker",), {"unit": unit}, True),
        (("caseworker",), {"unit": make_unit()}, False),
        (("leader",), {}, False),
        (("auditor",), {}, False),
    ):
        signed_in(client, *roles, **more)
        assert (client.get(f"/desk/archive/cases/{entry.case_id}/").status_code == 200) is known
        for address in ("/desk/archive/cases/", "/desk/archive/journal/"):
            assert ("Kanarigutten" in client.get(address).text) is known


def test_the_running_journal_is_filtered(client: Client, entry: JournalEntry) -> None:
    enter(say(make_channel(), "Ubesvart spørsmål"))
    signed_in(client, "archivist")
    text = client.get("/desk/archive/journal/?only=open").text
    assert "Ubesvart" in text
    assert "brøyter" not in text
    assert "brøyter" in client.get("/desk/archive/journal/?kind=in").text
    assert "Plogen" not in client.get("/desk/archive/journal/?kind=in").text
    assert "brøyter" not in client.get("/desk/archive/journal/?from=2027-01-01").text
    assert client.get("/desk/archive/journal/?page=x&from=i&kind=9").status_code == 200


@pytest.mark.parametrize("address", ["/desk/archive/journal/", "/desk/archive/cases/", "/journal/"])
def test_lists_ask_the_same_questions_however_long_they_are(client: Client, entry: JournalEntry, address: str) -> None:
    signed_in(client, "archivist")
    client.get(address)
    counts = []
    for many in (1, 3):
        for n in range(many):
            enter(say(make_channel(), f"Noe {many}.{n}"))
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_case_s_page_leads_to_the_comment_and_back(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    case = client.get(f"/desk/archive/cases/{entry.case_id}/").text
    thread = f"/desk/threads/{_thread(entry)}/"
    assert f"{thread}#u-{entry.record_id}" in case
    assert f"/desk/archive/cases/{entry.case_id}/#e-{entry.id}" in client.get(thread).text
    response = client.get(f"/desk/archive/of/{entry.record_id}/")
    assert response["Location"] == f"/desk/archive/cases/{entry.case_id}/#e-{entry.id}"


def _thread(entry: JournalEntry) -> Any:
    from ordskifte.threads.models import Utterance

    return Utterance.objects.values_list("thread_id", flat=True).get(pk=entry.record_id)


def test_what_is_in_no_journal_leads_to_its_thread(client: Client, entry: JournalEntry) -> None:
    said = say(make_channel(), "Ikke journalført")
    signed_in(client, "archivist")
    response = client.get(f"/desk/archive/of/{said.pk}/")
    assert response["Location"].endswith(f"/{said.thread_id}/")


def test_a_case_is_retitled_linked_and_closed(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    address = f"/desk/archive/cases/{entry.case_id}/"
    titles = {"act": "titles", "title": "Brøyting", "public_title": "Vinterdrift", "responsible": "Tarjei Moen"}
    assert client.post(address, titles).status_code == 302
    further = say(make_channel(), "Samme sak")
    assert (
        client.post(address, {"act": "link", "thread": f"http://x/desk/threads/{further.thread_id}/"}).status_code
        == 302
    )
    assert client.post(address, {"act": "link", "thread": "tull"}).status_code == 422
    assert client.post(address, {"act": "titles", "title": " "}).status_code == 422
    assert client.post(address, {"act": "close"}).status_code == 302
    case = Case.objects.get()
    assert (case.title, case.public_title, case.responsible, case.status) == (
        "Brøyting",
        "Vinterdrift",
        "Tarjei Moen",
        "closed",
    )
    assert case.threads.count() == 2


def test_an_entry_is_written_off_and_a_party_named_an_organisation(client: Client, entry: JournalEntry) -> None:
    (other,) = enter(say(make_channel(), "Et til"))
    signed_in(client, "archivist")
    client.post(f"/desk/archive/entries/{other.id}/", {"how": "noted"})
    other.refresh_from_db()
    assert other.closed_how == "noted"
    party = Party.objects.get(entry=other, kind="sender")
    client.post(f"/desk/archive/entries/{other.id}/", {"act": "party", "party": party.id, "natural": "no"})
    party.refresh_from_db()
    assert not party.natural


def test_shielding_shows_both_sides(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    address = f"/desk/archive/shielding/{entry.record_id}/"
    given = {"act": "shield", "field": "author", "basis": "personal"}
    assert client.post(address, given).status_code == 302
    text = client.get(address).text
    ours, theirs = text.split('id="all"')
    assert "Anonym ulv" in ours
    assert "Anonym ulv" not in theirs.split("</article>")[0]
    assert client.post(address, {**given, "basis": ""}).status_code == 422
    one = Shielding.objects.get()
    assert client.post(address, {"act": "end", "shielding": one.id}).status_code == 302
    assert client.post(address, {"act": "end", "shielding": "tull"}).status_code == 422
    one.refresh_from_db()
    assert one.ended_at is not None


def test_a_document_is_released_when_a_person_says_it_is_read(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    address = f"/desk/archive/shielding/{entry.record_id}/"
    page = client.get(address)
    given = {"act": "release", "seen": page.context["seen"], "version": page.context["version"].id}
    assert client.post(address, given).status_code == 422
    assert client.post(address, {**given, "read": "yes"}).status_code == 302
    assert Release.objects.filter(ended_at=None).count() == 1
    assert client.post(address, {"act": "take_back"}).status_code == 302
    assert not Release.objects.filter(ended_at=None).exists()


def test_titles_are_mended_on_the_shielding_page(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    address = f"/desk/archive/shielding/{entry.record_id}/"
    client.post(address, {"act": "title", "title": "Spørsmål, 02013299997", "public_title": "Henvendelse"})
    entry.refresh_from_db()
    assert "02013299997" not in entry.title
    assert entry.public_title == "Henvendelse"
    assert entry.assessed_on is not None


def test_the_body_chooses_on_its_page(client: Client, entry: JournalEntry) -> None:
    signed_in(client, "archivist")
    address = "/desk/archive/journal/choice/"
    given = {"public": "no", "way": "http", "address": "https://sak.example/inn", "secret": "sesam", "codes": "A = B"}
    assert client.post(address, given).status_code == 302
    chosen = JournalChoice.objects.order_by("-at")[0]
    assert (chosen.public, chosen.way, chosen.codes) == (False, "http", {"A": "B"})
    assert "sesam" not in client.get(address).text
    assert client.post(address, {**given, "address": "nei"}).status_code == 422
    assert client.post(address, {**given, "codes": "nei"}).status_code == 422


def test_deliveries_are_shown_with_their_receipt(client: Client) -> None:
    choose()
    open_period("external")
    (entry,) = enter(question_and_answer()[0])
    Delivery.objects.update(state="refused", trouble="refused", said="Klassen finnes ikke", attempts=1)
    signed_in(client, "archivist")
    text = client.get("/desk/archive/deliveries/").text
    assert "Klassen finnes ikke" in text
    row = Delivery.objects.get(entry=entry)
    assert client.post(f"/desk/archive/deliveries/{row.id}/again/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    Delivery.objects.update(state="received", receipt="<kvittering/>", answered_at=NOW)
    assert client.get(f"/desk/archive/deliveries/{row.id}/receipt/").text == "<kvittering/>"
    signed_in(client, "leader")
    assert client.post(f"/desk/archive/deliveries/{row.id}/again/").status_code == 403


def test_a_request_is_taken_on_and_answered(client: Client, entry: JournalEntry) -> None:
    person = signed_in(client, "archivist")
    row = ask(entry_id=None, words="Brøyting", name="", email="a@b.example", language="nb", at=NOW)
    address = f"/desk/archive/access/{row.id}/"
    assert client.post(address, {"act": "take"}).status_code == 302
    assert client.post(address, {"act": "find", "entry": "1/1"}).status_code == 422
    assert client.post(address, {"act": "find", "entry": "2026/1-1"}).status_code == 302
    assert "Plogen kommer" in client.get(address).text
    assert client.post(address, {"act": "answer", "outcome": "refused"}).status_code == 422
    assert client.post(address, {"act": "answer", "outcome": "granted"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.assignee) == ("granted", person)
    assert client.get("/desk/archive/access/?view=answered").status_code == 200
    assert client.get(address).status_code == 200


def test_a_late_request_is_told(client: Client, entry: JournalEntry) -> None:
    ask(entry_id=entry.id, words="", name="", email="a@b.example", language="nb", at=NOW)
    AccessRequest.objects.update(due_at=NOW - timedelta(days=300))
    signed_in(client, "leader")
    text = client.get("/desk/archive/access/").text
    assert "for sent" in text
    assert "a@b.example" not in text
