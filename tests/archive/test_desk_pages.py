"""The archivist's desk from outside: who may open, who may decide, what the pages do."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from ordskifte.archive import worklist
from ordskifte.archive.models import Hold, PrivacyRequest, RuleSet, Undecided
from ordskifte.people.models import Person, Role
from ordskifte.records.keeping import standing
from ordskifte.records.models import KeepDecision, Period, RecordClass
from tests.archive.office import open_period
from tests.factories import NOW, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db

OPEN = ("", "quality/", "rules/", "classes/", "periods/")
OVERSEEN = ("disposal/", "holds/", "privacy/", "papers/", "papers/choice/", "papers/system/", "papers/plan/")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("path", [*OPEN, *OVERSEEN, "papers/processing/", "papers/impact/", "privacy/erasures.json"])
def test_the_archivist_opens_every_page_in_every_language(path: str) -> None:
    open_period()
    say(make_channel(), "Takk!")
    for language in ("nb", "nn", "en"):
        client = signed_in(make_person(Role.ARCHIVIST, language=language))
        assert client.get(f"/desk/archive/{path}").status_code == 200


@pytest.mark.parametrize(
    ("role", "opens", "oversees"),
    [
        (Role.LEADER, True, True),
        (Role.DPO, True, True),
        (Role.AUDITOR, True, True),
        (Role.OWNER, True, False),
        (Role.CASEWORKER, True, False),
        (Role.EDITOR, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_roles_open_what_is_theirs(role: str, *, opens: bool, oversees: bool) -> None:
    client = signed_in(make_person(role))
    assert {client.get(f"/desk/archive/{one}").status_code for one in OPEN} == {200 if opens else 403}
    assert {client.get(f"/desk/archive/{one}").status_code for one in OVERSEEN} == {200 if oversees else 403}
    assert client.get("/desk/archive/privacy/erasures.json").status_code == 403
    for one in (*OPEN[2:], "disposal/", "holds/", "privacy/", "papers/choice/"):
        assert client.post(f"/desk/archive/{one}").status_code == 403
    assert Client().get("/desk/archive/").status_code == 302


def test_a_batch_is_confirmed_by_its_answers_and_undone() -> None:
    channel = make_channel()
    keep, leave = say(channel, "Fin dag på torget!"), say(channel, "Takk!")
    worklist.enqueue([keep.pk, leave.pk], at=NOW)
    client = signed_in(make_person(Role.ARCHIVIST))
    sent = {
        "pick": [keep.pk, leave.pk],
        "act": "confirm",
        f"h-{keep.pk}": "no",
        f"d-{keep.pk}": "yes",
        "words": "Torget",
    }
    answered = client.post("/desk/archive/", sent, follow=True)
    found = standing([keep.pk, leave.pk])
    assert (found[keep.pk].outcome, found[keep.pk].words, found[leave.pk].outcome) == ("archive", "Torget", "leave_out")
    assert found[keep.pk].batch == found[leave.pk].batch
    undo = f"/desk/archive/undo/{found[keep.pk].batch}/"
    assert undo in answered.content.decode()
    # the batch was made now, by the clock of this machine
    client.post(undo)
    assert not standing([keep.pk, leave.pk])
    assert Undecided.objects.count() == 2


def test_same_kind_is_chosen_and_all_of_a_kind_confirmed() -> None:
    channel = make_channel()
    said = [say(channel, "Takk!"), say(channel, "Tusen takk!"), say(channel, "Vi brøyter.", ours=True)]
    worklist.enqueue([one.pk for one in said], at=NOW)
    client = signed_in(make_person(Role.ARCHIVIST))
    page = client.post("/desk/archive/", {"act": "same", "pick": [said[0].pk]}).content.decode()
    assert page.count('data-key="x" checked') == 2
    client.post("/desk/archive/confirm/", {"kind": "praise"})
    assert sorted(one.outcome for one in KeepDecision.objects.all()) == ["leave_out", "leave_out"]


def test_nothing_chosen_says_so_and_what_is_always_kept_stays() -> None:
    ours = say(make_channel(), "Vi brøyter.", ours=True)
    worklist.enqueue([ours.pk], at=NOW)
    client = signed_in(make_person(Role.ARCHIVIST))
    assert client.post("/desk/archive/", {"act": "confirm"}).status_code == 422
    sent = {"pick": [ours.pk], "act": "confirm", f"h-{ours.pk}": "no", f"d-{ours.pk}": "no"}
    assert client.post("/desk/archive/", sent).status_code == 422
    assert not KeepDecision.objects.exists()


def test_a_caseworker_decides_on_the_own_unit_alone() -> None:
    roads, school = make_unit(), make_unit()
    mine, other = say(make_channel(unit=roads), "Takk!"), say(make_channel(unit=school), "Takk!")
    client = signed_in(make_person(Role.CASEWORKER, unit=roads))
    assert client.post("/desk/archive/", {"pick": [other.pk], "act": "confirm"}).status_code == 403
    assert client.post("/desk/archive/", {"pick": [mine.pk, other.pk], "act": "confirm"}).status_code == 403
    assert client.post("/desk/archive/", {"pick": [mine.pk], "act": "confirm"}).status_code == 302
    assert set(standing([mine.pk, other.pk])) == {mine.pk}


def test_private_and_sensitive_are_seen_by_their_unit_and_the_archivist() -> None:
    care = make_unit(sensitive=True)
    hidden = say(make_channel(unit=care), "Kanariord om barnevern", private=True)
    worklist.enqueue([hidden.pk], at=NOW)
    for role, unit, seen in ((Role.ARCHIVIST, None, True), (Role.LEADER, None, False), (Role.CASEWORKER, care, True)):
        client = signed_in(make_person(role, unit=unit))
        assert ("Kanariord" in client.get("/desk/archive/").content.decode()) == seen
        assert client.get(f"/desk/archive/keep/{hidden.pk}/").status_code == (200 if seen else 404)


def test_one_decision_and_its_chain() -> None:
    one = say(make_channel(), "Takk!")
    client = signed_in(make_person(Role.ARCHIVIST))
    client.post(f"/desk/archive/keep/{one.pk}/", {"handled": "no", "documents": "no"})
    client.post(
        f"/desk/archive/keep/{one.pk}/",
        {"handled": "no", "documents": "yes", "reason": "public_interest", "words": "Historisk"},
    )
    page = client.get(f"/desk/archive/keep/{one.pk}/").content.decode()
    assert "Historisk" in page
    assert page.count('class="os-panel"><p><span') == 2


def test_rules_are_installed_from_a_file_without_code() -> None:
    from io import BytesIO
    from pathlib import Path

    import ordskifte.archive as archive

    data = json.loads((Path(archive.__file__).parent / "data" / "rules.json").read_text())
    newer = {**data["sets"][0], "version": "2027-1", "valid_from": "2026-03-01"}
    newer["table"] = {**newer["table"], "no_no": {"outcome": "archive", "basis": "ny forskrift § 3"}}
    sent = BytesIO(json.dumps({"sets": [newer]}).encode())
    sent.name = "rules.json"
    client = signed_in(make_person(Role.ARCHIVIST))
    assert client.post("/desk/archive/rules/", {"file": sent}).status_code == 302
    assert RuleSet.objects.get().version == "2027-1"
    one = say(make_channel(), "Hei på torget", at=NOW)
    client.post(f"/desk/archive/keep/{one.pk}/", {"handled": "no", "documents": "no", "reason": "own_words"})
    found = standing([one.pk])[one.pk]
    assert (found.outcome, found.basis, found.rule_version) == ("archive", "ny forskrift § 3", "2027-1")
    for broken in (
        b"{",
        b"[]",
        b'{"sets":[{"version":"x"}]}',
        json.dumps({"sets": [{**newer, "law": ["x"]}]}).encode(),
    ):
        bad = BytesIO(broken)
        bad.name = "rules.json"
        assert client.post("/desk/archive/rules/", {"file": bad}).status_code == 422


def test_classes_and_periods_are_made_and_closed() -> None:
    client = signed_in(make_person(Role.ARCHIVIST))
    client.post("/desk/archive/classes/", {"code": "020", "nb": "Vei", "keep": "no", "years": "5", "basis": "§ 13"})
    assert client.post("/desk/archive/classes/", {"code": "021", "nb": "X", "keep": "no"}).status_code == 422
    made = RecordClass.objects.get(code="020")
    assert (made.keep, made.years) == (False, 5)
    client.post("/desk/archive/classes/", {"end": made.pk})
    assert RecordClass.objects.get(code="020").valid_to is not None
    sent = {"title": "Sosiale medier 2024", "starts": "2024-01-01", "ends": "2024-12-31", "journal": "own"}
    client.post("/desk/archive/periods/", sent)
    assert client.post("/desk/archive/periods/", sent).status_code == 422
    old = Period.objects.get()
    say(make_channel(), "Takk!", at=NOW.replace(year=2024))
    worklist.enqueue_missing()
    assert client.post("/desk/archive/periods/", {"close": old.pk}).status_code == 422
    worklist.read_proposals(at=NOW)
    client.post("/desk/archive/confirm/", {"kind": "praise"})
    client.post("/desk/archive/periods/", {"close": old.pk})
    assert Period.objects.get().closed_at is not None


def test_a_hold_is_set_and_ended_with_reasons() -> None:
    one = say(make_channel(), "Takk!")
    client = signed_in(make_person(Role.ARCHIVIST))
    sent = {
        "kind": "thread",
        "target": f"https://x.example/desk/threads/{one.thread_id}/",
        "why": "Klage",
        "basis": "Sivilombudet",
    }
    client.post("/desk/archive/holds/", sent)
    assert client.post("/desk/archive/holds/", sent).status_code == 422
    made = Hold.objects.get()
    client.post("/desk/archive/holds/", {"end": made.pk, "why": "Avsluttet"})
    assert Hold.objects.get().ended_why == "Avsluttet"


def test_a_request_for_erasure_goes_from_name_to_letter() -> None:
    channel = make_channel()
    say(channel, "Takk!", by="Kari Nordmann")
    kept = say(channel, "Når åpner badet?", by="Kari Nordmann")
    client = signed_in(make_person(Role.ARCHIVIST))
    page = client.get("/desk/archive/privacy/?q=kari").content.decode()
    assert "Kari Nordmann" in page
    assert kept.author is not None
    answered = client.post("/desk/archive/privacy/", {"author": kept.author.pk, "language": "nn"})
    made = PrivacyRequest.objects.get()
    assert answered["Location"].endswith(f"/{made.pk}/")
    assert client.post(answered["Location"]).status_code == 422  # the question must be decided first
    client.post(f"/desk/archive/keep/{kept.pk}/", {"handled": "no", "documents": "yes"})
    assert client.post(answered["Location"]).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.erased, sum(made.kept.values())) == ("running", 1, 1)
    assert "Nordmann" not in made.letter
    assert "arkivforskrifta § 1" in made.letter


def test_the_desk_asks_a_fixed_number_of_queries() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, channel = signed_in(make_person(Role.ARCHIVIST)), make_channel()
    counts = []
    for number in (1, 2):
        said = [say(channel, f"Takk {number} {one}!", at=NOW - timedelta(minutes=one)) for one in range(number)]
        worklist.enqueue([one.pk for one in said], at=NOW)
        client.get("/desk/archive/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/archive/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
