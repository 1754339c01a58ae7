"""A practice channel, its citizens, and the jobs of the worker carried out one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ordskifte.arena import api as arena_api
from ordskifte.arena.channel import open_arena
from ordskifte.arena.models import Post, Scene
from ordskifte.arena.scenes import begin_scene, step
from ordskifte.listen.live import collect
from ordskifte.people.models import Person
from ordskifte.plan.models import Channel, Place
from ordskifte.publish.confirm import confirm
from ordskifte.publish.models import Outbox
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.publish.sending import Post as Office
from ordskifte.publish.sending import send
from ordskifte.worker.reach import post_office
from tests.factories import home_store

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """The practice channel and the time in it."""

    channel: Channel
    office: Office
    now: datetime = AT

    def clock(self) -> datetime:
        return self.now

    def later(self, **more: float) -> None:
        """Time passes; whoever has something to do does it, and it is fetched."""
        self.now += timedelta(**more)
        step(at=self.now)
        self.fetch()

    def fetch(self) -> int:
        new = collect(
            self.channel,
            self.office.reach(self.channel),
            clock=self.clock,
            store=self.office.store,
            keys=self.office.keys,
        )
        for job in ProcrastinateJob.objects.filter(task_name="confirm"):
            confirm([UUID(one) for one in job.args["version_ids"]], at=self.now)
        return new

    def comes(self, persona: str, opening: str, **more: Any) -> Scene:
        """A citizen comes, now."""
        scene = begin_scene(self.channel, persona, opening, at=self.now, comes_at=self.now, **more)
        self.later(seconds=0)
        scene.refresh_from_db()
        return scene

    def do(self, kind: str, post: Post, text: str = "", by: Person | None = None, **more: Any) -> Outbox:
        """Something of ours, through the outbox."""
        row = put_in_outbox(
            kind=kind,
            channel_id=self.channel.id,
            actor="system:test",
            by=by.id if by else None,
            at=self.now,
            text=text,
            language="nb",
            send_at=self.now,
            target_external_id=str(post.resident_id) if kind in ("block", "unblock") else str(post.id),
            **more,
        )
        send(row.id, job="job:1", post=self.office)
        row.refresh_from_db()
        return row

    def answers(self, scene: Scene, text: str, by: Person | None = None) -> Outbox:
        """We answer the newest thing in a scene, and it is read."""
        newest = scene.posts.filter(resident__isnull=False).latest("id")
        row = self.do("reply", newest, text, by)
        self.later(seconds=30)
        scene.refresh_from_db()
        return row

    def said(self, scene: Scene) -> list[str]:
        return list(scene.posts.filter(resident__isnull=False).order_by("id").values_list("text", flat=True))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    home_store()
    channel = open_arena("Øvingskanalen", actor="system:test", at=AT)
    with post_office() as office:
        made = World(channel, office)
        made.office = replace(office, clock=made.clock)
        clock: Callable[[], datetime] = made.clock
        monkeypatch.setattr(arena_api, "now", clock)  # the arena reads its clock at its own door
        yield made


@pytest.fixture
def place() -> Place:
    return Place.objects.create(
        purpose="casework",
        names={"nb": "Saksbehandling", "nn": "Sakshandsaming", "en": "Casework"},
        url="https://eksempel.example/sak",
        phone="22 33 44 55",
    )
