"""Telling open desks that something happened: PostgreSQL's NOTIFY, ids only, in the transaction of the change.

Whoever listens reads again what it may see; so nothing that is said here can leak.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection, transaction

CHANNEL: Final = "desk"
_MOST: Final = 100  # ids in one notice: it may hold 8,000 bytes


def announce(what: str, conversations: Iterable[UUID]) -> None:
    """`what`: arrived, changed or presence. With very many conversations the ids are left out: read everything."""
    ids = sorted({one.hex for one in conversations})
    words = [what, *ids] if len(ids) <= _MOST else [what]
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s), nextval('converse_turn')", [CHANNEL, " ".join(words)])
    transaction.on_commit(_turn)  # what was read between the change and its commit is old


def _turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('converse_turn')")


def turn() -> int:
    """A number that is another one after every change that was announced: what was counted before it is old."""
    with connection.cursor() as cursor:
        cursor.execute("select last_value from converse_turn")
        return int(cursor.fetchone()[0])
