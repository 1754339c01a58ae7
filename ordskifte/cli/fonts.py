"""`ordskifte fonts install`: the fonts documents are set in, into the home, checked byte for byte."""

import json
from pathlib import Path

import click

from ordskifte.base.errors import HomeError
from ordskifte.base.home import chosen_home, hand_over
from ordskifte.records.pdfa.fonts import FOLDER, SYSTEM, install


@click.group()
def command() -> None:
    """The fonts that documents (PDF/A) are set in."""


@command.command("install")
@click.option(
    "--from", "folder", type=click.Path(path_type=Path), metavar="DIR", help=f"Where they lie. Default: {SYSTEM}."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def install_(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Copy the Noto fonts of this machine into the home. Without them documents are set in typst's own fonts, and
    scripts and emoji those lack are written by name."""
    home = chosen_home(context.obj)
    if not home.exists:
        raise HomeError(
            f"There is no Ordskifte home in {home.path}.",
            advice="Name it with --home DIR or ORDSKIFTE_HOME, or make one with `ordskifte serve`.",
        )
    done = install(home.path, (folder or SYSTEM).absolute())
    for path in (home.path / FOLDER, *(home.path / FOLDER).iterdir()):
        hand_over(path)
    if as_json:
        value = {"installed": done.installed, "missing": done.missing, "wrong": [str(path) for path in done.wrong]}
        click.echo(json.dumps(value, ensure_ascii=False))
    else:
        click.echo(f"Installed: {len(done.installed)} fonts.")
        for name in done.missing:
            click.echo(f"Not on this machine: {name}.")
        for path in done.wrong:
            click.echo(f"Another version than the ones we know, left out: {path}.")
    if done.missing or done.wrong:
        context.exit(1)
