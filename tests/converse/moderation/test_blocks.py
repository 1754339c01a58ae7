"""A block ends by itself, at its time, once; an account with two blocks opens with the last."""

from datetime import timedelta

import pytest

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.blocks import lift_blocks
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Ground
from ordskifte.publish.models import Outbox
from ordskifte.threads.entries import entries_about
from ordskifte.threads.models import Utterance
from tests.converse.moderation.factories import HARASSMENT, make_ground, take
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db


def block(said: Utterance, ground: Ground, by: Person, days: int) -> Measure:
    found = take(said, ground, by, kind="block", days=days, why_not_less="Kommer igjen.")
    Outbox.objects.update(state="confirmed")
    return found


def test_an_account_opens_when_its_last_block_ends() -> None:
    moderator, ground, channel = make_person(Role.MODERATOR), make_ground(), make_channel(kind="arena")
    first = block(say(channel, HARASSMENT), ground, moderator, 2)
    second = block(say(channel, HARASSMENT), ground, moderator, 5)
    assert lift_blocks(at=NOW + timedelta(days=1)) == 0
    assert lift_blocks(at=NOW + timedelta(days=2)) == 1
    first.refresh_from_db()
    assert (first.state, Outbox.objects.filter(kind="unblock").count()) == ("ended", 0)
    assert lift_blocks(at=NOW + timedelta(days=6)) == 1
    assert lift_blocks(at=NOW + timedelta(days=6)) == 0
    row = Outbox.objects.get(kind="unblock")
    assert row.target_external_id == "Nabo i Strandgata"
    assert entries_about([second.utterance_id])[0].kind in ("measure.ended", "outbox.put")
    second.refresh_from_db()
    assert second.state == "ended"
