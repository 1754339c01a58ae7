"""`ordskifte upgrade`: a backup, a newer PostgreSQL's data folder where the program brings one, then the tables."""

import os
import shutil
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import click
import orjson
import psycopg
from psycopg.conninfo import make_conninfo

from ordskifte.base.backup_seal import BackupError
from ordskifte.base.clock import now
from ordskifte.base.errors import HomeError
from ordskifte.base.home import Home, chosen_home, hand_over
from ordskifte.base.keys import load_keys
from ordskifte.base.postgres import Embedded, data_majors
from ordskifte.base.postgres_dump import dumped, restore_dump
from ordskifte.base.postgres_programs import find_programs
from ordskifte.base.store import store_of
from ordskifte.cli.backup import take_backup
from ordskifte.cli.session import Session, opened, unwound_by_signals


@click.command()
@click.option("--backup", "file", type=click.Path(dir_okay=False, path_type=Path), help="Where to put the backup.")
@click.option("--no-backup", is_flag=True, help="Take no backup first.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as one JSON object.")
@click.pass_obj
def command(home_option: str | None, file: Path | None, no_backup: bool, as_json: bool) -> None:
    """Bring a home to this program's version. Stop `ordskifte serve` first."""
    home = chosen_home(home_option)
    if not home.exists:
        raise HomeError(f"There is no Ordskifte home in {home.path}.", advice="Name it with --home DIR.")
    with unwound_by_signals():
        done = upgrade(home, None if no_backup else file or _default_file(home))
    if as_json:
        click.echo(orjson.dumps(done))
        return
    if done["backup"]:
        click.echo(f"Backup: {done['backup']}")
    if done["postgres"]:
        click.echo(f"PostgreSQL: from {done['postgres'][0]} to {done['postgres'][1]}")
    click.echo(f"Tables: {len(done['tables'])} changes." if done["tables"] else "Tables: nothing to change.")


def upgrade(home: Home, backup: Path | None) -> dict[str, Any]:
    """Backup (unless None), PostgreSQL, tables. Each step leaves what was there usable until it is whole."""
    done: dict[str, Any] = {"backup": str(backup) if backup else None, "postgres": None, "tables": []}
    older = _older_major(home)
    if not os.environ.get("DATABASE_URL"):
        _refuse_while_used(home)
    if older is not None:
        with Embedded(home.path, major=older) as server:
            if backup is not None:
                take_backup(_session(home, server), backup)
                backup = None
            done["postgres"] = [older, _renew_data(home, server)]
    with opened(str(home.path), owner=True, allow_pending=True) as session:
        from ordskifte.cli.tables import table_changes

        changes = table_changes()
        if changes.ahead:
            raise BackupError(
                f"The home was used by a newer Ordskifte ({changes.ahead[0]}).", advice="Install that version."
            )
        if backup is not None:
            take_backup(session, backup)
        if changes.pending:
            _migrate()
            done["tables"] = list(changes.pending)
        _lay_what_is_new()
    _put_aside_old_data(home)
    return done


def _lay_what_is_new() -> None:
    """What newer versions ship for every body; a home that has it already is left alone."""
    from ordskifte.people.acts import COMMAND
    from ordskifte.people.models import Body
    from ordskifte.plan.defaults import lay_defaults

    if Body.objects.exists():
        lay_defaults(actor=COMMAND, at=now())


def _default_file(home: Home) -> Path:
    return home.path / f"before-upgrade-{now():%Y%m%dT%H%M%SZ}.backup"


def _older_major(home: Home) -> int | None:
    """The version whose data must be renewed; None when this program's is there, or the database is the operator's."""
    if os.environ.get("DATABASE_URL"):
        return None
    majors, ours = data_majors(home.path), find_programs().major
    return max(majors) if majors and ours not in majors else None


def _refuse_while_used(home: Home) -> None:
    for path in home.path.glob(".pg*.in-use.lock"):
        with path.open("a") as handle:
            try:
                flock(handle, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                raise HomeError(f"The home {home.path} is in use.", advice="Stop `ordskifte serve` first.") from None


def _session(home: Home, server: Embedded) -> Session:
    """A home as a backup needs it, without Django: its tables may be too old for this program."""
    return Session(home, load_keys(home), store_of(home), server, new=False, demo=False)


def _renew_data(home: Home, old: Embedded) -> int:
    """Dump the old server's database into a new version's data folder, which gets its name when it is whole."""
    from ordskifte.records.apps import GRANTS

    programs = find_programs()
    name = f"pg{programs.major}"
    side, dump = home.path / f"{name}.upgrading", home.path / ".upgrade.dump"
    if side.exists():  # of an upgrade that was killed: its server may still run
        with Embedded(home.path, data=side.name):
            pass
        shutil.rmtree(side)
    try:
        with dump.open("wb") as out:
            dump.chmod(0o600)
            hand_over(dump)
            for piece in dumped(old.address("owner"), programs):  # the newer pg_dump reads older servers
                out.write(piece)
        with Embedded(home.path, data=side.name) as new:
            address = new.address("owner")
            restore_dump(dump, address, programs)
            with psycopg.connect(make_conninfo("", **address), autocommit=True) as connection:
                connection.execute(GRANTS)
                connection.execute("analyze")
        os.rename(side, home.path / name)
    finally:
        dump.unlink(missing_ok=True)
        shutil.rmtree(side, ignore_errors=True)
        for lock in home.path.glob(f".{side.name}.*.lock"):
            lock.unlink()
    return programs.major


def _migrate() -> None:
    """All changes of tables in one transaction: they are all there, or none."""
    from django.core.management import call_command
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")  # else one change's rows hold up the next one's tables
        call_command("migrate", verbosity=0, interactive=False)


def _put_aside_old_data(home: Home) -> None:
    """Data of older versions stay in the home under a name that nothing reads, until somebody removes them."""
    if os.environ.get("DATABASE_URL"):
        return
    for major in data_majors(home.path):
        if major < find_programs().major:
            os.rename(home.path / f"pg{major}", home.path / f"pg{major}.replaced")
            click.echo(f"The old data are in {home.path}/pg{major}.replaced; remove them when all is well.", err=True)
