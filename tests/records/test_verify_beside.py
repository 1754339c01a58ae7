"""`verify` runs beside writers: it sees one moment, and what happens meanwhile is no finding."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from ordskifte.records.verify import Readers, verify
from ordskifte.records.verify_rows import ProofRow
from ordskifte.threads.erase import erase_utterance
from ordskifte.threads.models import Media
from tests.records.world import AT, READERS, World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    world.say("Når åpner biblioteket?", "Veien er full av hull.")
    world.number()
    return world


def in_a_thread(act: Callable[[], object]) -> None:
    """Do it in a connection of its own, and wait."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def interrupted_by(act: Callable[[], object]) -> Readers:
    """Readers before whose rows somebody else acts."""

    def rows() -> Iterator[ProofRow]:
        in_a_thread(act)
        yield from READERS.rows()

    return Readers(rows=rows, media=READERS.media, inconsistencies=READERS.inconsistencies)


def test_what_is_written_meanwhile_is_not_seen(world: World) -> None:
    def write() -> None:
        world.say("Ny i kommunen", "Takk for svar!")
        world.number()

    report = verify(world.store, world.keys, interrupted_by(write), processes=0)
    assert (report.findings, report.entries, report.evidence_objects) == ((), 4, 1)
    later = world.verify()
    assert (later.findings, later.entries, later.evidence_objects) == ((), 7, 2)


def test_what_is_erased_meanwhile_is_not_missed(world: World) -> None:
    def erase() -> None:
        erase_utterance(world.said[0], basis="personvern", actor="person:1", at=AT, store=world.store, keys=world.keys)

    report = verify(world.store, world.keys, interrupted_by(erase), processes=0)
    assert (report.findings, report.holes) == ((), 0)
    later = world.verify()
    assert (later.findings, later.holes) == ((), 1)


def test_a_picture_erased_meanwhile_is_not_missed(world: World) -> None:
    Media.objects.create(digest="ab" * 32, media_type="image/png", size=1)
    erase = Media.objects.filter(digest="ab" * 32).delete
    assert verify(world.store, world.keys, interrupted_by(erase), processes=0).ok


def test_two_can_verify_beside_a_writer(world: World) -> None:
    done = threading.Event()
    wrong: list[object] = []

    def write() -> None:
        for number in range(12):
            world.say(f"Melding {number}", f"Svar {number}")
            world.number()
        done.set()

    def look() -> None:
        while not done.is_set():
            wrong.extend(world.verify(processes=0).findings)

    threads = [threading.Thread(target=in_a_thread, args=(act,)) for act in (write, look, look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert world.verify(processes=1).ok
