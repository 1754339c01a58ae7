"""Tokens: making, ending and using them."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client

from ordskifte.people.models import Grant, Person, Role
from ordskifte.people.viewer import NOBODY, Viewer, viewer_of
from ordskifte.records.models import Entry
from ordskifte.web.api.tokens import PREFIX, TokenError, create_token, end_token, viewer_of_secret
from ordskifte.web.models import ApiToken
from tests.factories import NOW, make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db


def made(person: Person, *roles: str, name: str = "Statistikk") -> tuple[ApiToken, str]:
    return create_token(name, person, roles=roles, actor="person:admin", at=NOW)


def entries() -> list[str]:
    return list(Entry.objects.order_by("batch").values_list("kind", flat=True))


def test_only_the_digest_of_a_token_is_kept() -> None:
    token, secret = made(make_person(Role.EDITOR), Role.EDITOR)
    assert secret.startswith(PREFIX)
    assert bytes(ApiToken.objects.get().digest) == sha256(secret.encode()).digest()
    assert (token.name, token.roles, token.last_used, token.ended_at) == ("Statistikk", [Role.EDITOR], None, None)
    assert entries() == ["token.created"]
    assert secret.encode() not in bytes(Entry.objects.get().body)


def test_a_token_with_all_roles_sees_what_its_person_sees() -> None:
    unit, channel = make_unit(), make_channel()
    person = make_person(Role.EDITOR, Role.ARCHIVIST)
    Grant.objects.create(person=person, role=Role.CASEWORKER, unit=unit, given_at=NOW)
    Grant.objects.create(person=person, role=Role.MODERATOR, channel_id=channel.id, given_at=NOW)
    _, secret = made(person, Role.EDITOR, Role.ARCHIVIST, Role.CASEWORKER, Role.MODERATOR)
    assert viewer_of_secret(secret, at=NOW) == viewer_of(person)


def test_a_token_sees_through_its_own_roles_only() -> None:
    unit = make_unit()
    person = make_person(Role.ARCHIVIST)
    Grant.objects.create(person=person, role=Role.EDITOR, unit=unit, given_at=NOW)
    viewer = viewer_of_secret(made(person, Role.EDITOR)[1], at=NOW)
    assert viewer == Viewer(person.id, frozenset([Role.EDITOR]), units=frozenset([unit.id]))
    assert not viewer.sees_everything


@pytest.mark.parametrize("secret", ["", PREFIX, "ordskifte_gjettet", "\ud800"])
def test_an_unknown_token_is_nobody(secret: str) -> None:
    assert viewer_of_secret(secret, at=NOW) == NOBODY


def test_an_ended_token_is_nobody_and_ends_once() -> None:
    token, secret = made(make_person(Role.EDITOR), Role.EDITOR)
    end_token(token, actor="person:admin", at=NOW)
    end_token(token, actor="person:admin", at=NOW)
    assert viewer_of_secret(secret, at=NOW) == NOBODY
    assert entries() == ["token.created", "token.ended"]


def test_a_token_loses_what_its_person_loses() -> None:
    person = make_person(Role.EDITOR, Role.DPO)
    _, secret = made(person, Role.EDITOR, Role.DPO)
    Grant.objects.filter(role=Role.DPO).update(ended_at=NOW)
    assert viewer_of_secret(secret, at=NOW).roles == {Role.EDITOR}
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert viewer_of_secret(secret, at=NOW) == NOBODY


def test_the_day_of_use_is_kept_not_the_moment() -> None:
    _, secret = made(make_person(Role.EDITOR), Role.EDITOR)
    for later in (timedelta(), timedelta(hours=3), timedelta(days=1)):
        viewer_of_secret(secret, at=NOW + later)
        assert ApiToken.objects.get().last_used == (NOW + later).date()


@pytest.mark.parametrize(
    ("name", "roles"),
    [("", [Role.EDITOR]), ("x" * 101, [Role.EDITOR]), ("Statistikk", []), ("Statistikk", [Role.ARCHIVIST])],
)
def test_a_token_without_a_purpose_or_beyond_its_person_is_refused(name: str, roles: list[str]) -> None:
    with pytest.raises(TokenError):
        made(make_person(Role.EDITOR), *roles, name=name)
    assert (ApiToken.objects.count(), entries()) == (0, [])


def test_one_who_has_left_gets_no_token() -> None:
    person = make_person(Role.EDITOR)
    person.is_active = False
    with pytest.raises(TokenError):
        made(person, Role.EDITOR)


def desk(*roles: str) -> Client:
    client = Client()
    client.force_login(make_person(*roles))
    return client


def test_an_administrator_makes_and_ends_a_token_on_the_desk() -> None:
    client, person = desk(Role.ADMINISTRATOR), make_person(Role.EDITOR, Role.DPO, name="Sara Nes")
    page = client.get(f"/desk/tokens/?person={person.id}").content.decode()
    assert "Sara Nes" in page
    answer = client.post("/desk/tokens/", {"person": person.id, "name": "Statistikk", "role": [Role.DPO]})
    token = ApiToken.objects.get()
    assert (token.person, token.roles, token.name) == (person, [Role.DPO], "Statistikk")
    secret = answer.content.decode().split(PREFIX)[1].split('"')[0]
    assert viewer_of_secret(PREFIX + secret, at=NOW).roles == {Role.DPO}
    assert "no-store" in answer["Cache-Control"]
    assert PREFIX not in client.get("/desk/tokens/").content.decode()
    assert client.post(f"/desk/tokens/{token.id}/end/").status_code == 302
    assert viewer_of_secret(PREFIX + secret, at=NOW) == NOBODY
    assert entries()[-2:] == ["token.created", "token.ended"]


def test_what_is_missing_is_said_and_what_was_typed_is_kept() -> None:
    client, person = desk(Role.ADMINISTRATOR), make_person(Role.EDITOR)
    answer = client.post("/desk/tokens/", {"person": person.id, "name": "<b>Statistikk</b>"})
    assert answer.status_code == 422
    assert "&lt;b&gt;Statistikk&lt;/b&gt;" in answer.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("chosen", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_person_is_not_found(chosen: str) -> None:
    assert desk(Role.ADMINISTRATOR).get(f"/desk/tokens/?person={chosen}").status_code == 404


@pytest.mark.parametrize("address", ["/desk/tokens/", "/desk/tokens/00000000-0000-4000-8000-000000000000/end/"])
def test_others_come_not_in(address: str, client: Client) -> None:
    make_person()
    assert desk(Role.EDITOR, Role.ARCHIVIST).post(address).status_code == 403
    assert desk().post(address).status_code == 403
    answer = client.post(address)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("tokens", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(tokens: int, django_assert_max_num_queries: object) -> None:
    person, client = make_person(Role.EDITOR), desk(Role.ADMINISTRATOR)
    for number in range(tokens):
        made(person, Role.EDITOR, name=f"Nr. {number}")
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # pytest-django's fixture
        assert client.get("/desk/tokens/").status_code == 200
