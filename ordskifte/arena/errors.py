"""What can go wrong in the arena."""

from ordskifte.base.errors import OrdskifteError


class ArenaError(OrdskifteError):
    """That cannot be done in the arena. The message is in the reader's language."""
