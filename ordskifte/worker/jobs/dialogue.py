"""Jobs of dialogue: what came in, what became of what left, the clock of each minute, the day's mail."""

from uuid import UUID

from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.worker.retry import AFTER_TROUBLE


@app.task(name="arrived", retry=AFTER_TROUBLE)
def arrived(version_ids: list[str]) -> None:
    """A batch of versions that live intake recorded becomes conversations with their clocks."""
    from ordskifte.converse.arrived import on_arrived

    on_arrived([UUID(one) for one in version_ids], at=now())
    app.configure_task("to_decide").defer(version_ids=[*version_ids])  # after triage has read it


@app.task(name="sent", retry=AFTER_TROUBLE)
def sent(outbox_id: str) -> None:
    """Something of the outbox was sent, seen, refused, taken back or lost sight of."""
    from ordskifte.converse.sent import on_sent
    from ordskifte.worker.jobs.publishing import on_post

    on_sent(UUID(outbox_id), at=now())
    on_post(UUID(outbox_id), at=now())


@app.periodic(cron="* * * * *")
@app.task(name="clock_tick", queueing_lock="clock_tick")
def clock_tick(timestamp: int) -> None:
    """Each minute: promises at risk and broken, snoozes that end, what is to be followed up."""
    from ordskifte.converse.ticking import tick

    tick(at=now())


@app.periodic(cron="0 7 * * *")
@app.task(name="digest", queueing_lock="digest")
def digest(timestamp: int) -> None:
    """Each morning: one mail for those who want one."""
    from ordskifte.converse.telling import send_digests

    send_digests(at=now())
