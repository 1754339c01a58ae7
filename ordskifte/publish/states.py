"""The states of what leaves, as a graph: a row changes its state only along these edges, by one conditional update.

The graph is checked when this module is read: every state is named, and every state can be reached.
"""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from ordskifte.publish.models import Outbox, State

BEGINS: Final = frozenset((State.WAITING, State.SCHEDULED))

EDGES: Final[dict[State, frozenset[State]]] = {
    State.WAITING: frozenset((State.SCHEDULED, State.STOPPED, State.WITHDRAWN)),
    State.SCHEDULED: frozenset(  # sent, confirmed: an earlier try had left after all
        (State.CLAIMED, State.STOPPED, State.WITHDRAWN, State.SENT, State.CONFIRMED, State.FAILED)
    ),
    State.CLAIMED: frozenset(
        (State.SENT, State.CONFIRMED, State.UNKNOWN, State.FAILED, State.SCHEDULED, State.WITHDRAWN)
    ),
    State.SENT: frozenset((State.CONFIRMED, State.UNKNOWN, State.SCHEDULED, State.FAILED, State.WITHDRAWN)),
    State.UNKNOWN: frozenset((State.SENT, State.CONFIRMED, State.SCHEDULED, State.FAILED, State.WITHDRAWN)),
    State.STOPPED: frozenset((State.WAITING, State.SCHEDULED, State.WITHDRAWN, State.CONFIRMED)),
    State.FAILED: frozenset(  # tried again by a person; left at that; there after all
        (State.SCHEDULED, State.WITHDRAWN, State.CONFIRMED)
    ),
    State.WITHDRAWN: frozenset((State.CONFIRMED,)),  # there after all: an earlier try had left
    State.CONFIRMED: frozenset(),
}
"""What came back from the channel is true whatever we believed: nearly every state may become confirmed."""

LIVING: Final = frozenset(State) - {State.CONFIRMED, State.FAILED, State.WITHDRAWN}
"""States from which something still happens."""


def _check() -> None:
    if set(EDGES) != set(State):
        raise RuntimeError("every state of the outbox has its edges")
    reached, waiting = set(BEGINS), list(BEGINS)
    while waiting:
        new = EDGES[waiting.pop()] - reached
        reached |= new
        waiting += new
    if reached != set(State):
        raise RuntimeError("every state of the outbox can be reached")


_check()


def move(
    outbox_id: UUID, *, of: Collection[State], to: State, only: dict[str, Any] | None = None, **changes: Any
) -> bool:
    """Change the state of a row that is in one of `of` (and fits `only`). False when it no longer is."""
    for state in of:
        if to not in EDGES[state]:
            raise RuntimeError(f"nothing goes from {state} to {to}")
    found = Outbox.objects.filter(pk=outbox_id, state__in=list(of), **(only or {}))
    return found.update(state=to, **changes) == 1
