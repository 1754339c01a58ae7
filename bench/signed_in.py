"""A served home with somebody signed in, as the pages' figures need it."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

COMMAND = [sys.executable, "-m", "ordskifte"]
EMAIL, PASSWORD = "maal@eksempel.example", "en lang setning for maaling 2026"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def token_in(page: str) -> str:
    """The form token of a page."""
    found = TOKEN.search(page)
    if found is None:
        raise SystemExit("the page has no form")
    return found[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A running `serve`. `headers` carry an administrator's session; `database` is the pid of PostgreSQL."""

    home: Path
    address: str
    pid: int
    database: int
    headers: dict[str, str]


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """`ordskifte serve` on a free port, and somebody signed in."""
    subprocess.run(
        [*COMMAND, "--home", home, "person", "first-admin", EMAIL, "Måler", "--password-stdin"],
        input=PASSWORD + "\n",
        text=True,
        check=False,  # a home that was kept has one already
        capture_output=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*COMMAND, "--home", home, "serve", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as client:
            token = token_in(client.get("/sign-in/").text)
            data = {"account": EMAIL, "email": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token}
            if client.post("/sign-in/", data=data).status_code != 200 or "sessionid" not in client.cookies:
                raise SystemExit("could not sign in")
            headers = {"Cookie": f"sessionid={client.cookies['sessionid']}"}
        database = int(next(home.glob("pg*/postmaster.pid")).read_text().split("\n")[0])
        yield Served(home, address, server.pid, database, headers)
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise SystemExit("the server did not answer")
