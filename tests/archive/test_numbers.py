"""Numbers are gapless within the year whoever writes at once, and whatever becomes of them."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from ordskifte.archive.journalling import journal
from ordskifte.archive.numbers import next_number
from ordskifte.records.models import Case, JournalEntry
from tests.archive.office import BY, decide, open_period
from tests.factories import NOW, make_channel, say

WRITERS = 8
EACH = 6


def test_a_number_is_given_only_in_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        next_number("entry", 2026)


@pytest.mark.django_db(transaction=True)
def test_each_year_begins_at_one() -> None:
    with transaction.atomic():
        assert [next_number("entry", 2026) for _ in range(3)] == [1, 2, 3]
        assert next_number("entry", 2027) == 1
        assert next_number("case", 2026) == 1


class _Boom(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_many_writers_some_rolled_back_and_some_killed_leave_no_gap_and_no_double() -> None:
    """Writers in real connections; every third takes its numbers and is rolled back, every fourth loses its connection
    in the middle of its transaction."""
    open_period()
    channel = make_channel()
    said = [[say(channel, f"Spørsmål {w}.{n}") for n in range(EACH)] for w in range(WRITERS)]
    for one in (one for many in said for one in many):
        decide(one.pk)
    troubles: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def write(w: int) -> None:
        try:
            start.wait()
            for n, one in enumerate(said[w]):
                if (w + n) % 3 == 0:
                    try:
                        with transaction.atomic():
                            journal([one.pk], by=BY, at=NOW)
                            raise _Boom
                    except _Boom:
                        pass
                if (w + n) % 4 == 0:
                    _cut(one.pk)
                journal([one.pk], by=BY, at=NOW)
        except BaseException as error:  # noqa: BLE001 - told by the test below
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(w,)) for w in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    entries = JournalEntry.objects.values_list("number", flat=True)
    assert sorted(one or 0 for one in entries) == list(range(1, WRITERS * EACH + 1))
    cases = Case.objects.values_list("number", flat=True)
    assert sorted(one or 0 for one in cases) == list(range(1, WRITERS * EACH + 1))


def _cut(record: Any) -> None:
    """Journal it, and have the server end the connection before it is committed."""
    from django.db import InterfaceError, OperationalError

    try:
        with transaction.atomic():
            journal([record], by=BY, at=NOW)
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    except (OperationalError, InterfaceError):
        pass
    finally:
        connection.close()


_WRITER = """
import os, sys, time
import django
django.setup()
from uuid import UUID
from django.db import connection, transaction
from ordskifte.archive.journalling import journal
from ordskifte.base.clock import now
connection.settings_dict["NAME"] = sys.argv[1]
with transaction.atomic():
    made = journal([UUID(sys.argv[2])], by="system:test", at=now())
    print(made[0].number, flush=True)
    time.sleep(60)
"""


@pytest.mark.django_db(transaction=True)
def test_a_writer_killed_with_a_number_in_its_hand_gives_it_back(tmp_path: Path) -> None:
    open_period()
    one, other = say(make_channel(), "En"), say(make_channel(), "To")
    decide(one.pk)
    decide(other.pk)
    name = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(name), str(one.pk)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ORDSKIFTE_HOME": str(settings.HOME.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "1"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    (entry,) = journal([other.pk], by=BY, at=NOW)
    assert entry.number == 1
