"""The channel page: who may change, what is shown, and undo."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.listen.models import Import, ImportFile
from ordskifte.people.models import Role
from ordskifte.plan.models import Promise
from tests.factories import NOW, make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_person(*roles, language="en"))
    return client


@pytest.mark.parametrize(
    ("roles", "sees", "changes"),
    [
        ([Role.OWNER], 200, 302),
        ([Role.ADMINISTRATOR], 200, 302),
        ([Role.EDITOR], 200, 403),
        ([Role.ARCHIVIST], 200, 403),
        ([], 403, 403),
    ],
)
def test_only_owner_and_administrator_change(roles: list[str], sees: int, changes: int) -> None:
    channel = make_channel("Før")
    client = signed_in(*roles)
    page = client.get("/desk/channels/")
    assert page.status_code == sees
    assert (f'action="/desk/channels/{channel.id}/"' in page.content.decode()) == (changes == 302)
    assert client.post(f"/desk/channels/{channel.id}/", {"name": "Etter"}).status_code == changes
    channel.refresh_from_db()
    assert channel.name == ("Etter" if changes == 302 else "Før")


def test_signed_out_sees_nothing() -> None:
    assert Client().get("/desk/channels/").status_code == 302


def test_what_was_brought_in_is_counted_by_channel() -> None:
    channel = make_channel("Talt")
    run = Import.objects.create(actor="", started_at=NOW, state="done", keep="own", legal_basis="")
    for utterances in (1000, 234):
        ImportFile.objects.create(run=run, channel=channel, path="a", kind="x", utterances=utterances)
    ImportFile.objects.create(run=run, path="b", kind="x", utterances=9)
    page = signed_in(Role.EDITOR).get("/desk/channels/").content.decode()
    assert 'data-l="Utterances brought in">1,234</td>' in page


def test_the_number_of_queries_is_fixed() -> None:
    client = signed_in(Role.OWNER)
    counts = []
    for _ in (1, 3):
        for _ in range(2):
            make_channel(unit=make_unit())
        with CaptureQueriesContext(connection) as found:
            client.get("/desk/channels/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_new_name_can_be_undone() -> None:
    channel = make_channel("Før & nå")
    client = signed_in(Role.OWNER)
    page = client.post(f"/desk/channels/{channel.id}/", {"name": "Etter"}, follow=True).content.decode()
    assert "The channel is now called “Etter”." in page
    undo = f"/desk/channels/{channel.id}/?name=F%C3%B8r+%26+n%C3%A5"
    assert f'action="{undo}"' in page
    client.post(undo)
    channel.refresh_from_db()
    assert channel.name == "Før & nå"


def test_a_name_that_is_taken_is_said_at_the_field_and_the_text_is_kept() -> None:
    make_channel("Opptatt")
    channel = make_channel("Min")
    answer = signed_in(Role.OWNER).post(f"/desk/channels/{channel.id}/", {"name": "Opptatt"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Another channel has that name." in page
    assert 'value="Opptatt" aria-invalid="true"' in page


def test_a_channel_is_given_to_a_unit_and_back() -> None:
    channel, unit = make_channel(), make_unit("Kultur")
    client = signed_in(Role.ADMINISTRATOR)
    page = client.post(f"/desk/channels/{channel.id}/", {"unit": str(unit.id)}, follow=True).content.decode()
    channel.refresh_from_db()
    assert channel.unit_id == unit.id
    assert f'action="/desk/channels/{channel.id}/?unit="' in page
    client.post(f"/desk/channels/{channel.id}/?unit=")
    channel.refresh_from_db()
    assert channel.unit_id is None


@pytest.mark.parametrize("unit", ["x", "11111111-1111-4111-8111-111111111111"])
def test_a_unit_that_is_not_there_is_refused(unit: str) -> None:
    channel = make_channel()
    assert signed_in(Role.OWNER).post(f"/desk/channels/{channel.id}/", {"unit": unit}).status_code == 422


def test_a_channel_that_is_not_there_is_not_found_and_looking_changes_nothing() -> None:
    client = signed_in(Role.OWNER)
    channel = make_channel("Før")
    assert client.post("/desk/channels/11111111-1111-4111-8111-111111111111/", {"name": "x"}).status_code == 404
    assert client.get(f"/desk/channels/{channel.id}/?name=Etter").status_code == 302
    channel.refresh_from_db()
    assert channel.name == "Før"


def test_what_is_promised_on_each_channel_is_shown() -> None:
    own = make_channel("Facebook")
    make_channel("Mastodon")
    given = {"kind": "comment", "unit_of_time": "hours", "clock": "working", "valid_from": NOW}
    Promise.objects.create(value=7, **given)
    Promise.objects.create(value=3, channel=own, **given)
    page = signed_in(Role.EDITOR).get("/desk/channels/").content.decode()
    assert (page.count("Within 7 working hours"), page.count("Within 3 working hours")) == (1, 1)
