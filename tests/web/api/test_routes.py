"""What the API answers, and to whom."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client

from ordskifte.base.clock import rfc3339
from ordskifte.people.models import Role
from ordskifte.records.ledger.proof import parse_proof
from ordskifte.threads.models import Utterance
from tests.factories import NOW, delete, edit, latest_version, make_channel, make_person, number_entries, say
from tests.web.api.conftest import Api, World, token_for

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=20)


def found(answer: Any) -> list[str]:
    """The ids of a list's items."""
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def everything(client: Client, address: str) -> Iterator[str]:
    """The ids of all pages of a list."""
    after: Any = ""
    while after is not None:
        answer = client.get(f"{address}{'&' if '?' in address else '?'}after={after}").json()
        yield from (item["id"] for item in answer["items"])
        after = answer["next"]


def ids(*utterances: Utterance) -> set[str]:
    return {str(one.id) for one in utterances}


def of_threads(*utterances: Utterance) -> set[str]:
    return {str(one.thread_id) for one in utterances}


WHO = {
    "colleague": ("open",),
    "owner": ("open", "private"),
    "welfare": ("open", "shielded"),
    "archivist": ("open", "private", "shielded"),
}


@pytest.mark.parametrize(("who", "seen"), WHO.items())
def test_lists_hold_what_the_person_may_see_and_nothing_else(api: Api, world: World, who: str, seen: list[str]) -> None:
    client, may = api(getattr(world, who)), [getattr(world, name) for name in seen]
    assert set(found(client.get("/api/threads"))) == of_threads(*may)
    assert set(found(client.get("/api/utterances"))) == ids(*may)


@pytest.mark.parametrize(("who", "seen"), WHO.items())
def test_search_finds_and_counts_only_what_may_be_seen(api: Api, world: World, who: str, seen: list[str]) -> None:
    answer = api(getattr(world, who)).get("/api/search?q=brøytet").json()
    assert {item["id"] for item in answer["items"]} == ids(*(getattr(world, name) for name in seen))
    assert (answer["total"], answer["more"], answer["next"]) == (len(seen), False, None)


def test_no_suggestion_comes_from_what_may_not_be_seen(api: Api, world: World) -> None:
    say(world.sensitive, "Akuttplassering")
    assert api(world.welfare).get("/api/search?q=akuttplasering").json()["suggestion"] == "akuttplassering"
    assert api(world.colleague).get("/api/search?q=akuttplasering").json()["suggestion"] == ""


def test_a_hit_is_marked_and_search_goes_on(api: Api, world: World) -> None:
    said = [say(world.channel, "Brøytet og brøytet", at=NOW + timedelta(minutes=n)) for n in (1, 2)]
    client = api(world.colleague)
    first = client.get("/api/search?q=brøytet&limit=2").json()
    rest = client.get(f"/api/search?q=brøytet&limit=2&after={first['next']}").json()
    assert [item["id"] for item in first["items"]] == [str(one.id) for one in reversed(said)]
    assert [item["id"] for item in rest["items"]] == [str(world.open.id)]
    assert (first["total"], rest["next"]) == (3, None)
    hit = first["items"][0]
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["Brøytet", "brøytet"]
    assert (hit["version"], hit["matched_version"], hit["author_name"]) == (
        str(said[1].current_id),
        1,
        "Nabo i Strandgata",
    )


@pytest.mark.parametrize("q", ["", "%00", "%22", "-", "author:", "before:i%20fjor", "%F0%9F%98%8A", "a" * 1000])
def test_any_text_is_a_question(api: Api, world: World, q: str) -> None:
    assert found(api(world.colleague).get(f"/api/search?q={q}")) == []


@pytest.mark.parametrize(("who", "seen"), WHO.items())
def test_one_thing_is_answered_or_is_not_there(api: Api, world: World, who: str, seen: list[str]) -> None:
    client = api(getattr(world, who))
    for name in ("open", "private", "shielded"):
        utterance = getattr(world, name)
        version = latest_version(utterance).id
        number_entries()
        expected = 200 if name in seen else 404
        for address in (
            f"/api/threads/{utterance.thread_id}",
            f"/api/utterances/{utterance.id}",
            f"/api/evidence/{version}",
            f"/api/proofs/{utterance.id}",
            f"/api/proofs/{version}",
        ):
            answer = client.get(address)
            assert answer.status_code == expected, address
            if expected == 404:
                assert set(answer.json()) == {"error", "advice"}


