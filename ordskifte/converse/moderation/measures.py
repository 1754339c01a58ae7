"""Hide, remove, block: one function, one transaction, entries without content (R94, R105-R108).

A measure that one may decide alone is carried out at once; what takes an opinion away, or blocks for long, is proposed
and waits for another person. The caller has checked who may (`moderation.rules`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.base.text import storable
from ordskifte.converse.models import Measure, Task
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.carrying_out import carry_out, record_measure
from ordskifte.converse.moderation.codes import new_code
from ordskifte.converse.moderation.deadlines import working_days
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.grounds import EXPLAINED, Seen, carried, refused_facts, refused_ground
from ordskifte.converse.moderation.ladder import KINDS, LONGEST_BLOCK, WHY_SECOND, needs_second, needs_why, step_of
from ordskifte.converse.moderation.rules import TAKERS, people_with
from ordskifte.converse.moderation.seen import conversation_of, language_of, seen_in
from ordskifte.converse.moderation.snapshot import Evidence, require_snapshot
from ordskifte.converse.moderation.writing import statement_for
from ordskifte.converse.telling import tell
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Body, Person
from ordskifte.plan.models import Ground
from ordskifte.plan.viewpoints import ground_refusal
from ordskifte.threads.models import Utterance, Version

LONGEST_FACTS = 500
OPEN = ("proposed", "done")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for. `version_id`: the version they had before their eyes."""

    kind: str  # hide, remove, block
    ground_id: UUID
    version_id: UUID
    facts: str
    neutral: bool = False  # "would I, if it praised us?"
    why_not_less: str = ""
    days: int | None = None  # of a block
    reported: bool = False
    despite: str = ""  # why the ground holds although triage reads an opinion


def line(text: str, longest: int = LONGEST_FACTS) -> str:
    """What a person wrote in a field: storable, in one line, numbers masked."""
    return mask(" ".join(storable(text).split()))[0][:longest]


@transaction.atomic
def take_measure(wish: Wish, *, by: Person, actor: str, at: datetime, evidence: Evidence) -> Measure:
    """Carry a measure out, or propose it where a second person must agree. ModerationError says why not."""
    version, utterance = require_current(wish.version_id)
    seen = seen_in(version)
    ground = require_ground(wish.ground_id, at=at)
    facts, why, despite = line(wish.facts), line(wish.why_not_less), line(wish.despite)
    _require_answers(wish, ground, seen, facts=facts, why=why, despite=despite)
    require_free(utterance, wish.kind)
    require_able(utterance, wish.kind)
    require_snapshot(version, evidence)
    step = step_of(wish.kind, wish.days)
    waits = needs_second(step, seen, carried=carried(ground.code, seen))
    measure = Measure(
        code=new_code(),
        kind=wish.kind,
        state="proposed",
        utterance=utterance,
        conversation=conversation_of(utterance),
        ground=ground,
        version_id=version.id,
        facts=facts,
        reported=wish.reported,
        why_not_less=why,
        despite=despite,
        neutral=True,
        until=at + timedelta(days=wish.days) if wish.kind == "block" and wish.days else None,
        by=by,
        made_at=at,
        language=language_of(version),
    )
    statement = statement_for(measure, utterance, at=at)
    if missing := statement.missing():
        raise ModerationError(
            _("The statement of reasons is not whole: %(parts)s.") % {"parts": ", ".join(missing)}, reason="statement"
        )
    measure.statement = statement.as_json()
    measure.save()
    if waits:
        _ask_another(measure, at=at)
        record_measure("measure.proposed", measure, actor=actor, at=at, because=list(waits))
    else:
        carry_out(measure, utterance, version, actor=actor, at=at)
    return measure


@transaction.atomic
def decide(
    measure_id: UUID, *, agree: bool, why: str = "", by: Person, actor: str, at: datetime, evidence: Evidence
) -> Measure:
    """The second person's answer to a proposal: carried out, or refused with a reason. Never one's own."""
    measure = locked(measure_id)
    if measure.state != "proposed":
        raise ModerationError(_("This has been decided already."))
    if by.id == measure.by_id:
        raise ModerationError(_("You proposed this. Another person must decide."), reason="own")
    said = line(why)
    _asked(measure, by=by, at=at)
    measure.second = by
    measure.decided_why = said
    if not agree:
        if not said:
            raise ModerationError(_("Say why not, so that the one who proposed it can learn."), field="why")
        measure.state, measure.ended_at = "refused", at
        measure.save()
        record_measure("measure.refused", measure, actor=actor, at=at)
        return measure
    version, utterance = require_current(measure.version_id)
    require_ground(measure.ground_id, at=at)
    require_snapshot(version, evidence)
    carry_out(measure, utterance, version, actor=actor, at=at)
    return measure


@transaction.atomic
def withdraw_proposal(measure_id: UUID, *, by: Person, actor: str, at: datetime) -> Measure:
    """Take one's own proposal back before another has decided."""
    measure = locked(measure_id)
    if measure.state != "proposed" or measure.by_id != by.id:
        raise ModerationError(_("Only the one who proposed it can take it back, before it is decided."))
    _asked(measure, by=by, at=at)
    measure.state, measure.ended_at = "refused", at
    measure.save(update_fields=["state", "ended_at"])
    record_measure("measure.withdrawn", measure, actor=actor, at=at)
    return measure


