"""What can be wrong with a note, a proof, a time-stamp or the ledger itself."""

from ordskifte.base.errors import OrdskifteError


class LedgerError(OrdskifteError):
    """The ledger cannot go on, or does not hold what it should."""


class NoteError(OrdskifteError):
    """Bytes that are no signed note, no checkpoint or no key, or a signature that does not hold."""


class UnreadableProof(OrdskifteError):
    """Bytes that are no proof file."""


class NotProved(OrdskifteError):
    """A proof file that can be read, but does not prove what it says."""


class TimestampError(OrdskifteError):
    """A time-stamp that is missing, cannot be read or does not stand for these bytes."""
