"""Who may do what with the outbox. Roles count where they are given: for the body, the unit or the channel."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from ordskifte.people.models import Grant, Role
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel

ANSWERERS: Final = (Role.MODERATOR, Role.EDITOR, Role.PUBLISHER, Role.CASEWORKER, Role.OWNER, Role.DEPUTY)
"""May answer on a channel: post by hand, take back, look whether something arrived."""

APPROVERS: Final = (Role.APPROVER, Role.OWNER, Role.DEPUTY)
WRITERS: Final = (Role.EDITOR, Role.PUBLISHER, Role.OWNER, Role.DEPUTY)
"""May write a draft, and ask for approval."""

PUBLISHERS: Final = (Role.PUBLISHER, Role.OWNER, Role.DEPUTY)
"""May put a draft in the outbox without a second person, where neither topic nor writer wants one."""

CRISIS_LEADS: Final = (Role.CRISIS_LEAD,)
STARTERS: Final = (Role.CRISIS_LEAD, Role.OWNER, Role.DEPUTY)
"""May stop everything that is scheduled. Only the crisis lead passes checks and sends alone."""

MAIL_READERS: Final = (Role.ADMINISTRATOR, Role.OWNER, Role.ARCHIVIST, Role.AUDITOR)
"""May see e-mail that others caused: who got it and whether it arrived."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Which roles a person holds where; read once, asked for many rows."""

    person: UUID | None
    body: frozenset[str] = frozenset()
    units: frozenset[tuple[UUID, str]] = field(default=frozenset())
    channels: frozenset[tuple[UUID, str]] = field(default=frozenset())

    def any_of(self, roles: tuple[Role, ...], channel: Channel | None) -> bool:
        """One of the roles, for the body or where the channel lies. E-mail has no channel: the body's roles count."""
        if not self.body.isdisjoint(roles):
            return True
        if channel is None:
            return False
        return any(
            (channel.id, role) in self.channels
            or (channel.unit_id is not None and (channel.unit_id, role) in self.units)
            for role in roles
        )


def holds_of(viewer: Viewer) -> Holds:
    """The viewer's roles with their places. One query."""
    if viewer.person_id is None:
        return Holds(None)
    grants = Grant.objects.filter(person_id=viewer.person_id, person__is_active=True, ended_at=None)
    rows = list(grants.values_list("role", "unit_id", "channel_id"))
    return Holds(
        person=viewer.person_id,
        body=frozenset(role for role, unit, channel in rows if not (unit or channel)),
        units=frozenset((unit, role) for role, unit, _ in rows if unit),
        channels=frozenset((channel, role) for role, _, channel in rows if channel),
    )


def may_handle(holds: Holds, channel: Channel | None) -> bool:
    """Post by hand, hold back, start again, say whether it arrived."""
    return holds.any_of(ANSWERERS, channel)


def may_withdraw(holds: Holds, channel: Channel | None, by: UUID | None) -> bool:
    """One's own, and what is sent where one may answer."""
    return (by is not None and by == holds.person) or may_handle(holds, channel)


def may_approve(holds: Holds, channel: Channel | None, by: UUID | None) -> bool:
    """Never one's own."""
    return by != holds.person and holds.any_of(APPROVERS, channel)


def may_write(holds: Holds, channels: Iterable[Channel]) -> bool:
    """On every channel the draft has; with none yet, anywhere."""
    wanted = list(channels)
    if not wanted:
        return _anywhere(holds, WRITERS)
    return all(holds.any_of(WRITERS, channel) for channel in wanted)


def may_publish_directly(holds: Holds, channels: Iterable[Channel]) -> bool:
    wanted = list(channels)
    return bool(wanted) and all(holds.any_of(PUBLISHERS, channel) for channel in wanted)


def may_answer_for(holds: Holds, channels: Iterable[Channel], writers: Collection[UUID]) -> bool:
    """Say yes or no to a draft: on all its channels, and never one's own."""
    wanted = list(channels)
    if holds.person is None or holds.person in writers or not wanted:
        return False
    return all(holds.any_of(APPROVERS, channel) for channel in wanted)


def may_start_crisis(holds: Holds) -> bool:
    """For the whole body: it stops everyone's posts."""
    return not holds.body.isdisjoint(STARTERS)


def is_crisis_lead(holds: Holds) -> bool:
    return not holds.body.isdisjoint(CRISIS_LEADS)


def _anywhere(holds: Holds, roles: tuple[Role, ...]) -> bool:
    held = holds.body | {role for _, role in holds.units} | {role for _, role in holds.channels}
    return not held.isdisjoint(roles)
