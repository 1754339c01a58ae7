"""One conversation as its page shows it: what was said with triage's marks, notes, tasks, what leaves, and the record.

The number of queries does not depend on what is in it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ordskifte.converse.acts_shown import ActShown, acts_shown
from ordskifte.converse.marks import Why, marked, reasons_of
from ordskifte.converse.models import Assessment, Conversation, Correction, Note, Part, Task
from ordskifte.language.triage import explain
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Topic
from ordskifte.publish.models import Kind, Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.records.models import CaseThread
from ordskifte.threads.models import Thread, Utterance, Version
from ordskifte.threads.reading import SHOWN_TEXT, Spoken, Step, talk_of
from ordskifte.threads.rules import Reach, reach_of
from ordskifte.ui.said import said

NOTES: Final = 100
SENDINGS: Final = 50


@dataclass(frozen=True, slots=True)
class Voice:
    """One utterance: as threads read it, with what triage says of the version that stands."""

    spoken: Spoken
    assessment: Assessment | None
    reasons: tuple[Why, ...]
    corrected: frozenset[str]  # fields of the assessment a person has corrected
    text: SafeString | None  # marked; None: nothing to mark

    @property
    def row(self) -> Utterance:
        return self.spoken.row


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a conversation."""

    conversation: Conversation
    thread: Thread | None
    voices: tuple[Voice, ...]
    before: UUID | None
    after: UUID | None
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    sendings: tuple[Outbox, ...]  # replies that are on their way, wait or failed; what stands on the channel is a voice
    acts: tuple[ActShown, ...]
    people: int  # how many others have spoken on this page


def read_conversation(
    viewer: Viewer,
    conversation: Conversation,
    *,
    step: Step = "end",
    at: UUID | None = None,
    reach: Reach | None = None,
) -> Page:
    """What a viewer who may see the conversation reads of it. `reach`: theirs, where it has been read already."""
    rows = utterances_of(viewer, conversation, reach)
    notes = list(Note.objects.filter(conversation=conversation).select_related("by").order_by("at", "pk")[:NOTES])
    tasks = list(
        Task.objects.filter(conversation=conversation, done_at=None)
        .select_related("unit", "assignee", "outbox")
        .order_by("due_at", "made_at")
    )
    sendings = list(
        Outbox.objects.filter(kind=Kind.REPLY)
        .filter(Q(details__conversation=str(conversation.pk)) | Q(thread_id=conversation.source_id or conversation.pk))
        .exclude(state__in=(Sent.CONFIRMED, Sent.WITHDRAWN))
        .select_related("by", "approved_by")
        .order_by("-made_at")[:SENDINGS]
    )
    also = [conversation.pk, *(one.pk for one in sendings)]
    talk = talk_of(rows, also=also, step=step, at=at)
    assessed = assessments_of(spoken.standing.row.id for spoken in talk.spoken if spoken.standing)
    corrected = _corrected(assessed)
    sayings = _sayings(assessed.values())
    voices = tuple(_voice(spoken, assessed, corrected, sayings) for spoken in talk.spoken)
    thread = Thread.objects.filter(pk=conversation.source_id or conversation.pk).first()
    return Page(
        conversation=conversation,
        thread=thread,
        voices=voices,
        before=talk.before,
        after=talk.after,
        notes=tuple(notes),
        tasks=tuple(tasks),
        sendings=tuple(reversed(sendings)),
        acts=tuple(acts_shown(talk)),
        people=len({voice.row.author_id for voice in voices if not voice.row.ours}),
    )


def utterances_of(viewer: Viewer, conversation: Conversation, reach: Reach | None = None) -> QuerySet[Utterance]:
    """What stands in a conversation: its thread's, those of the conversations joined with it, and what was given to it
    alone; not what was split off from it. Private words only for those who may read them."""
    full = (reach or reach_of(viewer)).full
    visible = Q(private=False) | Q(channel_id__in=(*full, conversation.channel_id))  # it may have been handed to them
    own = list(Part.objects.filter(conversation=conversation).values_list("utterance_id", flat=True))
    if conversation.source_id:
        return Utterance.objects.filter(visible, pk__in=own)
    joined = list(Conversation.objects.filter(merged_into=conversation).values_list("pk", flat=True))
    threads = [conversation.pk, *joined]
    elsewhere = Part.objects.filter(utterance__thread__in=threads).exclude(conversation=conversation)
    away = list(elsewhere.values_list("utterance_id", flat=True))
    # Ids and not subqueries: the utterances are then found by their index, and not by going through them all.
    inside = Q(thread__in=threads) & ~Q(pk__in=away) if away else Q(thread__in=threads)
    if own:
        inside |= Q(pk__in=own)
    return Utterance.objects.filter(inside, visible)


