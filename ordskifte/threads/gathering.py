"""What a thread's row says of its utterances: kept up batch by batch, with sums that do not depend on the order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from ordskifte.threads.copying import copy_lines, escaped, text_array
from ordskifte.threads.grouping import Grouping
from ordskifte.threads.values import NewVersion

_COLUMNS = (
    "id, channel_id, title, title_at, first_at, last_at, utterances, ours, has_media, edited, deleted, private,"
    " languages"
)

# The earliest version gives the title; equal times are settled by the words, so that the order of arrival is not.
_UPSERT = f"""
insert into threads_thread as t ({_COLUMNS})
select {_COLUMNS} from gathered order by id
on conflict (id) do update set
    title = case when (excluded.title_at, excluded.title) < (t.title_at, t.title) then excluded.title else t.title end,
    title_at = least(excluded.title_at, t.title_at),
    first_at = least(excluded.first_at, t.first_at),
    last_at = greatest(excluded.last_at, t.last_at),
    utterances = t.utterances + excluded.utterances,
    ours = t.ours + excluded.ours,
    has_media = t.has_media or excluded.has_media,
    edited = t.edited or excluded.edited,
    deleted = t.deleted or excluded.deleted,
    private = t.private or excluded.private,
    languages = case when excluded.languages <@ t.languages then t.languages
        else array(select distinct unnest(t.languages || excluded.languages) order by 1) end
"""  # noqa: S608 - our own columns


@dataclass(slots=True)
class _Sum:
    title: str
    title_at: datetime
    first_at: datetime
    last_at: datetime
    utterances: int = 0
    ours: int = 0
    has_media: bool = False
    edited: bool = False
    deleted: bool = False
    private: bool = False
    languages: set[str] = field(default_factory=set)


def stored_threads(ids: set[str]) -> set[str]:
    """Which of these ids are threads in the database."""
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select id::text from threads_thread where id = any(%s::uuid[])", [list(ids)])
        return {found for (found,) in cursor.fetchall()}


def gather_threads(
    cursor: Any,
    by_utterance: Mapping[str, list[NewVersion]],
    *,
    grouping: Grouping,
    known: Mapping[str, str],
    stored: set[str],
    channel: str,
) -> None:
    """Add this batch's utterances and versions to the rows of their threads.

    `stored`: which of the batch's new utterances have a thread already (`stored_threads`). Threads that are new, and
    most are, are copied straight in; the channel's lock keeps anyone else from making them meanwhile.
    """
    sums: dict[str, _Sum] = {}
    for utterance, versions in by_utterance.items():
        first = versions[0]
        thread = grouping.thread.get(utterance) or known[utterance]
        found = sums.get(thread)
        if found is None:
            found = sums[thread] = _Sum(first.heading, first.moment, first.moment, versions[-1].moment)
        if utterance in grouping.thread:
            found.utterances += 1
            found.ours += first.ours
        _add(found, versions)
    others = {thread for thread in sums if thread not in grouping.thread}
    stored = stored | stored_threads(others)
    new = [_line(thread, found, channel) for thread, found in sums.items() if thread not in stored]
    copy_lines(cursor, "threads_thread", _COLUMNS, new)
    if stored & sums.keys():
        cursor.execute("create temp table if not exists gathered (like threads_thread) on commit delete rows")
        lines = [_line(thread, found, channel) for thread, found in sums.items() if thread in stored]
        copy_lines(cursor, "gathered", _COLUMNS, lines)
        cursor.execute(_UPSERT)
        cursor.execute("truncate gathered")


def _add(found: _Sum, versions: list[NewVersion]) -> None:
    first = versions[0]
    found.first_at = min(found.first_at, first.moment)
    found.last_at = max(found.last_at, versions[-1].moment)
    if first.moment <= found.title_at:
        title = first.heading
        if (first.moment, title) < (found.title_at, found.title):
            found.title, found.title_at = title, first.moment
    if len(versions) > 1:
        found.edited = found.edited or sum(version.kind != "deletion" for version in versions) > 1
    for version in versions:
        found.has_media = found.has_media or version.has_media
        found.private = found.private or version.private
        found.deleted = found.deleted or version.kind == "deletion"
        if version.language:
            found.languages.add(version.language)


def _line(thread: str, found: _Sum, channel: str) -> str:
    return "\t".join(
        (
            thread,
            channel,
            escaped(found.title),
            found.title_at.isoformat(),
            found.first_at.isoformat(),
            found.last_at.isoformat(),
            str(found.utterances),
            str(found.ours),
            "t" if found.has_media else "f",
            "t" if found.edited else "f",
            "t" if found.deleted else "f",
            "t" if found.private else "f",
            text_array(sorted(found.languages)),
        )
    )


def merge_threads(cursor: Any, merged: Mapping[str, str]) -> None:
    """A parent came that answers something itself: its children's thread goes into the one above."""
    for old, into in sorted(merged.items()):
        cursor.execute("update threads_utterance set thread_id = %s where thread_id = %s", [into, old])
        cursor.execute(
            f"""insert into threads_thread as t ({_COLUMNS})
            select %s, {_COLUMNS.removeprefix("id, ")} from threads_thread where id = %s"""  # noqa: S608 - our own columns
            + _UPSERT[_UPSERT.index("on conflict") :],
            [into, old],
        )
        cursor.execute("delete from threads_thread where id = %s", [old])
