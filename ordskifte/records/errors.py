"""What can go wrong with evidence and ledger."""

from ordskifte.base.errors import OrdskifteError


class EvidenceError(OrdskifteError):
    """An evidence object cannot be read as what it should be."""


class ErasureError(OrdskifteError):
    """What was asked to be erased cannot be."""


class ProofError(OrdskifteError):
    """A proof that cannot be made."""


class KeepError(OrdskifteError):
    """A keep-decision that cannot stand."""
