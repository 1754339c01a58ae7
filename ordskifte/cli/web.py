"""`ordskifte web`: the pages alone, for several machines."""

import socket

import click

from ordskifte.base.errors import OrdskifteError
from ordskifte.cli.session import opened
from ordskifte.cli.supervise import end_with_parent

GRACE = 3  # seconds that open requests get when the server ends


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--fd", type=int, hidden=True, help="A listening socket that `serve` hands over.")
@click.option("--supervised", is_flag=True, hidden=True)
@click.pass_obj
def command(home: str | None, host: str, port: int, fd: int | None, supervised: bool) -> None:
    """Serve the pages. HTTPS is a proxy's work; see docs/howto/run.md."""
    import uvicorn

    if supervised:
        end_with_parent()
    listener = socket.socket(fileno=fd) if fd is not None else listening(host, port)
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
