"""Reads of moderation. Every read asks who is looking; each is a fixed number of queries, whatever there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ordskifte.converse.models import Assessment, Complaint, Measure
from ordskifte.converse.moderation.complaint import had_a_hand
from ordskifte.converse.moderation.measures import OPEN
from ordskifte.converse.moderation.rules import READERS, TAKERS, channels_held
from ordskifte.people.models import Unit
from ordskifte.people.viewer import Viewer
from ordskifte.threads.models import Utterance, Version
from ordskifte.threads.queries import visible_utterance
from ordskifte.threads.rules import reach_of

ROWS: Final = 100

_WITH: Final = ("ground", "by", "second", "outbox", "told", "utterance__channel", "utterance__author")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with the words it touches, as lists and its page show it."""

    row: Measure
    version: Version | None
    own: bool  # the viewer proposed or took it

    @property
    def on_platform(self) -> str:
        """What became of it on the platform: the outbox's state."""
        return self.row.outbox.state if self.row.outbox else ""


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint beside its measure and the words. `barred`: the viewer had a hand in the measure."""

    row: Complaint
    version: Version | None
    barred: bool


def readable(viewer: Viewer, at: str = "utterance__") -> Q:
    """A filter for what the viewer may see of utterances behind `at`. What a sensitive unit was given stays there."""
    reach = reach_of(viewer)
    public = Q(**{f"{at}channel_id__in": reach.open, f"{at}private": False})
    return public | Q(**{f"{at}channel_id__in": reach.full})


def _handed_away(viewer: Viewer, at: str = "") -> Q:
    """Conversations given to a sensitive unit that is not the viewer's."""
    if viewer.sees_everything:
        return Q(pk=None)
    closed = list(Unit.objects.filter(sensitive=True).exclude(id__in=viewer.units).values_list("id", flat=True))
    return Q(**{f"{at}conversation__unit_id__in": closed})


def _measures(viewer: Viewer, *roles: str) -> QuerySet[Measure]:
    held = Q(utterance__channel_id__in=channels_held(viewer, *roles))
    return Measure.objects.filter(readable(viewer) & held).exclude(_handed_away(viewer)).select_related(*_WITH)


def _rows(found: Iterable[Measure], viewer: Viewer) -> list[MeasureRow]:
    measures = list(found)
    versions = _versions(one.version_id for one in measures)
    return [MeasureRow(one, versions.get(one.version_id), had_a_hand(one, viewer.person_id)) for one in measures]


def _versions(ids: Iterable[UUID]) -> dict[UUID, Version]:
    return Version.objects.defer("search", "tags", "alts").in_bulk(list(ids))


def measure_row(viewer: Viewer, measure_id: UUID) -> MeasureRow | None:
    """One measure, for those who may read it."""
    return next(iter(_rows(_measures(viewer, *READERS).filter(pk=measure_id), viewer)), None)


def proposals(viewer: Viewer) -> list[MeasureRow]:
    """What waits for a second person, oldest first."""
    return _rows(_measures(viewer, *TAKERS).filter(state="proposed").order_by("made_at")[:ROWS], viewer)


def unreviewed(viewer: Viewer) -> list[MeasureRow]:
    """What the number rule hid and nobody has looked at, oldest first."""
    found = _measures(viewer, *TAKERS).filter(automated=True, state="done", second=None)
    return _rows(found.order_by("made_at")[:ROWS], viewer)


def recent(viewer: Viewer) -> list[MeasureRow]:
    """The newest measures that were carried out."""
    return _rows(_measures(viewer, *READERS).exclude(state="proposed").order_by("-made_at")[:ROWS], viewer)


def measures_of_thread(thread_id: UUID) -> dict[UUID, list[Measure]]:
    """The measures of a thread's utterances, newest first. The caller has checked who may see the thread."""
    found: dict[UUID, list[Measure]] = {}
    rows = Measure.objects.filter(utterance__thread_id=thread_id).select_related("ground", "by", "second", "outbox")
    for one in rows.order_by("-made_at"):
        found.setdefault(one.utterance_id, []).append(one)
    return found


def measures_of_utterance(utterance_id: UUID) -> list[Measure]:
    """The measures of one utterance, newest first."""
    rows = Measure.objects.filter(utterance_id=utterance_id).select_related("ground", "by", "second", "outbox")
    return list(rows.order_by("-made_at"))


