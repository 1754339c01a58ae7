"""Whether an object may be taken out of the store now: not while a backup reads it, whose database still names it."""

from django.db import connection

from ordskifte.base.locks import STORE_REMOVAL


def may_remove() -> bool:
    """Ask in a transaction. True: no backup begins to read the store until it ends. False: leave it for later."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [STORE_REMOVAL])
        return bool(cursor.fetchone()[0])
