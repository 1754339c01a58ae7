"""What the journal refuses, and why, in the language of the one who asked."""

from ordskifte.base.errors import OrdskifteError


class JournalError(OrdskifteError):
    """An act of the journal, of shielding, access or delivery that cannot be done. `field`: of the form ("": all)."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
