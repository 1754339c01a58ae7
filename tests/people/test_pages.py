"""The administrators' pages: who may open them, what they do, and that more rows cost no more queries."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.people import acts
from ordskifte.people.acts import GivenRole
from ordskifte.people.break_glass import alarm, seal
from ordskifte.people.models import BreakGlassUse, Grant, Person, Role, Unit
from ordskifte.plan.models import Channel
from tests.people.conftest import AT, colleague_of, entries

As = Callable[[Person | None], Client]
pytestmark = pytest.mark.django_db

PAGES = ("/desk/people/", "/desk/people/invite/", "/desk/people/units/", "/desk/people/{person}/")
ACTS = (
    "/desk/people/invite/",
    "/desk/people/units/",
    "/desk/people/units/{unit}/",
    "/desk/people/break-glass/{use}/",
    "/desk/people/{person}/invite/",
    "/desk/people/{person}/roles/",
    "/desk/people/{person}/roles/{grant}/end/",
    "/desk/people/{person}/remove/",
)


@pytest.fixture
def ids(colleague: Person) -> dict[str, str]:
    """What the addresses are about."""
    seal(at=AT)
    account = Person.objects.get(break_glass=True)
    return {
        "person": str(colleague.id),
        "grant": str(Grant.objects.get(person=colleague).id),
        "unit": str(acts.add_unit("Teknisk", sensitive=False, actor="system:command", at=AT).id),
        "use": str(alarm(account, address="", at=AT).id),
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_open_for_administrators_only(
    ids: dict[str, str], page: str, as_: As, administrator: Person, colleague: Person, stranger: Person
) -> None:
    address = page.format(**ids)
    seen = [as_(who).get(address).status_code for who in (administrator, colleague, stranger, None)]
    assert seen == [200, 403, 403, 302]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_can_act(ids: dict[str, str], act: str, as_: As, colleague: Person, stranger: Person) -> None:
    before = len(entries())
    address = act.format(**ids)
    given = {"role": "administrator", "reach": "body", "name": "X", "email": "x@eksempel.no", "sensitive": "yes"}
    seen = [as_(who).post(address, given).status_code for who in (colleague, stranger, None)]
    assert seen == [403, 403, 302]
    assert len(entries()) == before


def test_an_administrator_s_role_for_a_unit_opens_nothing(ids: dict[str, str], as_: As, stranger: Person) -> None:
    Grant.objects.create(person=stranger, role=Role.ADMINISTRATOR, unit_id=ids["unit"], given_at=AT)
    assert as_(stranger).get("/desk/people/").status_code == 403


@pytest.mark.parametrize("act", [act for act in ACTS if act != "/desk/people/invite/" and act != "/desk/people/units/"])
def test_acts_are_not_done_by_following_a_link(ids: dict[str, str], act: str, as_: As, administrator: Person) -> None:
    assert as_(administrator).get(act.format(**ids)).status_code == 405


@pytest.mark.parametrize("page", ["/desk/people/{}/", "/desk/people/{}/remove/", "/desk/people/units/{}/"])
def test_who_is_not_there_is_not_found(page: str, as_: As, administrator: Person) -> None:
    client, address = as_(administrator), page.format(uuid4())
    assert 404 in (client.get(address).status_code, client.post(address).status_code)


def test_forms_need_their_token(ids: dict[str, str], administrator: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    assert client.post(f"/desk/people/{ids['person']}/remove/").status_code == 403
    assert Person.objects.get(id=ids["person"]).is_active


@pytest.mark.parametrize("page", PAGES)
def test_more_people_roles_and_channels_cost_no_more_queries(
    ids: dict[str, str], page: str, as_: As, administrator: Person
) -> None:
    client, address = as_(administrator), page.format(**ids)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    few = queries()
    for number in range(3):
        person = colleague_of(f"P{number} Person", Role.EDITOR)
        unit = acts.add_unit(f"Unit {number}", sensitive=False, actor="system:command", at=AT)
        channel = Channel.objects.create(name=f"Channel {number}", kind="mastodon", created_at=AT)
        for given in (GivenRole(Role.MODERATOR, unit=unit.id), GivenRole(Role.OWNER, channel=channel.id)):
            acts.give_role(person, given, actor="system:command", at=AT)
            acts.give_role(Person.objects.get(id=ids["person"]), given, actor="system:command", at=AT)
    assert queries() == few


def test_inviting_shows_the_link_once(as_: As, administrator: Person) -> None:
    client = as_(administrator)
    given = {"email": "kim@eksempel.no", "name": "Kim <b>K", "role": "editor", "reach": "body"}
    response = client.post("/desk/people/invite/", given)
    found = re.search(r"http://testserver(/sign-in/invitation/[\w-]{43}/)", response.content.decode())
    assert found is not None
    assert "no-store" in response["Cache-Control"]
    assert found[1] not in client.get("/desk/people/").content.decode()
    page = as_(None).get(found[1])
    assert (page.status_code, page["Referrer-Policy"], "Kim &lt;b&gt;K" in page.content.decode()) == (
        200,
        "no-referrer",
        True,
    )
    assert Person.objects.get(email="kim@eksempel.no").is_active is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no"},
        {"name": " "},
        {"role": "king"},
        {"role": ""},
        {"reach": "unit:"},
        {"reach": "unit:x"},
        {"reach": f"unit:{uuid4()}"},
        {"reach": f"channel:{uuid4()}"},
        {"reach": ""},
        {"email": "ada@eksempel.no"},
    ],
)
def test_a_wrong_invitation_keeps_what_was_written(as_: As, administrator: Person, wrong: dict[str, str]) -> None:
    given = {"email": "kim@eksempel.no", "name": "Kim Skrevet", "role": "editor", "reach": "body"} | wrong
    before = len(entries())
    response = as_(administrator).post("/desk/people/invite/", given)
    assert (response.status_code, 'role="alert"' in response.content.decode()) == (400, True)
    assert f'value="{given["name"]}"' in response.content.decode()
    assert len(entries()) == before


def test_roles_are_given_for_a_unit_or_a_channel_and_ended(ids: dict[str, str], as_: As, administrator: Person) -> None:
    channel = Channel.objects.create(name="Kommunen på Mastodon", kind="mastodon", created_at=AT)
    client, address = as_(administrator), f"/desk/people/{ids['person']}/"
    for reach in (f"unit:{ids['unit']}", f"channel:{channel.id}"):
        client.post(f"{address}roles/", {"role": "moderator", "reach": reach})
    page = client.get(address).content.decode()
    assert ("Teknisk" in page, "Kommunen på Mastodon" in page) == (True, True)
    client.post(f"{address}roles/{ids['grant']}/end/")
    assert list(Grant.objects.filter(person_id=ids["person"], ended_at=None).values_list("role", flat=True)) == [
        "moderator",
        "moderator",
    ]
    assert [body["actor"] for kind, body in entries() if kind.startswith("role.")] == [f"person:{administrator.id}"] * 3


def test_a_grant_is_ended_on_its_own_person_s_page_only(ids: dict[str, str], as_: As, administrator: Person) -> None:
    other = f"/desk/people/{administrator.id}/roles/{ids['grant']}/end/"
    assert as_(administrator).post(other).status_code == 404


def test_removing_through_the_page(ids: dict[str, str], as_: As, administrator: Person) -> None:
    client = as_(administrator)
    assert client.post(f"/desk/people/{ids['person']}/remove/")["Location"] == "/desk/people/"
    assert not Person.objects.get(id=ids["person"]).is_active
    assert client.post(f"/desk/people/{administrator.id}/remove/")["Location"] == f"/desk/people/{administrator.id}/"
    assert Person.objects.get(id=administrator.id).is_active


def test_units_through_the_page(as_: As, administrator: Person) -> None:
    client = as_(administrator)
    client.post("/desk/people/units/", {"name": "Barnevern", "sensitive": "on"})
    unit = Unit.objects.get()
    assert (unit.name, unit.sensitive) == ("Barnevern", True)
    client.post("/desk/people/units/", {"name": "barnevern"})
    client.post(f"/desk/people/units/{unit.id}/", {"sensitive": "no"})
    assert list(Unit.objects.values_list("sensitive", flat=True)) == [False]


def test_the_use_of_the_sealed_account_alarms_until_it_is_seen(as_: As, administrator: Person, client: Client) -> None:
    password = seal(at=AT)
    client.post("/sign-in/", {"account": "Break-Glass", "password": password})
    assert 'class="os-alarm"' in client.get("/desk/people/").content.decode()
    assert client.session["way"] == "break_glass"
    use = BreakGlassUse.objects.get()
    assert use.address == "127.0.0.1"

    admin = as_(administrator)
    assert str(use.id) in admin.get("/desk/me/").content.decode()
    admin.post(f"/desk/people/break-glass/{use.id}/")
    assert str(use.id) not in admin.get("/desk/me/").content.decode()
    assert [kind for kind, _ in entries()][-2:] == ["person.break_glass_used", "person.break_glass_acknowledged"]
    assert 'class="os-alarm"' in client.get("/desk/me/").content.decode()
    assert client.session.get_expiry_age() <= 3600
