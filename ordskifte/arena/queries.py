"""What the arena's pages show, and what the launch gate asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from ordskifte.arena.models import Certificate, Post, Run, Scene, Score
from ordskifte.arena.numbers import PLACEHOLDER
from ordskifte.arena.scripts import Exercise, edition
from ordskifte.base.ids import utterance_id
from ordskifte.language.personal_data import MASK
from ordskifte.people.models import Person
from ordskifte.plan.models import Channel


@dataclass(frozen=True, slots=True)
class ExerciseShown:
    """One exercise as the person sees it."""

    code: str
    title: str
    about: str
    open_run: UUID | None
    last: Run | None
    passed: bool
    checks: int


def certificate_of(person: Person, *, at: datetime) -> Certificate | None:
    """The person's valid certificate of today's edition. One query."""
    found = Certificate.objects.filter(person=person, edition=edition().name, valid_until__gt=at)
    return found.order_by("-made_at").first()


def practice_channels() -> list[Channel]:
    """The open practice channels of the arena."""
    return list(Channel.objects.filter(kind="arena", practice=True, closed_at=None).order_by("created_at", "id"))


def exercises_of(person: Person, *, at: datetime) -> list[ExerciseShown]:
    """Every exercise with the person's own goes at it. One query."""
    runs = list(Run.objects.filter(person=person).order_by("-started_at", "-id"))
    return [_shown(one, [run for run in runs if run.exercise == one.code], at) for one in edition().exercises.values()]


def _shown(one: Exercise, runs: Sequence[Run], at: datetime) -> ExerciseShown:
    since = at - edition().valid
    ended = [run for run in runs if run.ended_at]
    return ExerciseShown(
        code=one.code,
        title=_in_my_language(one.title),
        about=_in_my_language(one.about),
        open_run=next((run.id for run in runs if run.ended_at is None), None),
        last=ended[0] if ended else None,
        passed=any(
            run.passed and run.edition == edition().name and run.ended_at and run.ended_at >= since for run in ended
        ),
        checks=len(one.checks),
    )


def _in_my_language(texts: object) -> str:
    assert isinstance(texts, dict)
    language = (get_language() or "nb")[:2]
    return str(texts.get(language) or texts["nb"])


@dataclass(frozen=True, slots=True)
class RunShown:
    """A go at an exercise, as the one who made it sees it."""

    run: Run
    title: str
    about: str
    scene: Scene
    scores: tuple[Score, ...]
    thread_id: UUID | None  # of the desk, when the citizen has written
    posts: tuple["PostShown", ...]


@dataclass(frozen=True, slots=True)
class PostShown:
    """One post of the arena, masked."""

    row: Post
    text: str


def run_of(run_id: UUID, *, person: Person) -> RunShown | None:
    """A person's own run; nobody else's. Fixed number of queries."""
    run = Run.objects.select_related("channel").filter(pk=run_id, person=person).first()
    if run is None:
        return None
    scene = Scene.objects.select_related("resident").get(run=run)
    posts = list(Post.objects.select_related("resident").filter(scene=scene).order_by("id"))
    known = edition().exercises.get(run.exercise)
    return RunShown(
        run=run,
        title=_in_my_language(known.title) if known else run.exercise,
        about=_in_my_language(known.about) if known else "",
        scene=scene,
        scores=tuple({score.why: score for score in reversed(run.scores.order_by("order"))}.values())[::-1],
        thread_id=utterance_id(run.channel_id, str(posts[0].id)) if posts else None,
        posts=tuple(shown(post) for post in posts),
    )


def shown(post: Post) -> PostShown:
    """A post for a page: the number is masked, what is gone is empty."""
    return PostShown(post, "" if post.deleted_at else post.text.replace(PLACEHOLDER, MASK))


def channel_named(slug: str) -> Channel | None:
    """The practice channel of an address."""
    return Channel.objects.filter(kind="arena", practice=True, external_id=slug, closed_at=None).first()


def latest_threads(channel: Channel, *, limit: int = 40) -> list[PostShown]:
    """The newest threads of a channel, by their first post."""
    rows = Post.objects.select_related("resident").filter(channel=channel, parent=None, hidden_at=None, deleted_at=None)
    return [shown(post) for post in rows.order_by("-id")[:limit]]


def thread_of(channel: Channel, post_id: int) -> list[PostShown]:
    """A thread from its first post; what is hidden from others is left out. Fixed number of queries."""
    first = Post.objects.select_related("resident").filter(channel=channel, pk=post_id, parent=None).first()
    if first is None:
        return []
    rows = [first]
    if first.scene_id:
        rows = list(Post.objects.select_related("resident").filter(scene=first.scene_id).order_by("id"))
        keep, below = [], {first.id}
        for row in rows:
            if row.id == first.id or row.parent_id in below:
                below.add(row.id)
                keep.append(row)
        rows = keep
    return [shown(post) for post in rows if post.hidden_at is None and post.deleted_at is None]


def first_of(channel: Channel, post_id: int) -> int | None:
    """The first post of the thread a post stands in: up from answer to answer."""
    found = Post.objects.filter(channel=channel, pk=post_id).first()
    for _level in range(100):
        if found is None or found.parent_id is None:
            break
        found = Post.objects.filter(channel=channel, pk=found.parent_id).first()
    return found.pk if found else None


def titles() -> list[str]:
    """The exercises of the edition, by title."""
    return [_in_my_language(one.title) for one in edition().exercises.values()]
