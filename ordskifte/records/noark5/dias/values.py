"""What a submission says of itself beside the package."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Innlevering:
    """One submission. `uuid` names the tar file and everything in it."""

    uuid: UUID
    tidspunkt: datetime
    etikett: str  # LABEL: what is submitted, in a few words
    arkivskaper: str  # ARCHIVIST and CREATOR
    avsender: str  # SUBMITTER and PRODUCER: who made and sends it
    eier: str  # IPOWNER
    depot: str  # PRESERVATION
    avtale: str  # SUBMISSIONAGREEMENT: the agreement's number
    periode_start: date
    periode_slutt: date
    system_navn: str = "Ordskifte"
    system_versjon: str = ""
