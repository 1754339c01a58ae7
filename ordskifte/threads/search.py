"""Full-text search over every version of every utterance: newest first among the latest 1,000 hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ordskifte.base.clock import now
from ordskifte.people.viewer import Viewer
from ordskifte.threads.rules import reach_of
from ordskifte.threads.search_marks import Marks, Spans, marks_in
from ordskifte.threads.search_query import Query, parse_query
from ordskifte.threads.search_suggestion import nearest_spelling
from ordskifte.threads.search_terms import Sought, sought_by
from ordskifte.threads.search_walk import LATEST, Place, latest, place_of

_MOST_AT_ONCE = LATEST


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance that matches, shown by its newest version that does.

    `marks`: (start, end) in code points of `text`. `matched_version` counts from 1 by the versions' time.
    """

    utterance_id: UUID
    thread_id: UUID
    thread_title: str
    channel_id: UUID
    channel_name: str
    external_id: str
    author_id: UUID | None
    author_handle: str
    author_name: str
    ours: bool
    kind: str
    published: datetime | None
    at: datetime
    title: str
    text: str
    marks: Spans
    versions: int
    matched_version: int
    deleted: bool
    has_media: bool
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """`total` is exact up to 1,000; `more`: there are more than that. `also`: other words that were searched for.
    `suggestion`: a query that may have been meant, when nothing was found. `next_after`: `after` of the next page."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more: bool = False
    next_after: UUID | None = None
    also: tuple[str, ...] = ()
    suggestion: str = ""
    exact: bool = False


def search(
    query: str,
    *,
    viewer: Viewer,
    limit: int = 50,
    after: UUID | None = None,
    exact: bool = False,
    today: date | None = None,
) -> Found:
    """What a viewer may see of what matches. `after`: the last utterance of the page before; `limit` at most 1,000.

    Any text is a query; one that asks for nothing finds nothing. `exact` leaves other spellings out.
    """
    asked = parse_query(query)
    if not asked.asks:
        return Found(exact=exact)
    reach = reach_of(viewer)
    today = today or now().date()
    sought = sought_by(asked, exact=exact)
    places = latest(sought, asked, reach, today=today)
    if not places and not exact:
        keyless = sought_by(asked, exact=False, keyless=True)
        if keyless.tsquery != sought.tsquery:
            sought, places = keyless, latest(keyless, asked, reach, today=today)
    if not places:
        return Found(suggestion="" if exact else nearest_spelling(query, reach), exact=exact)
    listed = places[:LATEST]
    page = _page(listed, limit=max(1, min(limit, _MOST_AT_ONCE)), after=after)
    return Found(
        hits=_hits(page, sought, asked),
        total=len(listed),
        more=len(places) > LATEST,
        next_after=UUID(page[-1].id) if page and page[-1] != listed[-1] else None,
        also=sought.also,
        exact=exact,
    )


def _page(listed: list[Place], *, limit: int, after: UUID | None) -> list[Place]:
    """The places after that utterance, which need not be a hit any more."""
    if after is None:
        return listed[:limit]
    with connection.cursor() as cursor:
        cursor.execute("select at from threads_utterance where id = %s", [after])
        row = cursor.fetchone()
    if row is None:
        return []
    last = place_of(row[0], after)
    return [place for place in listed if place < last][:limit]


_VERSIONS = """
select u.id, u.thread_id, coalesce(t.title, ''), u.channel_id, c.name, u.external_id,
       u.author_id, coalesce(a.handle, ''), coalesce(a.name, ''), u.ours, u.kind, u.published, u.at,
       v.title, v.text, u.versions, v.place, u.deleted, v.attachments, v.id
  from threads_utterance u
  join plan_channel c on c.id = u.channel_id
  left join threads_thread t on t.id = u.thread_id
  left join threads_author a on a.id = u.author_id
  cross join lateral (
      select numbered.* from (
          select w.id, w.title, w.text, w.attachments <> '[]' as attachments, w.at, w.search,
                 row_number() over (order by w.at, w.id) as place
            from threads_version w where w.utterance_id = u.id
      ) as numbered
      where {matching}
      order by numbered.place desc limit 1
  ) as v
 where u.id = any(%(ids)s)
"""


def _hits(page: Sequence[Place], sought: Sought, asked: Query) -> tuple[Hit, ...]:
    """The page's hits, each with its newest version that matches. Two statements."""
    matching = ["numbered.search @@ %(tsquery)s::tsquery"] if sought.tsquery else []
    matching += ["numbered.at >= %(since)s"] if asked.since else []
    matching += ["numbered.at < %(until)s"] if asked.until else []
    with connection.cursor() as cursor:
        cursor.execute(
            _VERSIONS.format(matching=" and ".join(matching)),
            {
                "ids": [place.id for place in page],
                "tsquery": sought.tsquery,
                "since": asked.since,
                "until": asked.until,
            },
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    found = [rows[pk] for place in page if (pk := UUID(place.id)) in rows]
    return _marked(found, sought.marks)


def _marked(rows: list[tuple[Any, ...]], marks: Marks) -> tuple[Hit, ...]:
    spans = marks_in([row[14] for row in rows], marks)
    return tuple(
        Hit(
            utterance_id=row[0],
            thread_id=row[1],
            thread_title=row[2],
            channel_id=row[3],
            channel_name=row[4],
            external_id=row[5],
            author_id=row[6],
            author_handle=row[7],
            author_name=row[8],
            ours=row[9],
            kind=row[10],
            published=row[11],
            at=row[12],
            title=row[13],
            text=row[14],
            marks=marked,
            versions=row[15],
            matched_version=row[16],
            deleted=row[17],
            has_media=row[18],
            version_id=row[19],
        )
        for row, marked in zip(rows, spans, strict=True)
    )