def assessments_of(versions: Iterable[UUID]) -> dict[UUID, Assessment]:
    return Assessment.objects.in_bulk(list(versions))


def _corrected(assessed: Mapping[UUID, Assessment]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for version, rule in Correction.objects.filter(assessment__in=list(assessed)).values_list("assessment", "rule"):
        found.setdefault(version, set()).add(rule)
    return found


def _sayings(assessed: Iterable[Assessment]) -> dict[str, str]:
    """Each rule in a sentence: its own, the topic's name and unit, or the local rule's name. One query."""
    rules = {one["rule"] for row in assessed for one in row.why}
    found = {rule: gettext(sentence) if (sentence := explain(rule)) else rule for rule in rules}
    keys = {rule.partition(":")[2] for rule in rules if rule.startswith("topic:")}
    for topic in Topic.objects.filter(pk__in=keys).select_related("unit"):
        name = in_language(topic.names)
        found[f"topic:{topic.pk}"] = f"{name}, {topic.unit.name}" if topic.unit else name
    return found


def in_language(names: Mapping[str, str] | None) -> str:
    """A name the body gave in several languages, in the reader's."""
    known = names or {}
    return str(known.get((get_language() or "nb")[:2]) or known.get("nb") or next(iter(known.values()), ""))


def _voice(
    spoken: Spoken,
    assessed: Mapping[UUID, Assessment],
    corrected: Mapping[UUID, set[str]],
    sayings: Mapping[str, str],
) -> Voice:
    standing = spoken.standing
    found = assessed.get(standing.row.id) if standing else None
    if standing is None or found is None:
        return Voice(spoken, None, (), frozenset(), None)
    gone = frozenset(corrected.get(standing.row.id, ()))
    reasons = _reasons(found, gone, sayings)
    text = None if standing.row.erased_at else marked(standing.text, reasons)
    return Voice(spoken, found, reasons, gone, text)


def _reasons(found: Assessment, gone: Collection[str], sayings: Mapping[str, str]) -> tuple[Why, ...]:
    """The reasons that nobody has corrected, numbered, each in a sentence."""
    left = [one for one in reasons_of(found) if one.rule not in gone]
    return tuple(
        Why(number, one.rule, one.start, one.end, sayings.get(one.rule, one.rule))
        for number, one in enumerate(left, start=1)
    )


@dataclass(frozen=True, slots=True)
class CaseShown:
    """The case a conversation's thread belongs to, as a page names it."""

    id: UUID
    called: str  # "2026/7"; "" while it has no number
    closed: bool

    @property
    def address(self) -> str:
        """Its page in the archivist's room, which lies above this package; that page asks who may read it."""
        return f"/desk/archive/cases/{self.id}/"


def case_of(conversation: Conversation) -> CaseShown | None:
    """The linked case: of the conversation's own thread, else of one that was joined with it. One query."""
    thread = conversation.source_id or conversation.pk
    joined = Conversation.objects.filter(merged_into=conversation).values("pk")
    links = CaseThread.objects.filter(Q(thread_id=thread) | Q(thread_id__in=joined)).select_related("case")
    found = sorted(links, key=lambda one: one.thread_id != thread)
    if not found:
        return None
    case = found[0].case
    return CaseShown(case.pk, case.called, case.closed_at is not None)


@dataclass(frozen=True, slots=True)
class Newest:
    """The last thing they said, as a preview shows it. `more`: how many other utterances the thread has."""

    title: str
    row: Utterance | None
    version: Version | None  # that stands; None when there is none, or it was deleted or erased
    assessment: Assessment | None
    reasons: tuple[Why, ...]
    text: SafeString
    more: int


def read_newest(conversation: Conversation) -> Newest:
    """For one who may see the conversation. Six queries at most."""
    thread = Thread.objects.only("title", "utterances").filter(pk=conversation.source_id or conversation.pk).first()
    title, count = (thread.title, thread.utterances) if thread else ("", 1)
    newest = conversation.newest_id
    row = Utterance.objects.select_related("author").filter(pk=newest).first() if newest else None
    version = Version.objects.defer("search", "tags", "alts").filter(pk=row.current_id).first() if row else None
    if version is None or version.kind == "deletion" or version.erased_at:
        return Newest(title, row, None, None, (), mark_safe(""), count - 1)
    assessed = assessments_of([version.id])
    found = assessed.get(version.id)
    words = version.text[:SHOWN_TEXT]
    if found is None:
        return Newest(title, row, version, None, (), said(words), count - 1)
    reasons = _reasons(found, _corrected(assessed).get(version.id, set()), _sayings(assessed.values()))
    return Newest(title, row, version, found, reasons, marked(words, reasons), count - 1)
