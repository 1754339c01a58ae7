"""`ordskifte worker`: the background work alone, for several machines."""

from importlib import import_module

import click

from ordskifte.base.clock import now
from ordskifte.cli.session import opened
from ordskifte.cli.supervise import end_with_parent


@click.command()
@click.option("--supervised", is_flag=True, hidden=True)
@click.pass_obj
def command(home: str | None, supervised: bool) -> None:
    """Carry out background work: imports, the ledger's numbers, daily sweeping. Ends on SIGTERM."""
    if supervised:
        end_with_parent()
    with opened(home) as session:
        import_module("ordskifte.worker.run").work(session.home, clock=now)  # started by name: a stranger on our floor
