"""Live intake: what a channel gave us becomes evidence, masked rows and entries in one transaction, and is told above.

The same path as an import's (`prepare`, `take_in`), so that the same thing twice is one row, whichever way it came.
Nothing here starts a clock: the job `arrived` gets what was new, and the rooms above see whose it is.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from ordskifte.base.clock import Clock
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.channels.contract import Arrival, Attachment
from ordskifte.channels.errors import ChannelFault
from ordskifte.channels.live import LiveChannel
from ordskifte.listen.intake import take_in
from ordskifte.listen.models import Watch
from ordskifte.listen.prepare import Preparing
from ordskifte.plan.models import Channel

ACTOR = "system:collect"
PAGES = 200  # of one channel in one go; the next go carries on at the cursor


def receive(
    channel: Channel,
    arrivals: Sequence[Arrival],
    *,
    at: datetime,
    store: Store,
    keys: Keys,
    actor: str = ACTOR,
) -> frozenset[str]:
    """Take in what arrived. Returns the ids of the versions that were new; the others were known already."""
    preparing = Preparing(channel.id, at=at, actor=actor)
    versions = [
        preparing.prepare(one, attachments=[_attachment(attached) for attached in one.attachments]) for one in arrivals
    ]
    ours = {one.version.id for one in versions if one.version.ours}
    with transaction.atomic():
        taken = take_in(versions, [], channel=channel.id, actor=actor, at=at, store=store, keys=keys, wholes={})
        if taken.fresh:
            fresh = dict.fromkeys(one.version.id for one in versions if one.version.id in taken.fresh)
            app.configure_task("arrived").defer(version_ids=[*fresh])
        if own := sorted(ours & taken.fresh):
            app.configure_task("confirm").defer(version_ids=[*own])
    return taken.fresh


def _attachment(one: Attachment) -> dict[str, str]:
    """An attachment as a row holds it. Its bytes are fetched by the channel's own media step, never by the desk."""
    return {
        "alt": one.alt,
        "blob": "",
        "media_type": one.media_type,
        "name": one.path.rsplit("/", 1)[-1],
        "url": one.url,
    }


def collect(channel: Channel, live: LiveChannel, *, clock: Clock, store: Store, keys: Keys) -> int:
    """Fetch what is new on a channel and take it in, page by page. Returns how many versions were new.

    The cursor moves in the transaction of its page: killed anywhere, the next go starts where this one was.
    """
    watch, _made = Watch.objects.get_or_create(channel=channel)
    new = 0
    try:
        for _page in range(PAGES):
            fetched = live.fetch(watch.cursor)
            at = clock()
            with transaction.atomic():
                new += len(receive(channel, fetched.arrivals, at=at, store=store, keys=keys))
                watch.cursor, watch.succeeded_at, watch.problem, watch.failing_since = fetched.cursor, at, "", None
                watch.save()
            if not fetched.more:
                break
    except ChannelFault as fault:
        Watch.objects.filter(pk=watch.pk).update(problem=str(fault), failing_since=watch.failing_since or clock())
    return new


def watched(kinds: Sequence[str]) -> list[UUID]:
    """The open channels of these kinds."""
    found = Channel.objects.filter(kind__in=list(kinds), closed_at=None).order_by("id")
    return list(found.values_list("id", flat=True))
