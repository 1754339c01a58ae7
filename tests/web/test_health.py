"""`/health` says whether it works, and no more."""

from datetime import UTC, datetime
from importlib.metadata import version

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def beat(moment: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (%s)", [moment])


def test_without_a_worker_it_is_well_and_says_so() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {
        "ok": True, "version": version("ordskifte"), "database": True, "worker": False, "worker_seen": None,
    }  # fmt: skip


def test_a_worker_long_silent_is_no_worker() -> None:
    beat("2026-03-11T14:50:00Z")
    answer = Client().get("/health").json()
    assert (answer["ok"], answer["worker"], answer["worker_seen"]) == (True, False, "2026-03-11T14:50:00Z")


def test_the_worker_seen_last_counts() -> None:
    beat("2026-03-11T14:50:00Z")
    beat(datetime.now(UTC).isoformat())
    assert Client().get("/health").json()["worker"] is True


def test_nothing_can_be_sent_to_it() -> None:
    assert Client().post("/health").status_code == 405