def complaints(viewer: Viewer, *, answered: bool = False) -> list[ComplaintRow]:
    """Complaints that wait, by deadline; or the newest answered ones."""
    found = _complaints(viewer).filter(answered_at__isnull=not answered)
    return _complaint_rows(found.order_by("-answered_at" if answered else "due_at")[:ROWS], viewer)


def _complaints(viewer: Viewer) -> QuerySet[Complaint]:
    held = Q(measure__utterance__channel_id__in=channels_held(viewer, *READERS))
    found = Complaint.objects.filter(readable(viewer, "measure__utterance__") & held)
    return found.exclude(_handed_away(viewer, "measure__")).select_related(
        "measure__ground", "measure__utterance__channel", "measure__by", "measure__second", "answered_by"
    )


def _complaint_rows(found: Iterable[Complaint], viewer: Viewer) -> list[ComplaintRow]:
    rows = list(found)
    versions = _versions(one.measure.version_id for one in rows)
    return [
        ComplaintRow(one, versions.get(one.measure.version_id), had_a_hand(one.measure, viewer.person_id))
        for one in rows
    ]


def complaint_row(viewer: Viewer, complaint_id: UUID) -> ComplaintRow | None:
    """One complaint, if the viewer may read it."""
    return next(iter(_complaint_rows(_complaints(viewer).filter(pk=complaint_id), viewer)), None)


@dataclass(frozen=True, slots=True)
class SpamRow:
    """An utterance that triage calls spam, and what it says."""

    utterance: Utterance
    version: Version


def spam_waiting(viewer: Viewer) -> list[SpamRow]:
    """What triage calls spam, newest first, that nothing has been done to."""
    rows = list(_spam(viewer).select_related("utterance__channel", "utterance__author").order_by("-at")[:ROWS])
    versions = _versions(one.version_id for one in rows)
    return [SpamRow(one.utterance, versions[one.version_id]) for one in rows if one.version_id in versions]


def _spam(viewer: Viewer) -> QuerySet[Assessment]:
    standing = Measure.objects.filter(utterance_id=OuterRef("utterance_id"), state__in=OPEN)
    held = Q(utterance__channel_id__in=channels_held(viewer, *TAKERS))
    return Assessment.objects.filter(
        readable(viewer) & held,
        ~Exists(standing),
        kind="spam",
        version_id=F("utterance__current_id"),
        utterance__ours=False,
        utterance__deleted=False,
    )


def last_batch(viewer: Viewer) -> UUID | None:
    """The viewer's newest batch of spam that still stands."""
    found = Measure.objects.filter(by_id=viewer.person_id, state="done", batch__isnull=False)
    return found.order_by("-made_at").values_list("batch", flat=True).first()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits in each list of the room, for the rail."""

    proposals: int
    numbers: int
    complaints: int
    spam: int


def waiting(viewer: Viewer) -> Waiting:
    """Counts of what the viewer may see, up to a page of each."""
    taken = _measures(viewer, *TAKERS)
    return Waiting(
        proposals=taken.filter(state="proposed").count(),
        numbers=taken.filter(automated=True, state="done", second=None).count(),
        complaints=_complaints(viewer).filter(answered_at=None).count(),
        spam=_spam(viewer).count(),
    )


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the code's page shows: the measure and its complaints, never the words or a name."""

    measure: Measure
    complaints: tuple[Complaint, ...]

    @property
    def open(self) -> Complaint | None:
        return next((one for one in self.complaints if one.answered_at is None), None)


def reasons_of(code: str) -> Reasons | None:
    """The measure of a code, once it was carried out. A proposal has no page: nothing has been done."""
    found = Measure.objects.filter(code=code).exclude(state="proposed").exclude(done_at=None)
    measure = found.select_related("ground").first()
    if measure is None:
        return None
    return Reasons(measure, tuple(measure.complaints.order_by("made_at")))


def answered_by(viewer: Viewer, utterance: Utterance) -> Utterance | None:
    """What an utterance answers, if it was seen and the viewer may see it."""
    if utterance.parent_id is None:
        return None
    return visible_utterance(viewer, utterance.parent_id)


def assessment_of(version_id: UUID) -> Assessment | None:
    """What triage proposed for a version, with the places of the words."""
    return Assessment.objects.filter(version_id=version_id).first()
