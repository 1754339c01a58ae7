"""What waits for its decision: a table that grows when something arrives and shrinks when it is decided.

Lists read it by its indexes, so a page costs the same with a million rows in it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from ordskifte.archive.choices import choice
from ordskifte.archive.deciding import propose
from ordskifte.archive.models import Undecided

CHUNK: Final = 500

_INSERT: Final = """
insert into archive_undecided
    (record_id, record_kind, thread_id, channel_id, private, ours, deleted, at, since, outcome, rule, rule_version)
select u.id, 'utterance', u.thread_id, u.channel_id, u.private, u.ours, u.deleted, u.at, u.first_seen, '', '', ''
from threads_utterance u join plan_channel c on c.id = u.channel_id
where {which} and not c.practice
    and not exists (select 1 from records_keepdecision d where d.record_id = u.id and d.ended_at is null)
on conflict (record_id) do update set deleted = excluded.deleted, thread_id = excluded.thread_id, outcome = ''
"""


@transaction.atomic
def enqueue(record_ids: Collection[UUID], *, at: datetime) -> int:
    """Let utterances wait; those that are decided, or practice, do not. Proposed at once where they are few."""
    ids = list(record_ids)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(which="u.id = any(%s)"), [ids])
        added = int(cursor.rowcount)
    if 0 < len(ids) <= CHUNK:
        read_proposals(at=at, only=ids)
    return added


@transaction.atomic
def enqueue_missing(*, since: datetime | None = None) -> int:
    """Everything without a decision that does not wait yet: what was brought in, what a lost job left."""
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(
                which="(%s::timestamptz is null or u.first_seen >= %s)"
                " and not exists (select 1 from archive_undecided w where w.record_id = u.id)"
            ),
            [since, since],
        )
        return int(cursor.rowcount)


@transaction.atomic
def read_proposals(*, at: datetime, only: Collection[UUID] | None = None) -> int:
    """Let the rules propose for what has no proposal, at most a chunk of them. Returns how many."""
    waiting = Undecided.objects.filter(outcome="")
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    rows = list(waiting.order_by("record_id").select_for_update(skip_locked=True)[:CHUNK])
    found = propose([one.record_id for one in rows], at=at)
    gone = [one.record_id for one in rows if one.record_id not in found]
    Undecided.objects.filter(pk__in=gone).delete()
    for one in rows:
        if proposal := found.get(one.record_id):
            one.outcome, one.rule, one.rule_version = proposal.outcome, proposal.rule, proposal.rule_version
    kept = [one for one in rows if one.record_id in found]
    Undecided.objects.bulk_update(kept, ["outcome", "rule", "rule_version"])
    return len(rows)


def acts_without_decision(most: int) -> list[UUID]:
    """Measures that were done and complaints about them, without a decision. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select m.id from converse_measure m join threads_utterance u on u.id = m.utterance_id
                join plan_channel c on c.id = u.channel_id and not c.practice
            where m.state in ('done', 'reversed', 'ended')
                and not exists (select 1 from records_keepdecision d where d.record_id = m.id and d.ended_at is null)
            union all
            select x.id from converse_complaint x join converse_measure m on m.id = x.measure_id
                join threads_utterance u on u.id = m.utterance_id
                join plan_channel c on c.id = u.channel_id and not c.practice
            where not exists (select 1 from records_keepdecision d where d.record_id = x.id and d.ended_at is null)
            limit %s
            """,
            [most],
        )
        return [row[0] for row in cursor.fetchall()]


def overdue(*, at: datetime) -> int:
    """How many from outside have waited longer than the body allows, counted to a thousand. Two queries."""
    before = at - timedelta(days=choice().warn_days)
    return len(Undecided.objects.filter(ours=False, since__lt=before).values_list("pk")[:1000])
