"""Disposal (kassasjon): a list with its legal basis, made by one person and carried out by another's word.

What is to be kept is never on a list. The content goes; the row, the journal's line and the date with the person stay.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.archive.erasing import Place, erase
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import Disposal, DisposalItem
from ordskifte.archive.rule_sets import local_day
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Person
from ordskifte.records.entry import record_act
from ordskifte.records.models import RecordClass
from ordskifte.threads.models import Version

CHUNK: Final = 500

_DUE: Final = """
select u.id, u.at from records_keepdecision d
join threads_utterance u on u.id = d.record_id
join plan_channel c on c.id = u.channel_id and not c.practice
left join records_casethread ct on ct.thread_id = u.thread_id
left join records_case k on k.id = ct.case_id
left join converse_conversation v on v.thread_id = u.thread_id
left join records_recordclass t on t.topic_id = v.topic_id and t.valid_to is null
left join records_recordclass s on s.standard and s.valid_to is null
join records_period p on p.closed_at is not null and case when k.id is not null then p.id = k.period_id
    else (u.at at time zone 'Europe/Oslo')::date between p.starts and coalesce(p.ends, 'infinity') end
where d.ended_at is null and d.outcome in ('archive', 'journal') and d.record_kind = 'utterance'
    and coalesce(k.record_class_id, t.id, s.id) = %(class)s
    and (k.id is null or (k.status <> 'under_handling' and k.closed_at is not null))
    and extract(year from coalesce(k.closed_at, p.closed_at) at time zone 'Europe/Oslo') <= %(year)s
    and exists (select 1 from threads_version w where w.utterance_id = u.id and w.erased_at is null)
    and (%(only)s::uuid[] is null or u.id = any(%(only)s))
"""


@transaction.atomic
def propose(class_id: UUID, *, basis: str, by: Person, at: datetime) -> Disposal:
    """Make the list of what the class no longer keeps. ArchiveError when it is kept, or nothing is due."""
    kept = _disposable(class_id)
    law = mask(storable(" ".join(basis.split())))[0][:500]
    if not law:
        raise ArchiveError(_("Name the section, or the permission, that lets it be disposed of."))
    year = local_day(at).year - (kept.years or 0) - 1
    rows = _due(kept, year)
    if not rows:
        raise ArchiveError(_("Nothing in this class is due: its time is not over, or its period is not closed."))
    made = Disposal.objects.create(record_class=kept, year=year, basis=law, made_by=by, made_at=at)
    DisposalItem.objects.bulk_create(
        [DisposalItem(disposal=made, record_id=record, said_at=said) for record, said in rows], batch_size=5000
    )
    details: dict[str, object] = {"class": str(kept.id), "year": year, "count": len(rows), "basis": law}
    record_act("disposal.proposed", actor=f"person:{by.pk}", at=at, record=made.id, details=details)
    return made


@transaction.atomic
def agree(disposal_id: UUID, *, agree: bool, words: str = "", by: Person, at: datetime) -> Disposal:
    """The second person, never the one who made the list, agrees or refuses. Then a job carries it out."""
    one = Disposal.objects.select_for_update().filter(pk=disposal_id, state="proposed").first()
    if one is None:
        raise ArchiveError(_("The list has been decided already."))
    if one.made_by_id == by.pk:
        raise ArchiveError(_("Another person must agree: two persons stand behind a disposal."))
    one.state, one.second, one.decided_at = ("running" if agree else "refused"), by, at
    one.words = mask(storable(" ".join(words.split())))[0][:1000]
    one.save()
    record_act(f"disposal.{'agreed' if agree else 'refused'}", actor=f"person:{by.pk}", at=at, record=one.id)
    if agree:
        app.configure_task("dispose").defer(disposal_id=str(one.id))
    return one


def carry_out(disposal_id: UUID, *, at: datetime, place: Place) -> int:
    """Dispose of a list that two persons stand behind. Killed and run again, it goes on. Returns how many went."""
    one = Disposal.objects.select_related("record_class").filter(pk=disposal_id, state="running").first()
    if one is None:
        return 0
    by = f"person:{one.second_id}"
    done = 0
    while True:
        items = list(one.items.filter(disposed_at=None, kept_why="").order_by("id")[:CHUNK])
        if not items:
            break
        done += _dispose(one, items, by=by, at=at, place=place)
    with transaction.atomic():
        Disposal.objects.filter(pk=one.pk).update(state="done", done_at=at)
        left = one.items.exclude(kept_why="").count()
        gone = one.items.exclude(disposed_at=None).count()
        record_act("disposal.done", actor=by, at=at, record=one.id, details={"disposed": gone, "kept": left})
    return done


def _dispose(one: Disposal, items: list[DisposalItem], *, by: str, at: datetime, place: Place) -> int:
    """Looked at again now: a class that is kept since, a case that was opened again, a hold."""
    ids = [item.record_id for item in items]
    due = {record for record, _ in _due(one.record_class, one.year, only=ids)} if _still(one.record_class_id) else set()
    gone = erase(sorted(due), basis=f"kassasjon: {one.basis}", by=by, at=at, place=place)
    erased = set(gone.erased) | (
        set(Version.objects.filter(utterance_id__in=ids).exclude(erased_at=None).values_list("utterance_id", flat=True))
        - set(Version.objects.filter(utterance_id__in=ids, erased_at=None).values_list("utterance_id", flat=True))
    )
    for item in items:
        if item.record_id in erased:
            item.disposed_at, item.disposed_by = at, by
        else:
            item.kept_why = "hold" if item.record_id in gone.held else "not_due"
    DisposalItem.objects.bulk_update(items, ["disposed_at", "disposed_by", "kept_why"])
    return len(erased)


def _due(kept: RecordClass, year: int, only: list[UUID] | None = None) -> list[tuple[UUID, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"class": kept.id, "year": year, "only": only})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _disposable(class_id: UUID) -> RecordClass:
    found = RecordClass.objects.filter(pk=class_id).first()
    if found is None:
        raise ArchiveError(_("There is no such class."))
    if found.keep or found.years is None or not found.legal_basis:
        raise ArchiveError(_("This class is kept. Nothing in it can be disposed of."))
    return found


def _still(class_id: UUID) -> bool:
    return RecordClass.objects.filter(pk=class_id, keep=False).exists()
