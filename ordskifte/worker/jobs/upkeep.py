"""Jobs of upkeep: rescue what lost its worker, sweep what nobody names, forget what ended."""

import logging

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.home import Home
from ordskifte.base.store import store_of
from ordskifte.worker.jobs.imports import sweep_uploads

log = logging.getLogger(__name__)

STALLED = 15  # seconds without a sign of life from a job's worker, which gives one every five
UPLOADS_KEPT = 7 * 24 * 3600  # seconds an upload that no import asks for is left lying
FINISHED_KEPT = 72  # hours


@app.periodic(cron="* * * * * */20")  # the last field: seconds
@app.task(name="rescue", queueing_lock="rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker was killed go back into the queue; nothing else does it for us."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        log.warning("job %s (%s) lost its worker and starts again", job.id, job.task_name)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="sweep", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Once a day: evidence and media files that no row names, uploads that no import asks for."""
    from ordskifte.records.evidence import sweep_orphans
    from ordskifte.threads.erase import sweep_media

    home: Home = settings.HOME
    store = store_of(home)
    sweep_orphans(store, at=now())
    sweep_media(store, at=now())
    sweep_uploads(home, before=timestamp - UPLOADS_KEPT)


@app.periodic(cron="47 3 * * *")
@app.task(name="forget_jobs", queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that ended are forgotten after three days."""
    await context.app.job_manager.delete_old_jobs(FINISHED_KEPT, include_failed=True, include_aborted=True)
