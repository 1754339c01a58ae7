"""The one act that writes utterances, versions, threads and authors, with their ledger entries, in one transaction."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

from ordskifte.base.clock import rfc3339
from ordskifte.records.entry import next_batch
from ordskifte.records.tiles import copy_rows
from ordskifte.threads.copying import copy_lines, uuid_array
from ordskifte.threads.gathering import Gathered, gather_threads, merge_threads, stored_threads, write_threads
from ordskifte.threads.grouping import Grouping, group
from ordskifte.threads.lines import (
    ENTRY,
    UTTERANCE,
    VERSION,
    Leaf,
    Place,
    Written,
    entry_lines,
    utterance_lines,
    version_lines,
    write_out,
)
from ordskifte.threads.record_authors import Said, record_authors
from ordskifte.threads.values import NewVersion

T = TypeVar("T")

_WORTH_A_THREAD = 500
"""Versions. Below, starting one takes longer than it saves."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one batch came to. `batch` is its ledger batch."""

    batch: int
    utterances: int
    versions: int  # beyond an utterance's first
    first_versions: frozenset[str]  # ids of the versions that made an utterance


def lock_channel(channel: UUID) -> None:
    """One writer a channel at a time, until the transaction ends: two imports of the same account cannot cross.

    And nobody may delete the channel meanwhile (`ordskifte_channel_in_use` refuses it afterwards).
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(channel)])
        cursor.execute("select 1 from plan_channel where id = %s for key share", [str(channel)])


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there already of what a batch brings: versions, and for utterances and parents the thread they are in."""

    versions: Container[str]
    threads: Mapping[str, str]


def stored_of(versions: Iterable[Written]) -> Stored:
    """Look up what is stored of these, under `lock_channel`. New utterances have no versions, so most are not asked."""
    batch = list(versions)
    wanted = {version.utterance for version in batch}
    wanted.update([version.parent for version in batch if version.parent])
    threads = dict(_ask("select id::text, thread_id::text from threads_utterance where id = any(%s::uuid[])", wanted))
    asked = [version.id for version in batch if version.utterance in threads] if threads else []
    found = _ask("select id::text from threads_version where id = any(%s::uuid[])", asked)
    return Stored({version for (version,) in found}, threads)


def record_versions(
    fresh: Sequence[NewVersion], *, channel: UUID, actor: str, at: datetime, leaves: Sequence[Leaf] = ()
) -> Recorded:
    """Write versions that are not stored yet (`stored_of`), under `lock_channel`, in the caller's transaction.

    `leaves` are ledger entries of the same act (the evidence objects written for it). An utterance's first version in
    time gives it its kind; a parent that comes later joins the threads of its children (`threads.grouping`).
    """
    place, moment = str(channel), rfc3339(at)
    written = [write_out(version, channel=place, actor=actor, at=moment) for version in fresh]
    return record_written(
        written,
        stored_of(written),
        [None if one.evidence is None else (one.evidence, one.offset, one.length) for one in fresh],
        [(one.author, ready.moment, one.id) for one, ready in zip(fresh, written, strict=True) if one.author],
        channel=channel,
        actor=actor,
        at=at,
        leaves=leaves,
    )


