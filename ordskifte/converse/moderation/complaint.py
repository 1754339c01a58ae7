"""The complaint about a measure: made with the code, answered in words by someone who had no hand in it (R105).

A reversed measure is put back by itself, and the writer is told by itself.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.base.text import storable
from ordskifte.converse.models import Complaint, Measure, Task
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.carrying_out import record_measure, reverse_measure
from ordskifte.converse.moderation.deadlines import working_days
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.rules import ANSWERERS, people_with
from ordskifte.converse.moderation.statement import ANSWER_WITHIN, answered, statement_of
from ordskifte.converse.moderation.writing import link_to
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Person
from ordskifte.plan.models import Channel, Place
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.threads.models import Utterance, Version

LONGEST: Final = 5_000
MOST: Final = 3
"""Complaints about one measure: after an answer one may come back, but not for ever."""

REMIND_BEFORE: Final = timedelta(hours=24)
_REPEATS: Final = 5  # words in a row


def words(text: str, longest: int = LONGEST) -> str:
    """What somebody wrote in a large field: storable, numbers masked, lines kept."""
    lines = [" ".join(part.split()) for part in storable(text).strip().splitlines()]
    return mask("\n".join(lines))[0][:longest].strip()


@transaction.atomic
def complain(code: str, text: str, *, at: datetime) -> Complaint:
    """Complain about the measure that this code belongs to. The one who has the code needs no name."""
    measure = Measure.objects.select_for_update(of=("self",)).filter(code=code).select_related("ground").first()
    if measure is None:
        raise ModerationError(_("There is no decision with this code."), reason="unknown")
    said = words(text)
    if not said:
        raise ModerationError(_("Write why you think it was wrong."), field="text")
    if measure.state not in ("done", "ended"):
        raise ModerationError(_("This has been put back already."), reason="reversed")
    if at > statement_of(measure.statement).complain_by:
        raise ModerationError(_("The time to complain is over. You can go to Sivilombudet."), reason="late")
    made = list(measure.complaints.all())
    if any(one.answered_at is None for one in made):
        raise ModerationError(_("A complaint has been made and waits for its answer."), reason="waits")
    if len(made) >= MOST:
        raise ModerationError(_("This has been answered. You can go to Sivilombudet."), reason="answered")
    channel = Channel.objects.get(pk=measure.utterance.channel_id)
    unit = measure.conversation.unit_id if measure.conversation else channel.unit_id
    due = working_days(at, ANSWER_WITHIN, unit)
    complaint = Complaint.objects.create(
        measure=measure,
        text=said,
        made_at=at,
        due_at=due,
        place=Place.objects.filter(purpose="complaint", dead_since=None).order_by("id").first(),
    )
    record_measure("complaint.made", measure, actor="public:code", at=at, complaint=str(complaint.id))
    handlers = may_answer(measure, channel)
    assignee = handlers[0] if len(handlers) == 1 else None
    with override(assignee.language if assignee else None):
        says = _("Answer a complaint about a measure.")
    Task.objects.create(
        kind="complaint",
        conversation=measure.conversation,
        unit_id=unit,
        assignee=assignee,
        says=says,
        due_at=due,
        made_at=at,
    )
    return complaint


@transaction.atomic
def answer(complaint_id: UUID, *, outcome: str, text: str, by: Person, actor: str, at: datetime) -> Complaint:
    """Answer in words: the measure stands (`upheld`) or is put back (`reversed`). Never by one who decided it."""
    complaint = Complaint.objects.select_for_update().filter(pk=complaint_id).first()
    if complaint is None:
        raise ModerationError(_("There is no such complaint."))
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=complaint.measure_id)
    if complaint.answered_at is not None:
        raise ModerationError(_("This complaint has been answered already."))
    require_other(measure, by)
    if outcome not in ("upheld", "reversed"):
        raise ModerationError(_("Choose whether the measure stands."), field="outcome")
    said = words(text)
    if not said:
        raise ModerationError(_("Answer in words. The writer reads them."), field="answer")
    utterance = Utterance.objects.select_related("channel", "author").get(pk=measure.utterance_id)
    _require_neutral(said, measure, utterance)
    complaint.outcome, complaint.answer = outcome, said
    complaint.answered_at, complaint.answered_by = at, by
    record_measure("complaint.answered", measure, actor=actor, at=at, complaint=str(complaint.id), outcome=outcome)
    if outcome == "reversed" and measure.state == "done":
        reverse_measure(measure, utterance, because="complaint", actor=actor, at=at)
    else:
        said = answered(measure.language, link=link_to(measure.code))
        complaint.told = platform.reply(measure, utterance, said, actor=actor, at=at, about="complaint")
    complaint.save()
    if measure.conversation_id:
        waiting = Task.objects.filter(kind="complaint", conversation_id=measure.conversation_id, done_at=None)
        waiting.filter(made_at=complaint.made_at).update(done_at=at, done_by=by)
    return complaint


def had_a_hand(measure: Measure, person_id: UUID | None) -> bool:
    """Whether this person decided the measure, alone, first or as the second."""
    return person_id is not None and person_id in (measure.by_id, measure.second_id)


def require_other(measure: Measure, by: Person) -> None:
    """ModerationError when the one who would answer had a hand in it."""
    if had_a_hand(measure, by.id):
        raise ModerationError(_("You had a hand in this. Somebody else must answer."), reason="own")


def may_answer(measure: Measure, channel: Channel) -> list[Person]:
    """Those who may answer the complaint, by name."""
    return [one for one in people_with(channel, *ANSWERERS) if not had_a_hand(measure, one.id)]


def remind(*, at: datetime) -> int:
    """Tell those who may answer, once, that a deadline comes within a day. No citizen's words leave."""
    coming = Complaint.objects.filter(answered_at=None, reminded_at=None, due_at__lte=at + REMIND_BEFORE)
    return sum(_remind(one, at=at) for one in coming.values_list("id", flat=True))


