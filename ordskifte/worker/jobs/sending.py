"""Jobs of what leaves and what comes in: send, look, confirm, fetch."""

import logging
from uuid import UUID

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.http import Door
from ordskifte.channels.contract import Arrival, Author
from ordskifte.channels.registry import LIVE
from ordskifte.listen.gather import LARGEST
from ordskifte.plan.models import Channel
from ordskifte.worker.reach import post_office
from ordskifte.worker.retry import AFTER_TROUBLE

log = logging.getLogger(__name__)


@app.task(name="send", pass_context=True, retry=AFTER_TROUBLE)
def send(context: JobContext, outbox_id: str) -> None:
    """Send one row of the outbox. Killed in the middle, it starts again with the same name and finds its own claim."""
    from ordskifte.publish.sending import send as send_row

    assert context.job is not None
    with post_office() as post:
        send_row(UUID(outbox_id), job=f"job:{context.job.id}", post=post)


@app.task(name="look", retry=AFTER_TROUBLE)
def look(outbox_id: str) -> None:
    """Find out what became of one row."""
    from ordskifte.publish.looking import look as look_at

    with post_office() as post:
        look_at(UUID(outbox_id), post=post)


@app.task(name="confirm", retry=AFTER_TROUBLE)
def confirm(version_ids: list[str]) -> None:
    """Our own posts have come back: each joins the row it left from."""
    from ordskifte.publish.confirm import confirm as confirm_versions

    confirm_versions([UUID(one) for one in version_ids], at=now())


@app.task(name="handed_off", retry=AFTER_TROUBLE)
def handed_off(outbox_id: str) -> None:
    """What a person posted by hand is recorded as ours, as far as we know it: our text, their link."""
    import orjson

    from ordskifte.listen.live import receive
    from ordskifte.publish.models import Outbox

    row = Outbox.objects.select_related("channel").get(pk=UUID(outbox_id))
    assert row.channel is not None
    with post_office() as post:
        changed = "corrects" in row.details  # a post of ours was changed or taken away by hand: a version of it
        told = {"link": row.permalink, "text": row.text, "answers": row.target_external_id, "outbox": str(row.id)}
        arrival = Arrival(
            external_id=row.target_external_id if changed else row.external_id,
            kind="deletion" if row.kind == "delete" else "reply" if row.kind == "reply" else "post",
            author=Author(
                external_id=row.channel.external_id or row.channel.name,
                handle=row.channel.handle,
                name=row.channel.name,
                url=row.channel.url,
            ),
            ours=True,
            text=row.text,
            raw=orjson.dumps(told),
            raw_type="application/json",
            file="hand-off",
            where=f"outbox {row.id}",
            parent_id=None if changed else row.target_external_id or None,
            version_key=str(row.id) if changed else "",
            published=None if changed else row.confirmed_at,
            edited=row.confirmed_at if changed else None,
            seen=row.confirmed_at,
            language=row.language,
            permalink=row.permalink,
            extra={"mark": str(row.mark)},
        )
        receive(row.channel, [arrival], at=now(), store=post.store, keys=post.keys, actor="system:hand-off")


@app.task(name="collect", retry=AFTER_TROUBLE)
def collect(channel_id: str) -> None:
    """Fetch what is new on one channel."""
    from ordskifte.listen.live import collect as collect_channel

    channel = Channel.objects.filter(pk=UUID(channel_id), closed_at=None).first()
    if channel is None or channel.way not in LIVE:
        return
    with post_office() as post, Door(inside=settings.INSIDE_HOSTS, largest=LARGEST) as door:
        collect_channel(channel, post.reach(channel), clock=now, store=post.store, keys=post.keys, door=door)


@app.task(name="gap", retry=AFTER_TROUBLE)
def gap(channel_id: str, over: bool) -> None:
    """A channel has not been read for more than a day, or is read again."""
    from ordskifte.converse.gaps import close_gap, open_gap

    channel = Channel.objects.get(pk=UUID(channel_id))
    if over:
        close_gap(channel, at=now())
    else:
        open_gap(channel, at=now())


@app.periodic(cron="* * * * *")
@app.task(name="collect_all", queueing_lock="collect_all")
def collect_all(timestamp: int) -> None:
    """Each minute: a job for each live channel whose turn it is, unless one waits already."""
    from procrastinate.exceptions import AlreadyEnqueued

    from ordskifte.listen.live import watched

    for channel_id in watched(list(LIVE), at=now()):
        try:
            app.configure_task("collect", queueing_lock=f"collect:{channel_id}").defer(channel_id=str(channel_id))
        except AlreadyEnqueued:
            log.debug("channel %s is being fetched already", channel_id)


@app.periodic(cron="* * * * *")
@app.task(name="watch_outbox", queueing_lock="watch_outbox")
def watch_outbox(timestamp: int) -> None:
    """Each minute: whatever in the outbox should have moved and has not."""
    from ordskifte.publish.looking import watch

    watch(at=now())
