"""What happens in the arena, through the same outbox and the same intake as everywhere else."""

import json

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from ordskifte.arena.models import Post, Resident
from ordskifte.arena.numbers import synthetic_number
from ordskifte.arena.places import public_path, secret
from ordskifte.arena.scenes import begin_scene, step
from ordskifte.arena.scripts import personas
from ordskifte.base.ids import utterance_id
from ordskifte.channels.errors import Refused
from ordskifte.channels.live import Outgoing
from ordskifte.plan.models import Channel, Place
from ordskifte.publish.models import Receipt
from ordskifte.threads.models import Utterance, Version
from tests.arena.conftest import AT, World
from tests.factories import make_channel

pytestmark = pytest.mark.django_db
GOOD = "Hei Rolf. Strandgata brøytes i dag før klokka 14."


def test_a_citizen_comes_and_stands_on_the_desk_like_anyone(world: World) -> None:
    world.comes("angry_neighbour", "brøyting")
    utterance = Utterance.objects.get()
    assert (utterance.ours, utterance.kind) == (False, "post")
    version = Version.objects.get()
    assert version.text == personas()["angry_neighbour"].openings["brøyting"].text
    assert version.evidence_id is not None
    assert ProcrastinateJob.objects.filter(task_name="arrived").count() == 1


