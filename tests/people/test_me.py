"""One's own page, and the language switch."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from ordskifte.people.break_glass import seal
from ordskifte.people.models import Passkey, Person, Session
from tests.people.conftest import AT, PASSWORD, entries

As = Callable[[Person | None], Client]
pytestmark = pytest.mark.django_db


def test_one_s_own_page_is_for_those_with_a_role(
    as_: As, administrator: Person, colleague: Person, stranger: Person
) -> None:
    seen = [as_(who).get("/desk/me/").status_code for who in (administrator, colleague, stranger, None)]
    assert seen == [200, 200, 403, 302]


@pytest.mark.parametrize("act", ["save", "password", "passkeys/begin", "passkeys/complete"])
def test_acts_on_oneself_need_a_sign_in(as_: As, act: str, stranger: Person) -> None:
    assert [as_(who).post(f"/desk/me/{act}/").status_code for who in (stranger, None)] == [403, 302]


def test_what_one_likes_is_kept(as_: As, colleague: Person) -> None:
    as_(colleague).post("/desk/me/save/", {"name": "Kim Nytt", "language": "nn", "scheme": "dark"})
    colleague.refresh_from_db()
    assert (colleague.name, colleague.language, colleague.scheme, colleague.keys) == ("Kim Nytt", "nn", "dark", False)
    kind, body = entries()[-1]
    assert (kind, body["actor"]) == ("person.renamed", f"person:{colleague.id}")


def test_what_one_cannot_like_changes_nothing(as_: As, colleague: Person) -> None:
    as_(colleague).post("/desk/me/save/", {"name": "Kim Kollega", "language": "xx", "scheme": "pink", "keys": "on"})
    as_(colleague).post("/desk/me/save/", {"name": " ", "language": "en", "scheme": "dark"})
    colleague.refresh_from_db()
    assert (colleague.name, colleague.language, colleague.scheme, colleague.keys) == ("Kim Kollega", "nb", "auto", True)


def test_nobody_changes_another_s_passkeys_or_sessions(as_: As, administrator: Person, colleague: Person) -> None:
    passkey = Passkey.objects.create(person=administrator, name="p", credential_id=b"1", credential=b"2", added_at=AT)
    as_(administrator).get("/desk/me/")
    Session.objects.filter(person=administrator).update(started_at=AT)
    session = Session.objects.get(person=administrator)
    as_(colleague).post(f"/desk/me/passkeys/{passkey.id}/remove/")
    as_(colleague).post(f"/desk/me/sessions/{session.id}/end/")
    assert (Passkey.objects.count(), Session.objects.filter(person=administrator).count()) == (1, 1)


def test_another_session_of_one_s_own_is_ended(administrator: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/sign-in/", {"account": "ada@eksempel.no", "password": PASSWORD})
    other = Session.objects.get(id=there.session["id"])
    page = here.get("/desk/me/").content.decode()
    assert page.count("/desk/me/sessions/") == 1
    assert other.session_key not in page
    here.post(f"/desk/me/sessions/{other.id}/end/")
    assert (there.get("/desk/me/").status_code, here.get("/desk/me/").status_code) == (302, 200)


def test_the_last_way_in_is_not_taken_away(as_: As, administrator: Person, colleague: Person) -> None:
    for person in (administrator, colleague):
        key = Passkey.objects.create(
            person=person, name="p", credential_id=person.id.bytes, credential=b"2", added_at=AT
        )
        as_(person).post(f"/desk/me/passkeys/{key.id}/remove/")
    assert list(Passkey.objects.values_list("person__name", flat=True)) == ["Kim Kollega"]  # who has no password
    assert [body["actor"] for _, body in entries("passkey.removed")] == [f"person:{administrator.id}"]
    as_(administrator).post(f"/desk/me/passkeys/{uuid4()}/remove/")
    assert len(entries("passkey.removed")) == 1


def test_changing_the_password_ends_the_other_sessions(administrator: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/sign-in/", {"account": "ada@eksempel.no", "password": PASSWORD})
    here.post("/desk/me/password/", {"old": "wrong", "new": "en ganske ny setning"})
    here.post("/desk/me/password/", {"old": PASSWORD, "new": "short"})
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)
    here.post("/desk/me/password/", {"old": PASSWORD, "new": "en ganske ny setning"})
    administrator.refresh_from_db()
    assert administrator.check_password("en ganske ny setning")
    assert (here.get("/desk/me/").status_code, there.get("/desk/me/").status_code) == (200, 302)
    assert entries()[-1][0] == "person.password_changed"


def test_who_has_no_password_cannot_get_one(as_: As, colleague: Person) -> None:
    assert as_(colleague).post("/desk/me/password/", {"old": "", "new": "en ganske ny setning"}).status_code == 403
    assert "/desk/me/password/" not in as_(colleague).get("/desk/me/").content.decode()


def test_the_sealed_account_changes_neither_its_password_nor_its_keys(administrator: Person, client: Client) -> None:
    password = seal(at=AT)
    client.post("/sign-in/", {"account": "break-glass", "password": password})
    given = {"old": password, "new": "en ganske ny setning"}
    assert client.post("/desk/me/password/", given).status_code == 403
    assert client.post("/desk/me/passkeys/begin/").status_code == 403
    assert client.post("/desk/me/save/", {"name": "Other", "language": "en"}).status_code == 302
    assert Person.objects.get(break_glass=True).name == "Break-glass"


def lang_of(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    return str(response["Content-Language"])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nb"),
        ("nn-NO,nn;q=0.9,nb;q=0.8", "nn"),
        ("no,en;q=0.5", "nb"),
        ("nb-NO", "nb"),
        ("en-GB,en;q=0.9", "en"),
        ("de,fr;q=0.5", "nb"),
        ("de,en;q=0.1", "en"),
        ("en;q=0", "nb"),
        ("*", "nb"),
        ("x" * 5000, "nb"),
        ("\x00;;;q=q,,", "nb"),
    ],
)
def test_a_page_follows_the_browser_s_wish(db: None, header: str, language: str) -> None:
    assert lang_of(Client(), "/sign-in/", **{"Accept-Language": header}) == language


def test_the_address_comes_before_the_switch_and_the_switch_before_the_browser(db: None) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert lang_of(client, "/sign-in/") == "en"
    assert client.post("/language/", {"language": "nn", "next": "/sign-in/?x=1"})["Location"] == "/sign-in/?x=1"
    assert lang_of(client, "/sign-in/") == "nn"
    assert lang_of(client, "/sign-in/?lang=nb") == "nb"
    assert lang_of(client, "/sign-in/?lang=xx") == "nn"
    client.post("/language/", {"language": "xx"})
    assert lang_of(client, "/sign-in/") == "nn"


def test_the_desk_speaks_the_person_s_language_whatever_the_browser_wants(as_: As, colleague: Person) -> None:
    client = as_(colleague)
    wants = {"Accept-Language": "en"}
    assert lang_of(client, "/desk/me/", **wants) == "nb"
    client.post("/language/", {"language": "nn", "next": "/desk/me/"})
    colleague.refresh_from_db()
    assert (colleague.language, lang_of(client, "/desk/me/?lang=en", **wants)) == ("nn", "nn")


@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example", "people", "\\\\evil"])
def test_the_switch_sends_nobody_away(db: None, onwards: str) -> None:
    assert Client().post("/language/", {"language": "nn", "next": onwards})["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8", "?"),
        ("", "?"),
    ],
)
def test_a_session_s_browser_is_named_in_words(agent: str, words: str) -> None:
    assert Session(agent=agent).browser == words
