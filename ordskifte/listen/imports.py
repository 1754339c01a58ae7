"""Bringing in official exports: from the command, from the page, and again after a stop or a crash.

Imported history starts no clock, opens no task and alerts nobody: no job `arrived` is deferred here.
"""

import gc
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from ordskifte.base.clock import Clock
from ordskifte.base.errors import OrdskifteError, StoreError
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.language.personal_data import mask
from ordskifte.listen.bring_in import bring_in, stop_asked
from ordskifte.listen.models import Import
from ordskifte.listen.report import Progress, Room
from ordskifte.records.entry import record_act

LEGAL_BASIS = "arkivforskrifta § 1 (FOR-2025-12-17-2647)"
KEEP = ("own", "all", "later")
COMMAND = "system:command"
BROKEN_OFF = gettext_noop("The command was broken off. Bring in the same file again, and it goes on where it was.")

NOT_KEPT = gettext_noop(
    "The store could not keep what was received. Nothing is half-stored: bring in the same file again, and it goes on"
    " where it was."
)
MAKE_ROOM = gettext_noop("Make room on the disk, then try again.")  # as `base.store` says it


def start_import(
    paths: Sequence[Path], *, actor: str, actor_name: str, keep: str, legal_basis: str, channel_name: str, at: datetime
) -> Import:
    """Ask for an import of uploaded files; the worker carries it out (job `run_import`)."""
    with transaction.atomic():
        run = _new_run(
            paths,
            actor=actor,
            actor_name=actor_name,
            keep=keep,
            legal_basis=legal_basis,
            channel_name=channel_name,
            at=at,
        )
        app.configure_task("run_import").defer(import_id=str(run.id), paths=[str(path) for path in paths])
    return run


def stop_import(run: Import, *, actor: str, at: datetime) -> None:
    """Ask a running import to stop after its batch. What was read stands; the same file again goes on from there."""
    with transaction.atomic():
        Import.objects.filter(pk=run.pk, ended_at=None).update(stop_asked=True)
        record_act("import.stop_asked", actor=actor, at=at, record=run.id)


def import_paths(
    paths: Sequence[Path],
    *,
    store: Store,
    keys: Keys,
    clock: Clock,
    actor: str = COMMAND,
    actor_name: str = "",
    keep: str = "own",
    legal_basis: str = LEGAL_BASIS,
    channel_name: str = "",
    progress: Progress = lambda run: None,
) -> Import:
    """Bring in exports here and now. Returns the finished import with its files; `state` says how it ended."""
    close_broken_off(at=clock())
    with transaction.atomic():
        run = _new_run(
            paths,
            actor=actor,
            actor_name=actor_name,
            keep=keep,
            legal_basis=legal_basis,
            channel_name=channel_name,
            at=clock(),
        )
    return run_import(run, paths, store=store, keys=keys, clock=clock, progress=progress)


def run_import(
    run: Import,
    paths: Sequence[Path],
    *,
    store: Store,
    keys: Keys,
    clock: Clock,
    progress: Progress = lambda run: None,
) -> Import:
    """Carry out an import. Killed and run again, it ends as an unbroken one would have."""
    room = Room(run, store, keys, clock, progress)
    with connection.cursor() as cursor:  # let go by the database when this process ends, however it ends
        cursor.execute("select pg_advisory_lock(hashtextextended(%s, 1))", [str(run.pk)])
    Import.objects.filter(pk=run.pk).update(state="running")
    run.files.all().delete()
    run.bytes_total = run.bytes_read = 0
    state, failure = "done", ""
    try:
        with _seldom_collecting():
            for path in paths:
                bring_in(path, room)
                if stop_asked(run):
                    state = "stopped"
                    break
    except OrdskifteError as error:
        state, failure = "failed", mask(_said(error))[0]
    _finish(room, state=state, failure=failure)
    return run


def _said(error: OrdskifteError) -> str:
    """What a person is told: a sentence a line, which the page translates. The store's own word comes last."""
    lines = (NOT_KEPT, error.advice, str(error)) if isinstance(error, StoreError) else (str(error), error.advice)
    return "\n".join(filter(None, lines))


def close_broken_off(*, at: datetime) -> int:
    """Say of imports from the command that were killed that they stopped. What was read stands; the file can go on.

    Imports from the page are started again by the worker (`run_import` is a job). Returns how many there were.
    """
    closed = 0
    for run in Import.objects.filter(ended_at=None, actor=COMMAND):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [str(run.pk)])
            if cursor.fetchone()[0]:
                record_act("import.broken_off", actor=COMMAND, at=at, record=run.id)
                closed += Import.objects.filter(pk=run.pk).update(state="stopped", failure=BROKEN_OFF, ended_at=at)
    return closed


def discard_upload(folder: Path) -> None:
    """Take away uploaded files once they are in: the evidence holds the bytes."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Reading makes millions of objects that hold each other in no circle: look for circles seldom (a tenth faster)."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _new_run(
    paths: Sequence[Path],
    *,
    actor: str,
    actor_name: str,
    keep: str,
    legal_basis: str,
    channel_name: str,
    at: datetime,
) -> Import:
    if keep not in KEEP:
        raise OrdskifteError(f"{keep!r} is not a keep-decision.", advice=f"Choose one of {', '.join(KEEP)}.")
    run = Import.objects.create(
        actor=actor,
        actor_name=actor_name,
        started_at=at,
        state="waiting",
        names=[mask(path.name)[0] for path in paths],
        channel_name=mask(channel_name)[0],
        keep=keep,
        legal_basis=legal_basis,
    )
    details = {"keep": keep, "legal_basis": legal_basis}
    run.first_batch = record_act("import.started", actor=actor, at=at, record=run.id, details=details)
    run.save(update_fields=["first_batch"])
    return run


def _finish(room: Room, *, state: str, failure: str) -> None:
    run = room.run
    at = room.clock()
    with transaction.atomic():
        files = list(room.files.values())
        details: dict[str, object] = {
            what: sum(getattr(file, what) for file in files)
            for what in ("items", "utterances", "versions", "duplicates", "other", "problems")
        }
        run.last_batch = record_act(
            f"import.{state}", actor=run.actor, at=at, record=run.id, details={**details, "files": len(files)}
        )
        run.state, run.failure, run.ended_at = state, failure, at
        run.save()
    room.progress(run)
    with connection.cursor() as cursor:
        cursor.execute("select ordskifte_tidy()")
        cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 1))", [str(run.pk)])
