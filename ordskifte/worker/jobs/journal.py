"""Jobs of the journal: deliveries to the case system, their receipts, and what is due again."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from ordskifte.archive.delivery import Road, collect_receipts, due
from ordskifte.archive.delivery import deliver as deliver_one
from ordskifte.archive.delivery_documents import Press
from ordskifte.base.clock import now
from ordskifte.base.home import hand_over
from ordskifte.base.http import Door
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.records.pdfa.fonts import FOLDER
from ordskifte.records.pdfa.render import Fonts
from ordskifte.worker.retry import AFTER_TROUBLE


@cache
def _fonts() -> Fonts:
    return Fonts(settings.HOME.path / FOLDER)


@contextmanager
def road() -> Iterator[Road]:
    """How the case system is reached from here."""
    press = Press(store=store_of(settings.HOME), keys=load_keys(settings.HOME), fonts=_fonts)
    with Door(inside=settings.INSIDE_HOSTS, seconds=120) as door:
        yield Road(door=door, press=press, folder=settings.HOME.path / "deliveries", hand_over=hand_over)


@app.task(name="deliver", retry=AFTER_TROUBLE)
def deliver(delivery_id: str) -> None:
    """One delivery. It says itself when it is to be tried again."""
    with road() as way:
        deliver_one(UUID(delivery_id), road=way, clock=now)


@app.periodic(cron="* * * * *")
@app.task(name="deliveries", queueing_lock="deliveries")
def deliveries(timestamp: int) -> None:
    """Each minute: receipts in the folder are read, and what is due is tried."""
    at = now()
    with road() as way:
        collect_receipts(road=way, at=at)
        for one in due(at):
            deliver_one(one, road=way, clock=now)