def record_written(
    fresh: Sequence[Written],
    stored: Stored,
    places: Sequence[Place | None],
    authors: Iterable[Said],
    *,
    channel: UUID,
    actor: str,
    at: datetime,
    leaves: Sequence[Leaf] = (),
) -> Recorded:
    """The same for versions that are written out already (`lines.write_out`, with this channel, actor and time)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("versions are recorded in one transaction with their evidence")
    batch = next_batch()
    place, known = str(channel), stored.threads
    by_utterance = _by_utterance(fresh)
    new = [versions for utterance, versions in by_utterance.items() if utterance not in known]
    grouping, threads = _grouped(new, by_utterance, known)
    with connection.cursor() as cursor:
        leaves = [*leaves, *record_authors(cursor, authors, channel=place, actor=actor, at=at)]

        def lines() -> tuple[Gathered, list[bytes], list[bytes]]:
            gathered = gather_threads(
                by_utterance, thread_of=grouping.thread, known=known, stored=threads, channel=place
            )
            return gathered, utterance_lines(new, grouping.thread, place), entry_lines(batch, leaves, fresh)

        ready = _begun(lines, in_thread=len(fresh) >= _WORTH_A_THREAD)
        copy_lines(cursor, "threads_version", VERSION, version_lines(fresh, places))
        gathered, utterances, entries = ready()
        write_threads(cursor, gathered)
        copy_lines(cursor, "threads_utterance", UTTERANCE, utterances)
        if changed := [utterance for utterance in by_utterance if utterance in known]:
            _refresh(cursor, changed)
        merge_threads(cursor, grouping.merged)
        copy_rows(f"records_entry ({ENTRY})", b"".join(entries))
        size = len(leaves) + len(fresh)
        cursor.execute("insert into records_pending (batch, size) values (%s, %s)", [batch, size])
    return Recorded(
        batch=batch,
        utterances=len(new),
        versions=len(fresh) - len(new),
        first_versions=frozenset(versions[0].id for versions in new),
    )


def _grouped(
    new: Sequence[Sequence[Written]], by_utterance: Iterable[str], known: Mapping[str, str]
) -> tuple[Grouping, set[str]]:
    """Where new utterances stand, and which threads of the batch are stored already."""
    threads = stored_threads(versions[0].utterance for versions in new)
    grouping = group([versions[0] for versions in new], known=known, placeholders=threads)
    others = {known[utterance] for utterance in by_utterance if utterance in known} if known else set()
    others.update(thread for thread in grouping.thread.values() if thread not in grouping.thread)
    return grouping, threads | stored_threads(others)


def _begun(work: Callable[[], T], *, in_thread: bool) -> Callable[[], T]:
    """Work begun in a thread of its own, which has the interpreter for itself while the database driver waits."""
    if not in_thread:
        return work
    thread = ThreadPoolExecutor(1)
    begun = thread.submit(work)
    thread.shutdown(wait=False)
    return begun.result


def _by_utterance(fresh: Sequence[Written]) -> dict[str, list[Written]]:
    """The versions of each utterance, in order of time."""
    found: dict[str, list[Written]] = {}
    several = False
    for version in fresh:
        others = found.get(version.utterance)
        if others is None:
            found[version.utterance] = [version]
        else:
            others.append(version)
            several = True
    if several:
        for versions in found.values():
            versions.sort(key=lambda version: (version.moment, version.id))
    return found


def _ask(sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    wanted = uuid_array(ids)
    if wanted == "{}":
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _refresh(cursor: Any, utterances: list[str]) -> None:
    """Work out again what an utterance's row says of its versions, for those that got more of them."""
    cursor.execute(
        """
        update threads_utterance u set
            versions = s.versions, current_id = s.current, kind = s.kind, deleted = s.deleted,
            published = s.published, at = coalesce(s.published, s.first_at), private = s.private,
            author_id = s.author, parent_id = s.parent, ours = s.ours
        from (
            select utterance_id, count(*) versions, min(at) first_at,
                (array_agg(id order by at desc, id desc))[1] current,
                (array_agg(kind order by at, id))[1] kind,
                (array_agg(kind order by at desc, id desc))[1] = 'deletion' deleted,
                (array_agg(published order by at, id) filter (where published is not null))[1] published,
                (array_agg(author_id order by at, id) filter (where author_id is not null))[1] author,
                (array_agg(parent_id order by at, id) filter (where parent_id is not null))[1] parent,
                (array_agg('~o' = any(tags) order by at, id))[1] ours,
                bool_or(visibility = 'private') private
            from threads_version where utterance_id = any(%s::uuid[]) group by utterance_id
        ) s where u.id = s.utterance_id
        """,
        [uuid_array(utterances)],
    )
    cursor.execute(
        """
        update threads_thread t set edited = true from threads_utterance u
        where u.thread_id = t.id and not t.edited and u.id in (
            select utterance_id from threads_version where utterance_id = any(%s::uuid[]) and kind <> 'deletion'
            group by utterance_id having count(*) > 1
        )
        """,
        [uuid_array(utterances)],
    )
