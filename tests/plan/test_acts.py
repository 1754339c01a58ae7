"""What can be done with channels: every act has its entry, and a refused act has none."""

from uuid import uuid4

import pytest

from ordskifte.plan.acts import rename_channel, set_channel_unit
from ordskifte.plan.errors import ChannelError
from ordskifte.plan.models import Channel
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW, make_channel, make_unit

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"


def acts(channel: Channel) -> list[tuple[str, str, dict[str, object]]]:
    return [(entry.kind, entry.actor, entry.details) for entry in entries_of_record(channel.id)]


def test_renaming_is_recorded_and_gives_the_old_name() -> None:
    channel = make_channel("Gammelt navn")
    assert rename_channel(channel.id, "  Nytt \n navn ", actor=ACTOR, at=NOW) == "Gammelt navn"
    channel.refresh_from_db()
    assert channel.name == "Nytt navn"
    assert acts(channel) == [("channel.renamed", ACTOR, {"from": "Gammelt navn", "to": "Nytt navn"})]


def test_the_same_name_again_is_no_act() -> None:
    channel = make_channel("Navn")
    rename_channel(channel.id, "Navn", actor=ACTOR, at=NOW)
    assert acts(channel) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Opptatt"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_recorded(name: str) -> None:
    make_channel("Opptatt")
    channel = make_channel("Min")
    with pytest.raises(ChannelError):
        rename_channel(channel.id, name, actor=ACTOR, at=NOW)
    channel.refresh_from_db()
    assert (channel.name, acts(channel)) == ("Min", [])


def test_a_personal_number_never_becomes_a_name() -> None:
    channel = make_channel()
    rename_channel(channel.id, "Saken til 02013299997", actor=ACTOR, at=NOW)
    channel.refresh_from_db()
    assert channel.name == "Saken til ●●●●●● ●●●●●"


def test_giving_a_channel_to_a_unit_and_back_is_recorded() -> None:
    channel, unit = make_channel(), make_unit()
    assert set_channel_unit(channel.id, unit.id, actor=ACTOR, at=NOW) is None
    assert set_channel_unit(channel.id, unit.id, actor=ACTOR, at=NOW) == unit.id
    assert set_channel_unit(channel.id, None, actor=ACTOR, at=NOW) == unit.id
    assert acts(channel) == [
        ("channel.unit_set", ACTOR, {"from": None, "to": str(unit.id)}),
        ("channel.unit_set", ACTOR, {"from": str(unit.id), "to": None}),
    ]


def test_a_unit_that_is_not_there_is_refused() -> None:
    channel = make_channel()
    with pytest.raises(ChannelError):
        set_channel_unit(channel.id, uuid4(), actor=ACTOR, at=NOW)
    assert acts(channel) == []