def test_what_may_not_be_seen_is_answered_like_what_is_not_there(api: Api, world: World) -> None:
    client = api(world.colleague)
    for kind, hidden in (("threads", world.shielded.thread_id), ("utterances", world.private.id)):
        assert client.get(f"/api/{kind}/{hidden}").content == client.get(f"/api/{kind}/{uuid4()}").content


ADDRESSES = (
    "/api/threads",
    "/api/threads/{thread}",
    "/api/utterances",
    "/api/utterances/{utterance}",
    "/api/search?q=brøytet",
    "/api/evidence/{version}",
    "/api/evidence/{version}/raw",
    "/api/proofs/{utterance}",
    "/api/checkpoints/latest",
    "/api/moderation-figures",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token_nothing_is_answered(world: World, address: str) -> None:
    asked = address.format(thread=world.open.thread_id, utterance=world.open.id, version=latest_version(world.open).id)
    signed_in = Client()
    signed_in.force_login(world.archivist)  # a cookie opens nothing here
    unknown = Client(headers={"Authorization": "Bearer ordskifte_gjettet"})
    wrong = Client(headers={"Authorization": f"Basic {token_for(world.archivist)}"})
    for client in (Client(), signed_in, unknown, wrong):
        answer = client.get(asked)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Ordskifte"')
        assert set(answer.json()) == {"error", "advice"}


def test_one_whose_roles_have_ended_is_signed_out(world: World, api: Api) -> None:
    client = api(world.colleague)
    world.colleague.grants.update(ended_at=NOW)
    assert client.get("/api/threads").status_code == 401


def test_a_token_in_the_address_is_not_looked_at(world: World) -> None:
    assert Client().get(f"/api/threads?token={token_for(world.archivist)}").status_code == 401


def test_a_thread_is_answered_with_what_was_said(api: Api, world: World) -> None:
    answer = say(world.channel, "I dag, klokka 11.", by="Eksempel kommune", ours=True, parent=world.open, at=LATER)
    said = api(world.colleague).get(f"/api/threads/{world.open.thread_id}").json()
    assert said | {"items": None} == {
        "id": str(world.open.thread_id),
        "channel": {"id": str(world.channel.id), "name": "Mastodon", "kind": "mastodon"},
        "title": "Når blir Kjærlighetsstien brøytet?",
        "first_at": rfc3339(NOW),
        "last_at": rfc3339(LATER),
        "utterances": 2,
        "ours": 1,
        "has_media": False,
        "edited": False,
        "deleted": False,
        "private": False,
        "languages": ["nb"],
        "items": None,
        "next": None,
    }
    reply = next(item for item in said["items"] if item["id"] == str(answer.id))
    assert reply == {
        "id": str(answer.id),
        "thread": str(world.open.thread_id),
        "parent": str(world.open.id),
        "channel": str(world.channel.id),
        "external_id": answer.external_id,
        "author": {
            "id": str(answer.author_id),
            "handle": "Eksempel kommune",
            "name": "Eksempel kommune",
            "url": "",
            "ours": True,
        },
        "kind": "reply",
        "published": rfc3339(LATER),
        "at": rfc3339(LATER),
        "private": False,
        "deleted": False,
        "versions": 1,
        "version": str(answer.current_id),
        "title": "",
        "text": "I dag, klokka 11.",
    }


def test_an_utterance_is_answered_with_its_versions_newest_first(api: Api, world: World) -> None:
    edit(world.open, "Når blir stien brøytet?")
    delete(world.open)
    number_entries()
    said = api(world.colleague).get(f"/api/utterances/{world.open.id}").json()
    assert [(one["kind"], one["text"]) for one in said["items"]] == [
        ("deletion", ""),
        ("post", "Når blir stien brøytet?"),
        ("post", "Når blir Kjærlighetsstien brøytet?"),
    ]
    assert (said["versions"], said["deleted"], said["next"]) == (3, True, None)
    assert all(isinstance(one["number"], int) for one in said["items"])


def test_many_versions_come_a_page_at_a_time(api: Api, world: World) -> None:
    for minute in range(1, 13):
        edit(world.open, f"Utgave {minute}", after=timedelta(minutes=minute))
    client, address = api(world.colleague), f"/api/utterances/{world.open.id}"
    first = client.get(address).json()
    rest = client.get(f"{address}?after={first['next']}").json()
    assert [one["text"] for one in first["items"]] == [f"Utgave {minute}" for minute in range(12, 2, -1)]
    assert [one["text"] for one in rest["items"]][:2] == ["Utgave 2", "Utgave 1"]
    assert (first["next"], rest["next"]) == (10, None)
    assert client.get(f"{address}?after=13").json()["items"] == []


def test_lists_go_on_without_gaps_or_repeats(api: Api, world: World) -> None:
    said = [say(world.channel, f"Nr. {number}", at=NOW + timedelta(minutes=number // 2)) for number in range(9)]
    client = api(world.colleague)
    assert list(everything(client, "/api/utterances?limit=4")) == [
        str(one.id) for one in sorted([*said, world.open], key=lambda one: (one.at, one.id), reverse=True)
    ]
    threads = list(everything(client, "/api/threads?limit=3"))
    assert (len(threads), set(threads)) == (10, of_threads(*said, world.open))


def test_filters_are_those_of_the_desk(api: Api, world: World) -> None:
    other = say(make_channel("Nettsiden"), "Hei", by="Eksempel kommune", ours=True, at=NOW - timedelta(days=40))
    changed = edit(say(world.channel, "Feil", at=NOW - timedelta(days=2)), "Rett")
    client = api(world.colleague)
    assert set(found(client.get(f"/api/threads?channel={other.channel_id}"))) == of_threads(other)
    assert set(found(client.get("/api/threads?edited=true"))) == of_threads(changed)
    assert set(found(client.get("/api/threads?who=ours"))) == of_threads(other)
    assert set(found(client.get("/api/threads?since=2026-03-12"))) == of_threads(world.open)
    assert set(found(client.get("/api/threads?until=2026-03-01&who=ours"))) == of_threads(other)
    assert set(found(client.get(f"/api/utterances?channel={other.channel_id}"))) == ids(other)
    since = rfc3339(NOW - timedelta(days=3))
    assert set(found(client.get(f"/api/utterances?since={since}"))) == ids(world.open, changed)


def test_a_channel_that_may_not_be_seen_is_empty(api: Api, world: World) -> None:
    for kind in ("threads", "utterances"):
        assert found(api(world.colleague).get(f"/api/{kind}?channel={world.sensitive.id}")) == []


def test_evidence_says_where_the_bytes_lie_and_gives_them(api: Api, world: World) -> None:
    utterance = say(world.channel, "Hei", raw=b'{"id":1, "text":"Hei"}')
    client, version = api(world.colleague), latest_version(utterance)
    lies = client.get(f"/api/evidence/{version.id}").json()
    assert (lies["encrypted"], lies["raw"]) == (False, f"/api/evidence/{version.id}/raw")
    assert lies["raw_sha256"] == bytes(version.raw_digest or b"").hex()
    raw = client.get(lies["raw"])
    assert (raw.content, raw["Content-Type"]) == (b'{"id":1, "text":"Hei"}', "application/octet-stream")
    assert raw["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("who", ["archivist", "owner"])
def test_sealed_bytes_are_refused_with_the_reason_to_everyone(api: Api, world: World, who: str) -> None:
    version = latest_version(world.private)
    client = api(getattr(world, who))
    lies = client.get(f"/api/evidence/{version.id}").json()
    assert (lies["encrypted"], lies["raw"]) == (True, None)
    answer = client.get(f"/api/evidence/{version.id}/raw")
    assert answer.status_code == 403
    assert answer.json()["error"] == "These bytes are sealed: they hold personal numbers or private messages."
    assert api(world.colleague).get(f"/api/evidence/{version.id}/raw").status_code == 404


def test_a_personal_number_is_masked_in_every_answer(api: Api, world: World) -> None:
    from ordskifte.web.demo.conversations import synthetic_number

    number = synthetic_number(7)
    utterance = say(world.channel, f"Nummeret er {number}")
    client, version = api(world.archivist), latest_version(utterance)
    for address in (
        "/api/threads",
        "/api/utterances",
        f"/api/threads/{utterance.thread_id}",
        f"/api/utterances/{utterance.id}",
        f"/api/evidence/{version.id}/raw",
        f"/api/search?q={number}",
    ):
        assert number not in client.get(address).content.decode(), address


def test_a_proof_is_the_proof_file(api: Api, world: World) -> None:
    number_entries()
    client = api(world.colleague)
    answer = client.get(f"/api/proofs/{world.open.id}")
    proof = parse_proof(answer.content)
    version = latest_version(world.open)
    assert (proof.record, proof.salt, proof.raw_digest) == (str(version.id), version.salt, version.raw_digest)
    assert client.get(f"/api/proofs/{version.id}").content == answer.content
    checkpoint = client.get("/api/checkpoints/latest").json()
    assert checkpoint["note"] == proof.checkpoint
    assert checkpoint["size"] > proof.entry


@pytest.mark.parametrize("period", ["", "?since=2026-01-01&until=2026-12-31", "?since=0001-01-01&until=9999-12-31"])
def test_figures_of_moderation_are_counts(api: Api, world: World, period: str) -> None:
    answer = api(world.colleague).get(f"/api/moderation-figures{period}").json()
    assert (answer["measures"], answer["grounds"], answer["reversed_percent"]) == (0, [], None)


def test_what_has_no_number_yet_is_said(api: Api, world: World) -> None:
    answer = api(world.colleague).get(f"/api/proofs/{world.open.id}")
    assert answer.status_code == 503
    assert "has no number yet" in answer.json()["error"]
    assert api(world.colleague).get("/api/checkpoints/latest").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        "threads?limit=0",
        "threads?limit=41",
        "threads?channel=mastodon",
        "threads?since=i%20g%C3%A5r",
        "threads?who=alle",
        "threads?after=her",
        "utterances?limit=201",
        "utterances?since=2026-03-12T00:00:00",
        "utterances?after=1_2",
        "search?limit=5",
        f"search?q={'a' * 1001}",
    ],
)
def test_a_question_that_cannot_be_read_is_refused(api: Api, world: World, question: str) -> None:
    answer = api(world.colleague).get(f"/api/{question}")
    assert (answer.status_code, set(answer.json())) == (422, {"error", "advice"})
    assert ("q" if question.startswith("search") else question.split("?")[1].split("=")[0]) in answer.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(api: Api, world: World, method: str) -> None:
    answer = getattr(api(world.archivist), method)("/api/threads")
    assert (answer.status_code, answer["Allow"], set(answer.json())) == (405, "GET", {"error", "advice"})


def test_an_unknown_address_is_answered_in_the_same_shape(api: Api, world: World) -> None:
    answer = api(world.archivist).get("/api/persons")
    assert (answer.status_code, set(answer.json())) == (404, {"error", "advice"})


@pytest.mark.parametrize("said", [1, 3])
def test_lists_cost_the_same_however_much_there_is(
    api: Api, world: World, said: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(said):
        say(world.channel, f"Nr. {number}", parent=world.open)
    client = api(world.colleague)
    client.get("/api/threads")
    for address, queries in (("threads", 4), ("utterances", 5), (f"threads/{world.open.thread_id}", 9)):
        with django_assert_max_num_queries(queries):
            assert client.get(f"/api/{address}").status_code == 200


def test_the_reference_needs_no_token_and_no_script(client: Client) -> None:
    make_person(Role.EDITOR)
    page = client.get("/api/").content.decode()
    assert "GET /api/threads/{id}" in page
    assert "<script" not in page
    schema = orjson.loads(client.get("/api/openapi.json").content)
    assert schema["openapi"].startswith("3.1")
    assert {operation for path in schema["paths"].values() for operation in path} == {"get"}
