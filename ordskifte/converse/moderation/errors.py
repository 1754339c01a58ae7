"""What moderation refuses, and why, in the language of the one who asked."""

from ordskifte.base.errors import OrdskifteError


class ModerationError(OrdskifteError):
    """A measure or a complaint that cannot be done. `str(error)` is translated text for a page.

    `field` is the form's field it belongs to ("" for the form), `reason` a fixed name of what was refused.
    """

    def __init__(self, message: str, *, field: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.reason = reason
