"""Filling a home with the demo: the body, its units and people, its channels, and their exports through the import."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from ordskifte.arena.channel import open_arena
from ordskifte.base.clock import now
from ordskifte.base.errors import HomeError
from ordskifte.base.home import Home
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.listen.imports import LEGAL_BASIS, import_paths, run_import
from ordskifte.listen.models import Import
from ordskifte.people.acts import (
    GivenRole,
    accept_invitation,
    add_unit,
    create_body,
    invite,
    name_body,
    open_invitation,
)
from ordskifte.people.models import Body, Person, Unit
from ordskifte.plan.acts import set_channel_unit
from ordskifte.plan.models import Channel
from ordskifte.plan.register import register_channel
from ordskifte.records.sequencer import sequence_all
from ordskifte.web.demo import BODY_NAME, SIGN_INS
from ordskifte.web.demo.arena import NAME as ARENA
from ordskifte.web.demo.arena import fill_arena
from ordskifte.web.demo.exports import CHANNELS, DemoChannel
from ordskifte.web.demo.journal import fill_journal
from ordskifte.web.demo.keeping import fill_keeping, lay_classes
from ordskifte.web.demo.plan import lay_plan
from ordskifte.web.demo.publishing import fill_publishing

ACTOR = "system:demo"
UNITS = {"Kommunikasjon": False, "Teknisk": False, "Oppvekst": False, "Barnevern": True}  # True: sensitive


def fill_body(*, home: Home, store: Store, keys: Keys) -> None:
    """Everything, each step only where it is not done already."""
    at = now()
    _body(home, at)
    units = {name: _unit(name, sensitive=sensitive, at=at) for name, sensitive in UNITS.items()}
    for name, email, roles, _ in SIGN_INS:
        _person(name, email, roles, units, at)
    with tempfile.TemporaryDirectory(prefix="ordskifte-demo-") as folder:
        for channel in CHANNELS:
            _channel(channel, units[channel.unit], at)
            for file, made in channel.files:
                _bring_in(Path(folder) / file, made, channel.name, store=store, keys=keys)
    open_arena(ARENA, actor=ACTOR, at=at, unit_id=units["Kommunikasjon"].id)
    lay_plan(units, today=at)
    fill_arena(units["Kommunikasjon"], actor=ACTOR, at=at)
    fill_publishing(at=at)
    lay_classes(at=at)
    fill_journal(home=home, store=store, keys=keys, at=at)
    fill_keeping(at=at)
    sequence_all(signing=keys.signing, origin=keys.origin, clock=now)


def _body(home: Home, at: datetime) -> None:
    """The demo's own body. HomeError when another lives here."""
    body = Body.objects.first()
    if body is None:
        create_body(BODY_NAME, at=at, demo=True, actor=ACTOR)
        return
    if not body.demo:
        raise HomeError(
            f"{home.path} belongs to {body.name}; the example body is only put into an empty home.",
            advice="Choose another folder with --home.",
        )
    if body.name != BODY_NAME:
        name_body(BODY_NAME, actor=ACTOR, at=at)


def _unit(name: str, *, sensitive: bool, at: datetime) -> Unit:
    found = Unit.objects.filter(name=name).first()
    return found or add_unit(name, sensitive=sensitive, actor=ACTOR, at=at)


@transaction.atomic
def _person(name: str, email: str, roles: tuple[str, ...], units: dict[str, Unit], at: datetime) -> None:
    """Invited and come in, as anyone would."""
    if Person.objects.filter(email=email).exists():
        return
    given = [_given(role, units) for role in roles]
    person, secret = invite(email, name, roles=given, actor=ACTOR, at=at)
    invitation = open_invitation(secret, at=at)
    assert invitation is not None
    assert invitation.person_id == person.id
    accept_invitation(invitation, way="demo", at=at)


def _given(role: str, units: dict[str, Unit]) -> GivenRole:
    name, _, unit = role.partition("@")
    return GivenRole(name, unit=units[unit].id if unit else None)


@transaction.atomic
def _channel(wanted: DemoChannel, unit: Unit, at: datetime) -> Channel:
    """Registered with its unit before anything is brought in, so that nothing sensitive is seen by others meanwhile."""
    channel = register_channel(kind=wanted.kind, name=wanted.name, actor=ACTOR, at=at, given=True)
    set_channel_unit(channel.id, unit.id, actor=ACTOR, at=at)
    return channel


def _bring_in(path: Path, made: Callable[[], bytes], channel: str, *, store: Store, keys: Keys) -> None:
    """One export through the real import; one that was cut off is carried on, one that is done is left alone."""
    before = Import.objects.filter(names=[path.name], actor=ACTOR).first()
    if before is not None and before.state == "done":
        return
    path.write_bytes(made())
    if before is None:
        run = import_paths(
            [path],
            store=store,
            keys=keys,
            clock=now,
            actor=ACTOR,
            actor_name="Demo",
            keep="own",
            legal_basis=LEGAL_BASIS,
            channel_name=channel,
        )
    else:
        run = run_import(before, [path], store=store, keys=keys, clock=now)
    if run.state != "done":
        raise HomeError(f"The example file {path.name} could not be brought in: {run.failure or run.state}.")
