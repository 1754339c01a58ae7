"""Reads of moderation. Every read asks who is looking; each is a fixed number of queries, whatever there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ordskifte.converse import marks
from ordskifte.converse.models import Assessment, Complaint, Measure
from ordskifte.converse.moderation.complaint import had_a_hand
from ordskifte.converse.moderation.measures import OPEN
from ordskifte.converse.moderation.rules import READERS, TAKERS, channels_held
from ordskifte.people.models import Unit
from ordskifte.people.viewer import Viewer
from ordskifte.threads.models import Utterance, Version
from ordskifte.threads.queries import visible_utterance
from ordskifte.threads.rules import Reach, reach_of

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


@dataclass(frozen=True, slots=True)
class Scope:
    """What one viewer may read and act on, worked out once for all the lists of a page. At most six queries."""

    viewer: Viewer
    reach: Reach
    taken: tuple[UUID, ...]  # channels where the viewer may take measures
    read: tuple[UUID, ...]  # channels where the viewer may read them
    closed: tuple[UUID, ...]  # sensitive units that are not the viewer's: what was handed to them stays there

    def inside(self, at: str, held: tuple[UUID, ...]) -> Q:
        """A filter for rows whose utterance stands behind `at`, on channels where a role is held."""
        public = Q(**{f"{at}channel_id__in": self.reach.open, f"{at}private": False})
        return (public | Q(**{f"{at}channel_id__in": self.reach.full})) & Q(**{f"{at}channel_id__in": held})

    def measures(self, held: tuple[UUID, ...]) -> QuerySet[Measure]:
        found = Measure.objects.filter(self.inside("utterance__", held)).select_related(*_WITH)
        return found.exclude(conversation__unit_id__in=self.closed)

    def complaints(self) -> QuerySet[Complaint]:
        found = Complaint.objects.filter(self.inside("measure__utterance__", self.read))
        return found.exclude(measure__conversation__unit_id__in=self.closed).select_related(
            "measure__ground", "measure__utterance__channel", "measure__by", "measure__second", "answered_by"
        )

    def spam(self) -> QuerySet[Assessment]:
        standing = Measure.objects.filter(utterance_id=OuterRef("utterance_id"), state__in=OPEN)
        return Assessment.objects.filter(
            self.inside("utterance__", self.taken),
            ~Exists(standing),
            kind="spam",
            version_id=F("utterance__current_id"),
            utterance__ours=False,
            utterance__deleted=False,
        )


def scope_of(viewer: Viewer) -> Scope:
    """The scope of one who looks."""
    closed: tuple[UUID, ...] = ()
    if not viewer.sees_everything:
        units = Unit.objects.filter(sensitive=True).exclude(id__in=viewer.units)
        closed = tuple(units.values_list("id", flat=True))
    return Scope(viewer, reach_of(viewer), channels_held(viewer, *TAKERS), channels_held(viewer, *READERS), closed)


def _rows(found: Iterable[Measure], viewer: Viewer) -> list[MeasureRow]:
    measures = list(found)
    versions = _versions(one.version_id for one in measures)
    return [MeasureRow(one, versions.get(one.version_id), had_a_hand(one, viewer.person_id)) for one in measures]


def _versions(ids: Iterable[UUID]) -> dict[UUID, Version]:
    return Version.objects.defer("search", "tags", "alts").in_bulk(list(ids))


def measure_row(viewer: Viewer, measure_id: UUID) -> MeasureRow | None:
    """One measure, for those who may read it."""
    scope = scope_of(viewer)
    return next(iter(_rows(scope.measures(scope.read).filter(pk=measure_id), viewer)), None)


def proposals(scope: Scope) -> list[MeasureRow]:
    """What waits for a second person, oldest first."""
    return _rows(scope.measures(scope.taken).filter(state="proposed").order_by("made_at")[:ROWS], scope.viewer)


def unreviewed(scope: Scope) -> list[MeasureRow]:
    """What the number rule hid and nobody has looked at, oldest first."""
    found = scope.measures(scope.taken).filter(automated=True, state="done", second=None)
    return _rows(found.order_by("made_at")[:ROWS], scope.viewer)


def recent(scope: Scope) -> list[MeasureRow]:
    """The newest measures that were carried out."""
    found = scope.measures(scope.read).exclude(state="proposed")
    return _rows(found.order_by("-made_at")[:ROWS], scope.viewer)


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


def complaints(scope: Scope, *, answered: bool = False) -> list[ComplaintRow]:
    """Complaints that wait, by deadline; or the newest answered ones."""
    found = scope.complaints().filter(answered_at__isnull=not answered)
    return _complaint_rows(found.order_by("-answered_at" if answered else "due_at")[:ROWS], scope.viewer)


def _complaint_rows(found: Iterable[Complaint], viewer: Viewer) -> list[ComplaintRow]:
    rows = list(found)
    versions = _versions(one.measure.version_id for one in rows)
    return [
        ComplaintRow(one, versions.get(one.measure.version_id), had_a_hand(one.measure, viewer.person_id))
        for one in rows
    ]


def complaint_row(viewer: Viewer, complaint_id: UUID) -> ComplaintRow | None:
    """One complaint, if the viewer may read it."""
    return next(iter(_complaint_rows(scope_of(viewer).complaints().filter(pk=complaint_id), viewer)), None)


@dataclass(frozen=True, slots=True)
class SpamRow:
    """An utterance that triage calls spam, and what it says."""

    utterance: Utterance
    version: Version


def spam_waiting(scope: Scope) -> list[SpamRow]:
    """What triage calls spam, newest first, that nothing has been done to."""
    rows = list(scope.spam().select_related("utterance__channel", "utterance__author").order_by("-at")[:ROWS])
    versions = _versions(one.version_id for one in rows)
    return [SpamRow(one.utterance, versions[one.version_id]) for one in rows if one.version_id in versions]


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


def waiting(scope: Scope) -> Waiting:
    """Counts of what the viewer may see."""
    taken = scope.measures(scope.taken)
    return Waiting(
        proposals=taken.filter(state="proposed").count(),
        numbers=taken.filter(automated=True, state="done", second=None).count(),
        complaints=scope.complaints().filter(answered_at=None).count(),
        spam=scope.spam().count(),
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


def reasons_for(version_id: UUID) -> list[marks.Why]:
    """The rules that spoke about a version, with the places of the words. What tells the topic is left out."""
    assessment = Assessment.objects.filter(version_id=version_id).first()
    if assessment is None:
        return []
    assessment.why = [one for one in assessment.why if not one["rule"].startswith("topic:")]
    return marks.reasons_of(assessment)
