"""`ordskifte`: one command, one file per verb. A verb is loaded when it is called, so that none pays for another."""

from importlib import import_module

import click

VERBS: dict[str, str] = {}  # verb -> module in ordskifte.cli whose `command` carries it out


class Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"ordskifte.cli.{module}").command
        return command


@click.group(cls=Verbs)
@click.option("--home", help="The folder that holds everything. Default: ORDSKIFTE_HOME, else ./var.")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Run a public body's social media lawfully, well and in the open."""
    context.obj = home
