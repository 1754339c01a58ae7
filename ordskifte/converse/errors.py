"""What the desk's acts refuse, in the language of the one who asked."""

from ordskifte.base.errors import OrdskifteError


class ConverseError(OrdskifteError):
    """An act on a conversation that cannot be done. `str(error)` is translated text for a page."""


class MovedOn(ConverseError):
    """Something happened in the conversation after the page was made: the text is kept, and both are shown."""


class Held(ConverseError):
    """Another person writes here and holds sending."""


class Stopped(ConverseError):
    """A check before sending stopped the reply, or a warning was not passed with a reason."""
