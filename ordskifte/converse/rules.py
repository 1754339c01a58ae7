"""Who may see a conversation, and who may do something with it (design.md 5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db.models import Q

from ordskifte.converse.models import Conversation
from ordskifte.people.models import Grant, Role, Unit
from ordskifte.people.viewer import Viewer
from ordskifte.threads.rules import Reach, reach_of

ANSWERING: Final = frozenset({Role.MODERATOR, Role.EDITOR, Role.PUBLISHER, Role.CASEWORKER, Role.OWNER, Role.DEPUTY})
"""May answer, take, hand over, note: on the channels and units where they hold the role."""

OTHER_TALK: Final = frozenset({Role.CASEWORKER, Role.ARCHIVIST})
"""May open a person's other talk, for a stated purpose, with an entry."""

RULE_OWNERS: Final = frozenset({Role.OWNER, Role.DEPUTY})
"""Confirm and end the body's own triage rules."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person holds which role: what acts ask. One query."""

    person: UUID | None
    grants: frozenset[tuple[str, UUID | None, UUID | None]]  # (role, unit, channel)

    def holds(self, roles: Iterable[str], *, channel: UUID, units: Iterable[UUID | None]) -> bool:
        """One of these roles, for the whole body, the channel, or one of the units."""
        wanted, near = set(roles), {unit for unit in units if unit}
        return any(
            role in wanted and ((not unit and not where) or unit in near or where == channel)
            for role, unit, where in self.grants
        )

    def may_answer(self, conversation: Conversation) -> bool:
        units = (conversation.unit_id, conversation.channel.unit_id)
        return self.holds(ANSWERING, channel=conversation.channel_id, units=units)

    def may_open_other_talk(self, conversation: Conversation) -> bool:
        units = (conversation.unit_id, conversation.channel.unit_id)
        return self.holds(OTHER_TALK, channel=conversation.channel_id, units=units)

    @property
    def confirms_rules(self) -> bool:
        return any(role in RULE_OWNERS and not unit and not channel for role, unit, channel in self.grants)

    @property
    def units(self) -> frozenset[UUID]:
        return frozenset(unit for _, unit, _ in self.grants if unit)


def standing_of(viewer: Viewer) -> Standing:
    if viewer.person_id is None:
        return Standing(None, frozenset())
    rows = Grant.objects.filter(person=viewer.person_id, ended_at=None).values_list("role", "unit_id", "channel_id")
    return Standing(viewer.person_id, frozenset(rows))


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see, read once for a page: channels, own units, and units that are closed to them."""

    reach: Reach
    units: frozenset[UUID]
    closed: tuple[UUID, ...]

    def q(self, at: str = "") -> Q:
        """A filter for conversations. `at`: how a row's conversation is named."""
        inside = Q(**{f"{at}channel__in": self.reach.open, f"{at}private": False})
        inside |= Q(**{f"{at}channel__in": self.reach.full})
        if self.units:
            inside |= Q(**{f"{at}unit__in": self.units})
        return inside & (Q(**{f"{at}unit": None}) | ~Q(**{f"{at}unit__in": self.closed})) if self.closed else inside


def sight_of(viewer: Viewer) -> Sight:
    """What may be seen of conversations, in lists, counts and alone. Two queries, whatever there is.

    What may be seen of the channel; and what was handed to a unit of the viewer's own, private or not. What was handed
    to a sensitive unit is seen by that unit and the archivist alone.
    """
    closed: list[UUID] = []
    if not viewer.sees_everything:
        closed += Unit.objects.filter(sensitive=True).exclude(pk__in=viewer.units).values_list("pk", flat=True)
    return Sight(reach_of(viewer), viewer.units, tuple(closed))


def reader_of(viewer: Viewer, conversation: Conversation) -> Viewer:
    """The viewer as they read the words of a conversation they may see: it may have been handed to their unit."""
    return replace(viewer, channels=viewer.channels | {conversation.channel_id})
