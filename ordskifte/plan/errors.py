"""What can go wrong with the plan's acts. Messages are in the reader's language."""

from ordskifte.base.errors import OrdskifteError


class PlanError(OrdskifteError):
    """What was asked for cannot be. `field` names what to change, so that a page can show the message there."""

    def __init__(self, message: str, *, field: str = "", advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.field = field


class ChannelError(PlanError):
    """A channel cannot be changed like that."""
