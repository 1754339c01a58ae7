"""The command says what went wrong in one place and one line."""

import click
import pytest
from click.testing import CliRunner

from ordskifte.base.errors import HomeError, OrdskifteError
from ordskifte.cli import main as the_command
from ordskifte.cli.main import Verbs, main


def raising(error: BaseException) -> Verbs:
    """A command with one verb that raises, read as `ordskifte` reads its own."""

    @click.command()
    def command() -> None:
        raise error

    class One(Verbs):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            return command

    return One(name="ordskifte")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (HomeError("There is no home.", advice="Make one."), 2, "Error: There is no home. Make one.\n"),
        (OrdskifteError("It did not work."), 2, "Error: It did not work.\n"),
        (FileNotFoundError(2, "No such file or directory", "a.zip"), 2, "Error: No such file or directory: a.zip.\n"),
        (OSError(28, "No space left"), 2, "Error: No space left. Make room on the disk, then try again.\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
    ],
)
def test_an_error_is_one_line_on_standard_error(error: BaseException, status: int, said: str) -> None:
    done = CliRunner().invoke(raising(error), ["verb"])
    assert (done.exit_code, done.stdout, done.stderr) == (status, "", said)


def test_help_lists_every_verb_that_is_there_in_order() -> None:
    said = CliRunner().invoke(main, ["--help"])
    assert said.exit_code == 0
    verbs = list(the_command.VERBS)
    shown = [line.split()[0] for line in said.stdout.split("Commands:")[1].splitlines() if line.strip()]
    assert [verb for verb in shown if verb in verbs] == verbs


@pytest.mark.parametrize("verb", list(the_command.VERBS))
def test_every_verb_explains_itself_and_takes_the_home_after_its_name(verb: str) -> None:
    said = CliRunner().invoke(main, [verb, "--help"])
    assert (said.exit_code, "--home" in said.stdout) == (0, True)


def test_a_verb_that_does_not_exist_is_refused() -> None:
    said = CliRunner().invoke(main, ["sing"])
    assert (said.exit_code, "No such command 'sing'" in said.stderr) == (2, True)
