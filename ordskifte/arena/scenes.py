"""Scenes: a citizen comes, waits, reads what we answered, reacts, and ends content or gone."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from ordskifte.arena.models import Post, Resident, Run, Scene
from ordskifte.arena.numbers import PLACEHOLDER, synthetic_number
from ordskifte.arena.replies import Seen, is_content, named_places, reaction_to, read_reply
from ordskifte.arena.scripts import Opening, Persona, personas
from ordskifte.arena.writing import write
from ordskifte.converse.checks.reply import PlaceWords
from ordskifte.plan.models import Channel, Place
from ordskifte.publish.models import Outbox

TAKES: Final = timedelta(seconds=25)
"""How long a citizen takes to read and write."""

NAGS: Final = 2
TURNS: Final = 3
"""Reactions that were not content before a citizen gives up."""


@transaction.atomic
def begin_scene(
    channel: Channel, persona: str, opening: str, *, at: datetime, comes_at: datetime, run: Run | None = None
) -> Scene:
    """Let a citizen come with an errand at a moment."""
    script = personas()[persona]
    known = script.openings[opening]
    suffix = "" if run is None else f"_{str(run.id)[:4]}"  # whoever practises meets somebody of their own
    resident, _made = Resident.objects.get_or_create(
        channel=channel, handle=script.handle + suffix, defaults={"persona": persona, "name": script.name}
    )
    scene = Scene.objects.create(
        channel=channel,
        resident=resident,
        opening=known.code,
        run=run,
        seed=1 + Scene.objects.filter(channel=channel).count(),
        next_at=comes_at,
        made_at=at,
    )
    defer_step(comes_at)
    return scene


def defer_step(at: datetime) -> None:
    """Somebody in the arena has something to do at this moment."""
    app.configure_task("arena_step", schedule_at=at).defer(timestamp=int(at.timestamp()))


def script_of(scene: Scene) -> tuple[Persona, Opening]:
    persona = personas()[scene.resident.persona]
    return persona, persona.openings[scene.opening]


def step(*, at: datetime) -> set[UUID]:
    """Let everyone act whose time has come. Returns the channels on which something was written."""
    changed: set[UUID] = set()
    while True:
        with transaction.atomic():
            due = Scene.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_at__lte=at)
            scene = due.select_related("channel", "resident").order_by("next_at", "id").first()
            if scene is None:
                return changed
            if _act(scene, at=at):
                changed.add(scene.channel_id)
                app.configure_task("collect").defer(channel_id=str(scene.channel_id))


def _act(scene: Scene, *, at: datetime) -> bool:
    """What comes next in one scene. Returns whether anything was written."""
    persona, opening = script_of(scene)
    if scene.channel.closed_at is not None or _is_blocked(scene.resident, at):
        _end(scene, "gone", at=at)
        return False
    does = scene.does
    if does == "open":
        _say(scene, opening.text, at=scene.next_at or at, language=opening.language)
        scene.state = "open"
        _plan(scene, "more" if opening.more else "nag", at + (TAKES if opening.more else opening.patience))
        return True
    if does == "more":
        return _more(scene, opening, at=at)
    if does == "react":
        return _react(scene, persona, opening, at=at)
    if does == "remark":
        return _remark(scene, persona, opening, at=at)
    return _nag(scene, persona, opening, at=at)


def _is_blocked(resident: Resident, at: datetime) -> bool:
    return resident.blocked_at is not None and (resident.blocked_until is None or resident.blocked_until > at)


def _say(scene: Scene, text: str, *, at: datetime, language: str, new_thread: bool = False) -> Post:
    """A post of the citizen's, under the newest thing in their thread."""
    last = None if new_thread else scene.posts.order_by("-id").first()
    return write(scene.channel, text, at=at, language=language, resident=scene.resident, scene=scene, parent=last)


def _plan(scene: Scene, does: str, next_at: datetime | None) -> None:
    scene.does, scene.next_at = does, next_at
    scene.save()
    if next_at is not None:
        defer_step(next_at)


def _end(scene: Scene, state: str, *, at: datetime) -> None:
    scene.state = state
    _plan(scene, "", None)
    if scene.run_id is not None:
        from ordskifte.arena.exercises import end_run

        end_run(scene.run_id, at=at)


def _count(scene: Scene, reaction: str) -> int:
    """How often they have reacted so before; it counts one more."""
    before = int(scene.said.get(reaction, 0))
    scene.said = scene.said | {reaction: before + 1}
    return before


