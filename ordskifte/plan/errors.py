"""What can go wrong with the plan's acts."""

from ordskifte.base.errors import OrdskifteError


class ChannelError(OrdskifteError):
    """A channel cannot be changed like that. The message is in the reader's language."""