@transaction.atomic
def _remind(complaint_id: UUID, *, at: datetime) -> int:
    found = Complaint.objects.select_for_update(of=("self",)).select_related("measure__utterance__channel")
    complaint = found.filter(pk=complaint_id, answered_at=None, reminded_at=None).first()
    if complaint is None:
        return 0
    channel = complaint.measure.utterance.channel
    for person in may_answer(complaint.measure, channel):
        with override(person.language):
            subject = _("A complaint must be answered")
            text = _("A complaint about a measure on %(channel)s waits for an answer. Open the list of complaints.") % {
                "channel": channel.name
            }
        put_in_outbox(
            kind="email",
            channel_id=None,
            actor="system:moderation",
            by=None,
            at=at,
            subject=subject,
            text=text,
            to=person.email,
            language=person.language,
        )
    complaint.reminded_at = at
    complaint.save(update_fields=["reminded_at"])
    return 1


def _require_neutral(said: str, measure: Measure, utterance: Utterance) -> None:
    """The answer stands on a page that anyone with the code can open: it repeats neither the words nor the name."""
    text = Version.objects.values_list("text", flat=True).get(pk=measure.version_id)
    if _repeats(said, text):
        raise ModerationError(
            _("The answer repeats what was written. Others may read it: say it in your own words."), field="answer"
        )
    author = utterance.author
    for name in (author.name, author.handle) if author else ():
        if len(name) > 3 and name.lower() in said.lower():
            raise ModerationError(
                _("The answer names the writer. Others may read it: leave the name out."), field="answer"
            )


def _repeats(said: str, text: str) -> bool:
    theirs, ours = text.lower().split(), said.lower().split()
    runs = {tuple(theirs[at : at + _REPEATS]) for at in range(len(theirs) - _REPEATS + 1)}
    return any(tuple(ours[at : at + _REPEATS]) in runs for at in range(len(ours) - _REPEATS + 1))
