"""Who may do what in moderation. Roles count where they are given: the body, the channel's unit, or the channel."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from ordskifte.people.models import Grant, Person, Role
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel

TAKERS: Final = (Role.MODERATOR, Role.OWNER, Role.DEPUTY)
"""May hide, remove and block, and be the second person for it."""

ANSWERERS: Final = (Role.COMPLAINT_HANDLER,)
"""Answer complaints; never about what they had a hand in."""

OPENERS: Final = (Role.CASEWORKER, Role.ARCHIVIST, Role.DPO)
"""May see an original with its personal number, for a stated purpose. A moderator needs no number to moderate."""

READERS: Final = (*TAKERS, *ANSWERERS, Role.LEADER, Role.ARCHIVIST, Role.DPO, Role.AUDITOR)
"""May read what was done and why."""

REPORTERS: Final = (*TAKERS, Role.LEADER)
"""May make a report to the police."""


def holds(viewer: Viewer, channel: Channel, *roles: str) -> bool:
    """Whether the viewer has one of these roles on this channel. One query, none for roles of the whole body."""
    if not viewer.body_roles.isdisjoint(roles):
        return True
    if not viewer.has(*roles) or viewer.person_id is None:
        return False
    here = Q(channel_id=channel.id) | Q(unit_id=channel.unit_id, unit__isnull=False)
    return Grant.objects.filter(here, person_id=viewer.person_id, role__in=roles, ended_at=None).exists()


def channels_held(viewer: Viewer, *roles: str) -> tuple[UUID, ...]:
    """The channels where the viewer has one of these roles. At most two queries."""
    if not viewer.has(*roles) or viewer.person_id is None:
        return ()
    found = Channel.objects.order_by()
    if viewer.body_roles.isdisjoint(roles):
        grants = Grant.objects.filter(person_id=viewer.person_id, role__in=roles, ended_at=None)
        given = list(grants.values_list("unit_id", "channel_id"))
        units, channels = {unit for unit, _ in given if unit}, {channel for _, channel in given if channel}
        found = found.filter(Q(id__in=channels) | Q(unit_id__in=units))
    return tuple(found.values_list("id", flat=True))


def people_with(channel: Channel, *roles: str) -> list[Person]:
    """Active people with one of these roles on a channel, by name. One query."""
    reach = Q(unit=None, channel_id=None) | Q(channel_id=channel.id)
    if channel.unit_id:
        reach |= Q(unit_id=channel.unit_id)
    grants = Grant.objects.filter(reach, role__in=roles, ended_at=None)
    found = Person.objects.filter(is_active=True, id__in=grants.values("person_id"), break_glass=False)
    return list(found.order_by("name"))
