"""What `doctor` looks at in the database: tables, rights, clock, worker, ledger, uploads."""

from datetime import datetime, timedelta

from ordskifte.base.clock import now, rfc3339
from ordskifte.cli.checks import Check
from ordskifte.cli.session import Session

SKEW = timedelta(seconds=30)
SILENT = timedelta(seconds=60)
WAITING = timedelta(minutes=2)


def all_of(session: Session) -> list[Check]:
    """Every check that asks the database."""
    moment = now()
    tables = _tables()
    found = [_database(session), tables]
    if tables.ok:
        found += [_rights(), _clock(moment), _worker(moment), _jobs(), _numbered(moment), _uploads(session, moment)]
    return found


def _asked(query: str, parameters: list[list[str]] | None = None) -> tuple[object, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, parameters or [])
        return tuple(cursor.fetchone() or ())


def _database(session: Session) -> Check:
    (server,) = _asked("show server_version")
    where = "embedded in the home" if session.server else "your own (DATABASE_URL)"
    return Check("database", True, f"PostgreSQL {server}, {where}, answers")


def _tables() -> Check:
    from ordskifte.cli.tables import table_changes

    changes = table_changes()
    if changes.ahead:
        return Check("tables", False, f"A newer Ordskifte made {changes.ahead[0]}.", "Install that version.")
    if changes.pending:
        return Check("tables", False, f"{len(changes.pending)} changes are to be made.", "Run `ordskifte upgrade`.")
    return Check("tables", True, "as this program knows them")


def _rights() -> Check:
    """The role in use may add to the ledger and never change it (D6)."""
    from ordskifte.records.apps import LEDGER

    may = _asked(
        "select current_user, bool_and(has_table_privilege(t, 'insert') and has_table_privilege(t, 'select')),"
        " bool_or(has_table_privilege(t, 'update, delete, truncate'))"
        " from unnest(%s::text[]) t",
        [list(LEDGER)],
    )
    role, adds, changes = may
    if not adds:
        return Check("ledger rights", False, f"The role {role} may not write the ledger.", "Run `ordskifte upgrade`.")
    if changes:
        return Check(
            "ledger rights",
            False,
            f"The role {role} may change the ledger, which should only grow.",
            "Let DATABASE_URL name the role app and DATABASE_OWNER_URL the owner (docs/howto/run.md).",
        )
    return Check("ledger rights", True, f"the role {role} can only add to it")


def _clock(moment: datetime) -> Check:
    (theirs,) = _asked("select clock_timestamp()")
    assert isinstance(theirs, datetime)
    skew = abs(theirs - now())
    (latest,) = _asked("select max(at) from records_checkpoint")
    if skew > SKEW:
        return Check("clock", False, f"The database's clock is {skew} from this machine's.", "Set both by NTP.")
    if isinstance(latest, datetime) and latest > moment + SKEW:
        said = f"The clock says {rfc3339(moment)}, but the ledger was signed at {rfc3339(latest)}."
        return Check("clock", False, said, "Set the clock by NTP (timedatectl set-ntp true).")
    return Check("clock", True, rfc3339(moment))


def _worker(moment: datetime) -> Check:
    (seen,) = _asked("select max(last_heartbeat) from procrastinate_workers")
    if isinstance(seen, datetime) and moment - seen < SILENT:
        return Check("worker", True, f"last sign of life {rfc3339(seen)}")
    (waiting,) = _asked("select count(*) from procrastinate_jobs where status = 'todo' and scheduled_at is null")
    if waiting:
        return Check(
            "worker",
            False,
            f"No worker runs, and {waiting} jobs wait.",
            "Start `ordskifte serve` or `ordskifte worker`.",
        )
    return Check("worker", True, "none runs, and nothing waits for one")


def _jobs() -> Check:
    (failed,) = _asked("select count(*) from procrastinate_jobs where status = 'failed'")
    if failed:
        return Check(
            "jobs", False, f"{failed} jobs failed in the last days.", "Read the worker's log; they are not tried again."
        )
    return Check("jobs", True, "none failed")


def _numbered(moment: datetime) -> Check:
    """Entries are numbered within a second when a worker runs; old ones mean that something stands still."""
    (batches,) = _asked("select count(*) from records_pending")
    if not batches:
        return Check("ledger", True, "every entry is numbered and signed")
    (signed,) = _asked("select max(at) from records_checkpoint")
    if isinstance(signed, datetime) and moment - signed < WAITING:
        return Check("ledger", True, f"{batches} batches are waiting for their number, as they do for a moment")
    return Check(
        "ledger",
        False,
        f"{batches} batches of entries are not numbered.",
        "Start `ordskifte serve` or `ordskifte worker`.",
    )


def _uploads(session: Session, moment: datetime) -> Check:
    folder = session.home.uploads
    old = (
        [
            path
            for path in folder.iterdir()
            if moment.timestamp() - path.lstat().st_mtime > timedelta(days=7).total_seconds()
        ]
        if folder.is_dir()
        else []
    )
    if old:
        return Check(
            "uploads",
            False,
            f"{len(old)} uploads older than a week lie in {folder}.",
            "A running worker removes them at night.",
        )
    return Check("uploads", True, "none left over")
