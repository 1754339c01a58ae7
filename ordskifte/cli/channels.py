"""`ordskifte channels`: every channel, how it is reached and how that goes."""

import json
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from ordskifte.base.clock import now, rfc3339
from ordskifte.cli.session import opened

if TYPE_CHECKING:
    from ordskifte.listen.health import ChannelHealth


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output, and nothing else.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Every channel with its health: how it is reached, when it was last read, and what is wrong. 1 when any is ill."""
    with opened(context.obj):
        from ordskifte.listen.health import health_of_channels

        found = [_shown(one) for one in health_of_channels(at=now())]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(found)
    context.exit(1 if any(one["state"] not in ("well", "by_hand", "closed", "new") for one in found) else 0)


def _shown(one: "ChannelHealth") -> dict[str, Any]:
    return {
        "id": str(one.channel.id),
        "channel": one.channel.name,
        "kind": one.channel.kind,
        "state": one.state,
        "last_read": rfc3339(one.succeeded_at) if one.succeeded_at else None,
        "failing_since": rfc3339(one.failing_since) if one.failing_since else None,
        "problem": one.problem,
        "expires": rfc3339(one.expires_at) if one.expires_at else None,
    }


def _print(found: list[dict[str, Any]]) -> None:
    table = Table("channel", "kind", "state", "last read", "what is wrong")
    for one in found:
        state = one["state"].replace("_", " ")
        table.add_row(one["channel"], one["kind"], state, one["last_read"] or "", one["problem"])
    Console(highlight=False).print(table)
