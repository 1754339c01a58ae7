"""A body with open, private and sensitive conversations, and clients with tokens for those who may see them or not."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Channel
from ordskifte.threads.models import Utterance
from ordskifte.web.api.tokens import create_token
from tests.factories import NOW, make_channel, make_person, make_unit, say


@dataclass(frozen=True, slots=True)
class World:
    """What was said, and who is who."""

    channel: Channel
    sensitive: Channel
    open: Utterance
    private: Utterance
    shielded: Utterance
    colleague: Person  # a role for the body
    owner: Person  # a role in the unit that has the channel
    welfare: Person  # a role in the sensitive unit
    archivist: Person
    stranger: Person  # no role


@pytest.fixture
def world(db: None) -> World:
    unit, welfare = make_unit("Kommunikasjon"), make_unit("Barnevern", sensitive=True)
    channel, sensitive = make_channel("Mastodon", unit=unit), make_channel("Barneverntjenesten", unit=welfare)
    return World(
        channel=channel,
        sensitive=sensitive,
        open=say(channel, "Når blir Kjærlighetsstien brøytet?", by="Kari Bråten"),
        private=say(channel, "Brøytet dere trappa mi?", by="Gunn Sørli", private=True),
        shielded=say(sensitive, "Brøytet barnevernet?", by="Nabo i Solli"),
        colleague=make_person(Role.EDITOR, name="Kim Kollega"),
        owner=make_person(Role.PUBLISHER, name="Ingrid Solli", unit=unit),
        welfare=make_person(Role.CASEWORKER, name="Randi Sæther", unit=welfare),
        archivist=make_person(Role.ARCHIVIST, name="Marit Lunde"),
        stranger=make_person(name="Sam Stranger"),
    )


Api = Callable[[Person], Client]


def token_for(person: Person, *roles: str) -> str:
    """The secret of a token with these roles of the person, or all of them."""
    held = roles or tuple(person.grants.values_list("role", flat=True))
    return create_token("prøve", person, roles=held, actor="system:test", at=NOW)[1]


@pytest.fixture
def api(client: Client) -> Api:
    """A client that asks with a person's token."""

    def made(person: Person) -> Client:
        return Client(headers={"Authorization": f"Bearer {token_for(person)}"})

    return made
