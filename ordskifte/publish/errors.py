"""What can go wrong with what is written and what shall leave. Messages are in the reader's language."""

from ordskifte.base.errors import OrdskifteError


class OutboxError(OrdskifteError):
    """This cannot be done with this row of the outbox."""


class DraftError(OrdskifteError):
    """This cannot be done with this draft."""


class MovedOn(DraftError):
    """Somebody else has saved it meanwhile."""
