"""Job name -> function above. Lower packages defer a job by its name, in the transaction of their change (D3).

A job that was killed starts again from the top, so each is written to be run twice.
"""

import logging
from pathlib import Path
from uuid import UUID

import django.db
import httpx
from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.home import Home
from ordskifte.base.keys import load_keys
from ordskifte.base.store import FolderStore
from ordskifte.listen.models import Import

log = logging.getLogger(__name__)

STALLED = 30  # seconds without a sign of life from a job's worker
UPLOADS_KEPT = 7 * 24 * 3600  # seconds an upload that no import asks for is left lying
FINISHED_KEPT = 72  # hours
AFTER_TROUBLE = RetryStrategy(
    max_attempts=20, linear_wait=5, retry_exceptions={django.db.OperationalError, django.db.InterfaceError}
)


@app.task(name="run_import", queue="imports", retry=AFTER_TROUBLE)
def run_import(import_id: str, paths: list[str]) -> None:
    """Carry out an import that a page asked for, then take away the uploads: the evidence holds the bytes."""
    from ordskifte.listen.imports import discard_upload
    from ordskifte.listen.imports import run_import as carry_out

    home: Home = settings.HOME
    run = Import.objects.get(pk=UUID(import_id))
    if run.ended_at is not None:  # its worker was killed between the last row and the job's end
        return
    try:
        run = carry_out(
            run, [Path(path) for path in paths], store=FolderStore(home.store), keys=load_keys(home), clock=now
        )
    except (django.db.OperationalError, django.db.InterfaceError):
        raise  # the database went away; tried again
    except Exception as error:  # whatever it was, the person who waits must see that it ended
        log.exception("import %s failed", import_id)
        Import.objects.filter(pk=run.pk).update(
            state="failed", ended_at=now(), failure=f"Something is wrong inside Ordskifte ({type(error).__name__})."
        )
        return
    for folder in {upload for path in paths if (upload := upload_folder(home, Path(path)))}:
        discard_upload(folder)


@app.task(name="sequence")
def sequence() -> None:
    """Number and sign what waits, now."""
    from ordskifte.records.sequencer import sequence_all

    keys = load_keys(settings.HOME)
    sequence_all(signing=keys.signing, origin=keys.origin, clock=now)


@app.periodic(cron="* * * * *")
@app.task(name="rescue", queueing_lock="rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker was killed go back into the queue; nothing else does it for us."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        log.warning("job %s (%s) lost its worker and starts again", job.id, job.task_name)
        await context.app.job_manager.retry_job(job)


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


@app.periodic(cron="17 3 * * *")
@app.task(name="sweep", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Once a day: evidence and media files that no row names, uploads that no import asks for."""
    from ordskifte.records.evidence import sweep_orphans
    from ordskifte.threads.erase import sweep_media

    home: Home = settings.HOME
    store = FolderStore(home.store)
    sweep_orphans(store, at=now())
    sweep_media(store, at=now())
    sweep_uploads(home, before=timestamp - UPLOADS_KEPT)


@app.periodic(cron="47 3 * * *")
@app.task(name="forget_jobs", queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that ended are forgotten after three days."""
    await context.app.job_manager.delete_old_jobs(FINISHED_KEPT, include_failed=True, include_aborted=True)


def upload_folder(home: Home, path: Path) -> Path | None:
    """The folder or file directly in the home's uploads that `path` lies in; None for a path elsewhere."""
    if not path.is_relative_to(home.uploads) or path == home.uploads:
        return None
    return home.uploads / path.relative_to(home.uploads).parts[0]


def sweep_uploads(home: Home, *, before: float) -> int:
    """Take away uploads last touched before a moment (seconds since 1970), unless an import still waits or runs."""
    from ordskifte.listen.imports import discard_upload

    if not home.uploads.is_dir() or Import.objects.filter(ended_at=None).exists():
        return 0
    old = [path for path in home.uploads.iterdir() if path.lstat().st_mtime < before]
    for path in old:
        if path.is_dir() and not path.is_symlink():
            discard_upload(path)
        else:
            path.unlink(missing_ok=True)
    return len(old)
