"""Signing in with a password, signing out, throttling, the demo's list, and what sessions do."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ordskifte.base.clock import now
from ordskifte.people import break_glass, throttle
from ordskifte.people.entering import person_by_password
from ordskifte.people.errors import SignInError
from ordskifte.people.models import Body, Person, Session
from tests.people.conftest import AT, PASSWORD, colleague_of, entries

As = Callable[[Person | None], Client]
pytestmark = pytest.mark.django_db


def post_password(client: Client, account: str, password: str, **more: str) -> int:
    return client.post("/sign-in/", {"account": account, "password": password, **more}).status_code


def test_the_first_administrator_signs_in_with_a_password(administrator: Person, client: Client) -> None:
    response = client.post("/sign-in/", {"account": "ADA@eksempel.no ", "password": PASSWORD, "next": "/desk/people/"})
    assert (response.status_code, response["Location"]) == (302, "/desk/people/")
    session = Session.objects.get(person=administrator)
    assert session.way == "password"
    kind, body = entries()[-1]
    assert (kind, body["actor"], body["details"]) == (
        "person.signed_in",
        f"person:{administrator.id}",
        {"way": "password"},
    )


@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_away_from_here_after_signing_in(administrator: Person, client: Client, onwards: str) -> None:
    response = client.post("/sign-in/", {"account": "ada@eksempel.no", "password": PASSWORD, "next": onwards})
    assert response["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("account", "password"),
    [
        ("ada@eksempel.no", "wrong"),
        ("nobody@eksempel.no", PASSWORD),
        ("", ""),
        ("\x00", "\x00"),
        ("æ" * 300, "ø" * 2000),
    ],
)
def test_a_wrong_password_and_an_unknown_person_look_the_same(
    administrator: Person, client: Client, account: str, password: str
) -> None:
    response = client.post("/sign-in/", {"account": account, "password": password})
    assert response.status_code == 403
    assert Session.objects.count() == 0


def test_a_colleague_has_no_password(colleague: Person, client: Client) -> None:
    assert post_password(client, "kim@eksempel.no", "") == 403
    assert post_password(client, "kim@eksempel.no", colleague.password) == 403


def test_signing_out_ends_the_session_with_an_entry(administrator: Person, client: Client) -> None:
    post_password(client, "ada@eksempel.no", PASSWORD)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert Session.objects.count() == 0
    assert entries()[-1][0] == "person.signed_out"
    assert client.get("/desk/me/")["Location"] == "/sign-in/?next=/desk/me/"


def test_signing_out_needs_a_form(administrator: Person, as_: As) -> None:
    assert as_(administrator).get("/sign-out/").status_code == 405
    assert as_(None).post("/sign-out/")["Location"] == "/sign-in/"


def test_who_is_signed_in_goes_past_the_sign_in_page(administrator: Person, as_: As) -> None:
    assert as_(administrator).get("/sign-in/?next=/desk/me/")["Location"] == "/desk/me/"


def test_an_account_is_throttled_and_opens_again_by_the_clock(administrator: Person) -> None:
    def attempt(minute: int, password: str, address: str) -> Person:
        return person_by_password("ada@eksempel.no", password, address=address, at=AT + timedelta(minutes=minute))

    for number in range(throttle.PER_ACCOUNT):
        with pytest.raises(SignInError):
            attempt(0, "wrong", f"10.0.0.{number}")
    with pytest.raises(SignInError) as refused:
        attempt(1, PASSWORD, "10.0.1.1")
    assert "Too many attempts" in str(refused.value) or "forsøk" in str(refused.value)
    assert attempt(17, PASSWORD, "10.0.1.1") == administrator


def test_an_address_is_throttled_over_many_accounts(administrator: Person) -> None:
    for number in range(throttle.PER_ADDRESS):
        assert not throttle.too_many(f"{number}@eksempel.no", "10.0.0.1", at=AT)
    assert throttle.too_many("another@eksempel.no", "10.0.0.1", at=AT)
    assert not throttle.too_many("another@eksempel.no", "10.0.0.2", at=AT)


def test_a_right_password_forgets_the_account_s_wrong_ones(administrator: Person) -> None:
    for _ in range(3):
        for number in range(throttle.PER_ACCOUNT - 1):
            with pytest.raises(SignInError):
                person_by_password("ada@eksempel.no", "wrong", address=f"10.0.0.{number}", at=AT)
        assert person_by_password("ada@eksempel.no", PASSWORD, address="10.0.1.1", at=AT) == administrator


def test_a_session_ends_by_the_clock_even_when_it_is_used(administrator: Person, client: Client) -> None:
    post_password(client, "ada@eksempel.no", PASSWORD)
    ends = Session.objects.get().expire_date
    assert timedelta(hours=7, minutes=59) < ends - now() <= timedelta(hours=8)
    client.get("/desk/me/")
    session = client.session
    session["something"] = 1
    session.save()
    assert Session.objects.get().expire_date == ends
    Session.objects.update(expire_date=AT)
    assert client.get("/desk/me/").status_code == 302


def test_what_was_in_the_session_before_is_not_carried_over(administrator: Person, client: Client) -> None:
    client.get("/sign-in/")
    session = client.session
    session["oidc"] = {"state": "mine"}
    session.save()
    before = session.session_key
    assert before
    post_password(client, "ada@eksempel.no", PASSWORD)
    assert client.session.session_key != before
    assert "oidc" not in client.session
    assert not Session.objects.filter(session_key=before).exists()


@pytest.fixture
def demo(administrator: Person) -> Person:
    Body.objects.update(demo=True)
    return administrator


def demo_page(**more: str) -> tuple[bool, int]:
    """(are the demo's people listed, status of trying to be one of them)"""
    client = Client(**({"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"} | more))  # type: ignore[arg-type]  # headers
    listed = b'name="person"' in client.get("/sign-in/").content
    person = str(Person.objects.get(email="ada@eksempel.no").id)
    return listed, client.post("/sign-in/demo/", {"person": person}).status_code


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_in_a_demo_one_is_who_one_wants(demo: Person, host: str) -> None:
    assert demo_page(HTTP_HOST=host) == (True, 302)
    assert entries()[-1][1]["details"] == {"way": "demo"}


@pytest.mark.parametrize(
    "more",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "testserver"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_from_elsewhere_the_demo_is_closed(demo: Person, more: dict[str, str]) -> None:
    assert demo_page(**more) == (False, 403)
    assert Session.objects.count() == 0


def test_outside_a_demo_nobody_is_who_they_want(administrator: Person) -> None:
    assert demo_page() == (False, 403)
    assert Session.objects.count() == 0


@pytest.mark.parametrize("person", ["", "not-an-id", str(uuid4())])
def test_the_demo_knows_only_its_own_people(demo: Person, person: str) -> None:
    client = Client(HTTP_HOST="localhost")
    assert client.post("/sign-in/demo/", {"person": person}).status_code == 404


def test_the_break_glass_account_is_not_in_the_demo_s_list(demo: Person) -> None:
    break_glass.seal(at=AT)
    sealed = Person.objects.get(break_glass=True)
    client = Client(HTTP_HOST="localhost")
    assert str(sealed.id) not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"person": str(sealed.id)}).status_code == 404


def test_every_page_carries_the_security_policy(client: Client) -> None:
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert client.get("/no/such/page/")["Content-Security-Policy"] == policy


def test_a_removed_person_is_not_let_in(colleague: Person) -> None:
    from ordskifte.people.acts import remove_person

    other = colleague_of("Per Person", None)
    remove_person(other, actor="system:command", at=AT)
    assert not Person.objects.get(id=other.id).is_active
