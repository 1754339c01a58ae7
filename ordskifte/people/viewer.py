"""Who is looking: a value that reads are filtered by, in pages, search, counts, API and exports alike."""

from dataclasses import dataclass
from uuid import UUID

from ordskifte.people.models import Grant, Person, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """Roles and reach of the one who looks.

    `units` and `channels` hold where grants are given; `body_roles` the roles given for the whole body. Private
    messages and threads of sensitive units are seen only through `units`, `channels` or as archivist (design.md 5).
    """

    person_id: UUID | None
    roles: frozenset[str]
    body_roles: frozenset[str] = frozenset()
    units: frozenset[UUID] = frozenset()
    channels: frozenset[UUID] = frozenset()

    @property
    def sees_everything(self) -> bool:
        return Role.ARCHIVIST in self.body_roles

    @property
    def may_enter(self) -> bool:
        return bool(self.roles)

    def has(self, *roles: str) -> bool:
        """One of these roles, given for the body, a unit or a channel."""
        return not self.roles.isdisjoint(roles)

    @property
    def actor(self) -> str:
        return f"person:{self.person_id}" if self.person_id else "system:command"


NOBODY = Viewer(person_id=None, roles=frozenset())
"""Sees nothing that is restricted: the command line without `--as`."""


def viewer_of(person: Person) -> Viewer:
    """The open grants of a person, in one query."""
    if not person.is_active:
        return NOBODY
    grants = list(Grant.objects.filter(person=person, ended_at=None).values_list("role", "unit_id", "channel_id"))
    return Viewer(
        person_id=person.id,
        roles=frozenset(role for role, _, _ in grants),
        body_roles=frozenset(role for role, unit, channel in grants if not (unit or channel)),
        units=frozenset(unit for _, unit, _ in grants if unit),
        channels=frozenset(channel for _, _, channel in grants if channel),
    )
