"""The house stands: migrations are complete, and the ledger can only be added to."""

import pytest
from django.core.management import call_command
from django.db import connection

from ordskifte.records.apps import LEDGER

pytestmark = pytest.mark.django_db


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("table", LEDGER)
def test_app_may_add_to_the_ledger_but_not_change_it(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege('app', %s, what)"
            " from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) what",
            [table],
        )
        assert [row[0] for row in cursor.fetchall()] == [True, True, False, False, False]


def test_stop_words_are_kept_so_that_phrases_are_exact() -> None:
    with connection.cursor() as cursor:
        sql = "select to_tsvector('ordskifte_nb', 'ikke på veien') @@ phraseto_tsquery('ordskifte_nb', 'ikke på')"
        cursor.execute(sql)
        assert cursor.fetchone() == (True,)
