"""Tables of the archivist's room."""

from ordskifte.archive.models.decide import Disposal as Disposal
from ordskifte.archive.models.decide import DisposalItem as DisposalItem
from ordskifte.archive.models.decide import Hold as Hold
from ordskifte.archive.models.decide import KeepChoice as KeepChoice
from ordskifte.archive.models.decide import PrivacyRequest as PrivacyRequest
from ordskifte.archive.models.decide import Purged as Purged
from ordskifte.archive.models.decide import RuleSet as RuleSet
from ordskifte.archive.models.decide import Undecided as Undecided
from ordskifte.archive.models.deposit import Deposit as Deposit
from ordskifte.archive.models.deposit import DepositLine as DepositLine
from ordskifte.archive.models.journal import AccessRequest as AccessRequest
from ordskifte.archive.models.journal import Delivery as Delivery
from ordskifte.archive.models.journal import JournalChoice as JournalChoice
from ordskifte.archive.models.journal import Redaction as Redaction
from ordskifte.archive.models.journal import Release as Release
