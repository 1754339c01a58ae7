"""Round a record: what it answers, up to the top, and what answered it. Two queries, however many records."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ordskifte.archive.records_of import RecordOf, records_of

ABOVE: Final = 10
"""How far up a document shows what is answered."""
BELOW: Final = 20
"""How many answers it shows."""

_AROUND: Final = """
with recursive up as (
  select u.id as of, u.parent_id as id, 1 as depth from threads_utterance u where u.id = any(%(ids)s)
  union all
  select up.of, u.parent_id, up.depth + 1 from up join threads_utterance u on u.id = up.id where up.depth < %(above)s
), down as (
  select u.parent_id as of, u.id, row_number() over (partition by u.parent_id order by u.at, u.id) as n
  from threads_utterance u where u.thread_id = any(%(threads)s) and u.parent_id = any(%(ids)s)
), around as (
  select of, id from up where id is not null union select of, id from down where n <= %(below)s
)
select a.of, a.id from around a
join threads_utterance u on u.id = a.id
join threads_utterance o on o.id = a.of and o.channel_id = u.channel_id and o.private = u.private
where a.id <> a.of and not exists (
  select 1 from records_keepdecision d where d.record_id = a.id and d.ended_at is null and d.outcome = 'leave_out'
)
"""


def context_of(records: Iterable[RecordOf]) -> dict[UUID, list[RecordOf]]:
    """Utterance -> what stands round it, in order of time. What is left out of the archive is not shown."""
    given = list(records)
    ids = {one.utterance_id for one in given}
    values: dict[str, Any] = {
        "ids": list(ids),
        "threads": list({one.thread_id for one in given}),
        "above": ABOVE,
        "below": BELOW,
    }
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, values)
        pairs: Sequence[tuple[UUID, UUID]] = cursor.fetchall()
    found = records_of(sorted({one for _of, one in pairs}), acts=False)
    around: dict[UUID, list[RecordOf]] = {}
    for of, one in pairs:
        if one in found:
            around.setdefault(of, []).append(found[one])
    for lines in around.values():
        lines.sort(key=lambda one: (one.said_at, one.record_id))
    return around
