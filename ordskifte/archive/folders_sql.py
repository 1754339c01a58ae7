"""Which records go into a deposit, in its order: class, case or thread, time. One query, for a server-side cursor."""

from typing import Final

LINES: Final = """
with line as (
  select d.record_id, d.record_kind, d.outcome, d.at as decided_at, d.by as decided_by, u.thread_id,
         coalesce(e.case_id, ct.case_id) as case_id, e.id as entry_id,
         coalesce(c.made_at, m.done_at, m.made_at, u.at) as said_at,
         coalesce(c.made_at, m.made_at, u.first_seen) as first_seen,
         coalesce(e.journal_date, (coalesce(c.made_at, m.made_at, u.first_seen) at time zone 'Europe/Oslo')::date)
           as day
  from records_keepdecision d
  left join records_journalentry e on e.record_id = d.record_id
  left join converse_complaint c on c.id = d.record_id and d.record_kind = 'complaint'
  left join converse_measure m on m.id = coalesce(c.measure_id, d.record_id) and d.record_kind <> 'utterance'
  join threads_utterance u on u.id = coalesce(m.utterance_id, d.record_id)
  join plan_channel h on h.id = u.channel_id and not h.practice
  left join records_casethread ct on ct.thread_id = u.thread_id
  where d.ended_at is null and d.outcome in ('journal', 'archive')
    and ((u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s))
)
select coalesce(k.record_class_id, r.id, %(standard)s::uuid) as class_id, l.case_id, l.thread_id, l.record_id,
       l.record_kind, l.decided_at, l.decided_by, l.entry_id, l.day,
       min(l.first_seen) over (partition by coalesce(l.case_id, l.thread_id), l.case_id is null) as opened_at
from line l
left join records_case k on k.id = l.case_id
left join converse_conversation v on v.thread_id = l.thread_id
left join lateral (
  select c.id from records_recordclass c
  where l.case_id is null and c.topic_id = v.topic_id and c.valid_to is null order by c.id limit 1
) r on true
where (%(start)s::date is null or l.day >= %(start)s::date) and (%(end)s::date is null or l.day <= %(end)s::date)
order by 1, l.case_id is null, k.year, k.number, k.external_year,
         k.external_number, coalesce(l.case_id, l.thread_id), l.said_at, l.record_id
"""

SPAN: Final = """
select min(day), max(day), count(*), count(*) filter (where not seen) from (
  select coalesce(e.journal_date, (coalesce(c.made_at, m.made_at, u.first_seen) at time zone 'Europe/Oslo')::date)
         as day, (u.channel_id = any(%(open)s) and not u.private) or u.channel_id = any(%(full)s) as seen
  from records_keepdecision d
  left join records_journalentry e on e.record_id = d.record_id
  left join converse_complaint c on c.id = d.record_id and d.record_kind = 'complaint'
  left join converse_measure m on m.id = coalesce(c.measure_id, d.record_id) and d.record_kind <> 'utterance'
  join threads_utterance u on u.id = coalesce(m.utterance_id, d.record_id)
  join plan_channel h on h.id = u.channel_id and not h.practice
  where d.ended_at is null and d.outcome in ('journal', 'archive')
) days
where (%(start)s::date is null or day >= %(start)s::date) and (%(end)s::date is null or day <= %(end)s::date)
"""

OPEN_CASES: Final = """
select distinct k.id, k.year, k.number, k.title from records_case k
join records_journalentry e on e.case_id = k.id
where k.status = 'under_handling'
  and (%(start)s::date is null or e.journal_date >= %(start)s::date)
  and (%(end)s::date is null or e.journal_date <= %(end)s::date)
order by k.year, k.number, k.id
"""
