"""How it goes with every channel: when it was last read, what is wrong, and whether its access is about to expire."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from ordskifte.channels.registry import by_hand
from ordskifte.listen.live import GAP
from ordskifte.listen.models import Watch
from ordskifte.plan.connections import EXPIRES_SOON
from ordskifte.plan.models import Channel, Connection

State = Literal["well", "new", "failing", "gap", "expiring", "expired", "by_hand", "closed"]
ILL: Final = ("failing", "gap", "expiring", "expired")


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """One channel. `problem` is a fixed sentence of `channels.reasons`."""

    channel: Channel
    connection: Connection | None
    state: State
    succeeded_at: datetime | None
    failing_since: datetime | None
    problem: str
    expires_at: datetime | None


def health_of_channels(*, at: datetime) -> list[ChannelHealth]:
    """All channels by name. Three queries."""
    watches = {one.channel_id: one for one in Watch.objects.all()}
    connections = {one.channel_id: one for one in Connection.objects.all()}
    channels = Channel.objects.order_by("name")
    return [_health(one, watches.get(one.id), connections.get(one.id), at) for one in channels]


def _health(channel: Channel, watch: Watch | None, connection: Connection | None, at: datetime) -> ChannelHealth:
    return ChannelHealth(
        channel=channel,
        connection=connection,
        state=_state(channel, watch, connection, at),
        succeeded_at=watch.succeeded_at if watch else None,
        failing_since=watch.failing_since if watch else None,
        problem=watch.problem if watch else "",
        expires_at=connection.expires_at if connection else None,
    )


def _state(channel: Channel, watch: Watch | None, connection: Connection | None, at: datetime) -> State:
    if channel.closed_at is not None:
        return "closed"
    if by_hand(channel.way):
        return "by_hand"
    if connection and connection.expires_at:
        if connection.expires_at <= at:
            return "expired"
        if connection.expires_at <= at + timedelta(days=EXPIRES_SOON):
            return "expiring"
    if watch is None or (watch.succeeded_at is None and not watch.problem):
        return "new"
    if watch.failing_since is None:
        return "well"
    return "gap" if at - (watch.succeeded_at or watch.failing_since) > GAP else "failing"
