"""Which database, and how a process holds its connections to it."""

from pathlib import Path

import pytest

from ordskifte.base.errors import DatabaseError
from ordskifte.base.home import Home
from ordskifte.config.database import database


def test_a_verb_keeps_one_connection_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ORDSKIFTE_POOL", raising=False)
    assert "pool" not in database(Home(tmp_path))["OPTIONS"]


def test_a_web_process_shares_its_connections_and_asks_if_they_live(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ORDSKIFTE_POOL", "8")
    found = database(Home(tmp_path))
    assert (found["OPTIONS"]["pool"]["max_size"], found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (8, 0, True)


def test_the_role_that_changes_tables_has_an_address_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example.no/ordskifte?sslmode=require")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example.no/ordskifte")
    monkeypatch.setenv("ORDSKIFTE_DB_ROLE", "app")
    daily = database(Home(tmp_path))
    assert (daily["USER"], daily["HOST"], daily["OPTIONS"]) == ("app", "db.example.no", {"sslmode": "require"})
    monkeypatch.setenv("ORDSKIFTE_DB_ROLE", "owner")
    assert database(Home(tmp_path))["USER"] == "owner"


def test_an_address_that_cannot_be_read_is_not_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:hemmelig@[db")
    with pytest.raises(DatabaseError) as refused:
        database(Home(tmp_path))
    assert "hemmelig" not in str(refused.value)
