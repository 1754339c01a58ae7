"""What deciding, keeping and disposing refuse, and why, in the language of the one who asked."""

from ordskifte.base.errors import OrdskifteError


class ArchiveError(OrdskifteError):
    """An act of the archivist's room that cannot be done."""
