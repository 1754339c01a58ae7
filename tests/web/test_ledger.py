"""The ledger on the desk: state, entries, proofs, and what is kept from those who may not see it."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from ordskifte.people.models import Role
from ordskifte.records.entry import record_act
from ordskifte.records.ledger.proof import parse_proof
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, home_store, make_channel, make_person, number_entries, say

pytestmark = pytest.mark.django_db


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_person(*roles, language="en"))
    return client


@pytest.fixture
def editor() -> Client:
    home_store()
    return signed_in(Role.EDITOR)


def number_of(record: object) -> int:
    (entry,) = [one for one in entries_of_record(record) if one.kind == "version"]  # type: ignore[arg-type]  # a UUID
    assert entry.number is not None
    return entry.number


def test_the_ledger_is_for_those_inside() -> None:
    for address in ("/desk/ledger/", "/desk/ledger/0/", "/desk/ledger/0/proof.json"):
        assert Client().get(address).status_code == 302
        assert signed_in().get(address).status_code == 403


def test_an_empty_ledger_says_so(editor: Client) -> None:
    assert "The ledger is empty." in editor.get("/desk/ledger/").content.decode()


def test_state_key_and_checkpoints_are_shown(editor: Client) -> None:
    say(make_channel(), "hei")
    size = number_entries()
    say(make_channel(), "venter")
    page = editor.get("/desk/ledger/").content.decode()
    assert f"<dd>{size}</dd>" in page
    assert "eksempel.example/ordskifte" in page
    assert f'href="/checkpoints/{size}"' in page


def test_an_entry_is_found_by_its_number_and_by_what_it_is_about(editor: Client) -> None:
    said = say(make_channel(), "hei")
    number_entries()
    number = number_of(said.current_id)
    assert editor.get("/desk/ledger/", {"q": f" {number} "})["Location"] == f"/desk/ledger/{number}/"
    assert editor.get("/desk/ledger/", {"q": str(said.current_id)})["Location"] == f"/desk/ledger/{number}/"
    page = editor.get(f"/desk/ledger/{number}/").content.decode()
    assert f'href="/desk/u/{said.id}/versions/?version={said.current_id}#v-{said.current_id}"' in page
    assert "hei" not in page.split("<main")[1].split("</main")[0].replace("heiter", "")


@pytest.mark.parametrize("asked", ["99999", "9" * 40, "x", str(uuid4()), "-1", "<script>", "١"])
def test_what_is_not_there_is_said_in_the_form(editor: Client, asked: str) -> None:
    answer = editor.get("/desk/ledger/", {"q": asked})
    assert answer.status_code == 404
    assert "No entry has that number" in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_a_proof_opens_the_commitment_only_for_those_who_may_see(editor: Client) -> None:
    channel = make_channel()
    open_, secret = say(channel, "åpent"), say(channel, "privat", private=True, kind="message")
    number_entries()
    mine = editor.get(f"/desk/ledger/{number_of(open_.current_id)}/proof.json")
    assert mine["Content-Disposition"] == f'attachment; filename="{open_.current_id}.proof.json"'
    found, hidden = parse_proof(mine.content), editor.get(f"/desk/ledger/{number_of(secret.current_id)}/proof.json")
    assert (found.record, found.salt is None) == (str(open_.current_id), False)
    assert (parse_proof(hidden.content).salt, parse_proof(hidden.content).raw_digest) == (None, None)
    archivist = signed_in(Role.ARCHIVIST)
    whole = parse_proof(archivist.get(f"/desk/ledger/{number_of(secret.current_id)}/proof.json").content)
    assert whole.salt is not None


def test_why_something_was_opened_is_hidden_from_those_who_may_not_see_it(editor: Client) -> None:
    secret = say(make_channel(), "privat", private=True, kind="message")
    with transaction.atomic():
        record_act(
            "evidence.opened", actor="system:x", at=NOW, record=secret.current_id, details={"reason": "skilsmissen"}
        )
    size = number_entries()
    page = editor.get(f"/desk/ledger/{size - 1}/").content.decode()
    assert "skilsmissen" not in page
    assert "The rest is hidden" in page
    assert editor.get(f"/desk/ledger/{size - 1}/proof.json").status_code == 404
    assert "skilsmissen" in signed_in(Role.ARCHIVIST).get(f"/desk/ledger/{size - 1}/").content.decode()


def test_an_entry_that_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get("/desk/ledger/0/").status_code == 404
    assert editor.get("/desk/ledger/0/proof.json").status_code == 404
    assert editor.get(f"/desk/ledger/{10**30}/").status_code == 404


def test_the_names_in_entries_are_those_of_people(editor: Client) -> None:
    person = make_person(Role.OWNER, name="Arvid Lunde")
    with transaction.atomic():
        record_act("channel.renamed", actor=f"person:{person.id}", at=NOW, record=uuid4())
    size = number_entries()
    assert "Arvid Lunde" in editor.get(f"/desk/ledger/{size - 1}/").content.decode()
