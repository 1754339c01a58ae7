"""Personal numbers in arrivals (R96). With us they are masked before the first row; here the platform is asked.

It is hidden there at once only when its check digits hold (intake masks nothing else) and no word beside it says
account, KID or case number. The reasons are made by the rule and say so; a person looks within one working hour.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.converse.models import Conversation, Measure, Task
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.beside import says_something_else
from ordskifte.converse.moderation.carrying_out import carry_out, record_measure, reverse_measure
from ordskifte.converse.moderation.codes import new_code
from ordskifte.converse.moderation.deadlines import working_hour
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import OPEN, line, locked, require_current
from ordskifte.converse.moderation.seen import conversation_of, language_of
from ordskifte.converse.moderation.snapshot import Evidence, require_snapshot
from ordskifte.converse.moderation.writing import statement_for
from ordskifte.people.models import Body, Person
from ordskifte.plan.models import Ground
from ordskifte.records.entry import record_act
from ordskifte.records.models import Entry
from ordskifte.threads.models import Utterance, Version

ACTOR: Final = "rule:personal_number"


def on_number(version: Version, at: datetime, *, evidence: Evidence | None = None) -> Measure | None:
    """An arrival held a personal number. Hidden on the platform when that is sure; a person gets the task either way.

    Called again for the same version it does nothing. None when nothing was hidden.
    """
    evidence = evidence or Evidence(store_of(settings.HOME), load_keys(settings.HOME))
    with transaction.atomic():
        try:
            current, utterance = require_current(version.id)
        except ModerationError:  # ours, deleted, or already another text: nothing to hide
            return None
        if not current.masked or _handled(utterance, current):
            return None
        measure = None
        ground = _ground(at)
        if ground is not None and not says_something_else(current.text) and platform.able(utterance.channel, "hide"):
            measure = _hide(current, utterance, ground, at=at, evidence=evidence)
        _ask(current, utterance, hidden=measure is not None, at=at)
        return measure


@transaction.atomic
def review_number(measure_id: UUID, *, right: bool, why: str = "", by: Person, actor: str, at: datetime) -> Measure:
    """A person has looked at what the rule hid: it stands, or it is put back."""
    measure = locked(measure_id)
    if not measure.automated or measure.state != "done" or measure.second_id is not None:
        raise ModerationError(_("This has been looked at already."))
    measure.second, measure.neutral, measure.decided_why = by, right, line(why)
    utterance = Utterance.objects.select_related("channel", "author").get(pk=measure.utterance_id)
    if right:
        measure.save()
    else:
        reverse_measure(measure, utterance, because="second_look", actor=actor, at=at)
    record_measure("number.reviewed", measure, actor=actor, at=at, right=right)
    waiting = Task.objects.filter(kind="review_number", conversation_id=measure.conversation_id, done_at=None)
    if measure.conversation_id:
        waiting.filter(made_at=measure.made_at).update(done_at=at, done_by=by)
    return measure


def _handled(utterance: Utterance, version: Version) -> bool:
    return (
        Measure.objects.filter(utterance_id=utterance.id, kind="hide", state__in=OPEN).exists()
        or Measure.objects.filter(version_id=version.id, automated=True).exists()
        or Entry.objects.filter(record_id=version.id, kind="number.seen").exists()
    )


def _ground(at: datetime) -> Ground | None:
    found = Ground.objects.filter(code="personal_number", published_at__lte=at)
    return found.exclude(withdrawn_at__lte=at).order_by("-published_at").first()


def _hide(version: Version, utterance: Utterance, ground: Ground, *, at: datetime, evidence: Evidence) -> Measure:
    require_snapshot(version, evidence)
    language = language_of(version)
    with override(language):
        facts = _("What you wrote held a number with the check digits of a national identity number.")
    measure = Measure(
        code=new_code(),
        kind="hide",
        state="done",
        utterance=utterance,
        conversation=conversation_of(utterance),
        ground=ground,
        version_id=version.id,
        facts=facts,
        automated=True,
        made_at=at,
        language=language,
    )
    measure.statement = statement_for(measure, utterance, at=at).as_json()
    measure.save()
    carry_out(measure, utterance, version, actor=ACTOR, at=at)
    return measure


def _ask(version: Version, utterance: Utterance, *, hidden: bool, at: datetime) -> None:
    """The task of a person, due within one working hour, and the entry that says the number was seen."""
    conversation = conversation_of(utterance)
    unit = _unit(conversation, utterance)
    body = Body.objects.values_list("language", flat=True).first() or "nb"
    with override(body):
        says = (
            _("A rule hid a comment with a personal number. See whether it was right.")
            if hidden
            else _("A number was masked that may be something else. See whether the comment must be hidden.")
        )
    Task.objects.create(
        kind="review_number",
        conversation=conversation,
        unit_id=unit,
        assignee=conversation.assignee if conversation else None,
        says=says,
        due_at=working_hour(at, unit),
        made_at=at,
    )
    record_act("number.seen", actor=ACTOR, at=at, record=version.id, details={"hidden": hidden})


def _unit(conversation: Conversation | None, utterance: Utterance) -> UUID | None:
    return conversation.unit_id if conversation and conversation.unit_id else utterance.channel.unit_id
