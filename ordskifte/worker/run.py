"""The worker: carries out jobs, and numbers the ledger's entries within a second (D7)."""

import asyncio
import logging
import os
import signal
import threading
from contextlib import suppress
from typing import Any

import django.db
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from ordskifte.base.clock import Clock
from ordskifte.base.home import Home
from ordskifte.base.keys import load_keys
from ordskifte.records.models import Pending
from ordskifte.records.sequencer import sequence_all
from ordskifte.worker.jobs.upkeep import STALLED

log = logging.getLogger(__name__)

CONCURRENCY = 2
EVERY = 0.5  # seconds between two looks at what is not numbered yet
HEARTBEAT = 5.0  # seconds between two signs of life
PATIENCE = 4.0  # seconds a running job gets to end; it starts again at the next start
TROUBLE = (django.db.OperationalError, django.db.InterfaceError, ConnectorException)


def work(home: Home, *, clock: Clock) -> None:
    """Work until SIGTERM or SIGINT. A database that goes away is waited for."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_shorten)
    stop = threading.Event()
    sequencer = threading.Thread(target=_number, args=(home, clock, stop), name="sequencer", daemon=True)
    sequencer.start()
    try:
        asyncio.run(_carry_out(stop))
    finally:
        stop.set()
        sequencer.join(timeout=PATIENCE)


def _number(home: Home, clock: Clock, stop: threading.Event) -> None:
    """The sequencer's loop. Its end, other than by `stop`, ends the worker, which is then started again."""
    try:
        while not stop.wait(EVERY):
            _number_once(home, clock)
    finally:
        connection.close()
        if not stop.is_set():
            os.kill(os.getpid(), signal.SIGTERM)


def _number_once(home: Home, clock: Clock) -> None:
    try:
        if Pending.objects.exists():
            keys = load_keys(home)  # read each time: the signing key may have been rotated
            sequence_all(signing=keys.signing, origin=keys.origin, clock=clock)
    except TROUBLE as error:
        log.warning("the sequencer waits for the database: %s", str(error).strip().splitlines()[0])
        connection.close()


async def _carry_out(stop: threading.Event) -> None:
    task: asyncio.Task[Any] | None = None

    def end() -> None:
        if not stop.is_set():
            stop.set()
            _end_hard_after(PATIENCE + 2)
        if task:
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, end)
    while not stop.is_set():
        task = asyncio.create_task(_procrastinate())
        try:
            await task
        except asyncio.CancelledError:
            continue
        except TROUBLE as error:
            log.warning("the worker waits for the database: %s", str(error).strip().splitlines()[0])
        with suppress(asyncio.CancelledError):
            task = asyncio.create_task(asyncio.sleep(1))
            await task


async def _procrastinate() -> None:
    """One life of procrastinate's worker, on connections of its own. Ends when it is cancelled or loses them."""
    assert isinstance(app.connector, DjangoConnector)
    own = app.with_connector(app.connector.get_worker_connector())
    async with own.open_async():
        for job in await own.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await own.job_manager.retry_job(job)
        await own.run_worker_async(
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            shutdown_graceful_timeout=PATIENCE,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )


def _shorten(record: logging.LogRecord) -> bool:
    """A database that went away is one line in the log, not a stack trace."""
    if record.exc_info and isinstance(record.exc_info[1], TROUBLE):
        record.exc_info = record.exc_text = None
    return True


def _end_hard_after(seconds: float) -> None:
    """A job in a thread cannot be stopped from outside. It is left, and starts again later."""
    timer = threading.Timer(seconds, os._exit, args=(0,))
    timer.daemon = True
    timer.start()
