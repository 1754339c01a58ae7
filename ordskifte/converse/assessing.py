"""What triage says of a version, as rows: proposals with their rules, never the words (D10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ordskifte.converse.models import Assessment, LocalRule
from ordskifte.converse.routing import Routed, TopicWords, route, topic_words
from ordskifte.language import triage
from ordskifte.plan.queries import open_topics
from ordskifte.threads.models import Version

NUMBER = "number"
"""Warned: a personal number was masked in it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a batch is read with: the body's confirmed local rules and its topics. Two queries."""

    local: tuple[triage.LocalRule, ...]
    topics: tuple[TopicWords, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One version read: the row to keep, its topic, and what it warns of."""

    row: Assessment
    routed: Routed | None
    warnings: frozenset[str]


def rules_in_use() -> Rules:
    confirmed = LocalRule.objects.filter(ended_at=None).exclude(confirmed_at=None).order_by("confirmed_at")
    local = tuple(triage.LocalRule(words=tuple(one.words), kind=one.kind, name=one.name) for one in confirmed)
    topics = [(one.id, one.unit_id, one.words) for one in open_topics()]
    return Rules(local=local, topics=topic_words(topics))


def read(version: Version, rules: Rules, *, at: datetime) -> Read:
    """Read one version. Offsets are code points of its masked text."""
    found = triage.assess(version.text, local_rules=rules.local)
    routed = route(f"{version.text}\n{version.title}", rules.topics)
    why: list[dict[str, Any]] = [{"rule": one.rule, "start": one.start, "end": one.end} for one in found.why]
    if routed and routed.end <= len(version.text):
        why.append({"rule": f"topic:{routed.topic.id}", "start": routed.start, "end": routed.end})
    row = Assessment(
        version_id=version.id,
        utterance_id=version.utterance_id,
        language=found.lang,
        language_sure=found.lang_sure,
        kind=found.kind,
        formal=sorted(found.formal),
        journal_candidate=found.journal_candidate,
        moderation=found.moderation,
        personal_data=[{"type": one.type, "start": one.start, "end": one.end} for one in found.personal_data],
        why=why,
        rules_version=found.rules_version,
        at=at,
    )
    return Read(row=row, routed=routed, warnings=warnings_of(found.kind, found.formal, masked=version.masked))


def warnings_of(kind: str, formal: Iterable[str], *, masked: int) -> frozenset[str]:
    """What a person must not overlook in it."""
    more = {NUMBER} if masked else set()
    if kind == "threat":
        more.add("threat")
    return frozenset({*formal, *more})


def first_words(text: str, most: int = 280) -> str:
    """The beginning of a text in one line."""
    words = " ".join(text[: most * 4].split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def keep(rows: Sequence[Assessment]) -> None:
    """Write assessments once: a batch that is carried out twice changes nothing. One query."""
    Assessment.objects.bulk_create(rows, ignore_conflicts=True)
