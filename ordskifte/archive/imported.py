"""Decisions for imported history: what was chosen at the import becomes decisions in one statement, with one entry."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from ordskifte.archive.rule_sets import Rules, all_sets
from ordskifte.archive.worklist import enqueue_missing
from ordskifte.listen.models import Import
from ordskifte.records.entry import record_act

ACTOR = "system:import"

_KEEP = """
with sets(version, starts, ends, basis) as (
    select * from unnest(%(versions)s::text[], %(starts)s::date[], %(ends)s::date[], %(bases)s::text[])
), said as (
    select distinct v.utterance_id from records_entry e join threads_version v on v.id = e.record_id
    where e.batch between %(first)s and %(last)s and e.kind = 'version'
)
insert into records_keepdecision
    (id, record_id, record_kind, outcome, handled, documents, reason, words, rule, rule_version, basis, "by", at, batch)
select gen_random_uuid(), u.id, 'utterance', 'archive', false, true, %(reason)s, '', %(reason)s, s.version,
    case when u.ours then s.basis else %(legal_basis)s end, %(actor)s, %(at)s, %(batch)s
from said join threads_utterance u on u.id = said.utterance_id
join plan_channel c on c.id = u.channel_id and not c.practice
join sets s on (u.at at time zone 'Europe/Oslo')::date between s.starts and s.ends
where u.channel_id = any(%(channels)s) and (u.ours or %(everything)s)
    and not exists (select 1 from records_keepdecision d where d.record_id = u.id)
on conflict do nothing
"""


@transaction.atomic
def decide_import(import_id: UUID, *, at: datetime) -> int:
    """own: what we published is archived, the rest waits. all: everything is archived. later: everything waits.

    Run twice, it decides nothing twice. Returns how many decisions were made.
    """
    run = Import.objects.filter(pk=import_id).exclude(ended_at=None).first()
    if run is None or run.first_batch is None:
        return 0
    made = _keep(run, at=at) if run.keep in ("own", "all") else 0
    if made:
        details: dict[str, object] = {"keep": run.keep, "count": made, "legal_basis": run.legal_basis}
        record_act("keep.imported", actor=run.actor or ACTOR, at=at, record=run.id, details=details)
    enqueue_missing(since=run.started_at)
    return made


def _keep(run: Import, *, at: datetime) -> int:
    days = _days(all_sets())
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "versions": [one.version for one, _, _ in days],
                "starts": [starts for _, starts, _ in days],
                "ends": [ends for _, _, ends in days],
                "bases": [_own_basis(one) for one, _, _ in days],
                "first": run.first_batch,
                "last": run.last_batch,
                "reason": f"import_{run.keep}",
                "legal_basis": run.legal_basis,
                "actor": run.actor or ACTOR,
                "at": at,
                "batch": run.id,
                "channels": [one for one in run.files.values_list("channel_id", flat=True) if one],
                "everything": run.keep == "all",
            },
        )
        made = int(cursor.rowcount)
        cursor.execute(  # what another import's end had let wait meanwhile
            "delete from archive_undecided w using records_keepdecision d"
            " where d.batch = %s and d.record_id = w.record_id and d.ended_at is null",
            [run.id],
        )
        return made


def _days(sets: tuple[Rules, ...]) -> list[tuple[Rules, date, date]]:
    """Which set rules which days, without overlap: the one that began last wins; the oldest has all before it."""
    found: list[tuple[Rules, date, date]] = []
    until = date.max
    for number, one in enumerate(sets):
        starts = date.min if number == len(sets) - 1 else one.valid_from
        if starts <= until:
            found.append((one, starts, until))
            until = date.fromordinal(starts.toordinal() - 1) if starts > date.min else date.min
    return found


def _own_basis(rules: Rules) -> str:
    return next(
        (one.basis for one in rules.rules if "own" in one.when and one.outcome == "archive"), rules.rules[-1].basis
    )
