"""What goes out: utterances one may see, by the local day they were published, streamed. Practice never."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ordskifte.archive.records_of import RecordOf, records_of
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.threads.rules import reach_of

BATCH: Final = 500
_WHERE: Final = """
from threads_utterance u join plan_channel c on c.id = u.channel_id and not c.practice
where ((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))
  and (%(start)s::date is null or (u.at at time zone 'Europe/Oslo')::date >= %(start)s::date)
  and (%(end)s::date is null or (u.at at time zone 'Europe/Oslo')::date <= %(end)s::date)
"""
_IDS: Final = f"select u.id {_WHERE} order by c.name, u.channel_id, u.at, u.id"
_HIDDEN: Final = """
select count(*) from threads_utterance u join plan_channel c on c.id = u.channel_id and not c.practice
where not ((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))
  and (%(start)s::date is null or (u.at at time zone 'Europe/Oslo')::date >= %(start)s::date)
  and (%(end)s::date is null or (u.at at time zone 'Europe/Oslo')::date <= %(end)s::date)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for, and who asks."""

    viewer: Viewer
    start: date | None = None
    end: date | None = None
    step: Callable[[int], None] = lambda _count: None

    def parameters(self) -> dict[str, Any]:
        reach = reach_of(self.viewer)
        practice = set(Channel.objects.filter(practice=True).values_list("id", flat=True))
        return {
            "open": [one for one in reach.open if one not in practice],
            "full": [one for one in reach.full if one not in practice],
            "start": self.start,
            "end": self.end,
        }

    def restricted(self) -> int:
        """How many utterances are not among them because of who asks."""
        with connection.cursor() as cursor:
            cursor.execute(_HIDDEN, self.parameters())
            return int(cursor.fetchone()[0])

    def records(self) -> Iterator[RecordOf]:
        """Channel by channel, in order of time. Inside a transaction (`deposit.reading`)."""
        done = 0
        with connection.chunked_cursor() as cursor:
            cursor.execute(_IDS, self.parameters())
            while rows := cursor.fetchmany(BATCH):
                ids: list[UUID] = [row[0] for row in rows]
                found = records_of(ids, acts=False)
                for one in ids:
                    if one in found:
                        yield found[one]
                done += len(ids)
                self.step(done)
