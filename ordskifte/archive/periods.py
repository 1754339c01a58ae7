"""Periods and classes: which series a day falls in, and which class a thread; opened, closed, made, ended."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import Undecided
from ordskifte.base.text import storable
from ordskifte.converse.models import Conversation
from ordskifte.plan.models import Topic
from ordskifte.plan.working_time import OSLO
from ordskifte.records.entry import record_act
from ordskifte.records.models import Case, Period, RecordClass

ACTOR = "system:periods"


def period_of(day: date) -> Period:
    """The period of a day; the calendar year's is made when there is none."""
    found = Period.objects.filter(starts__lte=day).order_by("-starts").first()
    if found is not None and (found.ends is None or day <= found.ends):
        return found
    starts = date(day.year, 1, 1)
    made, _ = Period.objects.get_or_create(
        starts=starts,
        defaults={
            "title": f"Sosiale medier {day.year}",
            "ends": date(day.year, 12, 31),
            "opened_at": datetime.combine(starts, time(), OSLO),
            "opened_by": ACTOR,
        },
    )
    return made


def class_of(thread_id: UUID) -> RecordClass | None:
    """The class of the conversation's topic, else the standard class, where the body has one."""
    topic = Conversation.objects.filter(pk=thread_id).values_list("topic_id", flat=True).first()
    classes = RecordClass.objects.filter(valid_to=None)
    return (classes.filter(topic_id=topic).first() if topic else None) or classes.filter(standard=True).first()


@transaction.atomic
def add_class(
    code: str,
    names: Mapping[str, str],
    *,
    keep: bool,
    years: int | None,
    legal_basis: str,
    topic_id: UUID | None,
    standard: bool,
    by: str,
    at: datetime,
    description: str = "",
) -> RecordClass:
    """A new class. One of the same code, topic or standing as standard ends, and this one follows it."""
    code = storable(code).strip()[:40]
    said = {language: storable(names.get(language, "")).strip()[:200] for language in ("nb", "nn", "en")}
    if not code or not said["nb"]:
        raise ArchiveError(_("A class needs a code and a name."))
    law = storable(legal_basis).strip()[:500]
    if not keep and (years is None or not 0 < years <= 200 or not law):
        raise ArchiveError(_("What is disposed of needs years, and the section or permission for it."))
    if topic_id is not None and not Topic.objects.filter(pk=topic_id).exists():
        raise ArchiveError(_("There is no such topic."))
    ended = RecordClass.objects.filter(valid_to=None, code=code).update(valid_to=at)
    if standard:
        RecordClass.objects.filter(valid_to=None, standard=True).update(standard=False)
    if topic_id is not None:
        RecordClass.objects.filter(valid_to=None, topic_id=topic_id).update(topic_id=None)
    made = RecordClass.objects.create(
        code=code,
        names={language: name or said["nb"] for language, name in said.items()},
        description=storable(description).strip()[:1000],
        keep=keep,
        years=None if keep else years,
        legal_basis="" if keep else law,
        topic_id=topic_id,
        standard=standard,
        valid_from=at,
    )
    details: dict[str, object] = {"code": code, "keep": keep, "years": made.years, "replaces": bool(ended)}
    record_act("class.added", actor=by, at=at, record=made.id, details=details)
    return made


@transaction.atomic
def end_class(class_id: UUID, *, by: str, at: datetime) -> None:
    """A class no thread falls in from now on. What is in it stays there."""
    if not RecordClass.objects.filter(pk=class_id, valid_to=None, standard=False).update(valid_to=at):
        raise ArchiveError(_("The standard class cannot end: make another one the standard first."))
    record_act("class.ended", actor=by, at=at, record=class_id)


@transaction.atomic
def open_period(title: str, *, starts: date, ends: date | None, journal: str, by: str, at: datetime) -> Period:
    """A new period. Periods follow each other without overlap; each has its journal here or in the case system."""
    title = storable(" ".join(title.split()))[:200]
    if not title or journal not in ("own", "external"):
        raise ArchiveError(_("A period needs a title, and a place for its journal."))
    if ends is not None and ends < starts:
        raise ArchiveError(_("The period ends before it begins."))
    for one in Period.objects.select_for_update():
        if one.starts <= (ends or date.max) and starts <= (one.ends or date.max):
            raise ArchiveError(_("It overlaps %(title)s.") % {"title": one.title})
    made = Period.objects.create(title=title, starts=starts, ends=ends, journal=journal, opened_at=at, opened_by=by)
    details: dict[str, object] = {"starts": starts.isoformat(), "ends": ends.isoformat() if ends else None}
    record_act("period.opened", actor=by, at=at, record=made.id, details={**details, "journal": journal})
    return made


@transaction.atomic
def close_period(period_id: UUID, *, by: str, at: datetime) -> None:
    """Close a period that is over: no case in it is open, and nothing said in it is undecided."""
    one = Period.objects.select_for_update().filter(pk=period_id, closed_at=None).first()
    if one is None:
        raise ArchiveError(_("The period is closed already."))
    today = at.astimezone(OSLO).date()
    if one.ends is None:
        one.ends = today
    elif one.ends >= today:
        raise ArchiveError(_("The period is not over yet."))
    cases = Case.objects.filter(period=one, status="under_handling").count()
    if cases:
        raise ArchiveError(_("%(n)s cases in it are open. Close them first.") % {"n": cases})
    first, last = (datetime.combine(day, moment, OSLO) for day, moment in ((one.starts, time()), (one.ends, time.max)))
    if Undecided.objects.filter(at__range=(first, last)).exists():
        raise ArchiveError(_("Something said in it is undecided. Decide that first."))
    one.closed_at, one.closed_by = at, by
    one.save(update_fields=["ends", "closed_at", "closed_by"])
    record_act("period.closed", actor=by, at=at, record=one.id, details={"ends": one.ends.isoformat()})
