"""A channel on loopback, a post office that goes there, and what the outbox's jobs are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from ordskifte.base.keys import load_keys
from ordskifte.channels.live import Access, LiveChannel
from ordskifte.channels.registry import live_class
from ordskifte.plan.models import Channel
from ordskifte.publish.mail import MailServer
from ordskifte.publish.models import Outbox
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.publish.sending import Post
from tests import loopback
from tests.factories import home_store, make_channel

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@dataclass
class Office:
    """A post office whose clock is set by the test."""

    client: httpx.Client
    now: datetime = AT
    server: MailServer | None = None
    slow: timedelta = field(default_factory=timedelta)

    def clock(self) -> datetime:
        moment = self.now
        self.now += self.slow
        return moment

    def reach(self, channel: Channel) -> LiveChannel:
        found = live_class(channel.kind)
        assert found is not None
        return found(Access(url=channel.url, secret="hush", client=self.client, clock=self.clock))

    @property
    def post(self) -> Post:
        return Post(
            reach=self.reach,
            mail=lambda: self.server,
            store=home_store(),
            keys=load_keys(settings.HOME),
            clock=self.clock,
        )


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What an act refuses is said in the reader's language; here it is read in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def platform() -> Iterator[loopback.Platform]:
    loopback.register()
    with loopback.platform() as running:
        yield running
    loopback.unregister()


@pytest.fixture
def office() -> Iterator[Office]:
    with httpx.Client(trust_env=False) as client:
        home_store()
        yield Office(client)


def channel_on(platform: loopback.Platform, kind: str = "loopback") -> Channel:
    channel = make_channel(kind=kind)
    Channel.objects.filter(pk=channel.pk).update(url=platform.address)
    channel.url = platform.address
    return channel


def put(channel: Channel | None, text: str = "Vi brøyter klokka seks.", **more: Any) -> Outbox:
    """A reply that leaves at AT."""
    given: dict[str, Any] = {
        "kind": "reply",
        "channel_id": channel.id if channel else None,
        "actor": "system:test",
        "by": None,
        "at": AT,
        "send_at": AT,
        "target_external_id": "1",
        "text": text,
    }
    return put_in_outbox(**(given | more))


def jobs(name: str) -> list[tuple[dict[str, Any], datetime | None]]:
    """(arguments, not before) of the jobs of this name that wait."""
    found = ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("id")
    return [(job.args, job.scheduled_at) for job in found]
