"""Practising: start an exercise, end it, and what its checks say. Shown to the person alone, never ranked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.arena import sayings
from ordskifte.arena.errors import ArenaError
from ordskifte.arena.models import Certificate, Post, Run, Scene, Score
from ordskifte.arena.replies import Seen
from ordskifte.arena.scenes import begin_scene, read, script_of
from ordskifte.arena.scripts import edition
from ordskifte.people.models import Person
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import promise_for, working_time
from ordskifte.plan.working_time import ClockError, deadline
from ordskifte.publish.models import Outbox
from ordskifte.records.entry import record_act

COMES_AFTER: Final = timedelta(seconds=5)
HIDE_WITHIN: Final = timedelta(hours=1)
"""How long something may stand that must not be read by others."""

_NO_PROMISE: Final = timedelta(hours=24)


@transaction.atomic
def start_run(exercise: str, *, person: Person, language: str, channel: Channel, at: datetime) -> Run:
    """Begin an exercise: the citizen comes in a few seconds. ArenaError when one is under way already."""
    known = edition().exercises.get(exercise)
    if known is None:
        raise ArenaError(_("There is no such exercise."))
    if not channel.practice or channel.closed_at is not None:
        raise ArenaError(_("That channel is not for practice."))
    Person.objects.select_for_update().get(pk=person.pk)
    if Run.objects.filter(person=person, exercise=exercise, ended_at=None).exists():
        raise ArenaError(_("You are in the middle of this exercise. End it first."))
    language = language if language in known.openings else "nb"
    run = Run.objects.create(
        person=person, exercise=exercise, language=language, channel=channel, started_at=at, edition=edition().name
    )
    begin_scene(channel, known.persona, known.openings[language], at=at, comes_at=at + COMES_AFTER, run=run)
    record_act("practice.started", actor=f"person:{person.id}", at=at, record=run.id)
    return run


@transaction.atomic
def end_run(run_id: UUID, *, at: datetime, by_person: bool = False) -> Run:
    """End an exercise and say how it went. Once: what is said stays."""
    run = Run.objects.select_for_update(of=("self",)).select_related("person", "channel").get(pk=run_id)
    if run.ended_at is not None:
        return run
    scene = Scene.objects.select_related("resident", "channel").get(run=run)
    if by_person and scene.state == "open":
        Scene.objects.filter(pk=scene.pk).update(state="gone", does="", next_at=None)
    scores = score(run, scene, at=at)
    Score.objects.bulk_create(scores)
    run.ended_at, run.passed = at, all(one.ok for one in scores)
    run.save(update_fields=["ended_at", "passed"])
    record_act("practice.ended", actor=f"person:{run.person_id}", at=at, record=run.id)  # not how it went
    _certify(run.person, at=at)
    return run


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened in a run, as its checks need it."""

    due: datetime
    now: datetime
    began: datetime
    ours: tuple[Post, ...]  # by the one who practises, in the thread
    seen: tuple[Seen, ...]
    theirs: tuple[Post, ...]

    def hidden_by(self, moment: datetime) -> bool:
        """Whether the first thing they wrote was hidden or removed by then."""
        first = self.theirs[0] if self.theirs else None
        gone = first and (first.hidden_at or first.deleted_at)
        return bool(gone and gone <= moment)


def score(run: Run, scene: Scene, *, at: datetime) -> list[Score]:
    """What each check says."""
    facts = facts_of(run, scene, at=at)
    found = []
    for order, name in enumerate(edition().exercises[run.exercise].checks):
        ok, why = CHECKS[name](facts)
        found.append(Score(run=run, check_code=name, ok=ok, why=why, order=order))
    return found


def facts_of(run: Run, scene: Scene, *, at: datetime) -> Facts:
    """Read what happened. A colleague's answers in the same thread are not counted for the one who practises."""
    _persona, opening = script_of(scene)
    posts = list(scene.posts.order_by("id"))
    theirs = tuple(post for post in posts if post.resident_id)
    marks = [post.mark for post in posts if post.mark]
    mine = set(Outbox.objects.filter(mark__in=marks, by=run.person).values_list("mark", flat=True))
    ours = tuple(post for post in posts if post.mark in mine)
    began = theirs[0].created_at if theirs else run.started_at
    return Facts(
        due=due_at(run.channel, began),
        now=at,
        began=began,
        ours=ours,
        seen=tuple(read(post, scene, opening) for post in ours),
        theirs=theirs,
    )


