"""`ordskifte demo`: fill an empty home with the example body, and end."""

from importlib import import_module

import click

from ordskifte.base.errors import HomeError
from ordskifte.base.home import chosen_home, hand_over, read_card
from ordskifte.cli.session import Session, opened


@click.command()
@click.pass_obj
def command(home: str | None) -> None:
    """Fill an empty home with the example body (Eksempel kommune)."""
    refuse_demo(home)
    with opened(home, create=True, demo=True) as session:
        fill_once(session)
        click.echo(f"The example body is in {session.home.path}. Look at it with `ordskifte serve`.")


def refuse_demo(home_option: str | None) -> None:
    """HomeError when the home is a real one: invented people never get mixed with a body's own."""
    home = chosen_home(home_option)
    if home.exists and not read_card(home).get("demo"):
        raise HomeError(
            f"{home.path} is the home of a real body; the example body is only put into an empty one.",
            advice="Choose another folder with --home.",
        )


def fill_once(session: Session) -> None:
    """The example body, unless it is all there already."""
    done = session.home.path / ".demo-filled"
    if not done.exists():
        click.echo("Filling in the example body ...", err=True)
        import_module("ordskifte.web.demo").fill(session)  # by name: a stranger on our floor
        done.touch()
        hand_over(done)
