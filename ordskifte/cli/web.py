"""`ordskifte web`: the pages alone, for several machines."""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress

import click

from ordskifte.base.errors import OrdskifteError
from ordskifte.base.home import Home
from ordskifte.cli.session import Session, opened
from ordskifte.cli.supervise import Part, Supervisor, end_with_parent

GRACE = 3  # seconds that open requests get when the server ends
FEWEST, USUAL_MOST, MOST = 2, 8, 16  # processes: one may die while another answers; each keeps connections
CONNECTIONS = 32  # that all web processes of a machine keep together; the embedded server has 60
LOOK_EVERY = 2.0  # seconds between two looks at the database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--processes", type=click.IntRange(1, MOST), help="How many serve pages. Default: one a core, 2 to 8.")
@click.option("--fd", type=int, hidden=True, help="A listening socket that is handed over.")
@click.option("--supervised", is_flag=True, hidden=True)
@click.pass_obj
def command(home: str | None, host: str, port: int, processes: int | None, fd: int | None, supervised: bool) -> None:
    """Serve the pages. HTTPS is a proxy's work; see docs/howto/run.md."""
    if supervised and fd is not None:
        end_with_parent()
        _serve(home, socket.socket(fileno=fd))
        return
    with opened(home) as session, listening(host, port) as listener, suppress(KeyboardInterrupt, SystemExit):
        Supervisor(
            parts=web_parts(session.home, listener, processes),
            say=lambda message: click.echo(message, err=True),
            tick=keep_database(session),
        ).run()


def web_parts(home: Home, listener: socket.socket, processes: int | None) -> list[Part]:
    """The processes that share one listening socket: whichever is free takes the next connection."""
    count = processes or min(max(len(os.sched_getaffinity(0)), FEWEST), USUAL_MOST)
    descriptor = listener.fileno()
    arguments = ["--home", str(home.path), "web", "--supervised", "--fd", str(descriptor)]
    settings = {"ORDSKIFTE_POOL": os.environ.get("ORDSKIFTE_POOL") or str(min(max(CONNECTIONS // count, 2), 8))}
    return [Part(f"web {number}", arguments, [descriptor], settings) for number in range(1, count + 1)]


def keep_database(session: Session) -> Callable[[], None]:
    """What a supervisor does between its looks: start the home's own database again when it is dead."""
    due = 0.0

    def tick() -> None:
        nonlocal due
        if session.server and time.monotonic() >= due:
            due = time.monotonic() + LOOK_EVERY
            try:
                session.server.ensure()
            except OrdskifteError as error:
                click.echo(f"{error} {error.advice}", err=True)

    return tick


def _serve(home: str | None, listener: socket.socket) -> None:
    """One web process, until SIGTERM."""
    import uvicorn

    with opened(home), listener:
        config = uvicorn.Config(
            "ordskifte.config.asgi:application",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=GRACE,
        )
        uvicorn.Server(config).run(sockets=[listener])


def listening(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A listening socket; on another free port when `or_any` and the wanted one is taken. OrdskifteError else."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = socket.socket(family, socket.SOCK_STREAM)
    wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        wanted.bind((host, port))
        wanted.listen(2048)
    except OSError as error:
        wanted.close()
        if or_any:
            return listening(host, 0)
        raise OrdskifteError(
            f"Cannot listen on {host} port {port}: {error.strerror}.", advice="Choose another with --port."
        ) from error
    return wanted
