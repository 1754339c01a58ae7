"""The settings pages from outside: who reads, who writes, what a refused act shows, and how many queries it takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordskifte.base.clock import now
from ordskifte.people.models import Person, Role
from ordskifte.plan.defaults import lay_defaults
from ordskifte.plan.models import Ground, OpeningHours, Place, Promise, SavedReply, Shift, SpecialDay, Topic
from ordskifte.plan.queries import promises_in_force, published_grounds, working_time
from ordskifte.plan.written_hours import written_hours
from ordskifte.records.models import Entry
from tests.factories import make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db
BASE = "/desk/settings/"
READ = ["", "hours/", "promises/", "grounds/", "places/", "topics/", "replies/", "roster/"]


@pytest.fixture(autouse=True)
def plan() -> None:
    lay_defaults(actor="system:test", at=now() - timedelta(days=1))


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner() -> Client:
    return signed_in(make_person(Role.OWNER, language="en"))


def writes() -> dict[str, dict[str, str]]:
    """Every address that changes the plan, with a form that would be taken."""
    unit, person = make_unit(), make_person(Role.MODERATOR)
    ground, place, topic, reply = (
        model._default_manager.earliest("pk") for model in (Ground, Place, Topic, SavedReply)
    )
    promise = Promise.objects.get(kind="message")  # the form below makes a new one for comments
    draft = Ground.objects.create(code="draft", names={"nb": "Utkast"}, examples={"nb": "Noe"})
    day = SpecialDay.objects.earliest("pk")
    shift = Shift.objects.create(person=person, starts=now(), ends=now() + timedelta(hours=1))
    gone = Shift.objects.create(person=person, starts=now(), ends=now() + timedelta(hours=1), removed_at=now())
    date = (now() + timedelta(days=1)).date().isoformat()
    week = {f"weekday-{n}": "on" for n in range(7)}
    names = {"names-nb": "Navn", "examples-nb": "Slik"}
    a_place = {**names, "purpose": "press", "phone": "12345678"}
    a_reply = {"name": "Nytt", "kind": "F1", "texts-nb": "Hei {name}"}
    return {
        "hours/set/": {"unit": str(unit.id), "day-0": "9-11, 13-15"},
        "hours/days/": {"date": "2027-03-01", "hours": ""},
        f"hours/days/{day.pk}/remove/": {},
        "promises/new/": {"kind": "comment", "value": "3", "unit_of_time": "hours", "clock": "working"},
        f"promises/{promise.pk}/withdraw/": {},
        "grounds/new/": names,
        f"grounds/{ground.pk}/": names,
        f"grounds/{draft.pk}/publish/": {},
        f"grounds/{draft.pk}/withdraw/": {},
        "places/new/": a_place,
        f"places/{place.pk}/": a_place,
        f"places/{place.pk}/close/": {},
        f"places/{place.pk}/reopen/": {},
        "topics/new/": {**names, "words": "brøyt", "trust": "four_eyes"},
        f"topics/{topic.pk}/": {**names, "words": "brøyt"},
        f"topics/{topic.pk}/close/": {},
        f"topics/{topic.pk}/reopen/": {},
        "replies/new/": a_reply,
        f"replies/{reply.pk}/": a_reply | {"name": "Et annet"},
        f"replies/{reply.pk}/close/": {},
        f"replies/{reply.pk}/reopen/": {},
        "roster/new/": {"person": str(person.pk), "first": date, "last": date, "begins": "20:00", "ends": "22:00"}
        | week,
        f"roster/{shift.pk}/remove/": {},
        f"roster/{gone.pk}/restore/": {},
    }


def test_an_owner_writes_everything_and_each_act_is_one_entry(owner: Client) -> None:
    for path, form in writes().items():
        before = Entry.objects.count()
        answer = owner.post(BASE + path, form)
        assert (path, answer.status_code) == (path, 302), answer.content.decode()
        said = [str(one) for one in owner.get(BASE).context["messages"]]
        assert (path, Entry.objects.count() - before) == (path, 1), said


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR])
def test_owners_and_administrators_of_the_whole_body_may(role: str) -> None:
    client = signed_in(make_person(role))
    assert client.get(f"{BASE}places/new/").status_code == 200
    assert client.post(f"{BASE}hours/set/", {"day-0": "9-10"}).status_code == 302


def test_others_with_a_desk_read_and_cannot_write() -> None:
    unit, channel = make_unit(), make_channel()
    colleagues = [
        make_person(Role.MODERATOR),
        make_person(Role.AUDITOR),
        make_person(Role.OWNER, unit=unit),
        make_person(Role.OWNER, channel=channel),
    ]
    paths = writes()
    before = Entry.objects.count()
    for colleague in colleagues:
        client = signed_in(colleague)
        for path in READ:
            answer = client.get(BASE + path)
            assert answer.status_code == 200
            forms = answer.content.decode().split("<main", 1)[1]
            assert "<form" not in forms
            assert "/new/" not in forms or path == ""
        for path, form in paths.items():
            assert client.post(BASE + path, form).status_code == 403
        assert client.get(f"{BASE}grounds/new/").status_code == 403
    assert Entry.objects.count() == before


def test_strangers_and_those_who_are_signed_out_see_nothing() -> None:
    stranger, nobody = signed_in(make_person()), Client()
    for path in [*READ, *writes()]:
        assert stranger.get(BASE + path).status_code in (403, 405)
        assert stranger.post(BASE + path).status_code in (403, 405)
        answer = nobody.get(BASE + path)
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_there_in_each_language(language: str) -> None:
    client = signed_in(make_person(Role.OWNER, language=language))
    place = Place.objects.first()
    assert place
    for path in [*READ, "promises/new/", "grounds/new/", "places/new/", f"places/{place.pk}/", "roster/new/"]:
        answer = client.get(BASE + path)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


def test_a_refused_act_keeps_what_was_typed_and_says_what_to_change(owner: Client) -> None:
    answer = owner.post(f"{BASE}grounds/new/", {"names-nb": "Usaklig <b>kritikk", "examples-nb": "Slik"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Usaklig &lt;b&gt;kritikk"' in page
    assert 'href="#names-nb"' in page
    assert 'aria-describedby="names-nb-wrong"' in page
    assert "Criticism is never a ground" in page
    assert not Ground.objects.filter(code="usaklig").exists()


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("hours/set/", {"day-2": "fra morgen"}, "day-2"),
    ("hours/set/", {"day-2": "8-12, 11-15"}, "day-2"),
    ("hours/set/", {}, "day-0"),
    ("hours/days/", {"date": "i morgen"}, "date"),
    ("hours/days/", {"date": "2027-03-01", "hours": "15-8"}, "hours"),
    ("promises/new/", {"kind": "comment", "value": "snarest", "unit_of_time": "hours", "clock": "all"}, "value"),
    ("promises/new/", {"kind": "comment", "value": "", "unit_of_time": "hours", "clock": "all"}, "value"),
    ("promises/new/", {"kind": "comment", "value": "٣", "unit_of_time": "weeks", "clock": "all"}, "unit_of_time"),
    ("promises/new/", {"kind": "comment", "value": "9" * 40, "unit_of_time": "hours", "clock": "all"}, "value"),
    ("promises/new/", {"channel": "x", "kind": "comment"}, "channel"),
    ("places/new/", {"purpose": "press", "names-nb": "Presse", "url": "javascript:alert(1)"}, "url"),
    ("topics/new/", {"names-nb": "Vei", "words": "a"}, "words"),
    ("replies/new/", {"name": "A", "kind": "F1", "texts-nb": "{hvem}"}, "texts-nb"),
    ("roster/new/", {"person": "", "first": "2027-01-01", "last": "2027-01-01", "begins": "8", "ends": ""}, "begins"),
    ("roster/new/", {"person": "", "first": "", "last": "", "begins": "", "ends": ""}, "first"),
]


@pytest.mark.parametrize(("path", "form", "field"), REFUSED)
def test_each_form_points_at_the_field_that_is_wrong(
    owner: Client, path: str, form: dict[str, str], field: str
) -> None:
    before = Entry.objects.count()
    answer = owner.post(BASE + path, form)
    page = answer.content.decode()
    assert (answer.status_code, f'href="#{field}"' in page, f'id="{field}"' in page) == (422, True, True)
    assert Entry.objects.count() == before


def test_a_button_that_is_refused_says_why_on_the_page_one_comes_back_to(owner: Client) -> None:
    promise = Promise.objects.get(kind="message")
    assert promise
    for expected in ("withdrawn", "ended already"):
        answer = owner.post(f"{BASE}promises/{promise.pk}/withdraw/", follow=True)
        assert expected in answer.content.decode()
    missing = "00000000-0000-4000-8000-000000000000"
    for path in ("places/{}/", "topics/{}/", "replies/{}/", "grounds/{}/"):
        assert owner.get(BASE + path.format(missing)).status_code == 404
    for path in (
        "places/{}/close/",
        "topics/{}/close/",
        "replies/{}/close/",
        "grounds/{}/withdraw/",
        "roster/{}/remove/",
    ):
        assert owner.post(BASE + path.format(missing), follow=True).status_code == 200


def test_hours_are_written_and_read_as_people_write_them(owner: Client) -> None:
    owner.post(f"{BASE}hours/set/", {"day-0": "kl. 9"})
    owner.post(f"{BASE}hours/set/", {"day-0": " 9–11,13.00 - 15:30 ", "day-4": "8 til 12 og 20-24", "day-6": ""})
    assert {day: written_hours(hours) for day, hours in working_time(None).weekdays.items()} == {
        0: "9–11, 13–15.30",
        4: "8–12, 20–24",
    }
    page = owner.get(f"{BASE}hours/").content.decode()
    assert 'value="9–11, 13–15.30"' in page
    assert owner.get(f"{BASE}hours/?unit=x").status_code == 404


def test_a_day_of_its_own_is_added_for_every_year(owner: Client) -> None:
    owner.post(f"{BASE}hours/days/", {"date": "2027-03-01", "yearly": "on", "hours": "10-11", "note": "Møte"})
    row = SpecialDay.objects.get(note="Møte")
    assert (row.year, row.month, row.day) == (None, 3, 1)
    assert "every year" in owner.get(f"{BASE}hours/").content.decode()


def test_a_promise_shows_what_it_means_now(owner: Client) -> None:
    channel = make_channel("Facebook-siden")
    form = {"channel": str(channel.id), "kind": "message", "value": "2", "unit_of_time": "hours", "clock": "all"}
    owner.post(f"{BASE}promises/new/", form)
    owner.post(f"{BASE}promises/new/", {**form, "kind": "comment", "no_time": "on", "clock": "working"})
    page = owner.get(f"{BASE}promises/").content.decode()
    assert "Within 2 hours, day and night" in page
    assert "No time is promised" in page
    assert len(promises_in_force(now())) == 4
    OpeningHours.objects.all().delete()
    assert "Nothing is open in the coming year" in owner.get(f"{BASE}promises/").content.decode()


def test_a_promise_that_begins_later_waits_and_can_be_withdrawn(owner: Client) -> None:
    form = {
        "kind": "comment",
        "value": "2",
        "unit_of_time": "hours",
        "clock": "working",
        "valid_from": "2099-01-01T08:00",
    }
    owner.post(f"{BASE}promises/new/", form)
    assert "Begins later" in owner.get(f"{BASE}promises/").content.decode()
    owner.post(f"{BASE}promises/{Promise.objects.get(value=2).pk}/withdraw/")
    assert "Begins later" not in owner.get(f"{BASE}promises/").content.decode()


def test_a_published_ground_is_replaced_by_its_form(owner: Client) -> None:
    threat = Ground.objects.get(code="threat")
    owner.post(f"{BASE}grounds/{threat.pk}/", {"names-nb": "Grove trusler", "examples-nb": "Slik"})
    standing = next(one for one in published_grounds() if one.code == "threat")
    assert (standing.names["nb"], standing.pk == threat.pk) == ("Grove trusler", False)
    assert owner.get(f"{BASE}grounds/{threat.pk}/").status_code == 404


def test_closing_can_be_undone_from_the_message(owner: Client) -> None:
    topic = Topic.objects.first()
    assert topic
    page = owner.post(f"{BASE}topics/{topic.pk}/close/", follow=True).content.decode()
    assert f'action="{BASE}topics/{topic.pk}/reopen/"' in page
    owner.post(f"{BASE}topics/{topic.pk}/reopen/")
    topic.refresh_from_db()
    assert topic.closed_at is None


def test_the_roster_shows_a_week_and_survives_odd_addresses(owner: Client) -> None:
    make_person(Role.MODERATOR, name="Ingrid Solli")
    person = Person.objects.get(name="Ingrid Solli", grants__role=Role.MODERATOR)
    form = {"person": str(person.pk), "first": "2099-06-01", "last": "2099-06-07", "begins": "8:00", "ends": "15:30"}
    answer = owner.post(f"{BASE}roster/new/", {**form, "begins": "08:00", "weekday-0": "on"})
    assert answer["Location"] == f"{BASE}roster/?week=2099-W23"
    assert "Ingrid Solli" in owner.get(answer["Location"]).content.decode()
    for week in ("2099-W99", "0000-W01", "x", "9999-W52", "2026-W53", ""):
        assert owner.get(f"{BASE}roster/", {"week": week}).status_code == 200


def test_the_overview_says_what_is_missing(owner: Client) -> None:
    page = owner.get(BASE).content.decode()
    assert "Nobody is on watch" in page
    assert "Has no address yet" in page
    for model in (OpeningHours, Promise):
        model.objects.all().delete()  # type: ignore[attr-defined]  # both have a manager
    Ground.objects.update(withdrawn_at=now())
    page = owner.get(BASE).content.decode()
    for said in ("No opening hours are set.", "Nothing is promised.", "No ground is published."):
        assert said in page


@pytest.mark.parametrize("path", READ)
def test_pages_take_a_fixed_number_of_queries(owner: Client, path: str) -> None:
    counts = []
    for n in (1, 2):  # one of each more, then two of each more
        for _ in range(n):
            add_one_of_each()
        owner.get(BASE + path)
        with CaptureQueriesContext(connection) as counted:
            owner.get(BASE + path)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def add_one_of_each() -> None:
    unit, channel, person = make_unit(), make_channel(), make_person(Role.MODERATOR)
    names = {"nb": "Noe", "nn": "Noko", "en": "Some"}
    place = Place.objects.create(purpose="press", names=names, unit=unit, phone="1")
    Place.objects.create(purpose="press", names=names, dead_since=now(), dead_why="link", failing_since=now())
    topic = Topic.objects.create(names=names, unit=unit, place=place)
    SavedReply.objects.create(name=str(unit.id), texts=names, topic=topic)
    Ground.objects.create(code=f"g{unit.id.hex[:8]}", names=names, examples=names, published_at=now())
    Promise.objects.create(
        channel=channel, kind="comment", value=1, unit_of_time="days", clock="working", valid_from=now()
    )
    OpeningHours.objects.create(unit=unit, weekday=0, opens="08:00", closes="09:00")
    Shift.objects.create(person=person, unit=unit, starts=now(), ends=now() + timedelta(hours=1))
    SpecialDay.objects.create(unit=unit, month=1, day=2)
