"""The rows as they stand now, for `verify`: it recomputes every commitment of the ledger from them."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection, transaction

from ordskifte.language.personal_data import MASK
from ordskifte.threads.values import author_row, version_row

_CHUNK = 2000


class ProofRow(NamedTuple):
    """One row to be matched with its entry. `row`, `salt` and `raw_digest` are None once erased."""

    kind: str  # "version" or "author"
    record_id: UUID
    row: bytes | None
    salt: bytes | None
    raw_digest: bytes | None
    evidence: tuple[int, int, int] | None  # object id, offset, length
    erased: bool


class _Version(NamedTuple):
    """A version as the database writes it: ids, times and JSON as text, because that is what its row's JSON holds."""

    id: UUID
    utterance_id: str
    parent_id: str | None
    author_id: str | None
    key: str
    kind: str
    at: str
    published: str | None
    edited: str | None
    seen: str
    title: str
    summary: str
    text: str
    alts: str
    language: str
    english: bool
    visibility: str
    permalink: str
    attachments: Any
    extra: Any
    masked: int
    tags: list[str]
    evidence_id: int | None
    evidence_offset: int
    evidence_length: int
    raw_digest: bytes | None
    salt: bytes | None
    erased: bool


class _Author(NamedTuple):
    id: UUID
    channel_id: UUID
    external_id: str
    handle: str
    name: str
    url: str
    ours: bool
    salt: bytes | None
    erased_at: Any


def _time(column: str) -> str:
    return f"""to_char({column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


_AS_TEXT = {
    **{name: f"{name}::text" for name in ("utterance_id", "parent_id", "author_id", "attachments", "extra")},
    **{name: _time(name) for name in ("at", "published", "edited", "seen")},
    "erased": "erased_at is not null",
}
_VERSIONS = f"select {', '.join(_AS_TEXT.get(name, name) for name in _Version._fields)} from threads_version"  # noqa: S608 - our own columns
_ATTACHMENTS, _EXTRA = _Version._fields.index("attachments"), _Version._fields.index("extra")
_AUTHORS = f"select {', '.join(_Author._fields)} from threads_author"  # noqa: S608 - our own columns


def rows() -> Iterator[ProofRow]:
    """Every author, then every version, streamed by a server-side cursor in a transaction of its own."""
    for line in _stream(_AUTHORS):
        author = _Author(*line)
        if author.salt is None:
            yield ProofRow("author", author.id, None, None, None, None, author.erased_at is not None)
        else:
            yield ProofRow(
                "author", author.id, author_row(author, channel=str(author.channel_id)), author.salt, None, None, False
            )
    for line in _stream(_VERSIONS):
        fields = list(line)
        fields[_ATTACHMENTS] = [] if fields[_ATTACHMENTS] == "[]" else orjson.loads(fields[_ATTACHMENTS])
        fields[_EXTRA] = {} if fields[_EXTRA] == "{}" else orjson.loads(fields[_EXTRA])
        yield _version(_Version._make(fields))


def _version(stored: _Version) -> ProofRow:
    if stored.salt is None:
        return ProofRow("version", stored.id, None, None, None, None, stored.erased)
    row = version_row(
        stored,
        utterance=stored.utterance_id,
        parent=stored.parent_id,
        author=stored.author_id,
        times=(_whole(stored.at), _whole(stored.published), _whole(stored.edited), _whole(stored.seen)),
        tags=stored.tags,
    )
    place = None
    if stored.evidence_id is not None:
        place = (stored.evidence_id, stored.evidence_offset, stored.evidence_length)
    return ProofRow("version", stored.id, row, stored.salt, stored.raw_digest, place, False)


def _whole(time: str | None) -> str:
    """The time as `base.clock.rfc3339` writes it: no fraction when it is zero."""
    if time is None:
        return ""
    return time[:-8] + "Z" if time.endswith(".000000Z") else time


def _stream(sql: str) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic():
        connection.ensure_connection()
        assert connection.connection is not None
        with connection.connection.cursor(name="proof_rows", binary=True) as cursor:
            cursor.itersize = _CHUNK
            cursor.execute(sql)
            yield from cursor


_DERIVED = """
select u.id from threads_utterance u
cross join lateral sha256(convert_to(u.channel_id::text || 'u' || u.external_id, 'UTF8')) d
where position(%(mask)s in u.external_id) = 0 and uuid_send(u.id) <>
    substr(set_byte(set_byte(d, 6, get_byte(d, 6) & 15 | 128), 8, get_byte(d, 8) & 63 | 128), 1, 16)
    and position(U&'\\FFFD' in u.external_id) = 0
