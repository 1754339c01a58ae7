"""Live intake: what a channel gave us becomes evidence, masked rows and entries in one transaction, and is told above.

The same path as an import's (`prepare`, `take_in`), so that the same thing twice is one row, whichever way it came.
Nothing here starts a clock: the job `arrived` gets what was new, and the rooms above see whose it is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from ordskifte.base.clock import Clock
from ordskifte.base.http import Door
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.channels.contract import Arrival, Attachment
from ordskifte.channels.errors import ChannelFault, NotSent
from ordskifte.channels.live import LiveChannel
from ordskifte.listen.gather import Gathered, gather
from ordskifte.listen.intake import take_in
from ordskifte.listen.models import Watch
from ordskifte.listen.prepare import Preparing
from ordskifte.plan.models import Channel

ACTOR = "system:collect"
SHORTEST: Final = 60  # seconds between two goes at a channel where something happens
LONGEST: Final = 900
GAP: Final = timedelta(hours=24)
PAGES = 200  # of one channel in one go; the next go carries on at the cursor


def receive(
    channel: Channel,
    arrivals: Sequence[Arrival],
    *,
    at: datetime,
    store: Store,
    keys: Keys,
    actor: str = ACTOR,
    media: Gathered | None = None,
) -> frozenset[str]:
    """Take in what arrived. Returns the ids of the versions that were new; the others were known already.

    `media`: the pictures that were fetched for them.
    """
    preparing = Preparing(channel.id, at=at, actor=actor)
    versions = [
        preparing.prepare(one, attachments=[_attachment(attached, media) for attached in one.attachments])
        for one in arrivals
    ]
    ours = {one.version.id for one in versions if one.version.ours}
    with transaction.atomic():
        if media:
            media.keep()
        taken = take_in(versions, [], channel=channel.id, actor=actor, at=at, store=store, keys=keys, wholes={})
        if taken.fresh:
            fresh = dict.fromkeys(one.version.id for one in versions if one.version.id in taken.fresh)
            app.configure_task("arrived").defer(version_ids=[*fresh])
        if own := sorted(ours & taken.fresh):
            app.configure_task("confirm").defer(version_ids=[*own])
    return taken.fresh


def _attachment(one: Attachment, media: Gathered | None) -> dict[str, str]:
    """An attachment as a row holds it, with the digest of its bytes where they were fetched."""
    blob, media_type = media.of(one.url) if media else ("", "")
    return {
        "alt": one.alt,
        "blob": blob,
        "media_type": media_type or one.media_type,
        "name": one.path.rsplit("/", 1)[-1],
        "url": one.url,
    }


def collect(
    channel: Channel, live: LiveChannel, *, clock: Clock, store: Store, keys: Keys, door: Door | None = None
) -> int:
    """Fetch what is new on a channel and take it in, page by page. Returns how many versions were new.

    The cursor moves in the transaction of its page: killed anywhere, the next go starts where this one was. `door`
    fetches pictures; without it they are only named.
    """
    watch, _made = Watch.objects.get_or_create(channel=channel)
    new = 0
    try:
        for _page in range(PAGES):
            fetched = live.fetch(watch.cursor)
            at = clock()
            media = gather(channel, fetched.arrivals, door=door, store=store) if door else None
            with transaction.atomic():
                new += len(receive(channel, fetched.arrivals, at=at, store=store, keys=keys, media=media))
                watch.cursor, watch.succeeded_at, watch.problem, watch.failing_since = fetched.cursor, at, "", None
                watch.save()
            if not fetched.more:
                break
    except ChannelFault as fault:
        _failed(watch, fault, at=clock())
        return new
    _went_well(watch, new, at=clock())
    return new


def _went_well(watch: Watch, new: int, *, at: datetime) -> None:
    """Ask sooner while something happens, and more seldom the longer nothing does."""
    watch.pause = SHORTEST if new else min(int(watch.pause * 1.5), LONGEST)
    watch.next_at = at + timedelta(seconds=watch.pause)
    with transaction.atomic():
        if watch.gap_told_at is not None:
            watch.gap_told_at = None
            app.configure_task("gap").defer(channel_id=str(watch.channel_id), over=True)
        watch.save(update_fields=["pause", "next_at", "gap_told_at"])


def _failed(watch: Watch, fault: ChannelFault, *, at: datetime) -> None:
    """Say what is wrong until it is over, wait as long as the channel asks, and tell when it lasts over a day."""
    watch.problem, watch.failing_since = str(fault), watch.failing_since or at
    watch.pause = min(max(watch.pause, SHORTEST) * 2, LONGEST)
    asked = fault.retry_after if isinstance(fault, NotSent) else None
    watch.next_at = at + max(asked or timedelta(), timedelta(seconds=watch.pause))
    with transaction.atomic():
        if watch.gap_told_at is None and at - (watch.succeeded_at or watch.failing_since) > GAP:
            watch.gap_told_at = at
            app.configure_task("gap").defer(channel_id=str(watch.channel_id), over=False)
        watch.save(update_fields=["problem", "failing_since", "pause", "next_at", "gap_told_at"])


def watched(kinds: Sequence[str], *, at: datetime | None = None) -> list[UUID]:
    """The open channels of these kinds that can be asked; with a time, those whose turn it is."""
    found = Channel.objects.filter(kind__in=list(kinds), closed_at=None).order_by("id")
    if at is not None:
        found = found.exclude(watch__next_at__gt=at)
    return [channel.id for channel in found if channel.way]
