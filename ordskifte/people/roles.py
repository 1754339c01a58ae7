"""Roles in words a page can show, and the reach they are given for."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordskifte.people.acts import GivenRole
from ordskifte.people.errors import PeopleError
from ordskifte.people.models import Grant, Role, Unit

NAMES: dict[str, str | Promise] = {
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.OWNER: gettext_lazy("Owner"),
    Role.DEPUTY: gettext_lazy("Deputy"),
    Role.EDITOR: gettext_lazy("Editor"),
    Role.APPROVER: gettext_lazy("Approver"),
    Role.PUBLISHER: gettext_lazy("Publisher"),
    Role.MODERATOR: gettext_lazy("Moderator"),
    Role.CASEWORKER: gettext_lazy("Caseworker"),
    Role.COMPLAINT_HANDLER: gettext_lazy("Complaint handler"),
    Role.CRISIS_LEAD: gettext_lazy("Crisis lead"),
    Role.ARCHIVIST: gettext_lazy("Archivist"),
    Role.LEADER: gettext_lazy("Leader"),
    Role.DPO: gettext_lazy("Data protection officer"),
    Role.AUDITOR: gettext_lazy("Auditor"),
}


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A given role as a page shows it."""

    grant: Grant
    name: str
    reach: str


def role_line(grant: Grant, channels: Mapping[UUID, str]) -> RoleLine:
    """A grant in words. `grant.unit` must have been read with it."""
    if grant.unit is not None:
        reach = grant.unit.name
    elif grant.channel_id is not None:
        reach = channels.get(grant.channel_id, str(grant.channel_id))
    else:
        reach = _("The whole body")
    return RoleLine(grant, str(NAMES[grant.role]), reach)


def reaches(units: list[Unit], channels: Mapping[UUID, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a form, in groups: [(group, [(value, name)])]."""
    groups = [
        ("", [("body", _("The whole body"))]),
        (_("Units"), [(f"unit:{unit.id}", unit.name) for unit in units]),
        (_("Channels"), [(f"channel:{one}", name) for one, name in channels.items()]),
    ]
    return [(name, choices) for name, choices in groups if choices]


def given_role(role: str, reach: str, channels: Mapping[UUID, str]) -> GivenRole:
    """What a form asked for. PeopleError when there is no such role, unit or channel."""
    kind, _colon, name = reach.partition(":")
    try:
        one = UUID(name) if name else None
    except ValueError:
        one = None
    if role not in Role.values:
        raise PeopleError(_("Choose a role."))
    if kind == "unit" and one and Unit.objects.filter(id=one).exists():
        return GivenRole(role, unit=one)
    if kind == "channel" and one in channels:
        return GivenRole(role, channel=one)
    if reach == "body":
        return GivenRole(role)
    raise PeopleError(_("Choose where the role applies."))