"""

# Most utterances have one version, which is then the current one: only the others have to be summed up.
_SUMMED = """
select u.id from threads_utterance u left join threads_version v on v.id = u.current_id and v.utterance_id = u.id
where u.versions = 1 and (
    v.id, v.kind = 'deletion', v.kind, v.author_id, v.parent_id, coalesce(v.published, v.at), v.visibility = 'private',
    '~o' = any(v.tags)
) is distinct from (u.current_id, u.deleted, u.kind, u.author_id, u.parent_id, u.at, u.private, u.ours)
union
select u.id from threads_utterance u left join (
    select utterance_id, count(*) versions from threads_version group by utterance_id
) s on s.utterance_id = u.id
where u.versions is distinct from s.versions
union
select u.id from threads_utterance u left join (
    select utterance_id, count(*) versions, (array_agg(id order by at desc, id desc))[1] current,
        (array_agg(kind order by at desc, id desc))[1] = 'deletion' deleted, (array_agg(kind order by at, id))[1] kind,
        (array_agg(author_id order by at, id) filter (where author_id is not null))[1] author,
        (array_agg(parent_id order by at, id) filter (where parent_id is not null))[1] parent,
        coalesce((array_agg(published order by at, id) filter (where published is not null))[1], min(at)) at,
        (array_agg('~o' = any(tags) order by at, id))[1] ours, bool_or(visibility = 'private') private
    from threads_version where utterance_id in (select id from threads_utterance where versions <> 1)
    group by utterance_id
) s on s.utterance_id = u.id
where u.versions <> 1 and (s.versions, s.current, s.deleted, s.kind, s.author, s.parent, s.at, s.private, s.ours)
    is distinct from
    (u.versions::bigint, u.current_id, u.deleted, u.kind, u.author_id, u.parent_id, u.at, u.private, u.ours)
"""

_CHECKS = (
    ("The utterance's id does not fit its channel and external id.", _DERIVED),
    ("The utterance's row does not fit its versions.", _SUMMED),
    (
        "The version belongs to no utterance.",
        "select v.id from threads_version v left join threads_utterance u on u.id = v.utterance_id where u.id is null",
    ),
    (
        "The utterance stands in another thread than the one it answers.",
        "select u.id from threads_utterance u join threads_utterance p on p.id = u.parent_id"
        " where u.thread_id <> p.thread_id and u.parent_id = u.thread_id",
    ),
    (
        "The utterance's thread is missing.",
        "select u.id from threads_utterance u left join threads_thread t on t.id = u.thread_id where t.id is null",
    ),
    (
        "The thread's count of utterances does not fit.",
        "select t.id from threads_thread t left join (select thread_id, count(*) n, count(*) filter (where ours) own"
        " from threads_utterance group by 1) s on s.thread_id = t.id"
        " where (coalesce(s.n, 0), coalesce(s.own, 0)) <> (t.utterances, t.ours)",
    ),
    (
        "The thread's title is not in any of its versions.",
        "select t.id from threads_thread t where t.title <> '' and not exists ("
        " select 1 from threads_utterance u join threads_version v on v.utterance_id = u.id"
        " cross join lateral left(coalesce(nullif(v.title, ''), nullif(v.summary, ''), v.text), 1000) words"
        " where u.thread_id = t.id and v.at = t.title_at"
        " and case when starts_with(words, rtrim(t.title, '…')) then true"
        "  else starts_with(regexp_replace(words, '[^[:alnum:]]', '', 'g'),"
        "  regexp_replace(t.title, '[^[:alnum:]]', '', 'g')) end)",
    ),
)


_ALL_OF_THEM = "with odd as materialized ({}) select id from odd limit 1000"
"""So that the planner does not believe that the first thousand come soon: mostly there are none."""


def inconsistencies() -> list[tuple[str, str]]:
    """What the derived rows (utterances, threads) say that does not follow from the versions: (what, id)."""
    found: list[tuple[str, str]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '32MB'")
        for what, sql in _CHECKS:
            cursor.execute(_ALL_OF_THEM.format(sql), {"mask": MASK})
            found.extend((what, str(row[0])) for row in cursor.fetchall())
    return found
