"""Sign-in against a real OpenID provider (npm oidc-provider) on loopback."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from ordskifte.base.clock import now
from ordskifte.people import acts
from ordskifte.people.acts import GivenRole
from ordskifte.people.models import Identity, Invitation, Person, Role, Session
from ordskifte.people.provider import Provider
from tests.people.conftest import AT, PASSWORD, entries

pytestmark = [pytest.mark.peers, pytest.mark.django_db]

ANSWER = "http://testserver/sign-in/oidc/answer/"
ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(os.environ.get("ORDSKIFTE_PEERS", ROOT / ".peers")).absolute()


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """The provider in a process of its own. Yields its issuer."""
    if not (PEERS / "node_modules" / "oidc-provider").is_dir():
        pytest.skip(f"oidc-provider is not in {PEERS}: run `make peers`")
    process = subprocess.Popen(
        ["node", str(Path(__file__).with_name("oidc_provider.mjs")), ANSWER, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "ORDSKIFTE_PEERS": str(PEERS)},
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith("http://"):
                yield line.strip()
                break
        else:
            pytest.fail("the provider did not start")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running() as address:
        yield address


def provider_at(issuer: str) -> Provider:
    return Provider(issuer, "ordskifte", "a secret: with / odd + signs", "Eksempel ID")


@pytest.fixture(autouse=True)
def _configured(settings: Settings, issuer: str) -> None:
    settings.OIDC = provider_at(issuer)


@pytest.fixture
def administrator(db: None) -> Person:
    return acts.create_first_administrator("ada@eksempel.no", "Ada Admin", PASSWORD, at=AT)


@pytest.fixture
def invited(administrator: Person) -> str:
    """Kim is invited as editor. The link's secret."""
    return acts.invite("kim@eksempel.no", "Kim", roles=[GivenRole(Role.EDITOR)], actor="system:command", at=AT)[1]


def at_the_provider(address: str, login: str) -> dict[str, str]:
    """Be the browser at the provider: sign in as `login`, agree, and come back. The query of the answer."""
    with httpx.Client(follow_redirects=False) as browser:
        for _ in range(12):
            response = browser.get(address)
            if response.status_code in (302, 303):
                address = urljoin(address, response.headers["Location"])
            else:
                form = re.search(r'action="([^"]+)"', response.text)
                prompt = re.search(r'name="prompt" value="(\w+)"', response.text)
                assert form, response.text
                assert prompt, response.text
                data = {"prompt": prompt[1], "login": login, "password": "any"}
                posted = browser.post(urljoin(address, form[1]), data=data)
                address = urljoin(address, posted.headers["Location"])
            if address.startswith(ANSWER):
                return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    pytest.fail("the provider never sent us back")


def begun(client: Client, start: str = "/sign-in/oidc/?next=/desk/me/") -> str:
    response = client.get(start)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def came_back(client: Client, login: str, start: str = "/sign-in/oidc/?next=/desk/me/") -> HttpResponse:
    answer = at_the_provider(begun(client, start), login)
    return client.get("/sign-in/oidc/answer/", answer)  # type: ignore[return-value]  # the test client's own kind


@pytest.fixture
def real_invitations(invited: str) -> str:
    """The invitation is from today, so that it has not expired by the clock of the pages."""
    Invitation.objects.update(expires_at=now() + timedelta(days=7))
    return invited


def test_an_invited_person_comes_in_by_verified_address(client: Client, real_invitations: str) -> None:
    response = came_back(client, "kim@eksempel.no")
    assert (response.status_code, response["Location"]) == (302, "/desk/me/")
    session = Session.objects.get(person__isnull=False)
    assert (session.person and session.person.email, session.way) == ("kim@eksempel.no", "oidc")
    assert [kind for kind, _ in entries()][-3:] == ["invitation.accepted", "identity.linked", "person.signed_in"]
    assert acts.open_invitation(real_invitations, at=AT) is None


def test_the_second_time_the_subject_is_enough(client: Client, real_invitations: str) -> None:
    came_back(client, "kim@eksempel.no")
    Person.objects.filter(email="kim@eksempel.no").update(email="kim.nytt@eksempel.no")
    client.post("/sign-out/")
    assert came_back(client, "kim@eksempel.no").status_code == 302
    assert Identity.objects.count() == 1


def test_someone_active_with_the_address_is_linked(client: Client, administrator: Person) -> None:
    assert came_back(client, "ada@eksempel.no").status_code == 302
    assert Identity.objects.get().person == administrator


