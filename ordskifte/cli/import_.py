"""`ordskifte import PATH...`: bring in official exports; ends when all is searchable and provable."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from ordskifte.base.clock import now
from ordskifte.cli.session import Session, opened

COUNTS = ("utterances", "versions", "duplicates", "other", "problems")
KEEP_QUESTION = """What shall hold for the old utterances until an archivist has looked at them?
  own    archive everything we said ourselves, decide the rest later
  all    archive everything
  later  decide everything later
"""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--channel", default="", help="The channel's name. Default: the account's own name in the export.")
@click.option("--keep", type=click.Choice(["own", "all", "later"]), help="Keep-decision until someone has decided.")
@click.option("--legal-basis", help="The legal basis of that decision.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, and nothing else.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    channel: str,
    keep: str | None,
    legal_basis: str | None,
    as_json: bool,
) -> None:
    """Bring in official exports (zip, folder or file). What each PATH is, is found by looking."""
    started = perf_counter()
    if keep is None and not as_json and sys.stdin.isatty():
        click.echo(KEEP_QUESTION)
        keep = click.prompt("Choose", type=click.Choice(["own", "all", "later"]), default="own")
    with opened(context.obj, create=True) as session:
        if session.new:
            click.echo(f"A new home was made in {session.home.path}.", err=True)
        report = _import(
            session,
            [path.absolute() for path in paths],
            channel=channel,
            keep=keep or "own",
            legal_basis=legal_basis,
            quiet=as_json,
        )
    report["seconds"] = round(perf_counter() - started, 3)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        _show(report)
    context.exit(_status(report))


def _import(
    session: Session, paths: list[Path], *, channel: str, keep: str, legal_basis: str | None, quiet: bool
) -> dict[str, Any]:
    from ordskifte.listen.imports import LEGAL_BASIS, import_paths
    from ordskifte.listen.models import Import
    from ordskifte.records.sequencer import numbering_beside, sequence_all

    signing, origin = session.keys.signing, session.keys.origin
    with _bar(hidden=quiet) as (advance, note):
        with numbering_beside(signing=signing, origin=origin, clock=now) as number_the_rest:

            def told(run: Import) -> None:
                advance(run)
                if run.ended_at:
                    number_the_rest()  # while the tables are tidied

            run = import_paths(
                paths,
                store=session.store,
                keys=session.keys,
                clock=now,
                keep=keep,
                legal_basis=legal_basis or LEGAL_BASIS,
                channel_name=channel,
                progress=told,
            )
        note("numbering and signing")
        sequence_all(signing=signing, origin=origin, clock=now)
    assert isinstance(run, Import)
    return report_of(run)


def report_of(run: Any) -> dict[str, Any]:
    """The report of an import, as the command prints it."""
    files = []
    for file in run.files.prefetch_related("listed"):
        listed = list(file.listed.all())
        files.append(
            {
                "path": file.path,
                "kind": file.kind,
                "items": file.items,
                **{name: getattr(file, name) for name in COUNTS[:4]},
                "media": file.media,
                "problems": [_named(one) for one in listed if not one.remark],
                "remarks": [_named(one) for one in listed if one.remark],
            }
        )
    totals = {name: sum(getattr(file, name) for file in run.files.all()) for name in COUNTS}
    report: dict[str, Any] = {"files": files, **totals}
    if run.state != "done":
        report["state"] = run.state
        report["failure"] = run.failure
    return report


def _named(one: Any) -> dict[str, str]:
    return {"where": one.where, "why": f"{one.why} {one.detail}".strip()}


def _status(report: dict[str, Any]) -> int:
    """0 all well, 1 with problems or remarks, 2 when nothing could be read at all."""
    if report.get("state") == "failed":
        return 2
    read = sum(report[name] for name in COUNTS[:4])
    if report["problems"]:
        return 1 if read or any(file["kind"] for file in report["files"]) else 2
    return 1 if any(file["remarks"] for file in report["files"]) else 0


@contextmanager
def _bar(*, hidden: bool) -> Iterator[tuple[Callable[[Any], None], Callable[[str], None]]]:
    """A progress bar on a terminal, in bytes read; nothing elsewhere."""
    if hidden or not sys.stderr.isatty():
        yield lambda run: None, lambda what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def advance(run: Any) -> None:
            progress.update(task, completed=run.bytes_read // 1024, total=max(run.bytes_total // 1024, 1))

        def note(what: str) -> None:
            progress.update(task, description=what)

        yield advance, note


def _show(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("file", "kind", "items", *COUNTS, box=None, header_style="bold")
    for file in report["files"]:
        counts = [str(file[name]) for name in COUNTS[:4]] + [str(len(file["problems"]))]
        table.add_row(file["path"], file["kind"] or "?", str(file["items"]), *counts)
    console.print(table)
    for file in report["files"]:
        for one in [*file["problems"], *file["remarks"]][:20]:
            console.print(f"{file['path']}, {one['where']}: {one['why']}", markup=False, style="yellow")
    if failure := report.get("failure"):
        click.echo(f"Error: {' '.join(failure.splitlines())}", err=True)
    console.print(
        f"{report['utterances']} utterances, {report['versions']} more versions, {report['duplicates']} known before,"
        f" {report['problems']} problems, {report['seconds']} s."
        + ("" if report.get("failure") else " Everything is searchable and provable."),
        highlight=False,
    )
