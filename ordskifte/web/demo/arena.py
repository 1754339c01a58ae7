"""The demo's practice channel: some have been waiting for an answer, and more come while one looks."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ordskifte.arena.channel import open_arena
from ordskifte.arena.models import Scene
from ordskifte.arena.scenes import begin_scene
from ordskifte.people.models import Unit
from ordskifte.plan.models import Channel, Promise
from ordskifte.plan.promises import make_promise

NAME: Final = "Øvingskanalen"
BEFORE: Final = timedelta(days=30)
"""How long the promise has been in force when the demo begins: those who wait have a deadline."""

_COMES: Final = (
    # who, with what, when: minutes from the moment the demo is filled
    ("own_case", "byggesak", -3 * 24 * 60),
    ("angry_neighbour", "søppel", -26 * 60),
    ("worried_mother", "skolevei", -7 * 60),
    ("newcomer", "school_start", -5 * 60),
    ("angry_neighbour", "kritikk", -150),
    ("journalist", "innsyn", -95),
    ("threatener", "trussel", -40),
    ("number_writer", "bostøtte", -25),
    ("praiser", "symjehall", -12),
    ("spammer", "krypto", -6),
    ("angry_neighbour", "brøyting", 1),
    ("worried_mother", "mobbing", 4),
    ("journalist", "presse", 9),
    ("newcomer", "water", 16),
    ("number_writer", "parkering", 25),
    ("praiser", "bibliotek", 40),
)


@transaction.atomic
def fill_arena(unit: Unit, *, actor: str, at: datetime) -> Channel:
    """The practice channel with its citizens on their way. Done once: the worker lets them act."""
    channel = open_arena(NAME, actor=actor, at=at, unit_id=unit.id)
    if not Promise.objects.filter(channel=channel).exists():
        make_promise(
            channel.id,
            "comment",
            value=4,
            unit_of_time="hours",
            clock="working",
            condition="",
            holding_counts=False,
            valid_from=at - BEFORE,
            actor=actor,
            at=at - BEFORE,
        )
    if not Scene.objects.filter(channel=channel, run=None).exists():
        for persona, opening, minutes in _COMES:
            begin_scene(channel, persona, opening, at=at, comes_at=at + timedelta(minutes=minutes))
    return channel
