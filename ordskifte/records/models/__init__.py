"""The rows of the archive: evidence and ledger, and what is decided, journalled and kept."""

from ordskifte.records.models.keeping import (
    Case,
    CaseThread,
    JournalEntry,
    JournalNumber,
    KeepDecision,
    Party,
    Period,
    RecordClass,
    Shielding,
)
from ordskifte.records.models.ledger import (
    Aside,
    Checkpoint,
    Entry,
    EvidenceObject,
    Numbered,
    Pending,
    Tile,
    Timestamp,
)

__all__ = [
    "Aside",
    "Case",
    "CaseThread",
    "Checkpoint",
    "Entry",
    "EvidenceObject",
    "JournalEntry",
    "JournalNumber",
    "KeepDecision",
    "Numbered",
    "Party",
    "Pending",
    "Period",
    "RecordClass",
    "Shielding",
    "Tile",
    "Timestamp",
]
