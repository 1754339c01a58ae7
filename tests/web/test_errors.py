"""Error pages: in the reader's language, in the frame that fits, without a trace."""

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from ordskifte.people.models import Role
from ordskifte.web.errors import broken
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_what_is_not_there_is_said_outside_and_inside(client: Client) -> None:
    outside = client.get("/finnes-ikke/?lang=en")
    assert outside.status_code == 404
    assert "We cannot find the page" in outside.content.decode()
    assert "<script" not in outside.content.decode()
    client.force_login(make_person(Role.EDITOR, language="nb"))
    inside = client.get("/desk/finnes-ikke/").content.decode()
    assert "Vi finner ikke siden" in inside
    assert 'class="os-rooms"' in inside


def test_one_without_the_role_is_told_who_can_help(client: Client) -> None:
    client.force_login(make_person(Role.CASEWORKER, language="en"))
    answer = client.get("/desk/imports/")
    assert answer.status_code == 403
    assert "You do not have the role for this" in answer.content.decode()


def test_an_old_form_is_told_to_load_again() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(Role.OWNER, language="en"))
    answer = client.post("/desk/channels/11111111-1111-4111-8111-111111111111/", {"name": "x"})
    assert answer.status_code == 403
    assert "The form was too old" in answer.content.decode()


@pytest.mark.django_db(databases=[])
def test_a_fault_of_ours_needs_no_database() -> None:
    with override("en"):
        answer = broken(RequestFactory().get("/desk/"))
    assert answer.status_code == 500
    assert "Something went wrong with us" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_the_desk_opens_on_what_needs_a_person(client: Client) -> None:
    client.force_login(make_person(Role.EDITOR, language="en"))
    assert "Needs you now" in client.get("/desk/").content.decode()


def test_rooms_are_those_one_may_enter(client: Client) -> None:
    for roles, rooms in (
        ([Role.CASEWORKER], ["Inbox", "Publishing", "Threads", "Archive", "Search", "Channels", "Proof"]),
        ([Role.EDITOR], ["Inbox", "Publishing", "Threads", "Search", "Bring in", "Channels", "Proof"]),
        ([Role.ADMINISTRATOR], ["Inbox", "Publishing", "Threads", "Search", "Bring in", "Channels", "People", "Proof"]),
    ):
        client.force_login(make_person(*roles, language="en"))
        page = client.get("/desk/threads/").content.decode()
        nav = page.split('class="os-rooms"')[1].split("</nav>")[0]
        assert [part.split("</a>")[0] for part in nav.split("</svg>")[1:]] == rooms