def test_our_answer_goes_out_comes_back_and_joins_its_receipt(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    row = world.answers(scene, GOOD)
    assert (row.state, row.attempts) == ("confirmed", 1)
    ours = Utterance.objects.get(ours=True)
    assert ours.thread_id == utterance_id(world.channel.id, str(scene.posts.order_by("id")[0].id))
    assert Receipt.objects.get(outbox=row).version_id == ours.current_id


def test_answered_the_neighbour_is_content_and_says_so(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    world.answers(scene, GOOD)
    rolf = personas()["angry_neighbour"]
    assert scene.state == "content"
    assert world.said(scene)[-1] == rolf.says("answered", "nb", 0)
    assert Utterance.objects.filter(ours=False).count() == 2


def test_evaded_they_press_on_in_other_words_and_at_last_give_up(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    for text in ("Takk for innspillet.", "Vi tar det videre.", "Takk, vi noterer det."):
        world.answers(scene, text)
    said = world.said(scene)
    assert len(said) == len(set(said)) == 4
    assert scene.state == "gone"


def test_told_when_they_will_hear_they_wait_longer(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    world.answers(scene, "Vi sjekker med driften og gir deg svar innen klokka 12.")
    assert world.said(scene)[-1] == personas()["angry_neighbour"].says("holding", "nb", 0)
    world.later(minutes=20)
    assert len(world.said(scene)) == 2
    world.later(minutes=30)
    assert len(world.said(scene)) == 3


def test_nobody_answers_and_they_ask_again_and_go(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    for _ in range(4):
        world.later(minutes=16)
    scene.refresh_from_db()
    assert (scene.state, len(world.said(scene))) == ("gone", 4)
    world.later(hours=3)
    assert len(world.said(scene)) == 4


def test_a_number_is_masked_with_us_and_stands_in_no_row_of_the_arena(world: World) -> None:
    scene = world.comes("number_writer", "bostøtte")
    number = synthetic_number(scene.seed)
    version = Version.objects.get()
    assert (version.masked, number in version.text) == (1, False)
    assert not Post.objects.filter(text__contains=number[:6]).exists()
    assert "●●●●●● ●●●●●" in version.text


def test_hiding_the_number_is_a_relief_and_the_right_place_ends_it(world: World, place: Place) -> None:
    scene = world.comes("number_writer", "bostøtte")
    first = scene.posts.get()
    assert world.do("hide", first).state == "confirmed"
    world.later(seconds=30)
    assert world.said(scene)[-1] == personas()["number_writer"].says("number_hidden", "nb", 0)
    world.answers(scene, "Søknaden svarer vi på i saken din. Ring 22 33 44 55.")
    assert scene.state == "content"
    first.refresh_from_db()
    assert first.hidden_at is not None


def test_reasons_that_a_rule_writes_are_no_answer_and_hiding_is_spoken_of(world: World, place: Place) -> None:
    scene = world.comes("number_writer", "bostøtte")
    first = scene.posts.get()
    world.do("hide", first)
    world.do("reply", first, "Vi har skjult kommentaren din. Her står hvorfor.", details={"about": "measure"})
    world.later(seconds=30)
    assert world.said(scene)[1:] == [personas()["number_writer"].says("number_hidden", "nb", 0)]
    world.later(seconds=30)
    assert len(world.said(scene)) == 2


def test_an_answer_that_comes_while_they_see_that_it_is_hidden_is_read_after(world: World, place: Place) -> None:
    scene = world.comes("number_writer", "bostøtte")
    first = scene.posts.get()
    world.do("hide", first)
    world.do("reply", first, "Det svarer vi på i saken din. Ring 22 33 44 55.")
    world.later(seconds=30)
    world.later(seconds=30)
    scene.refresh_from_db()
    assert scene.state == "content"
    assert len(world.said(scene)) == 3


def test_the_number_said_again_is_told_before_anything_else(world: World, place: Place) -> None:
    scene = world.comes("number_writer", "bostøtte")
    day = synthetic_number(scene.seed)[:6]
    world.answers(scene, f"Hei, du som er født {day}. Ring 22 33 44 55.")
    assert world.said(scene)[-1] == personas()["number_writer"].says("repeated_number", "nb", 0)
    assert scene.state == "open"


def test_criticism_that_is_hidden_is_spoken_of(world: World) -> None:
    scene = world.comes("angry_neighbour", "kritikk")
    world.do("hide", scene.posts.get())
    world.later(seconds=30)
    assert world.said(scene)[-1] == personas()["angry_neighbour"].says("hidden", "nb", 0)
    world.do("hide", scene.posts.latest("id"))
    world.later(seconds=30)
    assert len(world.said(scene)) == 2  # once


def test_spam_comes_again_until_the_sender_is_blocked(world: World) -> None:
    scene = world.comes("spammer", "krypto")
    world.later(seconds=30)
    assert Utterance.objects.values("thread_id").distinct().count() == 2
    row = world.do("block", scene.posts.order_by("id")[0])
    assert row.state == "confirmed"
    world.later(seconds=60)
    scene.refresh_from_db()
    assert (scene.state, scene.posts.count()) == ("gone", 2)
    world.do("unblock", scene.posts.order_by("id")[0])
    assert Resident.objects.get().blocked_at is None


def test_what_we_edit_and_delete_comes_back_as_versions(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    row = world.answers(scene, GOOD)
    ours = Post.objects.get(mark=row.mark)
    world.do("edit", ours, "Hei Rolf. Strandgata brøytes i dag før klokka 15.")
    world.fetch()
    assert Utterance.objects.get(ours=True).versions == 2
    world.later(minutes=1)
    world.do("delete", ours)
    world.fetch()
    gone = Utterance.objects.get(ours=True)
    assert (gone.versions, gone.deleted) == (3, True)


def test_an_unhidden_post_is_seen_again(world: World) -> None:
    scene = world.comes("worried_mother", "skolevei")
    first = scene.posts.get()
    world.do("hide", first)
    world.do("unhide", first)
    first.refresh_from_db()
    assert first.hidden_at is None


def test_the_same_mark_twice_is_one_post_and_can_be_looked_up(world: World) -> None:
    scene = world.comes("angry_neighbour", "brøyting")
    live = world.office.reach(world.channel)
    mark = "b2b5ff64-5f0e-4a0c-9d1f-000000000001"
    out = Outgoing(kind="reply", mark=mark, text=GOOD, target_id=str(scene.posts.get().id))
    assert live.look(out) is None
    first, second = live.send(out), live.send(out)
    found = live.look(out)
    assert found is not None
    assert first.external_id == second.external_id == found.external_id
    assert Post.objects.filter(mark=mark).count() == 1


def test_what_is_not_there_is_refused(world: World) -> None:
    world.comes("angry_neighbour", "brøyting")
    live = world.office.reach(world.channel)
    mark = "b2b5ff64-5f0e-4a0c-9d1f-000000000002"
    for out in (
        Outgoing(kind="reply", mark=mark, text="Hei", target_id="999999"),
        Outgoing(kind="hide", mark=mark, target_id="999999"),
        Outgoing(kind="block", mark=mark, account_id=mark),
        Outgoing(kind="profile", mark=mark, text="Hei"),
        Outgoing(kind="post", mark=mark, text="x" * 2001),
    ):
        with pytest.raises(Refused):
            live.send(out)


def test_a_closed_channel_is_silent(world: World) -> None:
    begin_scene(world.channel, "praiser", "bibliotek", at=AT, comes_at=AT)
    Channel.objects.filter(pk=world.channel.pk).update(closed_at=AT)
    assert step(at=AT) == set()
    assert not Post.objects.exists()


def test_each_step_is_taken_once_and_every_writing_is_fetched(world: World) -> None:
    begin_scene(world.channel, "praiser", "bibliotek", at=AT, comes_at=AT)
    assert step(at=AT) == {world.channel.id}
    assert step(at=AT) == set()
    jobs = ProcrastinateJob.objects.filter(task_name="collect")
    assert [job.args for job in jobs] == [{"channel_id": str(world.channel.id)}]


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong"])
def test_nobody_but_our_client_is_let_in(world: World, shown: str) -> None:
    address = f"{public_path(world.channel)}api/posts"
    headers = {"authorization": shown}
    assert Client().get(address, headers=headers).status_code == 404
    body = json.dumps({"text": "Hei", "mark": "b2b5ff64-5f0e-4a0c-9d1f-000000000003"})
    answer = Client().post(address, body, content_type="application/json", headers=headers)
    assert answer.status_code == 404
    assert not Post.objects.exists()


def test_one_channels_secret_opens_no_other_and_no_real_channel_is_an_arena(world: World) -> None:
    other = make_channel(kind="arena")  # not for practice
    headers = {"authorization": f"Bearer {secret(other)}"}
    assert Client().get(f"{public_path(world.channel)}api/posts", headers=headers).status_code == 404
    assert Client().get(f"{public_path(other)}api/posts", headers=headers).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": "Hei"}', b'{"text": " ", "mark": "x"}', b"\xff"])
def test_a_question_that_is_none_is_refused(world: World, body: bytes) -> None:
    headers = {"authorization": f"Bearer {secret(world.channel)}"}
    address = f"{public_path(world.channel)}api/posts"
    answer = Client().post(address, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422)
    assert Client().get(f"{address}?after=x", headers=headers).status_code == 400
