"""The third part of `verify`: every file in the store against its row, its entry and the versions that point into it.

Files are read in processes of their own while the rows are read here: to inflate and to hash is half of the work.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection

from ordskifte.records.examine import File, Seen, examine
from ordskifte.records.findings import Findings
from ordskifte.records.models import EvidenceObject
from ordskifte.records.tiles import copy_rows, stream
from ordskifte.records.verify_tree import Told

_AHEAD = 3  # files in work for each process
_WORTH_A_PROCESS = 8_000_000  # bytes in the store


class StoreCheck:
    """Reads the files ahead, a few at a time, and keeps what they hold in the temporary table `verified_held`."""

    def __init__(self, files: Iterator[File], evidence_key: bytes, findings: Findings, *, processes: int) -> None:
        self.missing: list[Seen] = []  # told apart later: an erasure may have taken them away meanwhile
        self.spoilt: list[int] = []  # objects that say nothing about their records
        self._files = files
        self._key = evidence_key
        self._findings = findings
        self._processes = processes
        self._pool: Executor | None = None
        self._coming: deque[Future[Seen]] = deque()
        with connection.cursor() as cursor:
            cursor.execute("drop table if exists verified_held")
            cursor.execute(
                "create temporary table verified_held (object_id bigint, start bigint, length int, digest bytea)"
                " on commit drop"
            )

    @contextmanager
    def at_work(self) -> Iterator["StoreCheck"]:
        """With processes reading ahead; without any, `finish` reads everything here."""
        if not self._processes:
            yield self
            return
        context = multiprocessing.get_context("spawn")  # a fork would share the database's connection
        with ProcessPoolExecutor(self._processes, mp_context=context) as pool:
            self._pool = pool
            try:
                self.poll()
                yield self
            finally:
                pool.shutdown(cancel_futures=True)

    def poll(self) -> None:
        """Take what is ready and hand out more."""
        if not self._pool:
            return
        while self._coming and self._coming[0].done():
            self._take(self._coming.popleft().result())
        while len(self._coming) < self._processes * _AHEAD and (file := next(self._files, None)):
            self._coming.append(self._pool.submit(examine, file, self._key))

    def finish(self) -> None:
        """Wait for all that is left."""
        while self._coming:
            self._take(self._coming.popleft().result())
            self.poll()
        for file in self._files:
            self._take(examine(file, self._key))

    def _take(self, seen: Seen) -> None:
        if seen.missing:
            self.missing.append(seen)
        elif seen.wrong:
            self._findings.add(seen.wrong, f"{seen.file.name}: {seen.file.path}")
        if seen.file.object_id is None:
            return
        if seen.wrong:
            self.spoilt.append(seen.file.object_id)
        if seen.held:
            copy_rows("verified_held", seen.held)


def files_of(place: str, media: Callable[[], Iterable[tuple[str, int]]]) -> Iterator[File]:
    """Every file that a row names: the objects that are not replaced, then pictures and films."""
    live = EvidenceObject.objects.filter(replaced_by=None).order_by("id")
    for row in live.iterator():
        yield File(place, row.path, bytes(row.digest), row.size, f"evidence object {row.id}", row.id, row.encrypted)
    for digest, size in media():
        yield File(place, f"media/{digest[:2]}/{digest}", bytes.fromhex(digest), size, "media")


def wanted_processes(cores: int) -> int:
    """None for a small store, else all cores but the one that reads the rows."""
    stored = sum(EvidenceObject.objects.filter(replaced_by=None).values_list("size", flat=True).iterator())
    return max(1, cores - 1) if stored > _WORTH_A_PROCESS else 0


def check_objects(told: Told, findings: Findings) -> int:
    """Objects' rows against their entries, and replacements against theirs. Returns how many objects there are."""
    live = 0
    seen: set[int] = set()
    digests = dict[int, str]()
    rows = EvidenceObject.objects.order_by("id").values_list("id", "digest", "replaced_by_id")
    for object_id, digest, replaced_by in rows.iterator():
        seen.add(object_id)
        digests[object_id] = bytes(digest).hex()
        live += replaced_by is None
        if told.evidence.get(object_id) != digests[object_id]:
            findings.add(
                "The row of the evidence object says other than its entry, or has none.", f"evidence object {object_id}"
            )
    for old, new in rows.filter(replaced_by__isnull=False).values_list("id", "replaced_by_id").iterator():
        if told.replaced.get(old) != (digests[old], digests.get(new)):
            findings.add("The evidence object was replaced, and no entry says so.", f"evidence object {old}")
    for object_id in sorted(told.evidence.keys() - seen):
        findings.add("The row of the evidence object is missing: the ledger knows it.", f"evidence object {object_id}")
    return live


def check_places(spoilt: list[int], findings: Findings) -> None:
    """Every version's bytes lie where its row says, and are those it commits to. Spoilt objects are named already."""
    rows: Iterator[Any] = stream(
        """
        select r.kind, r.record_id, r.object_id, r.start, h.digest is null
        from verified_row r left join verified_held h on h.object_id = r.object_id and h.start = r.start
        where r.object_id is not null and r.object_id <> all(%s)
          and (h.digest is distinct from r.digest or h.length is distinct from r.length)
        """,
        [spoilt],
    )
    for kind, record, object_id, start, nothing in rows:
        what = (
            "The row points at a place in the evidence where no record begins."
            if nothing
            else "The bytes in the evidence are not those that were recorded."
        )
        findings.add(what, f"{kind} {record}, evidence object {object_id} at byte {start}")


def confirm_missing(missing: list[Seen], media: Callable[[], Iterable[tuple[str, int]]], findings: Findings) -> None:
    """Files that were not there: a finding, unless a row that is younger than our view says that they were erased."""
    if not missing:
        return
    objects = [seen.file.object_id for seen in missing if seen.file.object_id is not None]
    replaced = set(EvidenceObject.objects.filter(id__in=objects).exclude(replaced_by=None).values_list("id", flat=True))
    kept = {digest for digest, _ in media()} if len(objects) < len(missing) else set()
    for seen in missing:
        file = seen.file
        lawful = file.object_id in replaced if file.object_id else file.digest.hex() not in kept
        if not lawful:
            findings.add(seen.wrong, f"{file.name}: {file.path}")
