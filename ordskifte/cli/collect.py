"""`ordskifte collect [CHANNEL]`: fetch what is new on live channels now, without waiting for the worker."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ordskifte.base.clock import now
from ordskifte.base.errors import OrdskifteError
from ordskifte.cli.session import Session, opened

if TYPE_CHECKING:
    from ordskifte.plan.models import Channel


@click.command()
@click.argument("channel", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, and nothing else.")
@click.pass_context
def command(context: click.Context, channel: str, as_json: bool) -> None:
    """Fetch what is new on CHANNEL (name or id), or on every live channel. 1 when one could not be read."""
    with opened(context.obj) as session:
        from ordskifte.records.sequencer import sequence_all

        read = [_collect(one, session) for one in _chosen(channel)]
        sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
    if as_json:
        click.echo(json.dumps({"channels": read}, ensure_ascii=False))
    else:
        for one in read:
            click.echo(f"{one['channel']}: " + (one["problem"] or f"{one['new']} new"))
        if not read:
            click.echo("No channel is connected.", err=True)
    context.exit(1 if any(one["problem"] for one in read) else 0)


def _chosen(wanted: str) -> "list[Channel]":
    from ordskifte.channels.registry import LIVE, needs_connection
    from ordskifte.listen.live import watched
    from ordskifte.plan.models import Channel

    if not wanted:
        foreign = [kind for kind in LIVE if needs_connection(kind)]
        return list(Channel.objects.filter(pk__in=watched(foreign)).order_by("name"))
    try:
        found = Channel.objects.filter(pk=UUID(wanted)).first()
    except ValueError:
        found = Channel.objects.filter(name=wanted).first()
    if found is None:
        raise OrdskifteError(f"There is no channel called {wanted}.", advice="`ordskifte channels` lists them.")
    if found.way not in LIVE or not needs_connection(found.kind) or found.closed_at is not None:
        raise OrdskifteError(f"{found.name} is not connected.", advice="Connect it under Channels.")
    return [found]


def _collect(channel: "Channel", session: Session) -> dict[str, Any]:
    from django.conf import settings

    from ordskifte.base.http import Door
    from ordskifte.listen.gather import LARGEST
    from ordskifte.listen.live import collect
    from ordskifte.listen.models import Watch
    from ordskifte.plan.reaching import reach, way_out

    store, keys = session.store, session.keys
    with way_out() as client, Door(inside=settings.INSIDE_HOSTS, largest=LARGEST) as door:
        live = reach(channel, client, keys=keys, clock=now)
        new = collect(channel, live, clock=now, store=store, keys=keys, door=door)
    problem = Watch.objects.get(channel=channel).problem
    return {"channel": channel.name, "id": str(channel.id), "new": new, "problem": problem}
