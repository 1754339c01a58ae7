"""The latest utterances that match, without reading all that do.

A common word stands in hundreds of thousands of texts, and the index knows no order. So the months are walked from the
newest: each version carries its month as a lexeme, and the index joins it with the words. How far to go in one step
follows from what was found so far. What seems rare, by PostgreSQL's statistics or by what the first steps gave, is
asked for at once, with a limit in case it is not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from ordskifte.threads.rules import Reach
from ordskifte.threads.search_query import Query
from ordskifte.threads.search_terms import Sought

LATEST = 1_000
"""How many hits are listed; when there are more we only say so."""

_RARE = 5_000  # versions that may be read at once
_NEAR = 4  # times as many may be read for a phrase: walking month by month would read them all too
_SEEMS_RARE = 3_000  # by the statistics, which know the common words only
_GOAL = 2_500  # hits that the steps should give together
_MOST_MONTHS = 24  # in one step, as long as something is found
_NO_GUESS = 10**12
_LAST_MONTH = 9999 * 12 + 11

_REACH = "((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))"
_STEP = """
with matching as materialized (
    select v.utterance_id, v.at from threads_version v where v.search @@ %(tsquery)s::tsquery {period}
),
newest as materialized (
    select utterance_id, at from matching order by at desc limit %(joined)s
)
select (select count(*) from matching),
       (select (extract(epoch from min(at)) * 1000000)::bigint from newest),
       string_agg(hit.place, ' ')
  from (
    select (extract(epoch from u.at) * 1000000)::bigint || ' ' || u.id as place
      from threads_utterance u
     where u.id in (select utterance_id from newest) and {reach}
) as hit
"""
_AT_ONCE = """
with near as materialized (
    select v.utterance_id, v.search @@ %(tsquery)s::tsquery as fits
      from threads_version v where v.search @@ %(near)s::tsquery {period} limit %(rare)s + 1
)
select (select count(*) from near), string_agg(hit.place, ' ') from (
    select (extract(epoch from u.at) * 1000000)::bigint || ' ' || u.id as place
      from threads_utterance u
     where u.id in (select utterance_id from near where fits) and {reach}
     order by u.at desc, u.id desc
     limit %(most)s
) as hit
"""
_ESTIMATE = "explain (format json) select from threads_version v where v.search @@ %(near)s::tsquery"
_ENDS = """
select (select max(at) from threads_utterance where at < %(soon)s),
       (select min(at) from threads_utterance),
       (select max(at) from threads_utterance) >= %(soon)s