def _more(scene: Scene, opening: Opening, *, at: datetime) -> bool:
    """Spam comes again, in threads of its own, until somebody clears it away."""
    number = int(scene.said.get("more", 0))
    if number >= len(opening.more):
        _plan(scene, "nag", at + opening.patience)
        return False
    _count(scene, "more")
    _say(scene, opening.more[number], at=at, language=opening.language, new_thread=True)
    _plan(scene, "more", at + TAKES)
    return True


def _nag(scene: Scene, persona: Persona, opening: Opening, *, at: datetime) -> bool:
    """Nobody has answered. They ask again, and at last go elsewhere."""
    if opening.expect in ("remove", "hide"):
        _end(scene, "gone", at=at)
        return False
    before = _count(scene, "nag")
    if before >= NAGS:
        _say(scene, persona.says("gone", opening.language, 0), at=at, language=opening.language)
        _end(scene, "gone", at=at)
        return True
    _say(scene, persona.says("nag", opening.language, before), at=at, language=opening.language)
    _plan(scene, "nag", at + opening.patience)
    return True


def _remark(scene: Scene, persona: Persona, opening: Opening, *, at: datetime) -> bool:
    """They see that something of theirs is hidden. Whoever only disagreed says so; a number gone is a relief."""
    scene.remarked = True
    reaction = "number_hidden" if opening.number else "hidden"
    if opening.expect in ("remove", "hide"):
        _end(scene, "gone", at=at)
        return False
    _say(scene, persona.says(reaction, opening.language, _count(scene, reaction)), at=at, language=opening.language)
    if _unread(scene):
        _plan(scene, "react", at + TAKES)
    else:
        _plan(scene, "nag", at + opening.patience)
    return True


def _unread(scene: Scene) -> list[Post]:
    """Answers of ours they have not read. What a rule writes (reasons for a measure) answers nobody."""
    ours = list(scene.posts.filter(resident=None, deleted_at=None, id__gt=scene.read_to).order_by("id"))
    return [post for post in ours if post.mark not in _by_rule(ours)]


def _by_rule(posts: list[Post]) -> set[UUID]:
    marks = [post.mark for post in posts if post.mark]
    return set(Outbox.objects.filter(mark__in=marks, by=None).exclude(details={}).values_list("mark", flat=True))


def _react(scene: Scene, persona: Persona, opening: Opening, *, at: datetime) -> bool:
    """They have read what we wrote, and answer to it."""
    ours = _unread(scene)
    if not ours:
        _plan(scene, "nag", at + opening.patience)
        return False
    seen = [read(post, scene, opening) for post in ours]
    scene.read_to = ours[-1].id
    if opening.expect in ("remove", "hide"):
        _plan(scene, "nag", at + opening.patience)
        return False
    best = next((one for one in seen if is_content(one)), seen[-1])
    worst = next((one for one in seen if one.repeated_number or one.asked_number), best)
    reaction = reaction_to(worst)
    language = opening.language
    _say(scene, persona.says(reaction, language, _count(scene, reaction)), at=at, language=language)
    turns = sum(int(count) for name, count in scene.said.items() if name not in ("nag", "more", "number_hidden"))
    if is_content(worst):
        _end(scene, "content", at=at)
    elif turns >= TURNS and not worst.holding:
        _end(scene, "gone", at=at)
    else:
        _plan(scene, "nag", at + opening.patience * (3 if worst.holding else 1))
    return True


def read(post: Post, scene: Scene, opening: Opening) -> Seen:
    """One answer of ours as the citizen reads it."""
    number = synthetic_number(scene.seed) if PLACEHOLDER in opening.text else ""
    places = named_places(_register(), opening.place)
    return read_reply(post.text, opening=opening, places=places, number=number, at=post.created_at)


def _register() -> list[tuple[str, PlaceWords]]:
    rows = Place.objects.filter(dead_since=None).order_by("id")
    return [
        (row.purpose, PlaceWords(tuple(row.names.values()), row.url, row.phone, row.email, dead=False)) for row in rows
    ]


def answered(post: Post, *, at: datetime) -> None:
    """We wrote something in a citizen's thread: they will read it."""
    scene = _open_scene(post)
    if scene is not None and not _by_rule([post]):
        _plan(scene, "remark" if scene.does == "remark" else "react", at + TAKES)


def was_hidden(post: Post, *, at: datetime) -> None:
    """We hid or removed something of a citizen's: they will see it, once."""
    scene = _open_scene(post)
    if scene is not None and post.resident_id and not scene.remarked:
        _plan(scene, "remark", at + TAKES)


def _open_scene(post: Post) -> Scene | None:
    if post.scene_id is None:
        return None
    found = Scene.objects.select_for_update(of=("self",)).filter(pk=post.scene_id, state="open")
    return found.select_related("channel", "resident").first()
