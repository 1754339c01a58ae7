"""While a backup reads the store nothing is taken out of it, and a backup waits for what is being taken out."""

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from ordskifte.base.locks import STORE_REMOVAL
from ordskifte.cli.backup import nothing_removed
from ordskifte.records.removal import may_remove

pytestmark = pytest.mark.django_db


def address() -> dict[str, str]:
    """The tests' own database, as a backup would reach it."""
    settings = connection.settings_dict
    return {"host": settings["HOST"], "user": settings["USER"], "dbname": settings["NAME"]}


def test_nothing_is_removed_while_a_backup_reads() -> None:
    with nothing_removed(address()), nothing_removed(address()):
        assert may_remove() is False
    assert may_remove() is True


@pytest.mark.django_db(transaction=True)
def test_a_backup_waits_for_a_removal() -> None:
    with psycopg.connect(make_conninfo("", **address()), autocommit=True) as other:
        ask = "select pg_try_advisory_lock_shared(%s)"
        with transaction.atomic():
            assert may_remove() is True
            assert other.execute(ask, [STORE_REMOVAL]).fetchone() == (False,)
        assert other.execute(ask, [STORE_REMOVAL]).fetchone() == (True,)
