"""What is chosen in the list is done and undone at once; each is its own act, and no stranger touches any."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.converse.conversations import assign
from ordskifte.converse.models import Conversation, State, Step
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Channel
from ordskifte.records.models import Entry
from tests.converse.world import answer, ask, make_promise
from tests.factories import make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def some(count: int = 3, channel: Channel | None = None) -> list[Conversation]:
    return [ask(f"Når brøyter dere vei {n}?", channel=channel or make_channel()) for n in range(count)]


def do(client: Client, found: list[Conversation], act: str, **more: object) -> int:
    return client.post("/desk/bulk/", {"c": [one.pk for one in found], "act": act, **more}).status_code


def undo(client: Client) -> None:
    batch = Step.objects.exclude(batch=None).latest("at").batch
    client.post(f"/desk/bulk/{batch}/undo/")


def test_all_that_are_chosen_are_taken_and_given_back() -> None:
    person, found = make_person(Role.MODERATOR), some()
    client = signed_in(person)
    assert do(client, found[:2], "take") == 302
    assert Conversation.objects.filter(assignee=person).count() == 2
    assert Entry.objects.filter(kind="conversation.assigned").count() == 2
    undo(client)
    assert Conversation.objects.filter(assignee=person).count() == 0
    assert Entry.objects.filter(kind="conversation.undone").count() == 2


def test_each_act_says_what_it_needs_and_is_undone() -> None:
    person, other, unit = make_person(Role.MODERATOR), make_person(Role.CASEWORKER), make_unit("Drift")
    found = some()
    client = signed_in(person)
    until = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    for act, given, changed in (
        ("assign", {"person": other.pk}, {"assignee": other}),
        ("hand-over", {"unit": unit.pk, "note": "Se her."}, {"unit": unit}),
        ("snooze", {"until": until}, {"state": State.SNOOZED}),
    ):
        before = Conversation.objects.filter(**changed).count()
        assert do(client, found, act, **given) == 302
        assert Conversation.objects.filter(**changed).count() == 3
        undo(client)
        assert Conversation.objects.filter(**changed).count() == before == 0


def test_only_what_has_been_answered_is_closed_and_the_others_are_told_of() -> None:
    told, untold = some(2)
    answer(told, state="sent")
    Conversation.objects.update(state=State.OPEN, turn="ours")
    client = signed_in(make_person(Role.MODERATOR))
    page = client.post("/desk/bulk/", {"c": [told.pk, untold.pk], "act": "close", "response": "F1"}, follow=True)
    assert [Conversation.objects.get(pk=one.pk).state for one in (told, untold)] == ["done", "open"]
    assert "Ikke gjort med noen" in page.content.decode()
    undo(client)
    assert Conversation.objects.get(pk=told.pk).state == "open"


def test_what_is_not_said_yet_is_asked_for_on_a_page_that_works_without_script() -> None:
    client, found = signed_in(make_person(Role.MODERATOR)), some()
    asked = client.post("/desk/bulk/", {"c": [one.pk for one in found], "act": "hand-over"}, follow=True)
    page = asked.content.decode()
    assert asked.redirect_chain[0][0].startswith("/desk/bulk/?c=")
    assert page.count("checked") == 3
    assert '<details class="os-more" open><summary data-key="g">' in page
    assert Step.objects.count() == 0
    assert client.post("/desk/bulk/", {"act": "take"}).status_code == 302
    assert do(client, found, "delete") == 404


def test_the_list_has_a_box_for_each_and_a_form_they_belong_to() -> None:
    client = signed_in(make_person(Role.MODERATOR))
    assert 'id="bulk"' not in client.get("/desk/").content.decode()
    some(2)
    page = client.get("/desk/").content.decode()
    assert page.count('form="bulk" data-pick="question ') == 2
    assert page.count('id="bulk"') == 1


def test_what_somebody_else_has_acted_on_is_not_undone() -> None:
    person, other, found = make_person(Role.MODERATOR), make_person(Role.MODERATOR), some()
    client = signed_in(person)
    do(client, found, "take")
    assign(found[0].pk, other.pk, by=other.pk, at=now())
    undo(client)
    assert [Conversation.objects.get(pk=one.pk).assignee for one in found] == [other, None, None]
    batch = Step.objects.exclude(batch=None).latest("at").batch
    assert signed_in(other).post(f"/desk/bulk/{batch}/undo/").status_code == 404


def test_nobody_acts_where_they_may_not() -> None:
    mine, theirs = make_channel(), make_channel()
    found = [*some(1, mine), *some(1, theirs)]
    secret = ask("Hemmelig", private=True)
    person = make_person(Role.MODERATOR, channel=mine)
    assert do(signed_in(person), [*found, secret], "take") == 302
    assert list(Conversation.objects.filter(assignee=person)) == [found[0]]
    assert "Hemmelig" not in signed_in(person).get("/desk/bulk/", {"c": [secret.pk]}, follow=True).content.decode()
    for other, status in ((make_person(Role.AUDITOR), 403), (make_person(), 403)):
        assert do(signed_in(other), found, "take") == status
    assert do(Client(), found, "take") == 302
    assert Client().post(f"/desk/bulk/{uuid4()}/undo/").status_code == 302
    assert Step.objects.count() == 1


def test_only_those_who_answer_in_all_are_offered() -> None:
    one, two = make_channel(), make_channel()
    everywhere, here = make_person(Role.MODERATOR, name="Overalt"), make_person(Role.MODERATOR, channel=one, name="Her")
    found = [*some(1, one), *some(1, two)]
    page = signed_in(everywhere).get("/desk/bulk/", {"c": [row.pk for row in found]}).content.decode()
    assert f'value="{everywhere.pk}"' in page
    assert f'value="{here.pk}"' not in page


def test_the_page_asks_a_fixed_number_of_queries() -> None:
    make_promise(4)
    client, found = signed_in(make_person(Role.MODERATOR)), some()

    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/bulk/", {"c": [one.pk for one in found[:count]]})
        return len(queries)

    asked(1)
    assert asked(1) == asked(3)
