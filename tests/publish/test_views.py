"""The outbox's page: every state with its reason, for everyone; acts only for those who may."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.channels import reasons as said
from ordskifte.people.models import Person, Role, Unit
from ordskifte.plan.models import Channel
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import HAND_OFF
from ordskifte.publish.queries import due, for_thread, waiting_for_approval
from tests.factories import make_channel, make_person, make_unit, say
from tests.publish.conftest import AT, put

pytestmark = pytest.mark.django_db
LINK = "https://social.example/@kanal/1"


def signed_in(*roles: str, **where: Any) -> Client:
    return client_of(make_person(*roles, language="en", **where))


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def in_state(state: str, channel: Channel | None = None, **more: Any) -> Outbox:
    row = put(channel or make_channel(), by=more.pop("by", None))
    Outbox.objects.filter(pk=row.pk).update(state=state, **more)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("state", "more", "show", "words"),
    [
        ("waiting", {}, "act", "Another person than the writer must approve it."),
        ("scheduled", {}, "way", "Until then it can be taken back."),
        ("claimed", {"claimed_by": "job:1"}, "way", "It is on its way."),
        ("claimed", {"claimed_by": HAND_OFF}, "act", "no way in for programs"),
        ("claimed", {"claimed_by": "person:x"}, "act", "paste the link to the post itself"),
        ("sent", {"sent_at": AT}, "way", "The channel took it."),
        ("unknown", {"reason": said.CUT}, "act", "say here what you saw"),
        ("failed", {"reason": said.NO_ACCESS}, "act", "Connect it again."),
        ("stopped", {}, "act", "A person stopped it."),
        ("withdrawn", {"note": "Feil dato"}, "done", "Feil dato"),
        ("confirmed", {"confirmed_at": AT}, "done", "Sent and confirmed"),
    ],
)
def test_every_state_is_shown_to_everyone_with_what_to_do(
    state: str, more: dict[str, Any], show: str, words: str
) -> None:
    in_state(state, **more)
    page = signed_in(Role.AUDITOR).get(f"/desk/outbox/?show={show}").content.decode()
    assert words in page
    assert "Vi brøyter klokka seks." in page
    assert "<form method" not in page.split("<main")[1]  # an auditor reads


def test_what_is_unknown_on_a_channel_that_can_be_looked_at_says_that_we_look() -> None:
    in_state("unknown", make_channel(kind="arena", practice=True))
    page = signed_in(Role.AUDITOR).get("/desk/outbox/").content.decode()
    assert "We look on the channel before anything is sent again." in page
    assert "Practice" in page


def test_signed_out_is_sent_to_sign_in_and_a_stranger_is_refused() -> None:
    row = in_state("waiting")
    assert Client().get("/desk/outbox/").status_code == 302
    assert Client().post(f"/desk/outbox/{row.id}/approve/").status_code == 302
    assert signed_in().get("/desk/outbox/").status_code == 403
    assert signed_in().post(f"/desk/outbox/{row.id}/approve/").status_code == 403


def units() -> tuple[Unit, Unit]:
    return make_unit(), make_unit()


@pytest.mark.parametrize(
    ("act", "state", "roles"),
    [
        ("approve", {"state": "waiting"}, {Role.APPROVER, Role.OWNER, Role.DEPUTY}),
        ("refuse", {"state": "waiting"}, {Role.APPROVER, Role.OWNER, Role.DEPUTY}),
        ("withdraw", {"state": "scheduled"}, {"answer"}),
        ("hold", {"state": "scheduled"}, {"answer"}),
        ("start", {"state": "stopped"}, {"answer"}),
        ("take", {"state": "claimed", "claimed_by": HAND_OFF}, {"answer"}),
        ("done", {"state": "claimed", "claimed_by": HAND_OFF}, {"answer"}),
        ("arrived", {"state": "unknown"}, {"answer"}),
        ("not-arrived", {"state": "unknown"}, {"answer"}),
    ],
)
def test_each_act_is_for_its_roles_where_they_hold_them(act: str, state: dict[str, Any], roles: set[str]) -> None:
    answerers = {Role.MODERATOR, Role.EDITOR, Role.PUBLISHER, Role.CASEWORKER, Role.OWNER, Role.DEPUTY}
    allowed = answerers if roles == {"answer"} else roles
    here, elsewhere = units()
    for role in Role.values:
        channel = make_channel(unit=here)
        for unit, wanted in ((here, 302 if role in allowed else 403), (elsewhere, 403)):
            row = in_state(channel=channel, **state)
            client = signed_in(role, unit=unit)
            answer = client.post(f"/desk/outbox/{row.id}/{act}/", {"reason": "Nei", "link": f"{LINK}/{row.id.hex}"})
            assert answer.status_code == wanted, (role, act)


def test_one_never_approves_ones_own_and_may_take_it_back_without_other_roles() -> None:
    writer = make_person(Role.APPROVER, language="en")
    row = in_state("waiting", by=writer.id)
    assert client_of(writer).post(f"/desk/outbox/{row.id}/approve/").status_code == 403
    assert client_of(writer).post(f"/desk/outbox/{row.id}/withdraw/").status_code == 302
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN


def test_private_words_and_sensitive_units_are_not_seen_by_others() -> None:
    unit, sensitive = make_unit(), make_unit(sensitive=True)
    channel = make_channel(unit=unit)
    message = say(channel, "En hemmelighet", private=True)
    put(channel, "Svar i lukket rom", target_id=message.id, thread_id=message.thread_id)
    put(make_channel(unit=sensitive), "Svar fra barnevernet")
    put(None, "Kjære deg", kind="email", to="a@example.org", subject="Frist")
    Outbox.objects.update(state="failed")
    expected = {
        (Role.EDITOR, None): (False, False, False),
        (Role.EDITOR, unit): (True, False, False),
        (Role.CASEWORKER, sensitive): (False, True, False),
        (Role.ARCHIVIST, None): (True, True, True),
        (Role.OWNER, None): (False, False, True),
    }
    for (role, where), sees in expected.items():
        client = signed_in(role, unit=where)
        page = client.get("/desk/outbox/").content.decode()
        words = ("Svar i lukket rom", "Svar fra barnevernet", "Kjære deg")
        assert tuple(word in page for word in words) == sees, role
        assert f'<span class="n">{sum(sees)}</span>' in page
        for row in Outbox.objects.all():
            if not sees[words.index(row.text)]:
                assert client.post(f"/desk/outbox/{row.id}/start/").status_code == 404


def test_a_wrong_link_is_said_at_the_row_and_kept() -> None:
    row = in_state("claimed", claimed_by=HAND_OFF)
    client = signed_in(Role.EDITOR)
    answer = client.post(f"/desk/outbox/{row.id}/done/?show=act", {"link": "https://other.example/1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The link leads somewhere else than this channel." in page
    assert 'value="https://other.example/1" aria-invalid="true"' in page
    assert "social.example" in page


def test_what_was_stopped_can_be_undone_from_the_message() -> None:
    row = in_state("scheduled")
    client = signed_in(Role.EDITOR)
    page = client.post(f"/desk/outbox/{row.id}/hold/", follow=True).content.decode()
    assert f'action="/desk/outbox/{row.id}/start/"' in page
    client.post(f"/desk/outbox/{row.id}/start/")
    row.refresh_from_db()
    assert row.state == State.SCHEDULED


def test_what_is_too_late_or_not_there_is_said() -> None:
    row = in_state("sent", sent_at=AT)
    client = signed_in(Role.EDITOR)
    assert client.post(f"/desk/outbox/{row.id}/withdraw/").status_code == 422
    assert client.post(f"/desk/outbox/{row.id}/shout/").status_code == 404
    assert client.post("/desk/outbox/11111111-1111-4111-8111-111111111111/hold/").status_code == 404
    assert client.get(f"/desk/outbox/{row.id}/hold/").status_code == 405
    assert client.get("/desk/outbox/?show=nothing&channel=x&before=x").status_code == 200


def test_the_number_of_queries_is_fixed() -> None:
    client = signed_in(Role.OWNER)
    counts = []
    for many in (1, 3):
        for _ in range(many):
            in_state("failed", make_channel(unit=make_unit()))
        with CaptureQueriesContext(connection) as found:
            assert client.get("/desk/outbox/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_more_than_a_page_goes_on() -> None:
    channel = make_channel()
    for number in range(41):
        put(channel, f"Svar {number:02d}", at=AT, send_at=AT)
    Outbox.objects.update(state="failed")
    client = signed_in(Role.EDITOR)
    first = client.get("/desk/outbox/")
    older = first.context["page"].older
    assert len(first.context["page"].rows) == 40
    rest = client.get(f"/desk/outbox/?before={older}").context["page"]
    assert (len(rest.rows), rest.older) == (1, None)
    shown = {one.row.text for one in (*first.context["page"].rows, *rest.rows)}
    assert len(shown) == 41


def test_reads_for_others() -> None:
    channel = make_channel()
    post = say(channel, "Når?")
    writer, approver = make_person(), make_person(Role.APPROVER)
    row = put(channel, by=writer.id, needs_approval=True, thread_id=post.thread_id, target_id=post.id)
    scheduled = put(channel)
    from ordskifte.people.viewer import viewer_of

    assert [one.id for one in waiting_for_approval(viewer_of(approver))] == [row.id]
    assert waiting_for_approval(viewer_of(writer)) == []
    assert [one.id for one in for_thread(post.thread_id)] == [row.id]
    assert [one.id for one in due(AT)] == [scheduled.id]
