"""Which PostgreSQL: the embedded one in the home, or a server of the operator's own (D2)."""

import os
from typing import Any

import psycopg.conninfo

from ordskifte.base.home import Home
from ordskifte.base.postgres import Embedded


def database(home: Home) -> dict[str, Any]:
    """Django's description of the database.

    Role: `app`, or the owner when ORDSKIFTE_DB_ROLE=owner (migrations). With DATABASE_URL that address is the app's;
    DATABASE_OWNER_URL is the owner's where it is another.
    """
    owner = os.environ.get("ORDSKIFTE_DB_ROLE") == "owner"
    url = os.environ.get("DATABASE_URL")
    if url and owner:
        url = os.environ.get("DATABASE_OWNER_URL") or url
    parts = psycopg.conninfo.conninfo_to_dict(url) if url else Embedded(home.path).address("owner" if owner else "app")
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    described: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in parts.items() if key not in known},
    }
    return described | {name: str(parts.get(key) or "") for key, name in known.items()}
