"""The page of a code: constant answers, few guesses, no cookie, never the words or a name."""

from datetime import timedelta

import pytest
from django.test import Client

from ordskifte.base.clock import now
from ordskifte.converse.models import Complaint, Measure
from ordskifte.converse.moderation import guesses
from ordskifte.converse.moderation.codes import new_code, read_code
from ordskifte.converse.moderation.measures import take_measure
from ordskifte.people.models import Attempt, Role
from tests.converse.moderation.factories import CRITICISM, HARASSMENT, evidence, make_ground, open_weekdays, take, wish
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    open_weekdays()
    said = say(make_channel(kind="arena"), f"{HARASSMENT} {CRITICISM}")
    by = make_person(Role.MODERATOR)
    asked = wish(said, make_ground(), facts="Kaller Nabo i Strandgata et svin.")
    return take_measure(asked, by=by, actor="x", at=now(), evidence=evidence())


def test_a_code_is_long_random_and_forgiving() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    code = codes.pop()
    assert read_code(f" {code.lower().replace('-', ' ')} ") == code
    assert [read_code(text) for text in ("", code[:-1], code + "A", code.replace(code[0], "0", 1), "æ" * 20)] == [
        ""
    ] * 5


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_shows_neither_words_nor_facts_nor_a_name(measure: Measure, language: str) -> None:
    page = Client().get(f"/begrunnelse/{measure.code}/?lang={language}")
    text = page.content.decode()
    assert page.status_code == 200
    for word in (HARASSMENT, CRITICISM, "Strandgata", "svin", measure.facts, "Ingrid"):
        assert word not in text
    assert "<script" not in text
    assert page.cookies == {}
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_unknown_codes_of_any_sort_get_the_same_answer(measure: Measure) -> None:
    waits = take(
        say(make_channel(kind="arena"), CRITICISM), measure.ground, make_person(Role.MODERATOR), despite="Et bilde."
    )
    asked = (new_code(), "x", "0" * 20, waits.code, measure.code[:-1], "%00", "æøå")
    answers = [Client().get(f"/begrunnelse/{one}/", REMOTE_ADDR=f"10.0.0.{n}") for n, one in enumerate(asked)]
    bodies = {answer.content for answer in answers}
    assert ({answer.status_code for answer in answers}, len(bodies)) == ({404}, 1)


def test_guessing_is_stopped_also_when_the_next_one_would_be_right(measure: Measure) -> None:
    client = Client()
    for _ in range(guesses.MOST):
        assert client.get(f"/begrunnelse/{new_code()}/").status_code == 404
    right = client.get(f"/begrunnelse/{measure.code}/")
    wrong = client.get(f"/begrunnelse/{new_code()}/")
    assert (right.status_code, right.content, right.headers["Retry-After"]) == (429, wrong.content, "900")
    assert Client().get(f"/begrunnelse/{measure.code}/", REMOTE_ADDR="10.1.1.1").status_code == 200
    Attempt.objects.update(at=now() - guesses.WINDOW - timedelta(seconds=1))
    assert client.get(f"/begrunnelse/{measure.code}/").status_code == 200


def test_looking_at_ones_own_code_costs_nothing(measure: Measure) -> None:
    client = Client()
    for _ in range(guesses.MOST + 5):
        assert client.get(f"/begrunnelse/{measure.code}/").status_code == 200


def test_a_complaint_is_made_and_said_to_be_there(measure: Measure) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/begrunnelse/{measure.code}/", {"text": " "}).status_code == 422
    assert client.post(f"/begrunnelse/{measure.code}/", {"text": "Hemmelig begrunnelse"}).status_code == 302
    page = client.get(f"/begrunnelse/{measure.code}/").content.decode()
    assert ("Takk" in page, "Hemmelig" in page) == (True, False)
    assert client.post(f"/begrunnelse/{measure.code}/", {"text": "Igjen"}).status_code == 422
    assert Complaint.objects.count() == 1


def test_after_the_time_the_page_still_explains() -> None:
    open_weekdays()
    old = take(say(make_channel(kind="arena"), HARASSMENT), make_ground(), make_person(Role.MODERATOR))
    page = Client().get(f"/begrunnelse/{old.code}/").content.decode()
    assert ("Send klagen" in page, "Sivilombudet" in page) == (False, True)
    assert old.done_at == NOW


def test_the_code_is_asked_for() -> None:
    client = Client()
    assert client.get("/begrunnelse/").status_code == 200
    code = new_code()
    assert client.get("/begrunnelse/", {"code": code.lower()}).headers["Location"] == f"/begrunnelse/{code}/"
    assert client.get("/begrunnelse/", {"code": "../x"}).headers["Location"] == "/begrunnelse/unknown/"
