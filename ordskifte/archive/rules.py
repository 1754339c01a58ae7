"""Who may read the archivist's rooms, who may decide, and for which channels."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied

from ordskifte.converse.models import Complaint, Measure
from ordskifte.converse.rules import standing_of
from ordskifte.people.models import Role
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.threads.models import Utterance

READERS: Final = (Role.ARCHIVIST, Role.LEADER, Role.DPO, Role.AUDITOR, Role.OWNER, Role.CASEWORKER)
"""May open the archivist's desk: what waits, of what they may see; rules, classes and periods."""

OVERSEERS: Final = (Role.ARCHIVIST, Role.LEADER, Role.DPO, Role.AUDITOR)
"""May read disposal, holds, the data protection desk and the generated pages."""

DECIDERS: Final = (Role.OWNER, Role.CASEWORKER)
"""Decide beside the archivist, on the channels of their own units."""


def keeps(viewer: Viewer) -> bool:
    """The archivist of the whole body: rules, classes, periods, holds, disposal, erasure."""
    return Role.ARCHIVIST in viewer.body_roles


def require_archivist(viewer: Viewer) -> None:
    if not keeps(viewer):
        raise PermissionDenied


def decides_on(viewer: Viewer) -> frozenset[UUID]:
    """The channels whose records the viewer may decide on. Two queries at most."""
    channels = list(Channel.objects.filter(practice=False).values_list("id", "unit_id"))
    if keeps(viewer):
        return frozenset(channel for channel, _ in channels)
    standing = standing_of(viewer)
    own = {(unit, channel) for role, unit, channel in standing.grants if role in DECIDERS}
    return frozenset(channel for channel, unit in channels if (unit and (unit, None) in own) or (None, channel) in own)


def may_decide(viewer: Viewer, record_ids: Collection[UUID]) -> bool:
    """All of them, or none. Four queries at most."""
    wanted = set(record_ids)
    rows = dict(Utterance.objects.filter(pk__in=wanted).values_list("pk", "channel_id"))
    if rest := wanted - rows.keys():
        rows |= dict(Measure.objects.filter(pk__in=rest).values_list("pk", "utterance__channel_id"))
        rows |= dict(Complaint.objects.filter(pk__in=rest).values_list("pk", "measure__utterance__channel_id"))
    return rows.keys() >= wanted and decides_on(viewer) >= set(rows.values())