def test_a_stranger_is_told_so(client: Client, administrator: Person) -> None:
    response = came_back(client, "stranger@eksempel.no")
    assert response.status_code == 403
    assert "people/not_known.html" in [template.name for template in response.templates]  # type: ignore[attr-defined]
    assert (Session.objects.exclude(person=None).count(), Identity.objects.count()) == (0, 0)


def test_an_unverified_address_opens_nothing(client: Client, administrator: Person, real_invitations: str) -> None:
    for login in ("ada@eksempel.no unverified", "kim@eksempel.no unverified"):
        assert came_back(client, login).status_code == 403
    assert Identity.objects.count() == 0


def test_the_link_vouches_for_an_address_the_provider_does_not(client: Client, real_invitations: str) -> None:
    start = f"/sign-in/invitation/{real_invitations}/oidc/"
    assert came_back(client, "other@eksempel.no unverified", start).status_code == 302
    assert Identity.objects.get().person.email == "kim@eksempel.no"


def test_another_subject_with_the_same_address_is_another_person(client: Client, administrator: Person) -> None:
    came_back(client, "ada@eksempel.no")
    client.post("/sign-out/")
    assert came_back(client, "ada@eksempel.no second").status_code == 403
    assert Identity.objects.count() == 1


def test_a_removed_person_stays_out(client: Client, real_invitations: str) -> None:
    came_back(client, "kim@eksempel.no")
    kim = Person.objects.get(email="kim@eksempel.no")
    acts.remove_person(kim, actor="system:command", at=AT)
    assert client.get("/desk/me/").status_code == 302
    assert came_back(client, "kim@eksempel.no").status_code == 403
    kim.refresh_from_db()
    assert kim.is_active is False


def test_an_expired_invitation_opens_nothing(client: Client, invited: str) -> None:
    assert came_back(client, "kim@eksempel.no").status_code == 403


@pytest.mark.parametrize(
    "change", [{"state": "another"}, {"state": ""}, {"iss": "https://evil.example"}, {"code": "wrong"}]
)
def test_an_answer_that_was_tampered_with_is_refused(
    client: Client, administrator: Person, change: dict[str, str]
) -> None:
    answer = at_the_provider(begun(client), "ada@eksempel.no") | change
    assert client.get("/sign-in/oidc/answer/", answer).status_code == 403
    assert Identity.objects.count() == 0


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_an_answer_to_another_sign_in_is_refused(client: Client, administrator: Person, part: str) -> None:
    address = begun(client)
    session = client.session
    session["oidc"] = session["oidc"] | {part: "of-another-sign-in-altogether-and-long-enough-to-be-one"}
    session.save()
    assert client.get("/sign-in/oidc/answer/", at_the_provider(address, "ada@eksempel.no")).status_code == 403
    assert Identity.objects.count() == 0


def test_an_answer_counts_once_and_in_its_own_browser(client: Client, administrator: Person) -> None:
    answer = at_the_provider(begun(client), "ada@eksempel.no")
    assert Client().get("/sign-in/oidc/answer/", answer).status_code == 403
    assert client.get("/sign-in/oidc/answer/", answer).status_code == 302
    client.post("/sign-out/")
    assert client.get("/sign-in/oidc/answer/", answer).status_code == 403


def test_saying_no_at_the_provider_leads_back(client: Client, administrator: Person) -> None:
    state = parse_qs(urlsplit(begun(client)).query)["state"][0]
    answer = {"state": state, "error": "access_denied"}
    assert client.get("/sign-in/oidc/answer/", answer).status_code == 403


def test_a_provider_that_calls_itself_something_else_is_refused(
    client: Client, settings: Settings, issuer: str, administrator: Person
) -> None:
    settings.OIDC = provider_at(issuer + "/")
    assert client.get("/sign-in/oidc/").status_code == 403


def test_a_provider_that_is_away_is_said_so(client: Client, settings: Settings, administrator: Person) -> None:
    settings.OIDC = provider_at("http://127.0.0.1:9")
    assert client.get("/sign-in/oidc/").status_code == 403


def test_without_a_provider_there_is_no_button(client: Client, settings: Settings, administrator: Person) -> None:
    assert "/sign-in/oidc/" in client.get("/sign-in/").content.decode()
    settings.OIDC = None
    assert "/sign-in/oidc/" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/oidc/").status_code == 404


@pytest.mark.parametrize("arguments", [("client_secret_post", "in-token"), ("client_secret_basic", "in-token")])
def test_other_ways_a_provider_may_be_set_up(
    client: Client, settings: Settings, administrator: Person, arguments: tuple[str, str]
) -> None:
    with running(*arguments) as issuer:
        settings.OIDC = provider_at(issuer)
        assert came_back(client, "ada@eksempel.no").status_code == 302
