"""What can go wrong with an export or a channel. The type carries the decision: what may be done next."""

from datetime import timedelta

from ordskifte.base.errors import OrdskifteError


class ReadError(OrdskifteError):
    """The file cannot be read any further (truncated zip, not an archive, over a cap). What was read before stands.

    Message and advice are fixed sentences of `channels.reasons`. `name`: the file inside the export, when it is one.
    """

    def __init__(self, why: str, *, advice: str = "", name: str = "") -> None:
        super().__init__(why, advice=advice)
        self.name = name


class ChannelFault(OrdskifteError):
    """A channel did not do what it was asked. The message is one of the fixed sentences of `channels.reasons`."""


class NotSent(ChannelFault):
    """Nothing left, certainly; it may be tried again, not before `retry_after` where the channel names a time."""

    def __init__(self, why: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Refused(ChannelFault):
    """Nothing left, certainly, and the same again would be refused again."""


class Unsure(ChannelFault):
    """It may have left: the channel must be looked at before anything is tried again."""
