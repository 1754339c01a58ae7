"""`ordskifte serve`: database, web and worker for one machine, ended together."""

import http.client
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from importlib import import_module
from typing import Any

import click

from ordskifte.base.errors import HomeError, OrdskifteError
from ordskifte.base.home import Home, hand_over
from ordskifte.cli.demo import fill_once, refuse_demo
from ordskifte.cli.session import Session, opened
from ordskifte.cli.supervise import Part, Supervisor
from ordskifte.cli.web import MOST, keep_database, listening, web_parts

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, help="The port to listen on. Default: 8000, or a free one when that is taken.")
@click.option("--processes", type=click.IntRange(1, MOST), help="How many serve pages. Default: one a core, 2 to 8.")
@click.option("--demo", is_flag=True, help="Fill an empty home with the example body first.")
@click.option("--json", "as_json", is_flag=True, help="Say the address as one JSON object.")
@click.pass_obj
def command(
    home_option: str | None, host: str, port: int | None, processes: int | None, demo: bool, as_json: bool
) -> None:
    """Run everything on this machine until Ctrl-C or SIGTERM. Makes the home when there is none."""
    if demo:
        if host not in LOOPBACK:
            raise OrdskifteError("The example body is shown only on this machine.", advice="Leave --host out.")
        refuse_demo(home_option)
    with (
        opened(home_option, create=True, demo=demo) as session,
        _alone(session.home) as note,
        listening(host, 8000 if port is None else port, or_any=port is None) as listener,
    ):
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        note(address)
        if demo:
            fill_once(session)
        if (
            host in LOOPBACK
        ):  # nobody comes from elsewhere: what we send out leads here, unless another address is named
            os.environ.setdefault("ORDSKIFTE_ORIGIN", address.rstrip("/"))
        with suppress(KeyboardInterrupt, SystemExit):
            _run(session, listener, processes, lambda: _announce(session, address, as_json=as_json))
    click.echo("Ended.", err=True)


def _run(session: Session, listener: socket.socket, processes: int | None, announce: Callable[[], None]) -> None:
    """Web and worker until a signal; `announce` once, when the pages answer."""
    keep, ready = keep_database(session), False

    def tick() -> None:
        nonlocal ready
        keep()
        if not ready and _answers(listener):
            ready = True
            announce()

    Supervisor(
        parts=[
            *web_parts(session.home, listener, processes),
            Part("worker", ["--home", str(session.home.path), "worker", "--supervised"]),
        ],
        say=lambda message: click.echo(message, err=True),
        tick=tick,
    ).run()


def _answers(listener: socket.socket) -> bool:
    from django.conf import settings

    host, port = listener.getsockname()[:2]
    wild = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not listened on
    asked = http.client.HTTPConnection(wild.get(host, host), port, timeout=2)
    try:
        asked.request("GET", "/health", headers={"Host": settings.ALLOWED_HOSTS[0]})
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _announce(session: Session, address: str, *, as_json: bool) -> None:
    sign_ins: list[Any] = list(import_module("ordskifte.web.demo").SIGN_INS) if session.demo else []
    if as_json:
        said = {"address": address, "pid": os.getpid(), "home": str(session.home.path), "sign_ins": sign_ins}
        click.echo(json.dumps(said, ensure_ascii=False, default=str))
    else:
        click.echo(f"\nOrdskifte is ready at {address}\nThe home is {session.home.path}")
        if sign_ins:
            click.echo(f"Sign in at {address}sign-in/ as one of these; the example body asks for no password:")
            for name, _mail, _roles, who in sign_ins:
                click.echo(f"  {name:16}{who}")
        elif _nobody_may_enter():
            click.echo(
                'Nobody can sign in yet: ordskifte person first-admin E-MAIL "NAME" makes the first administrator.'
            )
        click.echo("Ctrl-C ends it.")
        if os.geteuid() == 0 and not session.demo:
            click.echo("You run it as root, which is for trying out; deploy/ordskifte.service does not.", err=True)
    sys.stdout.flush()


def _nobody_may_enter() -> bool:
    from ordskifte.people.models import Person

    return not Person.objects.filter(is_active=True).exists()


@contextmanager
def _alone(home: Home) -> Iterator[Callable[[str], None]]:
    """One `serve` for one home. The lock goes when the process does; HomeError names who holds it."""
    path = home.path / ".serve.lock"
    with path.open("a+", encoding="utf-8") as handle:
        hand_over(path)
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise HomeError(
                f"Ordskifte already serves {home.path}: {handle.read().strip() or 'it is just starting'}.",
                advice="Open that address, or end that process first.",
            ) from None

        def note(address: str) -> None:
            handle.truncate(0)
            handle.write(f"process {os.getpid()} at {address}")
            handle.flush()

        note("an address it has not said yet")
        yield note


def _shown(host: str) -> str:
    if host in LOOPBACK:
        return "localhost"  # passkeys work with a name, never with a number
    return f"[{host}]" if ":" in host else host
