"""Tables of the archivist's room."""

from ordskifte.archive.models.journal import AccessRequest as AccessRequest
from ordskifte.archive.models.journal import Delivery as Delivery
from ordskifte.archive.models.journal import JournalChoice as JournalChoice
from ordskifte.archive.models.journal import Redaction as Redaction
from ordskifte.archive.models.journal import Release as Release
