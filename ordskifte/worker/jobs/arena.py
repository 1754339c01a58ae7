"""Jobs of the test arena: its citizens act when their time comes."""

from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.worker.retry import AFTER_TROUBLE


@app.periodic(cron="* * * * *")
@app.task(name="arena_step", retry=AFTER_TROUBLE)
def arena_step(timestamp: int) -> None:
    """Let everyone act whose time has come; what they write is fetched like anything else on a live channel."""
    from ordskifte.arena.scenes import step

    step(at=now())
