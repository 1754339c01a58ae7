"""The arena's pages: who sees what, and that one's own results are one's own."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.arena.exercises import end_run
from ordskifte.arena.models import Certificate, Run
from ordskifte.arena.numbers import synthetic_number
from ordskifte.arena.scripts import edition
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Channel
from tests.arena.conftest import AT, World
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def signed_in(*roles: str) -> Client:
    return client_of(make_person(*roles, language="en"))


@pytest.mark.parametrize(
    "path", ["/desk/arena/", "/desk/arena/certificate/", "/ovelse/ovingskanalen/", "/ovelse/ovingskanalen/1/"]
)
def test_signed_out_and_strangers_see_nothing(world: World, path: str) -> None:
    world.comes("praiser", "bibliotek")
    assert Client().get(path).status_code == 302
    assert signed_in().get(path).status_code == 403


def test_an_owner_opens_the_practice_channel_and_others_are_told_who_can() -> None:
    assert "The owner or an administrator can open one." in signed_in(Role.EDITOR).get("/desk/arena/").content.decode()
    assert signed_in(Role.EDITOR).post("/desk/arena/open/").status_code == 403
    owner = signed_in(Role.OWNER)
    assert owner.post("/desk/arena/open/").status_code == 302
    owner.post("/desk/arena/open/")
    channel = Channel.objects.get()
    assert (channel.kind, channel.practice) == ("arena", True)


def test_an_exercise_is_started_followed_and_ended(world: World) -> None:
    person = make_person(Role.CASEWORKER, language="en")
    client = client_of(person)
    page = client.post("/desk/arena/spam/start/", {"language": "nn"}, follow=True).content.decode()
    assert "Somebody writes in a few seconds." in page
    run = Run.objects.get()
    assert run.language == "nn"
    world.now = run.started_at
    world.later(seconds=6)
    page = client.get(f"/desk/arena/runs/{run.id}/").content.decode()
    assert "Open the conversation" in page
    assert "Kjøp følgjarar billig!!" in page
    page = client.post(f"/desk/arena/runs/{run.id}/end/", follow=True).content.decode()
    assert "Not passed yet" in page
    assert "Some of it still stands." in page
    assert "Only you see this." in page
    assert "Try again" in client.get("/desk/arena/").content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.LEADER, Role.ADMINISTRATOR, Role.ARCHIVIST])
def test_nobody_else_sees_how_it_went(world: World, role: str) -> None:
    person = make_person(Role.EDITOR)
    client_of(person).post("/desk/arena/answer/start/")
    run = Run.objects.get()
    stranger = signed_in(role)
    assert stranger.get(f"/desk/arena/runs/{run.id}/").status_code == 404
    assert stranger.post(f"/desk/arena/runs/{run.id}/end/").status_code == 404
    end_run(run.id, at=AT, by_person=True)
    assert stranger.get(f"/desk/arena/runs/{run.id}/").status_code == 404
    assert "How it went" not in stranger.get("/desk/arena/").content.decode()


def test_what_cannot_be_started_is_said(world: World) -> None:
    client = signed_in(Role.EDITOR)
    client.post("/desk/arena/answer/start/")
    again = client.post("/desk/arena/answer/start/")
    assert again.status_code == 422
    assert "You are in the middle of this exercise." in again.content.decode()
    assert client.post("/desk/arena/nothing/start/").status_code == 422
    Channel.objects.update(closed_at=AT)
    assert "There is no practice channel yet." in client.post("/desk/arena/spam/start/").content.decode()


def test_the_small_side_shows_what_everyone_in_it_sees_and_no_number(world: World) -> None:
    scene = world.comes("number_writer", "bostøtte")
    world.answers(scene, "Hei Odd. Dette ser vi på i saken din.")
    client, first = signed_in(Role.EDITOR), scene.posts.order_by("id")[0]
    front = client.get("/ovelse/ovingskanalen/").content.decode()
    thread = client.get(f"/ovelse/ovingskanalen/{first.id}/").content.decode()
    for page in (front, thread):
        assert "The people here are invented." in page
        assert synthetic_number(scene.seed) not in page
        assert "●●●●●● ●●●●●" in page
    assert "Dette ser vi på i saken din." in thread
    reply = scene.posts.order_by("id")[1]
    assert client.get(f"/ovelse/ovingskanalen/{reply.id}/").headers["location"].endswith(f"/{first.id}/")
    world.do("hide", first)
    assert "bostøtte" not in client.get("/ovelse/ovingskanalen/").content.decode()
    assert "bostøtte" not in client.get(f"/ovelse/ovingskanalen/{first.id}/").content.decode()
    assert client.get("/ovelse/ovingskanalen/999999/").status_code == 404
    assert client.get("/ovelse/annet/").status_code == 404


def test_the_certificate_is_ones_own_and_can_be_printed(world: World) -> None:
    from datetime import timedelta

    from ordskifte.base.clock import now

    person = make_person(Role.EDITOR, name="Ingrid Solli", language="en")
    assert client_of(person).get("/desk/arena/certificate/").status_code == 404
    until = now() + timedelta(days=365)
    Certificate.objects.create(person=person, edition=edition().name, made_at=AT, valid_until=until)
    page = client_of(person).get("/desk/arena/certificate/").content.decode()
    assert "Ingrid Solli has passed these exercises" in page
    assert signed_in(Role.OWNER).get("/desk/arena/certificate/").status_code == 404


def test_the_number_of_queries_is_fixed(world: World) -> None:
    person = make_person(Role.EDITOR)
    client = client_of(person)
    counts: dict[str, list[int]] = {}
    for opening in ("bibliotek", "symjehall"):
        for number in range(1 if opening == "bibliotek" else 2):
            world.comes("praiser", opening)
            Run.objects.create(
                person=person, exercise="answer", language="nb", channel=world.channel, started_at=AT,
                ended_at=AT, passed=bool(number), edition=edition().name,
            )  # fmt: skip
        for path in ("/desk/arena/", "/ovelse/ovingskanalen/"):
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            counts.setdefault(path, []).append(len(found))
    assert all(first == second for first, second in counts.values())