def _ask_another(measure: Measure, *, at: datetime) -> None:
    """The task of the second person, due within one working day."""
    conversation = measure.conversation
    unit = conversation.unit_id if conversation and conversation.unit_id else measure.utterance.channel.unit_id
    body = Body.objects.values_list("language", flat=True).first()
    with override(body or "nb"):
        says = _("A colleague proposes a measure. Decide whether it shall be done.")
    Task.objects.create(
        kind="second",
        conversation=conversation,
        unit_id=unit,
        says=says,
        due_at=working_days(at, 1, unit),
        made_at=at,
    )
    channel = measure.utterance.channel
    people = {person.id for person in people_with(channel, *TAKERS)} - {measure.by_id}
    tell(
        people, what="second", conversation=conversation, channel_id=channel.id, at=at, actor=f"person:{measure.by_id}"
    )


def _asked(measure: Measure, *, by: Person, at: datetime) -> None:
    """The task is done."""
    waiting = Task.objects.filter(kind="second", conversation=measure.conversation, made_at=measure.made_at)
    waiting.filter(done_at=None).update(done_at=at, done_by=by)


def locked(measure_id: UUID) -> Measure:
    """The measure, held until the transaction ends. ModerationError when there is none."""
    found = Measure.objects.select_for_update().filter(pk=measure_id).first()
    if found is None:
        raise ModerationError(_("There is no such measure."))
    return found


def require_current(version_id: UUID) -> tuple[Version, Utterance]:
    """The version a person saw, when it is still what stands there and can be moderated; its utterance is held."""
    version = Version.objects.filter(pk=version_id).select_related("evidence").defer("search", "tags", "alts").first()
    if version is None:
        raise ModerationError(_("There is no such utterance."))
    held = Utterance.objects.select_for_update(of=("self",)).select_related("channel", "author")
    utterance = held.get(pk=version.utterance_id)
    if utterance.ours:
        raise ModerationError(_("This is our own. Edit or delete it where it was published."))
    if utterance.deleted:
        raise ModerationError(_("The author has deleted this already."), reason="gone")
    if utterance.current_id != version.id:
        raise ModerationError(_("The text was changed while you read. Look at it again."), reason="changed")
    return version, utterance


def require_ground(ground_id: UUID, *, at: datetime) -> Ground:
    """A ground that is published, not withdrawn, and may be one at all."""
    ground = Ground.objects.filter(pk=ground_id).first()
    if ground is None:
        raise ModerationError(_("Choose one of the published grounds."), field="ground", reason="ground")
    if refused := refused_ground(ground.code, ground.names):
        raise ModerationError(str(EXPLAINED[refused]), field="ground", reason=refused)
    if viewpoint := ground_refusal(ground.names, ground.examples, ground.legal_basis):
        raise ModerationError(viewpoint[1], field="ground", reason="viewpoint")  # published before it was refused
    published = ground.published_at is not None and ground.published_at <= at
    if not published or (ground.withdrawn_at is not None and ground.withdrawn_at <= at):
        raise ModerationError(
            _("This ground is not published. Nothing can be hidden for a reason that people could not read before."),
            field="ground",
            reason="unpublished",
        )
    return ground


def require_free(utterance: Utterance, kind: str) -> None:
    """ModerationError when the same measure stands, or waits, already; when it is removed, nothing is left to hide."""
    same = Measure.objects.filter(utterance_id=utterance.id, state__in=OPEN)
    if same.filter(kind=kind).exists():
        raise ModerationError(_("This has been done, or waits for another person, already."), reason="done")
    if kind == "hide" and same.filter(kind="remove", state="done").exists():
        raise ModerationError(_("This has been removed already."), reason="done")


def require_able(utterance: Utterance, kind: str) -> None:
    """ModerationError when the channel cannot do it: saying that something is hidden must be true."""
    if not platform.able(utterance.channel, kind):
        raise ModerationError(
            _("This channel cannot do that. Choose another step, or reply."), field="kind", reason="channel"
        )


def _require_answers(wish: Wish, ground: Ground, seen: Seen, *, facts: str, why: str, despite: str) -> None:
    if wish.kind not in KINDS:
        raise ModerationError(_("Choose a measure."), field="kind")
    if not facts:
        raise ModerationError(_("Say what in it falls under the ground."), field="facts", reason="facts")
    if refused := refused_facts(facts):
        raise ModerationError(str(EXPLAINED[refused]), field="facts", reason=refused)
    if not wish.neutral:
        raise ModerationError(
            _("Answer for yourself first: would you do the same if the text praised us?"),
            field="neutral",
            reason="neutral",
        )
    if wish.kind == "block" and not (wish.days and 1 <= wish.days <= LONGEST_BLOCK):
        raise ModerationError(_("A block lasts from 1 to 180 days, and ends by itself."), field="days")
    if needs_why(step_of(wish.kind, wish.days)) and not why:
        raise ModerationError(_("Say why the lesser step is not enough."), field="why_not_less", reason="lesser")
    if seen.opinion and not carried(ground.code, seen) and not despite:
        raise ModerationError(str(EXPLAINED["uncarried"]), field="despite", reason="uncarried")


def why_it_waits(wish_kind: str, days: int | None, ground_code: str, seen: Seen) -> list[str]:
    """In words, why this measure would wait for a second person; nothing when it would not."""
    reasons = needs_second(step_of(wish_kind, days), seen, carried=carried(ground_code, seen))
    return [str(WHY_SECOND[reason]) for reason in reasons]
