"""`ordskifte doctor`: what is wrong, in words a person can act on."""

import json

import click

from ordskifte.base.errors import OrdskifteError
from ordskifte.base.home import chosen_home
from ordskifte.cli import checks, checks_inside
from ordskifte.cli.checks import Check
from ordskifte.cli.session import opened

MARKS = {True: "ok   ", False: "FIX  "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list of {check, ok, what, do}.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Look over the machine, the home and the database. Exit 0 all well, 1 something to do, 2 it cannot run."""
    found, status = _examined(context.obj)
    if as_json:
        click.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{MARKS[one.ok]}{one.check}: {one.what}")
            if one.do:
                click.echo(f"     {one.do}")
    context.exit(status)


def _examined(home_option: str | None) -> tuple[list[Check], int]:
    home = chosen_home(home_option)
    found = [checks.python(), checks.home_folder(home)]
    if not found[-1].ok and not checks.is_home(home):
        return found, 2
    found += [
        checks.owners(home),
        checks.room(home.path, "disk of the home"),
        checks.room(home.store_folder, "disk of the store") if home.store_folder else checks.bucket(home),
    ]
    found += [checks.keys(home), checks.recovery(home), checks.serving(home)]
    try:
        with opened(home_option, allow_pending=True) as session:
            found += checks_inside.all_of(session)
    except OrdskifteError as error:
        found.append(Check("database", False, str(error), error.advice))
        return found, 2
    return found, 0 if all(one.ok for one in found) else 1
