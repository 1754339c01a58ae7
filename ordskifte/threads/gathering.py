"""What a thread's row says of its utterances: kept up batch by batch, with sums that do not depend on the order."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection

from ordskifte.threads.copying import copy_lines, escaped, text_array, uuid_array
from ordskifte.threads.lines import THREAD, Written

# The earliest version gives the title; equal times are settled by the words, so that the order of arrival is not.
_UPSERT = f"""
insert into threads_thread as t ({THREAD})
select {THREAD} from jsonb_populate_recordset(null::threads_thread, %s::jsonb) order by id
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
    title_at: str  # as all of these: RFC 3339 without its Z, which sorts as time
    first_at: str
    last_at: str
    utterances: int = 0
    ours: int = 0
    has_media: bool = False
    edited: bool = False
    deleted: bool = False
    private: bool = False
    languages: set[str] = field(default_factory=set)

    def row(self, thread: str, channel: str) -> dict[str, object]:
        """As the database reads it from JSON."""
        return {
            "id": thread,
            "channel_id": channel,
            "title": self.title,
            "title_at": self.title_at + "Z",
            "first_at": self.first_at + "Z",
            "last_at": self.last_at + "Z",
            "utterances": self.utterances,
            "ours": self.ours,
            "has_media": self.has_media,
            "edited": self.edited,
            "deleted": self.deleted,
            "private": self.private,
            "languages": sorted(self.languages),
        }


def stored_threads(ids: Iterable[str]) -> set[str]:
    """Which of these ids are threads in the database."""
    wanted = uuid_array(ids)
    if wanted == "{}":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select id::text from threads_thread where id = any(%s::uuid[])", [wanted])
        return {found for (found,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines for threads that are new, and most are, and for what is to be added to those that are stored."""

    new: list[bytes]
    added: list[dict[str, object]]


def gather_threads(
    by_utterance: Mapping[str, Sequence[Written]],
    *,
    thread_of: Mapping[str, str],
    known: Mapping[str, str],
    stored: Container[str],
    channel: str,
) -> Gathered:
    """What this batch's utterances and versions come to in their threads. No database here.

    `thread_of`: where new utterances stand; `known`: where stored ones do; `stored`: threads that are there already.
    """
    members: dict[str, list[Sequence[Written]]] = {}
    for utterance, versions in by_utterance.items():
        thread = thread_of.get(utterance) or known[utterance]
        others = members.get(thread)
        if others is None:
            members[thread] = [versions]
        else:
            others.append(versions)
    gathered = Gathered([], [])
    for thread, inside in members.items():
        if thread in stored:
            gathered.added.append(_summed(inside, thread_of).row(thread, channel))
        elif len(inside) == 1 and len(inside[0]) == 1:
            gathered.new.append(f"{thread}\t".encode())
            gathered.new.append(inside[0][0].thread_line)
        else:
            gathered.new.append(_line(thread, _summed(inside, thread_of), channel))
    return gathered


def write_threads(cursor: Any, gathered: Gathered) -> None:
    """Add this to the rows of threads; the channel's lock keeps anyone else from making them meanwhile."""
    copy_lines(cursor, "threads_thread", THREAD, gathered.new)
    if gathered.added:
        cursor.execute(_UPSERT, [orjson.dumps(gathered.added).decode()])


def _summed(inside: Sequence[Sequence[Written]], new: Mapping[str, str]) -> _Sum:
    """What a thread's utterances and versions in this batch come to; `new` holds the utterances that are new."""
    first = inside[0][0]
    found = _Sum(first.heading, first.moment, first.moment, first.moment)
    for versions in inside:
        if versions[0].utterance in new:
            found.utterances += 1
            found.ours += versions[0].ours
        _add(found, versions)
    return found


def _add(found: _Sum, versions: Sequence[Written]) -> None:
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


def _line(thread: str, found: _Sum, channel: str) -> bytes:
    row = found.row(thread, channel) | {"title": escaped(found.title), "languages": text_array(sorted(found.languages))}
    return ("\t".join(map(str, row.values())) + "\n").encode()


def merge_threads(cursor: Any, merged: Mapping[str, str]) -> None:
    """A parent came that answers something itself: its children's thread goes into the one above."""
    for old, into in sorted(merged.items()):
        cursor.execute("update threads_utterance set thread_id = %s where thread_id = %s", [into, old])
        cursor.execute(
            f"""insert into threads_thread as t ({THREAD})
            select %s, {THREAD.removeprefix("id, ")} from threads_thread where id = %s"""  # noqa: S608 - our own columns
            + _UPSERT[_UPSERT.index("on conflict") :],
            [into, old],
        )
        cursor.execute("delete from threads_thread where id = %s", [old])
