"""Spam in one go, and back in one go; an opinion never goes with it."""

from typing import Any
from uuid import uuid4

import pytest

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.spam import MOST, hide_spam, undo_batch
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Ground
from ordskifte.publish.models import Outbox
from tests.converse.moderation.factories import CRITICISM, SPAM, evidence, make_ground
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Person:
    return make_person(Role.MODERATOR)


@pytest.fixture
def ground() -> Ground:
    return make_ground("spam")


def hide(texts: list[str], ground: Ground, by: Person, **more: Any) -> Any:
    channel = make_channel(kind="arena")
    versions = [say(channel, text).current_id for text in texts]
    given = {"facts": "Reklame.", "neutral": True, "ground_id": ground.id} | more
    return hide_spam(versions, by=by, actor=f"person:{by.id}", at=NOW, evidence=evidence(), **given)


def test_a_batch_is_hidden_and_undone_as_a_whole(ground: Ground, moderator: Person) -> None:
    batch = hide([SPAM, f"{SPAM} igjen", SPAM], ground, moderator)
    assert Measure.objects.filter(batch=batch, state="done").count() == 3
    assert set(Outbox.objects.values_list("kind", flat=True)) == {"hide"}  # nobody answers spam
    assert all(one.statement["S13"] == one.code for one in Measure.objects.all())
    with pytest.raises(ModerationError):
        undo_batch(batch, by=make_person(Role.MODERATOR), actor="x", at=NOW)
    Outbox.objects.update(state="confirmed")
    assert undo_batch(batch, by=moderator, actor="x", at=NOW) == 3
    assert Outbox.objects.filter(kind="unhide").count() == 3
    assert not Outbox.objects.filter(kind="reply").exists()
    assert Measure.objects.filter(state="reversed").count() == 3
    with pytest.raises(ModerationError):
        undo_batch(batch, by=moderator, actor="x", at=NOW)


def test_one_opinion_stops_the_batch(ground: Ground, moderator: Person) -> None:
    with pytest.raises(ModerationError) as refused:
        hide([SPAM, CRITICISM], ground, moderator)
    assert refused.value.reason == "opinion"


@pytest.mark.parametrize("more", [{"facts": " "}, {"neutral": False}, {"ground_id": uuid4()}])
def test_it_needs_what_every_measure_needs(ground: Ground, moderator: Person, more: dict[str, Any]) -> None:
    with pytest.raises(ModerationError):
        hide([SPAM], ground, moderator, **more)


def test_another_ground_is_not_used_in_bulk(moderator: Person) -> None:
    with pytest.raises(ModerationError):
        hide([SPAM], make_ground("harassment"), moderator)


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_there_is_something_and_not_too_much(ground: Ground, moderator: Person, count: int) -> None:
    with pytest.raises(ModerationError):
        hide_spam(
            [uuid4() for _ in range(count)],
            ground_id=ground.id,
            facts="Reklame.",
            neutral=True,
            by=moderator,
            actor="x",
            at=NOW,
            evidence=evidence(),
        )
