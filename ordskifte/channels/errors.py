"""What can go wrong with an export or a channel."""

from ordskifte.base.errors import OrdskifteError


class ReadError(OrdskifteError):
    """The file cannot be read any further (truncated zip, not an archive, over a cap). What was read before stands."""
