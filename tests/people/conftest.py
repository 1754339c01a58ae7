"""A body with an administrator, a colleague and a stranger, and clients that are signed in as them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from ordskifte.people.acts import GivenRole, create_body, create_first_administrator, invite
from ordskifte.people.models import Person, Role
from ordskifte.records.models import Entry

AT = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
PASSWORD = "kveldsol over fjorden 7"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """The real hashing is slow on purpose; how slow is not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def administrator(db: None) -> Person:
    create_body("Eksempel kommune", at=AT)
    return create_first_administrator("ada@eksempel.no", "Ada Admin", PASSWORD, at=AT)


def colleague_of(name: str, role: str | None) -> Person:
    """An active person with a role for the whole body, or with none."""
    email = f"{name.split()[0].lower()}@eksempel.no"
    given = [GivenRole(role)] if role else []
    person, _ = invite(email, name, roles=given, actor="system:command", at=AT)
    Person.objects.filter(id=person.id).update(is_active=True)
    person.refresh_from_db()
    return person


@pytest.fixture
def colleague(administrator: Person) -> Person:
    return colleague_of("Kim Kollega", Role.EDITOR)


@pytest.fixture
def stranger(administrator: Person) -> Person:
    return colleague_of("Sam Stranger", None)


@pytest.fixture
def as_() -> Callable[[Person | None], Client]:
    def make(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return make


def entries(kind: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The ledger's (kind, body), in order, of one kind or all."""
    import json

    found = Entry.objects.order_by("batch", "ordinal")
    if kind:
        found = found.filter(kind=kind)
    return [(entry.kind, json.loads(bytes(entry.body))) for entry in found]
