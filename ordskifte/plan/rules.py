"""Who may change the plan: administrators and owners of the whole body. Everyone with a desk may read it."""

from ordskifte.people.models import Role
from ordskifte.people.viewer import Viewer

PLANNERS = frozenset({Role.ADMINISTRATOR.value, Role.OWNER.value})


def may_change_plan(viewer: Viewer) -> bool:
    """A role given for one unit or one channel does not do: the plan is the whole body's."""
    return not PLANNERS.isdisjoint(viewer.body_roles)
