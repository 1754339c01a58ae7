"""Who may read the journal's rooms, and who may act in them."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet

from ordskifte.people.models import Role
from ordskifte.people.viewer import Viewer
from ordskifte.records.models import Case, CaseThread
from ordskifte.threads.models import Thread
from ordskifte.threads.rules import reach_of

READERS: Final = (Role.ARCHIVIST, Role.LEADER, Role.DPO, Role.AUDITOR, Role.OWNER, Role.CASEWORKER)
"""May read cases, entries and the running journal, of what they may see at all."""

KEEPERS: Final = (Role.ARCHIVIST,)
"""Keep the journal: titles, shielding, release, access, deliveries, the body's choice."""

OVERSEERS: Final = (Role.ARCHIVIST, Role.LEADER, Role.DPO, Role.AUDITOR)
"""May see deliveries and the clocks of access requests; what was asked for, only the archivist."""


def may_keep(viewer: Viewer) -> bool:
    """The archivist of the whole body."""
    return Role.ARCHIVIST in viewer.body_roles


def require_keeper(viewer: Viewer) -> None:
    if not may_keep(viewer):
        raise PermissionDenied


def visible_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases none of whose threads the viewer may not see. One query more, for the reach."""
    cases = Case.objects.all()
    if viewer.sees_everything:
        return cases
    reach: Q = reach_of(viewer).q()
    inside = CaseThread.objects.filter(case=OuterRef("pk"))
    seen = Thread.objects.filter(reach).values("id")
    return cases.filter(Exists(inside.filter(thread_id__in=seen)), ~Exists(inside.exclude(thread_id__in=seen)))