"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """Where an utterance stands among the hits: by time (microseconds since 1970), then by id; the list is backwards.

    Numbers and text, for a thousand of them are read in every search.
    """

    at: int
    id: str


def place_of(at: datetime, pk: UUID) -> Place:
    return Place((at - _EPOCH) // timedelta(microseconds=1), str(pk))


def latest(sought: Sought, query: Query, reach: Reach, *, today: date) -> list[Place]:
    """The newest hits in order: all of them when there are at most LATEST, else LATEST + 1."""
    if sought.positive and not sought.tsquery:
        return []
    asked = _Asked(sought, query, reach)
    guess = asked.estimate() if sought.positive else _NO_GUESS
    places = asked.at_once() if guess <= _SEEMS_RARE else None
    if places is None:
        places = _walked(asked, today, tried=not _SEEMS_RARE < guess <= asked.rare)
    return sorted(places, reverse=True)[: LATEST + 1]


def _walked(asked: "_Asked", today: date, *, tried: bool) -> set[Place]:
    """The newest hits by months, until there are enough. `tried`: asking for all at once is of no use."""
    found: set[Place] = set()
    ends = _ends(asked.query, today)
    if ends is None:
        return found
    now, newest, oldest, later = ends
    if later or (asked.sought.positive and asked.query.until is None):
        found = asked.months(_later_tags(now), now + 1, found).places
    top, size = now, now - newest + 1
    while top >= oldest:
        bottom = max(top - size + 1, oldest)
        step = asked.months(_month_tags(bottom, top), bottom, found)
        found = step.places
        if step.enough:
            break
        walked, rest = newest - bottom + 1, bottom - oldest
        if rest and not tried and len(found) * rest <= _RARE * walked:
            tried = True
            everything = asked.at_once()
            if everything is not None:
                return everything
        top, size = bottom - 1, _next_size(min(size, walked), walked, len(found))
    return found


def _next_size(size: int, walked: int, found: int) -> int:
    """How many months to take next: about as many as give _GOAL hits, never more than four times the last step."""
    wider = size * 4
    if not found:
        return wider
    return max(1, min(wider, _MOST_MONTHS, -(-(_GOAL - found) * walked // found)))


@dataclass(frozen=True, slots=True)
class _Step:
    """All hits so far; those newer than `sure` (microseconds since 1970) are complete."""

    places: set[Place]
    sure: int

    @property
    def enough(self) -> bool:
        return sum(place.at > self.sure for place in self.places) > LATEST


@dataclass(frozen=True, slots=True)
class _Asked:
    sought: Sought
    query: Query
    reach: Reach

    def estimate(self) -> int:
        """How many versions PostgreSQL thinks there are, words of phrases anywhere."""
        ((plan,),) = self._rows(_ESTIMATE, self.sought.tsquery)
        return int(plan[0]["Plan"]["Plan Rows"])

    def months(self, tags: Iterable[str], first: int, found: set[Place]) -> _Step:
        """Add the hits with a version in the months of these tags, the first of which is `first`.

        Matching versions are cheap to find and dear to look up, so only the newest are. A version is never older than
        its utterance: what is newer than the oldest version looked up is complete. Where that is not enough, for edits
        or for what the viewer may not see, all are looked up.
        """
        tsquery = " & ".join(filter(None, (self.sought.tsquery, f"( {' | '.join(tags)} )")))
        joined = max(LATEST + 1 - len(found), 0) * 5 // 4 + 50
        ((count, oldest, places),) = self._rows(_STEP, tsquery, joined=joined)
        if count > joined:
            step = _Step(found | _places(places), oldest)
            if step.enough:
                return step
            ((count, oldest, places),) = self._rows(_STEP, tsquery, joined=count)
        return _Step(found | _places(places), (_start(first) - _EPOCH) // timedelta(microseconds=1) - 1)

    def at_once(self) -> set[Place] | None:
        """Every hit; None when more than _RARE versions come near. A phrase is near where its words stand anywhere:
        the index knows no order, and each text has to be read for it."""
        ((near, places),) = self._rows(_AT_ONCE, self.sought.tsquery)
        return None if near > self.rare else _places(places)

    @property
    def rare(self) -> int:
        return _RARE if self.sought.near == self.sought.tsquery else _RARE * _NEAR

    def _rows(self, sql: str, tsquery: str, *, joined: int = 0) -> list[tuple[Any, ...]]:
        period = ("and v.at >= %(since)s " if self.query.since else "") + (
            "and v.at < %(until)s " if self.query.until else ""
        )
        with connection.cursor() as cursor:
            cursor.execute(
                sql.format(period=period, reach=_REACH),
                {
                    "tsquery": tsquery,
                    "near": self.sought.near,
                    "most": LATEST + 1,
                    "joined": joined,
                    "rare": self.rare,
                    "since": self.query.since,
                    "until": self.query.until,
                    "open": list(self.reach.open),
                    "full": list(self.reach.full),
                },
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _places(text: str | None) -> set[Place]:
    words = iter((text or "").split())
    return {Place(int(at), pk) for at, pk in zip(words, words, strict=True)}


def _ends(query: Query, today: date) -> tuple[int, int, int, bool] | None:
    """This month, the newest month with an utterance, the oldest, and whether there are utterances to come.

    Only what the query's dates allow; None when there is nothing. What is dated in the future counts neither as newest
    nor as this month: one wrong date would make the walk long.
    """
    soon = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=2)
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, {"soon": soon})
        row = cursor.fetchone()
    newest, oldest, later = row if row else (None, None, False)
    if oldest is None:
        return None
    last, now = _month(newest or min(oldest, soon)), _month(soon)
    if query.until and _month(query.until) <= now:
        now, later = _month(query.until), False
    first = min(_month(max(oldest, query.since or oldest)), now)
    return now, max(min(last, now), first), first, later


def _month(moment: datetime) -> int:
    moment = moment.astimezone(UTC)
    return moment.year * 12 + moment.month - 1


def _start(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def _month_tags(first: int, last: int) -> Iterator[str]:
    """The tags of months as tsquery text."""
    for month in range(first, last + 1):
        yield f"'~m{month // 12:04d}{month % 12 + 1:02d}'"


def _later_tags(month: int) -> Iterator[str]:
    """What the tags of all later months are or begin with, as tsquery text."""
    yield from _month_tags(month + 1, month // 12 * 12 + 11)
    year = f"{month // 12:04d}"
    for place in range(3, -1, -1):
        for digit in range(int(year[place]) + 1, 10):
            yield f"'~m{year[:place]}{digit}':*"
