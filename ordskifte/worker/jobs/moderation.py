"""Jobs of moderation: blocks end by themselves, complaints are reminded of."""

from procrastinate.contrib.django import app

from ordskifte.base.clock import now


@app.periodic(cron="* * * * *")
@app.task(name="lift_blocks", queueing_lock="lift_blocks")
def lift_blocks(timestamp: int) -> None:
    """Open every account whose time is up."""
    from ordskifte.converse.moderation.blocks import lift_blocks as lift

    lift(at=now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="remind_complaints", queueing_lock="remind_complaints")
def remind_complaints(timestamp: int) -> None:
    """Tell those who may answer a complaint that its deadline comes."""
    from ordskifte.converse.moderation.complaint import remind

    remind(at=now())
