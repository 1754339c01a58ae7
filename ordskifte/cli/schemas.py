"""`ordskifte schemas install`: the official schema files into the home, checked byte for byte."""

import json
from pathlib import Path
from typing import Any

import click

from ordskifte.base.errors import HomeError
from ordskifte.base.home import chosen_home, hand_over
from ordskifte.records.noark5.errors import SchemaError
from ordskifte.records.noark5.schemas import FOLDER, Found, SchemaSet, install, look_in, where_to_get_them


@click.group()
def command() -> None:
    """The official schema files that packages are made and checked with."""


@command.command("install")
@click.option("--from", "folder", type=click.Path(path_type=Path), metavar="DIR", help="The folder that holds them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON value on standard output, and nothing else.")
@click.pass_context
def install_(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Put the official schema files into the home. They are no part of Ordskifte, and nothing is downloaded."""
    home = chosen_home(context.obj)
    if not home.exists:
        raise HomeError(
            f"There is no Ordskifte home in {home.path}.",
            advice="Name it with --home DIR or ORDSKIFTE_HOME, or make one with `ordskifte serve`.",
        )
    if folder is None:
        raise SchemaError(
            "The official schema files are no part of Ordskifte, and it downloads nothing.",
            advice=f"Get them here, then run `ordskifte schemas install --from DIR`:\n{where_to_get_them()}",
        )
    found = look_in(folder.absolute())
    done = install(found, home.path)
    for path in (home.path / FOLDER, *(home.path / FOLDER).rglob("*")):
        hand_over(path)
    if as_json:
        click.echo(json.dumps(_as_json(done, found), ensure_ascii=False))
    else:
        _say(done, found)
    if found.extra:
        context.exit(1)


def _as_json(done: list[SchemaSet], found: Found) -> dict[str, Any]:
    return {
        "installed": [{"name": one.name, "version": one.version, "files": len(one.files)} for one in done],
        "not_found": [one.name for one in found.absent()],
        "extra": [str(path) for path in found.extra],
    }


def _say(done: list[SchemaSet], found: Found) -> None:
    for one in done:
        click.echo(f"Installed: {one.what} ({len(one.files)} files).")
    for one in found.absent():
        click.echo(f"Not there, and not installed: {one.what}.")
    for path in found.extra:
        click.echo(f"Not an official file, left alone: {path}.")
