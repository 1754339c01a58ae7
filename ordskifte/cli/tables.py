"""Changes of tables: those the database has had against those this program has, and the role that may make them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@dataclass(frozen=True, slots=True)
class TableChanges:
    """Names as `app.0001_initial`. `ahead`: of our own packages, done by a newer program."""

    pending: tuple[str, ...]
    ahead: tuple[str, ...]


def table_changes() -> TableChanges:
    """Compare the migrations on disk with those the database has had. Reads names only, so it costs little."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations')")
        row = cursor.fetchone()
        done: set[tuple[str, str]] = set()
        if row and row[0]:
            cursor.execute("select app, name from django_migrations")
            done = set(cursor.fetchall())
    known = _known()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("ordskifte.")}
    return TableChanges(
        pending=tuple(sorted(".".join(change) for change in known - done)),
        ahead=tuple(sorted(".".join(change) for change in done - known if change[0] in ours)),
    )


def _known() -> set[tuple[str, str]]:
    known = set()
    for config in apps.get_app_configs():
        module, _ = MigrationLoader.migrations_module(config.label)
        spec = find_spec(module) if module else None
        for folder in spec.submodule_search_locations or () if spec else ():
            known |= {(config.label, found.name) for found in iter_modules([folder]) if found.name[0] not in "_~"}
    return known


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, Django's connection is the database's owner, who may change tables; afterwards it is what it was."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
