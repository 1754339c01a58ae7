"""Practising: what each exercise says of a good go and of a bad one, whose it is, and the certificate."""

from datetime import timedelta

import pytest
from django.db import transaction

from ordskifte.arena import sayings
from ordskifte.arena.errors import ArenaError
from ordskifte.arena.exercises import end_run, start_run
from ordskifte.arena.models import Certificate, Run, Scene
from ordskifte.arena.queries import certificate_of, exercises_of, run_of
from ordskifte.arena.scripts import edition
from ordskifte.people.models import Person
from ordskifte.plan.models import Place, Promise
from ordskifte.records.models import Entry
from tests.arena.conftest import AT, World
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.django_db


def go(world: World, exercise: str, person: Person) -> Scene:
    """Start an exercise; the citizen has come."""
    run = start_run(exercise, person=person, language="nb", channel=world.channel, at=world.now)
    world.later(seconds=6)
    return Scene.objects.get(run=run)


def failed(run: Run) -> dict[str, str]:
    return {score.check_code: score.why for score in run.scores.all() if not score.ok}


def test_a_good_answer_ends_the_exercise_and_passes(world: World) -> None:
    person = make_person()
    scene = go(world, "answer", person)
    world.answers(scene, "Hei Rolf. Strandgata brøytes i dag før klokka 14.", by=person)
    run = Run.objects.get()
    assert (run.ended_at, run.passed) == (world.now, True)
    assert failed(run) == {}
    assert [score.check_code for score in run.scores.order_by("order")] == list(edition().exercises["answer"].checks)


def test_a_bad_answer_is_said_check_by_check(world: World) -> None:
    person = make_person()
    scene = go(world, "answer", person)
    world.later(days=2)
    world.answers(scene, "Som allerede nevnt har vi mye å gjøre!!", by=person)
    run = end_run(Run.objects.get().id, at=world.now, by_person=True)
    assert failed(run) == {
        "in_time": sayings.TOO_LATE,
        "answered": sayings.NOT_ANSWERED,
        "tone": sayings.COLD,
    }
    assert run.passed is False


def test_the_promise_of_the_channel_is_the_measure(world: World) -> None:
    Promise.objects.create(
        channel=world.channel, kind="comment", value=10, unit_of_time="minutes", clock="all", valid_from=AT
    )
    person = make_person()
    scene = go(world, "answer", person)
    world.later(minutes=11)
    world.answers(scene, "Hei Rolf. Strandgata brøytes i dag før klokka 14.", by=person)
    assert failed(Run.objects.get()) == {"in_time": sayings.TOO_LATE}


def test_a_colleagues_answer_is_not_ones_own(world: World) -> None:
    person, colleague = make_person(), make_person()
    scene = go(world, "answer", person)
    world.answers(scene, "Hei Rolf. Strandgata brøytes i dag før klokka 14.", by=colleague)
    assert failed(Run.objects.get())["in_time"] == sayings.NO_ANSWER


def test_a_case_is_moved_out_without_saying_it_again(world: World, place: Place) -> None:
    person = make_person()
    scene = go(world, "move_out", person)
    world.answers(scene, "Dette ser vi på i saken din, ikke her. Ring 22 33 44 55.", by=person)
    assert Run.objects.get().passed is True


def test_a_number_that_stands_fails_and_one_that_is_hidden_passes(world: World, place: Place) -> None:
    person = make_person()
    scene = go(world, "number", person)
    world.answers(scene, "Det svarer vi på i saken din. Ring 22 33 44 55.", by=person)
    assert failed(Run.objects.get()) == {"hidden": sayings.NOT_HIDDEN}
    scene = go(world, "number", person)
    world.do("hide", scene.posts.get(), by=person)
    world.later(seconds=30)
    world.answers(scene, "Det svarer vi på i saken din. Ring 22 33 44 55.", by=person)
    assert Run.objects.latest("started_at").passed is True


