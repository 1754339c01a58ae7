"""The inbox from outside: owner, colleague without the role, stranger, signed out; private and sensitive."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.base.recent import Recent
from ordskifte.converse.models import (
    Assessment,
    Conversation,
    Draft,
    LocalRule,
    MailWay,
    Note,
    Opened,
    State,
    Step,
    Task,
)
from ordskifte.converse.queries import counts, inbox, news_since
from ordskifte.people.models import Person, Role
from ordskifte.people.viewer import viewer_of
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Case, CaseThread, Entry, Period
from tests.converse.world import answer, arrive, ask, make_place, make_promise, make_topic, set_hours
from tests.factories import make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db
TEXT = "Plogen kommer til Strandgata i natt, og veien er klar når dere skal på jobb."


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, path: str, **data: object) -> int:
    return client.post(path, data).status_code


@pytest.fixture
def one() -> Conversation:
    return ask("Når brøyter dere Strandgata?")


def pages(one: Conversation) -> list[str]:
    return ["/desk/", f"/desk/c/{one.pk}/", f"/desk/c/{one.pk}/peek/", "/desk/tasks/", "/desk/settings/rules/"]


def acts(one: Conversation) -> list[tuple[str, dict[str, object]]]:
    base = f"/desk/c/{one.pk}/"
    return [
        (f"{base}reply/", {"text": TEXT, "response": "F1", "serial": one.serial}),
        (f"{base}check/", {"text": TEXT, "response": "F1"}),
        (f"{base}present/", {"writes": "1"}),
        (f"{base}move-out/", {"place": uuid4(), "serial": one.serial}),
        *((f"{base}act/{name}/", {"note": "x"}) for name in ("take", "note", "wait", "close", "reopen", "take-over")),
    ]


def test_one_who_answers_reads_and_acts(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    assert [client.get(path).status_code for path in pages(one)] == [200] * 5
    assert post(client, f"/desk/c/{one.pk}/act/take/") == 302
    assert Step.objects.get().act == "assigned"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ARCHIVIST, Role.DPO, Role.LEADER, Role.APPROVER])
def test_a_colleague_without_the_role_reads_and_does_nothing(role: str, one: Conversation) -> None:
    client = signed_in(make_person(role))
    assert [client.get(path).status_code for path in pages(one)] == [200] * 5
    assert {post(client, path, **data) for path, data in acts(one)} == {403}
    assert (Outbox.objects.count(), Draft.objects.count(), Step.objects.count()) == (0, 0, 0)


def test_a_role_elsewhere_does_nothing_here(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR, unit=make_unit()))
    assert {post(client, path, **data) for path, data in acts(one)} == {403}
    there = signed_in(make_person(Role.MODERATOR, channel=one.channel))
    assert post(there, f"/desk/c/{one.pk}/act/take/") == 302


def test_a_stranger_and_one_who_is_signed_out_come_nowhere(one: Conversation) -> None:
    stranger, nobody = signed_in(make_person()), Client()
    assert {stranger.get(path).status_code for path in pages(one)} == {403}
    assert {post(stranger, path, **data) for path, data in acts(one)} == {403}
    assert {nobody.get(path).status_code for path in pages(one)} == {302}
    assert {post(nobody, path, **data) for path, data in acts(one)} == {302}


def test_private_messages_are_in_no_list_count_page_or_news() -> None:
    secret = ask("Hemmelig om barnevern", private=True)
    Task.objects.create(kind="look", conversation=secret, made_at=now())
    person = make_person(Role.MODERATOR)
    client, viewer = signed_in(person), viewer_of(person)
    assert "Hemmelig" not in client.get("/desk/").content.decode()
    for path in pages(secret)[1:3]:
        assert client.get(path).status_code == 404
    assert {post(client, path, **data) for path, data in acts(secret)} == {404}
    found = counts(viewer, at=now())
    assert (sum(found.views.values()), found.tasks, found.channels) == (0, 0, ())
    assert news_since(viewer, "needs", since=now() - timedelta(days=999), at=now()) == 0
    seeing = viewer_of(make_person(Role.MODERATOR, channel=secret.channel))
    assert counts(seeing, at=now()).views["needs"] == 1


def test_what_was_handed_to_a_sensitive_unit_is_seen_there_and_by_the_archivist(one: Conversation) -> None:
    unit = make_unit("Barnevern", sensitive=True)
    Conversation.objects.filter(pk=one.pk).update(unit=unit)
    Note.objects.create(conversation=one, by=make_person(Role.OWNER), text="Bekymring om Lia", at=now())
    other, there, archivist = (
        make_person(Role.MODERATOR), make_person(Role.CASEWORKER, unit=unit), make_person(Role.ARCHIVIST),
    )  # fmt: skip
    assert signed_in(other).get(f"/desk/c/{one.pk}/").status_code == 404
    assert counts(viewer_of(other), at=now()).views["needs"] == 0
    for person in (there, archivist):
        assert "Bekymring om Lia" in signed_in(person).get(f"/desk/c/{one.pk}/").content.decode()


def test_a_private_message_that_was_handed_over_is_read_by_the_unit() -> None:
    secret = ask("Hemmelig om skyss", private=True)
    unit = make_unit()
    Conversation.objects.filter(pk=secret.pk).update(unit=unit)
    page = signed_in(make_person(Role.CASEWORKER, unit=unit)).get(f"/desk/c/{secret.pk}/")
    assert "Hemmelig om skyss" in page.content.decode()


def test_a_reply_is_sent_and_taken_back(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    assert post(client, f"/desk/c/{one.pk}/reply/", text=TEXT, response="F1", serial=one.serial) == 302
    row = Outbox.objects.get()
    assert row.text == TEXT
    page = client.get(f"/desk/c/{one.pk}/").content.decode()
    assert TEXT in page
    assert f"/desk/withdraw/{row.pk}/" in page
    assert post(client, f"/desk/withdraw/{row.pk}/") == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_a_reply_on_an_older_page_shows_both_texts(one: Conversation) -> None:
    first, second = signed_in(make_person(Role.MODERATOR)), signed_in(make_person(Role.MODERATOR))
    assert post(first, f"/desk/c/{one.pk}/reply/", text=TEXT, response="F1", serial=one.serial) == 302
    refused = second.post(
        f"/desk/c/{one.pk}/reply/", {"text": "Min egen tekst her", "response": "F1", "serial": one.serial}
    )
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Min egen tekst her" in page
    assert page.count(TEXT) >= 2  # in the talk, and beside the text that was refused
    assert Outbox.objects.count() == 1


def test_a_warning_shows_the_page_again_with_the_text_and_a_field_for_the_reason(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    text = "Som du burde vite, kommer plogen i natt."
    page = client.post(f"/desk/c/{one.pk}/reply/", {"text": text, "response": "F1", "serial": one.serial})
    assert page.status_code == 409
    assert text in page.content.decode()
    assert 'name="passed"' in page.content.decode()


def test_moving_out_from_the_page(one: Conversation) -> None:
    place = make_place(unit=make_unit("Oppvekst"))
    make_place("Nedlagt kontor", dead_since=now())
    client = signed_in(make_person(Role.MODERATOR))
    page = client.get(f"/desk/c/{one.pk}/?place={place.pk}").content.decode()
    assert place.url in page
    assert "Nedlagt kontor" not in page
    assert post(client, f"/desk/c/{one.pk}/move-out/", place=place.pk, serial=one.serial) == 302
    assert Task.objects.get().kind == "moved_out"


def test_other_talk_only_for_caseworker_or_archivist_with_a_purpose(one: Conversation) -> None:
    other = say(one.channel, "Noe helt annet om badet")
    arrive(other)
    said = one.newest_id
    path = f"/desk/c/{one.pk}/other-talk/"
    assert post(signed_in(make_person(Role.MODERATOR)), path, utterance=said, purpose="x") == 403
    client = signed_in(make_person(Role.CASEWORKER))
    assert post(client, path, utterance=said, purpose=" ") == 302
    assert Opened.objects.count() == 0
    page = client.post(path, {"utterance": said, "purpose": "Klage på brøyting, sak 26/12"})
    assert "Noe helt annet om badet" in page.content.decode()
    assert Opened.objects.get().purpose == "Klage på brøyting, sak 26/12"
    assert Entry.objects.filter(kind="other_talk.opened", record_id=said).count() == 1
    elsewhere = ask()
    assert post(client, path, utterance=elsewhere.newest_id, purpose="x") == 404


def test_triage_shows_its_reasons_and_takes_correction(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    row = Assessment.objects.get(utterance=one.newest_id)
    page = client.get(f"/desk/c/{one.pk}/").content.decode()
    assert '<mark class="why"' in page
    rule = row.why[0]["rule"]
    path = f"/desk/c/{one.pk}/act/correct/"
    given = {"version": row.version_id, "field": "kind", "now": "report", "rule": rule, "words": "brøyter, strandgata"}
    assert post(client, path, **given) == 302
    one.refresh_from_db()
    assert one.kind == "report"
    rule_row = LocalRule.objects.get()
    assert (rule_row.words, rule_row.kind, rule_row.confirmed_at) == (["brøyter", "strandgata"], "report", None)
    assert post(client, f"/desk/settings/rules/{rule_row.pk}/confirm/") == 403
    assert post(signed_in(make_person(Role.OWNER)), f"/desk/settings/rules/{rule_row.pk}/confirm/") == 302
    rule_row.refresh_from_db()
    assert rule_row.confirmed_at is not None


def test_a_word_list_alone_never_proposes_removal(one: Conversation) -> None:
    client = signed_in(make_person(Role.OWNER))
    assert post(client, "/desk/settings/rules/new/", name="Banning", words="faen", kind="spam") == 302
    assert LocalRule.objects.count() == 0


def test_the_way_mail_comes_is_ones_own() -> None:
    person = make_person(Role.MODERATOR)
    client = signed_in(person)
    assert client.get("/desk/settings/mail/").status_code == 200
    assert post(client, "/desk/settings/mail/", way="digest") == 302
    assert MailWay.objects.get(person=person).way == "digest"


@pytest.mark.parametrize("view", ["needs", "mine", "unit", "unassigned", "waiting", "warned", "done"])
def test_the_inbox_asks_a_fixed_number_of_queries(view: str) -> None:
    set_hours()
    make_promise(4)
    unit = make_unit()
    person = make_person(Role.MODERATOR)
    client = signed_in(person)

    def fill(count: int) -> None:
        for _ in range(count):
            one = ask(channel=make_channel())
            fields = {"assignee": person, "unit": unit, "warnings": ["klage"]}
            if view == "done":
                fields |= {"state": State.DONE, "closed_at": now()}
            if view == "waiting":
                fields |= {"state": State.WAITING}
            if view == "unassigned":
                fields["assignee"] = None
            Conversation.objects.filter(pk=one.pk).update(**fields)

    def asked() -> int:
        Recent.forget_all()
        with CaptureQueriesContext(connection) as found:
            client.get(f"/desk/?view={view}")
        return len(found)

    fill(1)
    client.get(f"/desk/?view={view}")
    few = asked()
    fill(2)
    assert asked() == few


def test_the_conversation_asks_a_fixed_number_of_queries() -> None:
    set_hours()
    make_promise(4)
    make_topic("Brøyting", ["brøyt"])
    client = signed_in(make_person(Role.MODERATOR))

    def asked(one: Conversation) -> int:
        client.get(f"/desk/c/{one.pk}/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/desk/c/{one.pk}/")
        return len(found)

    few, many = ask(), ask()
    for n in range(5):
        more = say(
            many.channel, f"Når brøyter dere vei {n}?", parent=str(many.thread.utterance_set.first().external_id)
        )
        arrive(more)
        Note.objects.create(conversation=many, by=make_person(Role.OWNER), text="x", at=now())
        Task.objects.create(kind="look", conversation=many, made_at=now())
    assert asked(few) == asked(many)


def test_the_linked_case_is_named_where_one_answers(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    assert "/desk/archive/cases/" not in client.get(f"/desk/c/{one.pk}/").content.decode()
    period = Period.objects.create(title="2026", starts=date(2026, 1, 1), opened_at=now(), opened_by="system:test")
    case = Case.objects.create(
        period=period, year=2026, number=7, title="Hemmelig", opened_on=date(2026, 3, 12), made_at=now(), made_by="x"
    )
    CaseThread.objects.create(thread_id=one.pk, case=case, linked_at=now(), linked_by="x")
    for path in (f"/desk/c/{one.pk}/", f"/desk/c/{one.pk}/peek/"):
        page = client.get(path).content.decode()
        assert f'href="/desk/archive/cases/{case.pk}/"' in page
        assert "Sak 2026/7" in page
        assert "Hemmelig" not in page  # the case's own page asks who may read its title
    into = ask(channel=one.channel)
    Conversation.objects.filter(pk=one.pk).update(merged_into=into)
    assert "Sak 2026/7" in client.get(f"/desk/c/{into.pk}/").content.decode()


def test_pages_go_on_by_key_and_miss_nothing() -> None:
    set_hours()
    make_promise(4)
    channel = make_channel()
    made = {ask(channel=channel).pk for _ in range(7)}
    viewer = viewer_of(make_person(Role.MODERATOR))
    found, place = [], None
    while True:
        page = inbox(viewer, "needs", at=now(), after=place, limit=3)
        found += [row.conversation.pk for row in page.rows]
        place = page.after
        if place is None:
            break
    assert (len(found), set(found)) == (7, made)


def test_what_is_due_first_stands_first_and_emergencies_above_all() -> None:
    set_hours()
    slow, fast = make_channel(), make_channel()
    make_promise(6, channel=slow)
    make_promise(1, channel=fast)
    later, soon, never = ask(channel=slow), ask(channel=fast), ask(channel=fast)
    Conversation.objects.filter(pk=never.pk).update(due_at=None)
    alarm = ask(channel=slow)
    Conversation.objects.filter(pk=alarm.pk).update(warnings=["emergency"])
    page = inbox(viewer_of(make_person(Role.MODERATOR)), "needs", at=now())
    assert [row.conversation.pk for row in page.rows] == [alarm.pk, soon.pk, later.pk, never.pk]


def test_what_is_answered_leaves_the_first_view_and_is_done_today() -> None:
    one = ask()
    viewer = viewer_of(make_person(Role.MODERATOR))
    answer(one, at=now())
    found = counts(viewer, at=now()).views
    assert (found["needs"], found["done"]) == (0, 1)


def test_every_act_stands_in_the_record(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR, name="Tarjei Moen"))
    unit = make_unit("Teknisk drift")
    post(client, f"/desk/c/{one.pk}/act/hand-over/", unit=unit.pk, note="Plogen står")
    page = client.get(f"/desk/c/{one.pk}/").content.decode()
    record = page[page.index('id="record"') :]
    assert "Teknisk drift" in record
    assert "Tarjei Moen" in record
    assert "Plogen står" in page


def test_hostile_addresses_are_harmless(one: Conversation) -> None:
    client = signed_in(make_person(Role.MODERATOR))
    for query in (
        "?view=x",
        "?after=1_2_3",
        "?after=0_99999999999999999999_" + "0" * 32,
        "?channel=x",
        "?c=" + str(uuid4()),
        "?unit='",
    ):
        assert client.get(f"/desk/{query}").status_code == 200
    assert client.get(f"/desk/c/{uuid4()}/").status_code == 404
    assert (
        client.post(f"/desk/c/{one.pk}/act/take/", {"next": "https://evil.example/"})["Location"]
        == f"/desk/c/{one.pk}/"
    )
    assert client.get("/desk/news/?since=x").status_code == 404
