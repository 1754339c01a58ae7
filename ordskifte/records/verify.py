"""`verify`: everything the ledger promises, worked out again from entries, rows and the bytes in the store.

It only reads (and keeps two temporary tables), sees the database as it was at one moment, and may run beside an import.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography import x509
from django.db import connection, connections, transaction

from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.records.findings import Finding, Findings
from ordskifte.records.ledger.checkpoint import TreeHead, check_checkpoint, parse_checkpoint
from ordskifte.records.ledger.errors import NoteError, TimestampError
from ordskifte.records.ledger.note import Signer, Verifier
from ordskifte.records.ledger.timestamp import check_imprint, check_token
from ordskifte.records.models import Checkpoint, Timestamp
from ordskifte.records.signing_keys import KeyHistory, read_key_history
from ordskifte.records.verify_evidence import (
    StoreCheck,
    check_objects,
    check_places,
    confirm_missing,
    files_of,
    wanted_processes,
)
from ordskifte.records.verify_rows import ProofRow, check_rows
from ordskifte.records.verify_tree import TreeCheck

Inconsistencies = Callable[[], Iterable[tuple[str, str]]]
Progress = Callable[[str, int], None]  # what is being counted, how many so far


@dataclass(frozen=True, slots=True)
class Readers:
    """Rows of the packages above, handed in: `media` gives (hex SHA-256, size), `inconsistencies` (what, where)."""

    rows: Callable[[], Iterable[ProofRow]]
    media: Callable[[], Iterable[tuple[str, int]]]
    inconsistencies: Inconsistencies


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` came to. `findings` holds at most 1,000 of `finding_count`."""

    entries: int
    unnumbered: int
    evidence_objects: int
    holes: int
    findings: tuple[Finding, ...]
    finding_count: int
    checkpoint: str

    @property
    def ok(self) -> bool:
        return self.finding_count == 0

    def as_json(self) -> dict[str, object]:
        """As `ordskifte verify --json` prints it."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "unnumbered": self.unnumbered,
            "evidence_objects": self.evidence_objects,
            "holes": self.holes,
            "findings": [{"what": each.what, "where": each.where} for each in self.findings],
            "checkpoint": self.checkpoint,
        }


def verify(
    store: Store,
    keys: Keys,
    readers: Readers,
    *,
    since: str | None = None,
    former: Sequence[Verifier] = (),
    certificates: Sequence[x509.Certificate] = (),
    processes: int | None = None,
    progress: Progress = lambda _what, _count: None,
) -> Report:
    """Work everything out again. `since`: an older checkpoint's signed note; `former`: keys that signed before.

    `processes` read the store (default: by its size and the cores; 0: this one). NoteError when `since` is no note.
    """
    findings = Findings()
    with _one_moment() as moment, _beside(readers.inconsistencies, moment) as inconsistent:
        history = read_key_history(Signer(keys.origin, keys.signing).verifier, former)
        tree = TreeCheck(findings, history, _older_head(since, history, findings))
        wanted = wanted_processes(os.cpu_count() or 1) if processes is None else processes
        check = StoreCheck(files_of(store.place, readers.media), keys.evidence, findings, processes=wanted)
        with check.at_work():
            tree.run(lambda count: _tell(check, progress, "entries", count))
            told = tree.told
            holes = check_rows(
                readers.rows(), told, findings, between=lambda count: _tell(check, progress, "rows", count)
            )
            check.finish()
        objects = check_objects(told, findings)
        check_places(check.spoilt, findings)
        for what, where in inconsistent():
            findings.add(what, where)
        _check_timestamps(findings, certificates)
        latest = Checkpoint.objects.order_by("-size").first()
    confirm_missing(check.missing, readers.media, findings)
    return Report(
        entries=told.entries,
        unnumbered=told.unnumbered,
        evidence_objects=objects,
        holes=holes,
        findings=tuple(findings.kept),
        finding_count=findings.count,
        checkpoint=latest.note if latest else "",
    )


@contextmanager
def _one_moment() -> Iterator[str]:
    """A transaction that sees the database as it is now, whatever others commit meanwhile.

    Gives the moment's name, by which another connection can see the same; none inside a transaction of the caller's.
    """
    if connection.in_atomic_block:
        yield ""
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        cursor.execute("select pg_export_snapshot()")
        yield cursor.fetchone()[0]


@contextmanager
def _beside(ask: Inconsistencies, moment: str) -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """Ask the database in a thread and a connection of its own, at the same moment; gives what waits for the answer."""
    if not moment:
        yield lambda: list(ask())
        return

    def asked() -> list[tuple[str, str]]:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
                cursor.execute("set transaction snapshot %s", [moment])
                return list(ask())
        finally:
            connections.close_all()  # this thread's

    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(asked).result


def _tell(check: StoreCheck, progress: Progress, what: str, count: int) -> None:
    check.poll()
    progress(what, count)


def _older_head(since: str | None, history: KeyHistory, findings: Findings) -> TreeHead | None:
    """The older checkpoint, when one of this ledger's keys signed it at a time when it was the key."""
    if since is None:
        return None
    parse_checkpoint(since)
    try:
        head, signers = check_checkpoint(since, history.known())
    except NoteError as error:
        findings.add(
            f"The older checkpoint is not one of this ledger: it was rebuilt, or this is another. {error}", "--since"
        )
        return None
    if history.at(head.size) not in signers:
        findings.add(
            "The older checkpoint is signed with a key that was not the ledger's then.", f"checkpoint {head.size}"
        )
    return head


def _check_timestamps(findings: Findings, certificates: Sequence[x509.Certificate]) -> None:
    for stamp in Timestamp.objects.select_related("checkpoint").order_by("id").iterator():
        note, token = stamp.checkpoint.note, bytes(stamp.token)
        try:
            seen = check_token(token, note, certificates) if certificates else check_imprint(token, note)
        except TimestampError as error:
            findings.add(str(error), f"time-stamp {stamp.id} of checkpoint {stamp.checkpoint_id}")
            continue
        if seen != stamp.at:
            findings.add(
                "The time-stamp's row says another time.", f"time-stamp {stamp.id} of checkpoint {stamp.checkpoint_id}"
            )
