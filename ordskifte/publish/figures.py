"""What channels say of our posts, as dated snapshots: asked each day for a month, where a channel gives any."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from django.db import transaction

from ordskifte.channels.errors import ChannelFault
from ordskifte.plan.models import Channel
from ordskifte.publish.models import Figure, Kind, Outbox, State
from ordskifte.records.entry import record_act

FOR: Final = timedelta(days=30)
EACH: Final = timedelta(hours=20)
MOST: Final = 500  # posts in one go


class Counted(Protocol):
    """What a channel gives of one post; None where it gives nothing."""

    @property
    def reactions(self) -> int | None: ...
    @property
    def shares(self) -> int | None: ...
    @property
    def replies(self) -> int | None: ...
    @property
    def views(self) -> int | None: ...


Ask = Callable[[Channel], Callable[[str], Counted | None] | None]
"""A channel's way to its figures, by a post's external id; None for a channel that has none."""


def posts_to_ask(*, at: datetime) -> list[Outbox]:
    """Posts of the last month whose figures are a day old. One query."""
    recent = Figure.objects.filter(at__gt=at - EACH).values("outbox_id")
    found = Outbox.objects.filter(
        kind=Kind.POST, state__in=[State.SENT, State.CONFIRMED], sent_at__gt=at - FOR, channel__closed_at=None
    )
    return list(
        found.exclude(external_id="").exclude(pk__in=recent).select_related("channel").order_by("sent_at")[:MOST]
    )


def take_figures(ask: Ask, *, at: datetime) -> int:
    """Ask and keep. A channel that is in trouble is asked again next time. Returns how many snapshots were taken."""
    taken: list[Figure] = []
    ways: dict[UUID, Callable[[str], Counted | None] | None] = {}
    for row in posts_to_ask(at=at):
        assert row.channel is not None
        if row.channel.id not in ways:
            ways[row.channel.id] = ask(row.channel)
        way = ways[row.channel.id]
        if way is None:
            continue
        try:
            given = way(row.external_id)
        except ChannelFault:
            ways[row.channel.id] = None
            continue
        if given is not None:
            taken.append(
                Figure(
                    outbox=row,
                    at=at,
                    reactions=given.reactions,
                    shares=given.shares,
                    replies=given.replies,
                    views=given.views,
                )
            )
    if taken:
        with transaction.atomic():
            Figure.objects.bulk_create(taken)
            record_act("figures.taken", actor="system:figures", at=at, details={"posts": len(taken)})
    return len(taken)


def newest_figures(outbox_ids: Sequence[UUID]) -> dict[UUID, Figure]:
    """The newest snapshot of each. One query."""
    found = Figure.objects.filter(outbox_id__in=list(outbox_ids)).order_by("outbox_id", "-at").distinct("outbox_id")
    return {one.outbox_id: one for one in found}
