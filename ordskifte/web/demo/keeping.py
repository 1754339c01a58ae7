"""Keeping at Eksempel kommune: classes, what the imports decided, what is confirmed, and what still waits."""

from datetime import datetime
from typing import Final
from uuid import UUID

from ordskifte.archive import choices, deciding, holds, periods
from ordskifte.archive.imported import decide_import
from ordskifte.archive.models import Hold, KeepChoice, Undecided
from ordskifte.archive.worklist import read_proposals
from ordskifte.listen.models import Import
from ordskifte.people.models import Person
from ordskifte.plan.models import Topic
from ordskifte.records.models import RecordClass
from ordskifte.threads.models import Thread

WAITING: Final = 36  # of the newest that nobody has decided yet


def lay_classes(*, at: datetime) -> None:
    """Three classes, where there are none."""
    if RecordClass.objects.exists():
        return
    roads = Topic.objects.filter(closed_at=None, names__nb__startswith="Vei").first()
    laid: tuple[tuple[str, dict[str, str], int | None, UUID | None], ...] = (
        ("010", {"nb": "Innbyggerdialog", "nn": "Innbyggjardialog", "en": "Talk with residents"}, None, None),
        (
            "210",
            {"nb": "Vei og brøyting", "nn": "Veg og brøyting", "en": "Roads and snow"},
            10,
            roads.id if roads else None,
        ),
        ("310", {"nb": "Barnehage og skole", "nn": "Barnehage og skule", "en": "Nurseries and schools"}, None, None),
    )
    for code, names, years, topic in laid:
        periods.add_class(
            code,
            names,
            keep=years is None,
            years=years,
            legal_basis="arkivlova § 13" if years else "",
            topic_id=topic,
            standard=code == "010",
            by="system:demo",
            at=at,
        )


def fill_keeping(*, at: datetime) -> None:
    """Once: what the archivist has done since is left alone."""
    if KeepChoice.objects.exists():
        return
    by = f"person:{Person.objects.get(email='marit.lunde@eksempel.example').id}"
    for run in Import.objects.exclude(ended_at=None).order_by("started_at"):
        decide_import(run.id, at=at)
    while read_proposals(at=at):
        pass
    settled = Undecided.objects.filter(deleted=False).exclude(outcome="journal").order_by("-at", "record_id")
    ids = list(settled.values_list("record_id", flat=True))[WAITING:]
    for first in range(0, len(ids), deciding.MOST):
        deciding.confirm(ids[first : first + deciding.MOST], by=by, at=at)
    thread = Thread.objects.filter(channel__practice=False, private=False).order_by("-last_at", "id").first()
    if thread is not None and not Hold.objects.exists():
        why = "Klage til Sivilombudet om moderering"
        holds.hold("thread", thread.id, why=why, basis="sivilombudsloven § 14", by=by, at=at)
    choices.choose(
        purge_days=90,
        warn_days=7,
        place="Kommunens eget maskinrom",
        country="NO",
        backup_place="Nabokommunen",
        backup_country="NO",
        responsible="Marit Lunde",
        by=by,
        at=at,
    )
