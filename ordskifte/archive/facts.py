"""What the rules for keeping ask of a record, read for many at once. A fixed number of queries."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from ordskifte.converse.models import Assessment, Complaint, Measure
from ordskifte.language.commitments import find_commitments
from ordskifte.language.triage import assess
from ordskifte.records.models import CaseThread, JournalEntry
from ordskifte.threads.models import Utterance, Version

_WORD: Final = re.compile(r"[^\W\d_]+")
_MEASURED: Final = ("done", "reversed", "ended")


@dataclass(slots=True)
class Facts:
    """A record and what is known of it. `facts` are the names that rules use (docs/reference/keep-rules.md)."""

    record_id: UUID
    record_kind: str
    utterance: Utterance
    said_at: datetime
    since: datetime
    text: str
    facts: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()


def facts_of(record_ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Ten queries at most. Records that are unknown or practice are left out."""
    wanted = list(record_ids)
    found: dict[UUID, Facts] = {}
    for one in Utterance.objects.filter(pk__in=wanted).select_related("channel"):
        found[one.pk] = Facts(one.pk, "utterance", one, one.at, one.first_seen, "")
    rest = [one for one in wanted if one not in found]
    if rest:
        _acts(rest, found)
    found = {key: one for key, one in found.items() if not one.utterance.channel.practice}
    said = [one for one in found.values() if one.record_kind == "utterance"]
    _texts(said)
    _around(said)
    _answers(said)
    _triage(said)
    return found


def _acts(ids: Collection[UUID], found: dict[UUID, Facts]) -> None:
    for measure in Measure.objects.filter(pk__in=ids).select_related("utterance__channel"):
        at = measure.done_at or measure.made_at
        found[measure.pk] = Facts(measure.pk, "measure", measure.utterance, at, measure.made_at, "", {"measure"})
    for one in Complaint.objects.filter(pk__in=ids).select_related("measure__utterance__channel"):
        about = one.measure.utterance
        found[one.pk] = Facts(one.pk, "complaint", about, one.made_at, one.made_at, one.text, {"complaint"})


def _texts(said: Collection[Facts]) -> None:
    """The newest version that says something: a deletion says nothing."""
    ids = [one.record_id for one in said]
    rows = Version.objects.filter(utterance_id__in=ids).exclude(kind="deletion").order_by("at", "id")
    texts = {
        utterance: f"{title} {text}".strip()
        for utterance, title, text in rows.values_list("utterance_id", "title", "text")
    }
    for one in said:
        one.text = texts.get(one.record_id, "")
        one.words = words_of(one.text)


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _around(said: Collection[Facts]) -> None:
    ids, threads = [one.record_id for one in said], {one.utterance.thread_id for one in said}
    parents = [one.utterance.parent_id for one in said if one.utterance.ours and one.utterance.parent_id]
    cases = set(CaseThread.objects.filter(pk__in=threads).values_list("pk", flat=True))
    journalled = set(JournalEntry.objects.filter(record_id__in=parents).values_list("record_id", flat=True))
    measured = set(
        Measure.objects.filter(utterance_id__in=ids, state__in=_MEASURED).values_list("utterance_id", flat=True)
    )
    for one in said:
        here = one.utterance
        for fact, holds in (
            ("own", here.ours),
            ("private", here.private),
            ("deleted", here.deleted),
            ("in_case", here.thread_id in cases),
            ("measured", one.record_id in measured),
            ("answers_journalled", here.parent_id in journalled),
        ):
            if holds:
                one.facts.add(fact)


def _answers(said: Collection[Facts]) -> None:
    """Whether we answered, and with a promise."""
    theirs = [one for one in said if not one.utterance.ours]
    answers = Utterance.objects.filter(parent_id__in=[one.record_id for one in theirs], ours=True)
    rows = list(answers.values_list("parent_id", "current_id", "at"))
    texts = dict(Version.objects.filter(pk__in=[version for _, version, _ in rows]).values_list("id", "text"))
    answered = {parent for parent, _, _ in rows}
    promised = {parent for parent, version, at in rows if find_commitments(texts.get(version, ""), at=at)}
    for one in theirs:
        if one.record_id in answered:
            one.facts.add("answered")
        if one.record_id in promised:
            one.facts.add("promised")


def _triage(said: Collection[Facts]) -> None:
    """What triage proposed; history that triage has not read is read here."""
    theirs = [one for one in said if not one.utterance.ours]
    rows = Assessment.objects.filter(utterance_id__in=[one.record_id for one in theirs]).order_by("at")
    known = {one.utterance_id: one for one in rows}
    for one in theirs:
        row = known.get(one.record_id)
        if row is not None:
            _read(one, row.kind, row.formal, journal=row.journal_candidate)
        else:
            fresh = assess(one.text)
            _read(one, fresh.kind, fresh.formal, journal=fresh.journal_candidate)


def _read(one: Facts, kind: str, formal: Iterable[str], *, journal: bool) -> None:
    one.facts.add(f"kind:{kind}")
    one.facts.update(f"formal:{name}" for name in formal)
    if journal:
        one.facts.add("journal_candidate")
