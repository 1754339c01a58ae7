"""Which topic a text is about: the topic with most hits of its words, by the words' beginnings, in any written form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A topic as routing knows it: the beginnings that tell it, and whose it is."""

    id: UUID
    unit: UUID | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routed:
    """The topic that was found, with the first word that told it."""

    topic: TopicWords
    start: int
    end: int


def topic_words(topics: Iterable[tuple[UUID, UUID | None, Sequence[str]]]) -> tuple[TopicWords, ...]:
    """(id, unit, words) of each topic, folded for comparing."""
    return tuple(
        TopicWords(topic, unit, tuple(word.casefold().strip() for word in words if word.strip()))
        for topic, unit, words in topics
    )


def route(text: str, topics: Sequence[TopicWords]) -> Routed | None:
    """The topic with most words in the text; the longest word, then the first in the list, settles a draw."""
    best: tuple[int, int, Routed] | None = None
    found = [(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(text[:20_000])]
    for topic in topics:
        hits = [(word, start, end) for word, start, end in found if topic.words and word.startswith(topic.words)]
        if not hits:
            continue
        longest = max(len(known) for known in topic.words for word, _, _ in hits if word.startswith(known))
        if best is None or (len(hits), longest) > best[:2]:
            best = (len(hits), longest, Routed(topic, hits[0][1], hits[0][2]))
    return best[2] if best else None
