"""Jobs of the ledger: number, sign and time-stamp."""

import logging

import httpx
from django.conf import settings
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.keys import load_keys

log = logging.getLogger(__name__)


@app.task(name="sequence")
def sequence() -> None:
    """Number and sign what waits, now."""
    from ordskifte.records.sequencer import sequence_all

    keys = load_keys(settings.HOME)
    sequence_all(signing=keys.signing, origin=keys.origin, clock=now)


@app.periodic(cron="*/10 * * * *")
@app.task(name="stamp", queueing_lock="stamp")
def stamp(timestamp: int) -> None:
    """Have the newest checkpoint time-stamped, when the operator has named an authority and it is due."""
    from ordskifte.records.timestamping import configured_authority, stamp_when_due

    try:
        if authority := configured_authority():
            with httpx.Client() as client:
                stamp_when_due(authority, client, at=now())
    except OrdskifteError as error:
        log.warning("%s %s", error, error.advice)  # tried again in ten minutes
