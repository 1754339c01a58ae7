"""Job name -> function above. Lower packages defer a job by its name, in the transaction of their change (D3).

A job that was killed starts again from the top, so each is written to be run twice. One module per room; a new module
is imported here, so that the worker knows its names.
"""

from ordskifte.worker.jobs import archive as archive
from ordskifte.worker.jobs import arena as arena
from ordskifte.worker.jobs import deposit as deposit
from ordskifte.worker.jobs import dialogue as dialogue
from ordskifte.worker.jobs import imports as imports
from ordskifte.worker.jobs import journal as journal
from ordskifte.worker.jobs import ledger as ledger
from ordskifte.worker.jobs import moderation as moderation
from ordskifte.worker.jobs import plan as plan
from ordskifte.worker.jobs import publishing as publishing
from ordskifte.worker.jobs import sending as sending
from ordskifte.worker.jobs import upkeep as upkeep
