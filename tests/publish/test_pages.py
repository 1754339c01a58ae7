"""The publishing pages: who may do what, what a page shows, and that a list costs the same however long it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.people.models import Person, Role
from ordskifte.publish.crisis import start_crisis
from ordskifte.publish.models import Draft, DraftState, Outbox, State
from tests.factories import home_store, make_body, make_channel, make_person, make_unit
from tests.publish.world import TEXT, draft_of, who, writer

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def body_of(page: Any) -> str:
    return str(page.content.decode().split("<main")[1])


def form(draft: Draft, **more: Any) -> dict[str, Any]:
    channel = draft.variants.get().channel_id
    return {
        "serial": draft.serial, "title": draft.title, "text-nb": TEXT, "channel": [str(channel)],
        f"language-{channel}": "nb",
    } | more  # fmt: skip


def test_signed_out_is_sent_to_sign_in_and_a_stranger_is_refused() -> None:
    draft = draft_of(writer())
    for address in ("/desk/publish/", f"/desk/publish/{draft.id}/", "/desk/publish/calendar/", "/desk/publish/crisis/"):
        assert Client().get(address).status_code == 302
        assert client_of(make_person()).get(address).status_code == 403
    assert Client().post("/desk/publish/new/").status_code == 302


def test_a_colleague_without_the_role_reads_and_does_not_write() -> None:
    draft = draft_of(writer())
    auditor = client_of(make_person(Role.AUDITOR, language="en"))
    page = auditor.get(f"/desk/publish/{draft.id}/")
    assert TEXT in body_of(page)
    assert "/save/" not in body_of(page)
    for address in ("new/", f"{draft.id}/save/", f"{draft.id}/act/place/", "campaigns/begin/", "crisis/start/"):
        assert auditor.post(f"/desk/publish/{address}").status_code == 403


def test_a_draft_of_a_sensitive_unit_is_unseen_by_others() -> None:
    unit = make_unit(sensitive=True)
    person = make_person(Role.EDITOR, unit=unit)
    draft = draft_of(person, make_channel(unit=unit, kind="facebook"))
    assert client_of(person).get(f"/desk/publish/{draft.id}/").status_code == 200
    other = client_of(writer())
    assert other.get(f"/desk/publish/{draft.id}/").status_code == 404
    assert other.post(f"/desk/publish/{draft.id}/comment/", {"text": "Hei"}).status_code == 404
    assert draft.title not in body_of(other.get("/desk/publish/"))


def test_a_new_draft_is_written_saved_and_placed() -> None:
    person, channel = writer(), make_channel("Bluesky", kind="bluesky")
    client = client_of(person)
    address = client.post("/desk/publish/new/").headers["Location"]
    draft = Draft.objects.get()
    words = {"serial": 1, "title": "Brøyting", "text-nb": TEXT, "channel": [str(channel.id)]}
    assert "Saved." in body_of(client.post(f"{address}save/", words, follow=True))
    assert "57 of 300" in body_of(client.get(address)).replace("\n", "")
    page = client.post(f"{address}act/place/", follow=True)
    assert "It stands in the outbox." in body_of(page)
    assert Outbox.objects.get(kind="post").text == TEXT
    draft.refresh_from_db()
    assert draft.state == DraftState.PLACED


def test_one_cannot_write_on_a_channel_where_one_has_no_role() -> None:
    mine, other = make_channel(kind="bluesky"), make_channel(kind="facebook")
    person = make_person(Role.EDITOR, channel=mine)
    draft = draft_of(person, mine)
    client = client_of(person)
    given = form(draft) | {"channel": [str(mine.id), str(other.id)]}
    assert client.post(f"/desk/publish/{draft.id}/save/", given).status_code == 403
    assert draft.variants.count() == 1


def test_the_script_gets_the_parts_that_changed() -> None:
    draft = draft_of(writer())
    client = client_of(draft.owner)
    given = form(draft) | {"text-nb": "Vi brøyter i natt."}
    page = client.post(f"/desk/publish/{draft.id}/save/", given, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "Vi brøyter i natt." in page
    assert f'value="{draft.serial + 1}"' in page


def test_words_written_on_an_older_draft_are_kept_and_both_are_shown() -> None:
    draft = draft_of(writer())
    client = client_of(draft.owner)
    address = f"/desk/publish/{draft.id}/save/"
    client.post(address, form(draft) | {"text-nb": "Deres ord."})
    page = client.post(address, form(draft) | {"text-nb": "Mine ord."})
    assert page.status_code == 422
    assert "Mine ord." in body_of(page)
    assert "Deres ord." in body_of(page)
    draft.refresh_from_db()
    assert draft.texts == {"nb": "Deres ord."}


def test_a_wrong_field_is_said_and_nothing_is_lost() -> None:
    draft = draft_of(writer())
    page = client_of(draft.owner).post(
        f"/desk/publish/{draft.id}/save/", form(draft) | {"source": "javascript:alert(1)"}
    )
    assert page.status_code == 422
    assert "An address begins with https://." in body_of(page)


def test_a_picture_is_shown_to_those_who_see_the_draft_as_what_its_bytes_are() -> None:
    home_store()
    draft = draft_of(writer())
    client = client_of(draft.owner)
    file = SimpleUploadedFile("kart.html", PNG, content_type="text/html")
    assert client.post(f"/desk/publish/{draft.id}/act/picture/", {"file": file}).status_code == 302
    picture = draft.pictures.get()
    shown = client.get(f"/desk/publish/{draft.id}/pictures/{picture.id}/")
    assert (shown["Content-Type"], shown.content) == ("image/png", PNG)
    assert "sandbox" in shown["Content-Security-Policy"]
    assert client_of(make_person()).get(f"/desk/publish/{draft.id}/pictures/{picture.id}/").status_code == 403


def test_the_banner_of_a_crisis_stands_on_every_page_and_says_who() -> None:
    make_body()
    lead = make_person(Role.CRISIS_LEAD, name="Aisha Rahman", language="en")
    client = client_of(lead)
    assert "Aisha Rahman stopped everything" not in client.get("/desk/").content.decode()
    page = client.post(
        "/desk/publish/crisis/start/", {"says": "Flom <b>", "within": "30", "unit": "minutes"}, follow=True
    )
    assert "Everything that was scheduled stands still." in body_of(page)
    for address in ("/desk/", "/desk/outbox/", "/desk/publish/calendar/"):
        shown = client.get(address).content.decode()
        assert "Aisha Rahman stopped everything that was scheduled" in shown
        assert "Flom &lt;b&gt;" in shown
    assert client_of(writer()).post("/desk/publish/crisis/end/").status_code == 403
    assert "The crisis is over." in body_of(client.post("/desk/publish/crisis/end/", follow=True))


def test_what_a_crisis_stopped_is_let_go_one_by_one() -> None:
    person = make_person(Role.OWNER, Role.CRISIS_LEAD, language="en")
    draft = draft_of(person, make_channel(kind="bluesky"), at=now(), wanted_at=now() + timedelta(hours=2))
    client = client_of(person)
    client.post(f"/desk/publish/{draft.id}/act/place/")
    start_crisis("Flom", answer_within=30, unit_of_time="minutes", at=now(), **who(person))
    row = Outbox.objects.get(kind="post")
    assert row.state == State.STOPPED
    client.post("/desk/publish/crisis/let-go/", {"row": str(row.id)})
    row.refresh_from_db()
    assert row.state == State.SCHEDULED


def test_a_post_is_moved_from_the_calendar_and_one_comes_back_there() -> None:
    draft = draft_of(writer(), wanted_at=now() + timedelta(days=1))
    client = client_of(draft.owner)
    given = {"wanted": "2030-05-17T10:00", "next": "/desk/publish/calendar/?view=month"}
    moved = client.post(f"/desk/publish/{draft.id}/act/move/", given)
    assert moved.headers["Location"] == "/desk/publish/calendar/?view=month"
    draft.refresh_from_db()
    assert draft.wanted_at is not None
    assert draft.wanted_at.isoformat() == "2030-05-17T08:00:00+00:00"
    elsewhere = client.post(f"/desk/publish/{draft.id}/act/move/", given | {"next": "https://ond.example/"})
    assert elsewhere.headers["Location"] == f"/desk/publish/{draft.id}/"


@pytest.mark.parametrize("view", ["week", "month", "list"])
def test_the_calendar_shows_what_collides(view: str) -> None:
    channel, person = make_channel(kind="bluesky"), writer()
    moment = now() + timedelta(minutes=1)
    draft_of(person, channel, wanted_at=moment, title="Påskeåpent")
    draft_of(person, channel, wanted_at=moment + timedelta(seconds=30), title="Vannet")
    draft_of(person, make_channel(kind="facebook"), wanted_at=moment, title="Et annet sted")
    page = body_of(client_of(person).get(f"/desk/publish/calendar/?view={view}"))
    assert "In the way of “Vannet”" in page
    assert "In the way of “Et annet sted”" not in page


@pytest.mark.parametrize(
    "address",
    ["/desk/publish/", "/desk/publish/calendar/", "/desk/publish/calendar/?view=list", "/desk/publish/campaigns/"],
)
def test_a_list_costs_the_same_however_long(address: str) -> None:
    person, channel = writer(), make_channel(kind="bluesky")
    client = client_of(person)
    counts = []
    for drafts in (1, 2):
        for _number in range(drafts):
            draft_of(person, channel, wanted_at=now() + timedelta(minutes=1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