def test_criticism_that_is_hidden_fails(world: World) -> None:
    person = make_person()
    scene = go(world, "keep", person)
    world.do("hide", scene.posts.get(), by=person)
    world.later(seconds=30)
    world.answers(scene, "Kommunestyret vedtok kunstgresset i fjor fordi banen var stengt.", by=person)
    assert failed(end_run(Run.objects.get().id, at=world.now, by_person=True)) == {"kept": sayings.NOT_KEPT}


def test_spam_is_cleared_and_not_answered(world: World) -> None:
    person = make_person()
    scene = go(world, "spam", person)
    world.later(seconds=30)
    world.later(seconds=30)
    for post in scene.posts.all():
        world.do("delete", post, by=person)
    run = end_run(Run.objects.get().id, at=world.now, by_person=True)
    assert run.passed is True
    scene = go(world, "spam", person)
    world.answers(scene, "Hei, dette er ikke lov.", by=person)
    second = end_run(Run.objects.latest("started_at").id, at=world.now, by_person=True)
    assert set(failed(second)) == {"removed", "no_answer"}


def test_a_threat_is_hidden_within_the_hour(world: World) -> None:
    person = make_person()
    scene = go(world, "threat", person)
    world.later(minutes=10)
    world.do("hide", scene.posts.get(), by=person)
    assert end_run(Run.objects.get().id, at=world.now, by_person=True).passed is True


def test_nothing_done_is_nothing_praised(world: World) -> None:
    person = make_person()
    for exercise in edition().exercises:
        go(world, exercise, person)
    for run in Run.objects.all():
        assert end_run(run.id, at=world.now, by_person=True).passed is False


def test_an_exercise_is_begun_once_at_a_time_and_ended_once(world: World) -> None:
    person = make_person()
    go(world, "answer", person)
    with pytest.raises(ArenaError), transaction.atomic():
        start_run("answer", person=person, language="nb", channel=world.channel, at=world.now)
    run = end_run(Run.objects.get().id, at=world.now, by_person=True)
    assert end_run(run.id, at=world.now + timedelta(hours=1)).ended_at == run.ended_at
    assert run.scores.count() == len(edition().exercises["answer"].checks)


def test_only_a_practice_channel_and_a_known_exercise(world: World) -> None:
    person = make_person()
    for exercise, channel in (("nothing", world.channel), ("answer", make_channel(kind="arena"))):
        with pytest.raises(ArenaError), transaction.atomic():
            start_run(exercise, person=person, language="nb", channel=channel, at=AT)


def test_a_run_is_the_persons_own_and_the_ledger_does_not_say_how_it_went(world: World) -> None:
    person, stranger = make_person(), make_person()
    go(world, "answer", person)
    run = end_run(Run.objects.get().id, at=world.now, by_person=True)
    assert run_of(run.id, person=stranger) is None
    assert run_of(run.id, person=person) is not None
    assert [one.last for one in exercises_of(stranger, at=world.now)] == [None] * len(edition().exercises)
    body = bytes(Entry.objects.get(kind="practice.ended").body)
    assert b"passed" not in body


def test_all_passed_is_a_certificate_for_a_year(world: World) -> None:
    person = make_person()
    names = list(edition().exercises)
    for name in names[:-1]:
        Run.objects.create(
            person=person, exercise=name, language="nb", channel=world.channel, started_at=AT, ended_at=AT,
            passed=True, edition=edition().name,
        )  # fmt: skip
    assert certificate_of(person, at=world.now) is None
    scene = go(world, names[-1], person)
    assert names[-1] == "threat"
    world.do("hide", scene.posts.get(), by=person)
    end_run(Run.objects.get(ended_at=None).id, at=world.now, by_person=True)
    found = certificate_of(person, at=world.now)
    assert found is not None
    assert certificate_of(person, at=found.valid_until) is None
    assert certificate_of(make_person(), at=world.now) is None
    assert Certificate.objects.count() == 1
