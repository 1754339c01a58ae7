"""The records package, and the rights its ledger needs in the database."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

LEDGER = ("records_entry", "records_numbered", "records_tile", "records_checkpoint", "records_timestamp")

GRANTS = f"""
do $$ begin
    if exists (select 1 from pg_roles where rolname = 'app') and current_user <> 'app' then
        grant usage on schema public to app;
        grant select, insert, update, delete on all tables in schema public to app;
        grant usage, select, update on all sequences in schema public to app;
        grant execute on all functions in schema public to app;
        revoke update, delete, truncate on {", ".join(LEDGER)} from app;
    end if;
end $$
"""  # noqa: S608 - our own tables


def grant_app(*, using: str, **_: Any) -> None:
    """The role `app` reads and writes everything, but in the ledger it can only add (D6)."""
    from django.db import connections

    with connections[using].cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_tables where schemaname = 'public' and tablename = any(%s)", [list(LEDGER)]
        )
        if cursor.fetchone()[0] == len(LEDGER):
            cursor.execute(GRANTS)


class RecordsConfig(AppConfig):
    name = "ordskifte.records"
    label = "records"

    def ready(self) -> None:
        post_migrate.connect(grant_app)
