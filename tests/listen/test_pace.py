"""How often a channel is asked, what is said while it fails, and the task when that lasts."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from ordskifte.base.http import Door
from ordskifte.base.keys import load_keys
from ordskifte.channels import reasons
from ordskifte.channels.contract import Attachment
from ordskifte.channels.errors import NotSent
from ordskifte.converse.gaps import close_gap, open_gap
from ordskifte.converse.models import Task
from ordskifte.listen.live import LONGEST, SHORTEST, collect, watched
from ordskifte.listen.models import Watch
from ordskifte.plan.models import Channel
from ordskifte.threads.models import Media, Version
from tests.factories import home_store, make_channel
from tests.listen.test_live import AT, Timeline, arrival
from tests.publish.conftest import jobs
from tests.wire.mastodon_server import mastodon

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def go(channel: Channel, *pages: Any, at: Any = AT, door: Door | None = None) -> Watch:
    Watch.objects.filter(channel=channel).update(cursor="")
    store, keys = home_store(), load_keys(settings.HOME)
    collect(channel, Timeline(*pages), clock=lambda: at, store=store, keys=keys, door=door)  # type: ignore[arg-type]
    return Watch.objects.get(channel=channel)


def test_a_channel_is_asked_often_while_something_happens_and_more_seldom_else() -> None:
    channel = make_channel()
    home_store()
    pauses = [go(channel, page).pause for page in ([arrival(1)], [], [], [arrival(2)], [])]
    assert pauses == [SHORTEST, 90, 135, SHORTEST, 90]
    for _ in range(20):
        watch = go(channel, [])
    assert (watch.pause, watch.next_at) == (LONGEST, AT + timedelta(seconds=LONGEST))


def test_a_channel_that_asks_us_to_wait_is_left_alone_that_long() -> None:
    channel = make_channel(kind="arena")
    home_store()
    watch = go(channel, NotSent(reasons.BUSY, retry_after=timedelta(hours=2)))
    assert (watch.problem, watch.next_at) == (reasons.BUSY, AT + timedelta(hours=2))
    assert watched(["arena"], at=AT + timedelta(hours=1)) == []
    assert watched(["arena"], at=AT + timedelta(hours=2)) == [channel.id]


def test_a_gap_of_more_than_a_day_is_told_once_and_its_end_too() -> None:
    channel, late = make_channel(), AT + timedelta(hours=25)
    home_store()
    go(channel, [])
    go(channel, NotSent(reasons.CUT), at=AT + timedelta(hours=23))
    assert jobs("gap") == []
    for _ in range(2):
        go(channel, NotSent(reasons.CUT), at=late)
    assert [args["over"] for args, _ in jobs("gap")] == [False]
    go(channel, [], at=late)
    assert [args["over"] for args, _ in jobs("gap")] == [False, True]


def test_a_gap_is_one_task_until_the_channel_is_read_again() -> None:
    channel = make_channel("Bloggen")
    assert open_gap(channel, at=AT) == open_gap(channel, at=AT)
    task = Task.objects.get()
    assert (task.kind, task.says, task.done_at) == ("gap", "Bloggen", None)
    close_gap(channel, at=AT)
    task.refresh_from_db()
    assert task.done_at == AT
    assert open_gap(channel, at=AT) != task


def test_a_channel_that_is_not_connected_is_not_asked() -> None:
    channel = make_channel(kind="mastodon")
    assert watched(["mastodon"]) == []
    Channel.objects.filter(pk=channel.pk).update(connected_at=AT)
    assert watched(["mastodon"]) == [channel.id]


def test_a_picture_is_fetched_once_and_a_text_that_calls_itself_one_is_not_kept() -> None:
    channel = make_channel()
    home_store()
    with mastodon() as server, Door(inside=frozenset({"127.0.0.1"})) as door:
        server.files |= {"/files/a.png": PNG, "/files/b.png": b"<script>"}
        shown = tuple(Attachment("image/png", f"{server.address}/files/{name}.png") for name in "ab")
        go(channel, [arrival(1, attachments=shown)], door=door)
        server.files["/files/a.png"] = b"another"
        go(channel, [arrival(1, attachments=shown)], door=door)
    version = Version.objects.get()
    assert [bool(one["blob"]) for one in version.attachments] == [True, False]
    assert Media.objects.get().size == len(PNG)


def test_a_picture_on_a_private_address_is_named_and_not_asked_for() -> None:
    channel = make_channel()
    home_store()
    with mastodon() as server, Door() as door:
        server.files["/files/a.png"] = PNG
        shown = (Attachment("image/png", f"{server.address}/files/a.png"),)
        go(channel, [arrival(1, attachments=shown)], door=door)
    assert Version.objects.get().attachments[0]["blob"] == ""
