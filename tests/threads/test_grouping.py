"""Threads come out the same whatever order the parts come in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.threads.grouping import Grouping, group
from ordskifte.threads.values import NewVersion

AT = datetime(2026, 3, 12, tzinfo=UTC)


def version(name: str, parent: str | None = None, thread: str | None = None) -> NewVersion:
    empty = {field: "" for field in ("external_id", "key", "published", "edited", "seen", "at")}
    words = {field: "" for field in ("title", "summary", "text", "alts", "language", "visibility", "permalink")}
    flags = {"ours": False, "private": False, "english": False}
    made = {"id": f"v{name}", "utterance": name, "kind": "post", "raw_digest": b"", "salt": b"", "masked": 0}
    lists: dict[str, Any] = {"attachments": [], "extra": {}}
    return NewVersion(thread=thread, parent=parent, author=None, moment=AT, **made, **flags, **lists, **empty, **words)  # type: ignore[arg-type]  # short on purpose


def run(batches: list[list[NewVersion]]) -> dict[str, str]:
    """What is stored after these batches: utterance -> thread."""
    stored: dict[str, str] = {}
    for batch in batches:
        new = [one for one in batch if one.utterance not in stored]
        parents = {one.parent for one in new if one.parent}
        known = {name: stored[name] for name in parents if name in stored}
        placeholders = {one.utterance for one in new} & set(stored.values())
        found: Grouping = group(new, known=known, placeholders=placeholders)
        stored.update(found.thread)
        for name, thread in stored.items():
            stored[name] = found.merged.get(thread, thread)
    return stored


def test_a_lone_post_names_its_own_thread() -> None:
    assert run([[version("a")]]) == {"a": "a"}


def test_replies_to_an_unseen_parent_stand_together() -> None:
    assert run([[version("b", "a"), version("c", "a")]]) == {"b": "a", "c": "a"}


def test_a_conversation_named_by_the_platform_wins_over_the_parent() -> None:
    assert run([[version("b", "a", thread="video")]]) == {"b": "video"}


@pytest.mark.parametrize("circle", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_circle_of_parents_ends(circle: list[str]) -> None:
    versions = [version(name, circle[(at + 1) % len(circle)]) for at, name in enumerate(circle)]
    assert len(set(run([versions]).values())) == 1


@given(st.data())
def test_order_and_batches_do_not_matter(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    versions = []
    for number in range(size):
        parent = data.draw(st.one_of(st.none(), st.integers(0, number - 1) if number else st.none()))
        versions.append(version(str(number), None if parent is None else str(parent)))
    missing = data.draw(st.sets(st.integers(0, size - 1), max_size=3))
    versions = [one for number, one in enumerate(versions) if number not in missing]
    shuffled = data.draw(st.permutations(versions))
    batches: list[list[NewVersion]] = [[]]
    for one in shuffled:
        if data.draw(st.booleans()):
            batches.append([])
        batches[-1].append(one)
    assert run(batches) == run([versions])
