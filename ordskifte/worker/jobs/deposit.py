"""Jobs of the deposit."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.worker.retry import AFTER_TROUBLE


@app.task(name="make_deposit", retry=AFTER_TROUBLE)
def make_deposit(deposit_id: str) -> None:
    """Make, check and keep one package."""
    from ordskifte.archive.deposits import make_deposit as make

    home = settings.HOME
    make(UUID(deposit_id), home=home.path, store=store_of(home), keys=load_keys(home), at=now())
