"""What every verb stands on: a home, its keys, its store and a database that answers."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

import click
import psycopg

from ordskifte.base.clock import now, rfc3339
from ordskifte.base.errors import DatabaseError, HomeError
from ordskifte.base.home import Home, alone, chosen_home, hand_over, make_folder, read_card, write_card
from ordskifte.base.keys import Keys, create_keys, load_keys, new_recovery_key
from ordskifte.base.postgres import Embedded
from ordskifte.base.store import Store, store_of

NAMELESS = "Uten navn"
OLDEST_SERVER = 150000  # as PostgreSQL numbers itself; unique indexes with equal nulls came with 15


@dataclass(frozen=True, slots=True)
class Session:
    """What a verb works with. `server` is None with a database of the operator's own (DATABASE_URL)."""

    home: Home
    keys: Keys
    store: Store
    server: Embedded | None
    new: bool  # the home was made by this call
    demo: bool  # the home holds the example body


@contextmanager
def opened(
    home_option: str | None,
    *,
    create: bool = False,
    owner: bool = False,
    demo: bool = False,
    body_name: str = NAMELESS,
    allow_pending: bool = False,
) -> Iterator[Session]:
    """The home made ready for a verb: database up, Django set up, tables as this program knows them.

    Without `create` a missing home is refused. `owner` connects as the role that may change tables; `allow_pending`
    lets tables be older than the program. `demo` and `body_name` count only when the home is made. Until the block ends
    SIGTERM and SIGHUP raise SystemExit in it, so that the database is released. Raises HomeError or DatabaseError.
    """
    home = chosen_home(home_option)
    new = not home.exists
    if new and not create:
        raise HomeError(
            f"There is no Ordskifte home in {home.path}.",
            advice="Name it with --home DIR or ORDSKIFTE_HOME, or make one with `ordskifte serve`.",
        )
    with ExitStack() as stack:
        stack.enter_context(unwound_by_signals())
        if new:
            make_folder(home)
            with alone(home):
                new = not home.exists
                server = _started(home, stack, owner=owner)
                if new:
                    _furnish(home, demo=demo, body_name=body_name)
        else:
            server = _started(home, stack, owner=owner)
        if not allow_pending:
            _refuse_other_tables(home)
        yield Session(
            home=home,
            keys=load_keys(home),
            store=store_of(home),
            server=server,
            new=new,
            demo=bool(read_card(home).get("demo")),
        )


@contextmanager
def unwound_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP raise SystemExit, as Ctrl-C raises KeyboardInterrupt: what is open is closed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def unwind(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, unwind)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _started(home: Home, stack: ExitStack, *, owner: bool) -> Embedded | None:
    """The database up (unless it is the operator's own) and Django connected to it."""
    os.environ["ORDSKIFTE_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ordskifte.config.settings")
    if owner:
        os.environ["ORDSKIFTE_DB_ROLE"] = "owner"
    server = None if os.environ.get("DATABASE_URL") else Embedded(home.path)
    with ThreadPoolExecutor(1) as beside:  # the server comes up while Django is loaded
        coming = beside.submit(stack.enter_context, server) if server else None
        if not home.exists:
            if coming:
                coming.result()
            _make_keys(home, own_server=server is not None)
        import django
        from django.conf import settings
        from django.db import connections

        django.setup()
        if coming:
            coming.result()
    if settings.HOME.path != home.path:
        raise HomeError(f"This process works with {settings.HOME.path}, not with {home.path}.")
    stack.callback(_close, connections)
    _refuse_silent_server()
    return server


def _close(connections: Any) -> None:
    connections.close_all()
    connections["default"].close_pool()


def _make_keys(home: Home, *, own_server: bool) -> None:
    """Keys for a home that is being made; a database that another home's keys belong to is refused first."""
    if not own_server and not home.keys.exists() and _has_a_body(os.environ["DATABASE_URL"]):
        raise HomeError(
            "The database of DATABASE_URL already belongs to a body, whose keys are not here.",
            advice=f"Copy the folder keys and the file home.json from its home to {home.path}.",
        )
    create_keys(home, origin=f"ordskifte.local/{os.urandom(8).hex()}")
    for path in (home.keys, *home.keys.iterdir()):
        hand_over(path)


def _has_a_body(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.execute("select to_regclass('people_body') is not null").fetchone()
            if found and found[0]:
                return connection.execute("select 1 from people_body").fetchone() is not None
    except psycopg.OperationalError as error:
        raise _silent(error) from error
    return False


def _refuse_silent_server() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise _silent(error) from error
    version = connection.connection.info.server_version
    if version < OLDEST_SERVER:
        raise DatabaseError(
            f"The database is PostgreSQL {version // 10000}.", advice="Ordskifte needs PostgreSQL 15 or newer."
        )


def _silent(error: Exception) -> DatabaseError:
    own = bool(os.environ.get("DATABASE_URL"))
    return DatabaseError(
        f"The database does not answer: {str(error).strip().splitlines()[0]}.",
        advice="Look at DATABASE_URL and at the server." if own else "Run `ordskifte doctor`.",
    )


def _furnish(home: Home, *, demo: bool, body_name: str) -> None:
    """Tables, the body, the folders; `home.json` last, so that a half-made home is never taken for one."""
    from django.core.management import call_command

    from ordskifte.cli.tables import as_owner
    from ordskifte.people.acts import COMMAND, create_body
    from ordskifte.people.models import Body
    from ordskifte.plan.defaults import lay_defaults
    from ordskifte.records.sequencer import sequence_all

    click.echo(f"Making a home in {home.path} ...", err=True)
    moment = now()
    with as_owner():
        call_command("migrate", verbosity=0, interactive=False)
    if not Body.objects.exists():
        create_body(body_name, at=moment, demo=demo)
    lay_defaults(actor=COMMAND, at=moment)
    keys = load_keys(home)
    sequence_all(signing=keys.signing, origin=keys.origin, clock=now)  # the ledger's first checkpoint
    for folder in filter(None, (home.store_folder, home.uploads, home.logs)):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        hand_over(folder)
    recovery = new_recovery_key(home)  # anew: a run that was killed before this line has shown its own to nobody
    write_card(home, {"format": 1, "created_at": rfc3339(moment), "demo": demo})
    if not demo:
        click.echo(RECOVERY.format(key=recovery), err=True)


RECOVERY = """
The recovery key of this home, shown only now. Backups are encrypted to it; without it they cannot be read.
Write it down and keep it apart from this machine:

    {key}
"""


def _refuse_other_tables(home: Home) -> None:
    """DatabaseError when the tables are older or newer than this program."""
    from ordskifte.cli.tables import table_changes

    changes = table_changes()
    if changes.ahead:
        raise DatabaseError(
            f"The home {home.path} was used by a newer Ordskifte ({changes.ahead[0]}).",
            advice="Install that version, or restore a backup made by this one.",
        )
    if changes.pending:
        raise DatabaseError(
            f"The home {home.path} was made by an older Ordskifte ({len(changes.pending)} changes of tables to do).",
            advice="Run `ordskifte upgrade`; it takes a backup first.",
        )
