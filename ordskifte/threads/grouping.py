"""Putting threads together, whatever order the parts come in.

A thread's id is the id of the topmost thing known to be in it, seen or not: its conversation where the platform has
one, else the utterance that nobody is known to have answered before. Replies to the same unseen parent thus stand
together at once; when the parent comes and answers something itself, its thread is merged into the one above.
The outcome does not depend on order or on where batches are cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class _Answering(Protocol):
    """A version, as far as it matters here."""

    @property
    def utterance(self) -> str: ...
    @property
    def thread(self) -> str | None: ...
    @property
    def parent(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Grouping:
    """`thread`: new utterance -> its thread. `merged`: thread that ends -> the one it goes into."""

    thread: dict[str, str]
    merged: dict[str, str]


def group(new: Sequence[_Answering], *, known: Mapping[str, str], placeholders: set[str]) -> Grouping:
    """Threads for new utterances (one version of each).

    `known`: thread of the parents that are stored already. `placeholders`: ids of new utterances that already name a
    thread, because replies to them came first.
    """
    batch = {version.utterance: version for version in new}
    thread: dict[str, str] = {}
    for utterance, version in batch.items():
        if version.parent is None and version.thread is None:  # most of them: a climb of no steps
            thread[utterance] = utterance
        else:
            _climb(utterance, batch, known, thread)
    merged = {old: thread[old] for old in placeholders if old in thread and thread[old] != old}
    merged = {old: _end(old, merged) for old in merged}
    return Grouping({utterance: merged.get(found, found) for utterance, found in thread.items()}, merged)


def _climb(utterance: str, batch: Mapping[str, _Answering], known: Mapping[str, str], thread: dict[str, str]) -> None:
    """Walk up the parents inside the batch until the thread is known, and give it to all that were passed."""
    passed: list[str] = []
    seen: set[str] = set()
    at = utterance
    while True:
        if at in thread:
            found = thread[at]
            break
        if at in known:
            found = known[at]
            break
        version = batch.get(at)
        if version is None or at in seen:  # an unseen parent, or a circle: whoever is smallest names it
            found = at if version is None else min(seen)
            break
        passed.append(at)
        seen.add(at)
        if version.thread is not None:
            found = version.thread
            break
        if version.parent is None or version.parent == at:
            found = at
            break
        at = version.parent
    for one in passed:
        thread[one] = found


def _end(old: str, merged: Mapping[str, str]) -> str:
    """Follow merges to the thread that stays."""
    seen = {old}
    at = merged[old]
    while at in merged and at not in seen:
        seen.add(at)
        at = merged[at]
    return at
