"""Which PostgreSQL: the embedded one in the home, or a server of the operator's own (D2)."""

import os
from typing import Any

import psycopg.conninfo

from ordskifte.base.errors import DatabaseError
from ordskifte.base.home import Home
from ordskifte.base.postgres import Embedded

WAIT = 5  # seconds a request waits for a connection
GIVE_UP = 1  # seconds after which a lost server is left alone until the next request asks for it
KNOWN = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database(home: Home) -> dict[str, Any]:
    """Django's description of the database.

    Role: `app`, or the owner when ORDSKIFTE_DB_ROLE=owner (migrations). A web process answers each request in a thread
    of its own; these share ORDSKIFTE_POOL connections, which are made once, and wait while all are in use.
    """
    found: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0}
    found |= database_address(home, owner=os.environ.get("ORDSKIFTE_DB_ROLE") == "owner")
    if size := os.environ.get("ORDSKIFTE_POOL"):
        found["OPTIONS"]["pool"] = {"min_size": 1, "max_size": int(size), "timeout": WAIT, "reconnect_timeout": GIVE_UP}
        found["CONN_HEALTH_CHECKS"] = True  # the server may have been started again meanwhile
    return found


def database_address(home: Home, *, owner: bool) -> dict[str, Any]:
    """Where the database is, in Django's words, for the role that may change tables or for `app`.

    With DATABASE_URL that address is the app's; DATABASE_OWNER_URL is the owner's where it is another.
    """
    url = os.environ.get("DATABASE_URL")
    if url and owner:
        url = os.environ.get("DATABASE_OWNER_URL") or url
    parts = _parsed(url) if url else Embedded(home.path).address("owner" if owner else "app")
    address = {name: str(parts.get(key) or "") for key, name in KNOWN.items()}
    return address | {"OPTIONS": {key: value for key, value in parts.items() if key not in KNOWN}}


def _parsed(url: str) -> dict[str, Any]:
    try:
        return dict(psycopg.conninfo.conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise DatabaseError(
            # without psycopg's own words: they may hold the password
            "DATABASE_URL (or DATABASE_OWNER_URL) is not an address of a PostgreSQL database.",
            advice="Write it as postgresql://user:password@host/database.",
        ) from error
