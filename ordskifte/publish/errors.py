"""What can go wrong with what shall leave."""

from ordskifte.base.errors import OrdskifteError


class OutboxError(OrdskifteError):
    """This cannot be done with this row of the outbox. The message is in the reader's language."""
