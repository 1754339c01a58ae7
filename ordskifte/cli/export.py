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


@command.command()
@_OUT
@_FROM
@_TO
@_AS
@_JSON
@click.pass_context
def warc(
    context: click.Context, out: Path, start: datetime | None, end: datetime | None, person: str | None, as_json: bool
) -> None:
    """All evidence as one WARC collection with a CDXJ index. Sealed evidence only with --as an archivist."""

    def make(session: Session, viewer: "Viewer", step: Callable[[int], None]) -> dict[str, Any]:
        from ordskifte.archive.exits.selection import Selection
        from ordskifte.archive.exits.warcs import export_warc

        selection = Selection(viewer=viewer, start=_day(start), end=_day(end), step=step)
        return export_warc(out.absolute(), selection, store=session.store, keys=session.keys)

    _run(context, person, make, as_json=as_json, kind="warc")


@command.command()
@_OUT
@_FROM
@_TO
@_AS
@_JSON
@click.pass_context
def activitystreams(
    context: click.Context, out: Path, start: datetime | None, end: datetime | None, person: str | None, as_json: bool
) -> None:
    """ActivityStreams 2.0, a folder for each channel: `ordskifte import` reads each of them again."""

    def make(_session: Session, viewer: "Viewer", step: Callable[[int], None]) -> dict[str, Any]:
        from ordskifte.archive.exits.as2 import export_activitystreams
        from ordskifte.archive.exits.selection import Selection

        selection = Selection(viewer=viewer, start=_day(start), end=_day(end), step=step)
        return export_activitystreams(out.absolute(), selection)

    _run(context, person, make, as_json=as_json, kind="activitystreams")


@command.command()
@_OUT
@_FROM
@_TO
@_AS
@_JSON
@click.pass_context
def csv(
    context: click.Context, out: Path, start: datetime | None, end: datetime | None, person: str | None, as_json: bool
) -> None:
    """One CSV file (RFC 4180), a row for each version, described as a Data Package."""

    def make(_session: Session, viewer: "Viewer", step: Callable[[int], None]) -> dict[str, Any]:
        from ordskifte.archive.exits.selection import Selection
        from ordskifte.archive.exits.tables import export_csv

        selection = Selection(viewer=viewer, start=_day(start), end=_day(end), step=step)
        return export_csv(out.absolute(), selection)

    _run(context, person, make, as_json=as_json, kind="csv")


def _run(
    context: click.Context,
    person: str | None,
    make: "Callable[[Session, Viewer, Callable[[int], None]], dict[str, Any]]",
    *,
    as_json: bool,
    kind: str = "",
) -> None:
    """`kind`: of an exit, whose act is recorded here; a deposit records its own."""
    started = perf_counter()
    with opened(context.obj) as session:
        from ordskifte.records.sequencer import sequence_all

        viewer = viewer_called(person)
        with _bar(hidden=as_json) as step:
            found = make(session, viewer, step)
        if kind:
            _record(kind, viewer, found)
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


def _record(kind: str, viewer: "Viewer", found: dict[str, Any]) -> None:
    from django.db import transaction

    from ordskifte.records.entry import record_act

    with transaction.atomic():
        numbers = {name: value for name, value in found.items() if isinstance(value, int)}
        details: dict[str, object] = {"kind": kind, "sealed": viewer.sees_everything, **numbers}
        record_act("export.made", actor=viewer.actor, at=now(), details=details)


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
