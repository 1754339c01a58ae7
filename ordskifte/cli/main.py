"""`ordskifte`: one command, one file per verb. A verb is loaded when it is called, so that none pays for another.

What went wrong is said here, in one place: one line on standard error and exit status 2, never a stack trace.
"""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from types import TracebackType
from typing import Any, NoReturn

import click

from ordskifte.base.errors import OrdskifteError

VERBS: dict[str, str] = {  # verb -> module in ordskifte.cli whose `command` carries it out
    "serve": "serve",
    "demo": "demo",
    "import": "import_",
    "collect": "collect",
    "channels": "channels",
    "triage": "triage",
    "search": "search",
    "verify": "verify",
    "prove": "prove",
    "check": "check",
    "export": "export",
    "fonts": "fonts",
    "schemas": "schemas",
    "person": "person",
    "keys": "keys",
    "backup": "backup",
    "restore": "restore",
    "erasures": "erasures",
    "upgrade": "upgrade",
    "doctor": "doctor",
    "web": "web",
    "worker": "worker",
}
COULD_NOT = 2


class Verbs(click.Group):
    """The verbs, loaded when asked for; errors that a person can act on become one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [verb for verb, module in VERBS.items() if find_spec(f"ordskifte.cli.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None or not find_spec(f"ordskifte.cli.{module}"):
            return None
        command: click.Command = import_module(f"ordskifte.cli.{module}").command
        _take_home_too(command)
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        if args is None:  # we are the process's own command, not called from a test
            sys.excepthook = _say_and_end
        return super().main(args, *rest, **named)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OrdskifteError as error:
            _refuse(str(error), error.advice)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)
        except BrokenPipeError:  # the reader of our output went away; click ends the command quietly
            raise
        except OSError as error:
            _refuse(_said(error), "Make room on the disk, then try again." if error.errno == errno.ENOSPC else "")


def _refuse(message: str, advice: str) -> NoReturn:
    click.echo(" ".join(filter(None, ("Error:", message, advice))), err=True)
    raise click.exceptions.Exit(COULD_NOT)


def _said(error: OSError) -> str:
    return f"{error.strerror or error}: {error.filename}." if error.filename else f"{error.strerror or error}."


def _take_home_too(command: click.Command) -> None:
    """`--home` works after the verb as well as before it."""
    if not any("--home" in parameter.opts for parameter in command.params):
        command.params.append(
            click.Option(["--home"], metavar="DIR", expose_value=False, callback=_keep_home, help="As before the verb.")
        )
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _take_home_too(inner)


def _keep_home(context: click.Context, _parameter: click.Parameter, home: str | None) -> None:
    if home is not None:
        context.obj = home


def _say_and_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last net: a broken connection, or a fault of ours. Details of a fault go to a file."""
    if type(error.__cause__).__name__ == "DiskFull":
        said = "There is no room left on the database's disk; nothing was half-stored. Make room, then try again."
    elif kind.__name__ in ("OperationalError", "InterfaceError"):  # of psycopg or Django; loading them here would cost
        said = f"The database broke off: {str(error).strip().splitlines()[0]}. Run `ordskifte doctor`."
    else:
        handle, name = tempfile.mkstemp(prefix="ordskifte-fault-", suffix=".txt")
        with os.fdopen(handle, "w") as out:
            out.writelines(traceback.format_exception(kind, error, trace))
        said = f"Something is wrong inside Ordskifte ({kind.__name__}). Send {name} to whoever maintains it."
    sys.stdout.flush()
    print(f"Error: {said}", file=sys.stderr, flush=True)
    os._exit(COULD_NOT)  # Python itself would end with 1, which means "done, with findings"


@click.group(cls=Verbs)
@click.option("--home", metavar="DIR", help="The folder that holds everything. Default: ORDSKIFTE_HOME, else ./var.")
@click.version_option(version("ordskifte"), prog_name="ordskifte", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, home: str | None) -> None:
    """Run a public body's social media lawfully, well and in the open."""
    context.obj = home
