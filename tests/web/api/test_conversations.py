"""Conversations and tasks over the API: who sees which, and that a page goes on."""

from datetime import timedelta

import pytest
from django.test import Client

from ordskifte.base.clock import now
from ordskifte.converse.models import Conversation, Task
from tests.converse.world import arrive, ask, make_promise, set_hours
from tests.factories import make_channel
from tests.web.api.conftest import Api, World

pytestmark = pytest.mark.django_db

WHO = {
    "colleague": {"open"},
    "owner": {"open", "private"},
    "welfare": {"open", "shielded"},
    "archivist": {"open", "private", "shielded"},
}


@pytest.fixture
def talk(world: World) -> dict[str, Conversation]:
    set_hours()
    make_promise(4)
    found = {}
    for name in ("open", "private", "shielded"):
        said = getattr(world, name)
        arrive(said)
        found[name] = Conversation.objects.get(pk=said.thread_id)
        Task.objects.create(kind="look", conversation=found[name], made_at=now(), due_at=now() + timedelta(days=1))
    return found


@pytest.mark.parametrize(("who", "seen"), WHO.items())
def test_each_sees_their_own(api: Api, world: World, talk: dict[str, Conversation], who: str, seen: set[str]) -> None:
    client = api(getattr(world, who))
    may = {str(talk[name].pk) for name in seen}
    assert {item["id"] for item in client.get("/api/conversations").json()["items"]} == may
    assert {item["conversation"] for item in client.get("/api/tasks").json()["items"]} == may
    for one in talk.values():
        assert client.get(f"/api/conversations/{one.pk}").status_code == (200 if str(one.pk) in may else 404)


def test_without_a_role_or_a_token_there_is_nothing(api: Api, world: World, talk: dict[str, Conversation]) -> None:
    for address in ("/api/conversations", "/api/tasks", f"/api/conversations/{talk['open'].pk}"):
        assert Client().get(address).status_code == 401
        assert Client(headers={"Authorization": "Bearer x"}).get(address).status_code == 401


def test_a_conversation_tells_its_clock_and_what_triage_says(
    api: Api, world: World, talk: dict[str, Conversation]
) -> None:
    one = api(world.colleague).get(f"/api/conversations/{talk['open'].pk}").json()
    assert (one["turn"], one["state"], one["due_at"] is not None) == ("ours", "open", True)
    (said,) = one["items"]
    assert (said["text"], said["kind"]) == ("Når blir Kjærlighetsstien brøytet?", "question")
    assert said["rules"]


def test_a_page_goes_on(api: Api, world: World) -> None:
    channel = make_channel()
    made = {str(ask(channel=channel).pk) for _ in range(5)}
    client = api(world.colleague)
    first = client.get("/api/conversations?limit=2").json()
    second = client.get(f"/api/conversations?limit=2&after={first['next']}").json()
    third = client.get(f"/api/conversations?limit=2&after={second['next']}").json()
    found = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert (len(found), set(found), third["next"]) == (5, made, None)
    assert client.get("/api/conversations?after=x").status_code == 422
