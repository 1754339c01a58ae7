"""Every address of the desk, as the program itself lists them: nobody comes in who is signed out or has no role.

A page that is added is tried without being named here.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import make_person

pytestmark = pytest.mark.django_db
ID = UUID("11111111-1111-4111-8111-111111111111")
GIVEN = {"uuid": str(ID), "int": "1", "slug": "take", "str": "x", "path": "x/y"}
SIGN_IN = ("/sign-in/",)


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        route = before + str(getattr(found.pattern, "_route", ""))
        if isinstance(found, URLResolver):
            yield from addresses(found, route)
        elif isinstance(found, URLPattern):
            for name, converter in found.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
                for shape in (f"<{kind}:{name}>", f"<{name}>"):
                    route = route.replace(shape, GIVEN.get(kind, "x"))
            yield f"/{route}"


DESK = sorted({address for address in addresses(get_resolver()) if address.startswith("/desk/")})


def test_the_desk_is_listed() -> None:
    assert len(DESK) > 100
    assert not [address for address in DESK if "<" in address]


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_who_is_signed_out_is_sent_to_sign_in(method: str) -> None:
    client = Client()
    wrong = {}
    for address in DESK:
        answer = getattr(client, method)(address)
        asked_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        if not (asked_to_sign_in or answer.status_code in (403, 405)):
            wrong[address] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_without_a_role_comes_nowhere(method: str) -> None:
    client = Client()
    client.force_login(make_person())
    wrong = {}
    for address in DESK:
        answer = getattr(client, method)(address)
        if answer.status_code not in (403, 405):
            wrong[address] = answer.status_code
    assert wrong == {}
