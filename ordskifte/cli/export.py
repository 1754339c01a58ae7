"""`ordskifte export`: what a body takes with it. Each form can be read by others than us."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from ordskifte.base.clock import now
from ordskifte.cli.search import viewer_called
from ordskifte.cli.session import Session, opened

if TYPE_CHECKING:
    from ordskifte.people.viewer import Viewer

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_OUT = click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="A folder that is absent or empty."
)
_FROM = click.option("--from", "start", type=_DAY, help="First day, local (2026-01-31).")
_TO = click.option("--to", "end", type=_DAY, help="Last day, local and included.")
_AS = click.option(
    "--as", "person", metavar="PERSON", help="E-mail or id of who exports. Without: nothing restricted goes along."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")


@click.group()
def command() -> None:
    """Export the archive: noark5 for the depot; warc, activitystreams and csv for everyone."""


@command.command()
@_OUT
@_FROM
@_TO
@click.option(
    "--profile",
    type=click.Choice(["default", "pdfa1b", "puid"]),
    default="default",
    show_default=True,
    help="pdfa1b: PDF/A-1b and nothing else. puid: PRONOM identifiers as format.",
)
@click.option("--sip", is_flag=True, help="Also a DIAS SIP (tar and submission description).")
@click.option("--stop-at-open", is_flag=True, help="Refuse when a case is open. Else it is closed, with a remark.")
@_AS
@_JSON
@click.pass_context
def noark5(
    context: click.Context,
    out: Path,
    start: datetime | None,
    end: datetime | None,
    profile: str,
    sip: bool,
    stop_at_open: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """A Noark 5.5 deposit of what is journalled or archived: by journal date, else the day it was captured."""

    def make(session: Session, viewer: "Viewer", step: Callable[[int], None]) -> dict[str, Any]:
        from ordskifte.archive.exporting import Order, export_noark5

        order = Order(
            viewer=viewer,
            start=_day(start),
            end=_day(end),
            profile=profile,  # type: ignore[arg-type] # click has checked it
            sip=sip,
            stop_at_open=stop_at_open,
            step=step,
        )
        made = export_noark5(
            out.absolute(), order, home=session.home.path, store=session.store, keys=session.keys, at=now()
        )
        return made.as_json()

    _run(context, person, make, as_json=as_json)


def _run(
    context: click.Context,
    person: str | None,
    make: "Callable[[Session, Viewer, Callable[[int], None]], dict[str, Any]]",
    *,
    as_json: bool,
) -> None:
    started = perf_counter()
    with opened(context.obj) as session:
        from ordskifte.records.sequencer import sequence_all

        viewer = viewer_called(person)
        with _bar(hidden=as_json) as step:
            found = make(session, viewer, step)
        sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
    found["seconds"] = round(perf_counter() - started, 3)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        _say(found)
    if found.get("deliverable") is False:
        click.echo(
            "The package cannot be delivered: the official schemas are not installed. Run `ordskifte schemas install"
            " --from DIR`, then export again.",
            err=True,
        )


def _say(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    for name, value in found.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {number}" for key, number in value.items() if number) or "nothing"
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        if value not in (None, ""):
            console.print(f"{name.replace('_', ' ')}: {value}", markup=False)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@contextmanager
def _bar(*, hidden: bool) -> Iterator[Callable[[int], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.completed:.0f} records"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=hidden or not console.is_terminal, transient=True) as progress:
        task = progress.add_task("records", total=None)
        yield lambda count: progress.update(task, completed=count)
