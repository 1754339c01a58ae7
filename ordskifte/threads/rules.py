"""Who may see what was said (design.md 5)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel


@dataclass(frozen=True, slots=True)
class Reach:
    """`open`: channels whose public threads the viewer sees. `full`: those whose private messages too."""

    open: tuple[UUID, ...]
    full: tuple[UUID, ...]

    def q(self) -> Q:
        """A filter for Thread and Utterance alike: both have `channel` and `private`."""
        return Q(channel_id__in=self.open, private=False) | Q(channel_id__in=self.full)


def reach_of(viewer: Viewer) -> Reach:
    """One query. A sensitive unit's channels are seen by that unit and the archivist only; so are private messages."""
    open_, full = [], []
    for channel, unit, sensitive in Channel.objects.values_list("id", "unit_id", "unit__sensitive"):
        own = viewer.sees_everything or channel in viewer.channels or (unit is not None and unit in viewer.units)
        if own:
            full.append(channel)
        if own or not sensitive:
            open_.append(channel)
    return Reach(open=tuple(open_), full=tuple(full))