def due_at(channel: Channel, began: datetime) -> datetime:
    """What the body has promised on the channel; where nothing is promised, a day."""
    promise = promise_for(channel.id, "comment", at=began)
    if promise is None or promise.value is None:
        return began + _NO_PROMISE
    try:
        return deadline(
            began,
            value=promise.value,
            unit=cast(Literal["minutes", "hours", "days"], promise.unit_of_time),
            clock=cast(Literal["working", "all"], promise.clock),
            hours=working_time(channel.unit_id),
        )
    except ClockError:
        return began + _NO_PROMISE


Judged = tuple[bool, str]


def _in_time(facts: Facts) -> Judged:
    if not facts.ours:
        return False, sayings.NO_ANSWER
    ok = facts.ours[0].created_at <= facts.due
    return ok, sayings.IN_TIME if ok else sayings.TOO_LATE


def _last(facts: Facts, good: str, yes: str, no: str) -> Judged:
    """Something that one of the answers has."""
    ok = any(getattr(seen, good) for seen in facts.seen)
    return ok, yes if ok else no


def _never(facts: Facts, bad: str, yes: str, no: str) -> Judged:
    """Something that none of the answers has; without an answer there is nothing to praise."""
    if not facts.seen:
        return False, sayings.NO_ANSWER
    ok = not any(getattr(seen, bad) for seen in facts.seen)
    return ok, yes if ok else no


def _kept(facts: Facts) -> Judged:
    ok = bool(facts.theirs) and not any(post.hidden_at or post.deleted_at for post in facts.theirs)
    return ok, sayings.KEPT if ok else sayings.NOT_KEPT


def _hidden(facts: Facts) -> Judged:
    ok = facts.hidden_by(facts.now)
    return ok, sayings.HIDDEN if ok else sayings.NOT_HIDDEN


def _hidden_in_time(facts: Facts) -> Judged:
    ok = facts.hidden_by(facts.began + HIDE_WITHIN)
    return ok, sayings.HIDDEN_IN_TIME if ok else sayings.HIDDEN_LATE


def _removed(facts: Facts) -> Judged:
    ok = bool(facts.theirs) and all(post.hidden_at or post.deleted_at for post in facts.theirs)
    return ok, sayings.REMOVED if ok else sayings.NOT_REMOVED


def _no_answer(facts: Facts) -> Judged:
    return (False, sayings.ANSWERED_SPAM) if facts.ours else (True, sayings.LEFT_SPAM)


CHECKS: Final = {
    "in_time": _in_time,
    "answered": lambda facts: _last(facts, "answered", sayings.ANSWERED, sayings.NOT_ANSWERED),
    "moved": lambda facts: _last(facts, "moved", sayings.MOVED, sayings.NOT_MOVED),
    "tone": lambda facts: _never(facts, "cold", sayings.CALM, sayings.COLD),
    "form": lambda facts: _never(facts, "wrong_form", sayings.THEIR_FORM, sayings.OTHER_FORM),
    "short": lambda facts: _never(facts, "long", sayings.SHORT, sayings.LONG),
    "no_number": lambda facts: _never(facts, "repeated_number", sayings.NOT_REPEATED, sayings.REPEATED),
    "not_asked": lambda facts: _never(facts, "asked_number", sayings.DID_NOT_ASK, sayings.ASKED),
    "hidden": _hidden,
    "hidden_in_time": _hidden_in_time,
    "kept": _kept,
    "removed": _removed,
    "no_answer": _no_answer,
}


def _certify(person: Person, *, at: datetime) -> None:
    """Every exercise of the edition passed: a certificate, unless there is one that is valid."""
    now = edition()
    since = at - now.valid
    passed = Run.objects.filter(person=person, passed=True, edition=now.name, ended_at__gte=since)
    if set(passed.values_list("exercise", flat=True)) < set(now.exercises):
        return
    if Certificate.objects.filter(person=person, edition=now.name, valid_until__gt=at).exists():
        return
    made = Certificate.objects.create(person=person, edition=now.name, made_at=at, valid_until=at + now.valid)
    record_act("practice.certified", actor="system:arena", at=at, record=made.id, details={"person": str(person.id)})
