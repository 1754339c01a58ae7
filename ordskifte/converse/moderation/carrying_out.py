"""What happens when a measure is carried out or put back: the platform, the writer, the tasks and the record."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.base.clock import rfc3339
from ordskifte.converse.models import Conversation, Measure, Task
from ordskifte.converse.moderation import platform
from ordskifte.converse.moderation.beside import without_numbers
from ordskifte.converse.moderation.rules import people_with
from ordskifte.converse.moderation.statement import carried_out_at, letter, put_back, short, statement_of
from ordskifte.converse.moderation.writing import link_to
from ordskifte.people.models import Role
from ordskifte.publish.models import Outbox
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Utterance, Version

UNDO_TELLING = timedelta(seconds=10)
"""The writer is told when there has been time to undo (ux.md 6). The measure itself leaves at once."""


def record_measure(kind: str, measure: Measure, *, actor: str, at: datetime, **more: Any) -> None:
    """The entry of an act on a measure: ids and facts. It stands in the utterance's record."""
    details = {
        "measure": str(measure.id),
        "kind": measure.kind,
        "ground": measure.ground.code,
        "version": str(measure.version_id),
        "until": rfc3339(measure.until) if measure.until else None,
        "batch": str(measure.batch) if measure.batch else None,
        **more,
    }
    given = {name: value for name, value in details.items() if value is not None}
    record_act(kind, actor=actor, at=at, record=measure.utterance_id, details=given)
    if measure.conversation_id:
        Conversation.objects.filter(pk=measure.conversation_id).update(serial=F("serial") + 1)


def carry_out(
    measure: Measure, utterance: Utterance, version: Version, *, actor: str, at: datetime, tell: bool = True
) -> None:
    """Do it: the platform's act, the letter, the tasks of a threat, and the entry. In the caller's transaction."""
    statement = carried_out_at(statement_of(measure.statement), at)
    measure.statement, measure.until = statement.as_json(), statement.until
    measure.state, measure.done_at = "done", at
    measure.outbox = platform.act(measure, utterance, actor=actor, at=at)
    if tell:
        measure.told = _tell(measure, utterance, version, actor=actor, at=at)
    measure.save()
    record_measure("measure.done", measure, actor=actor, at=at, automated=measure.automated or None)
    if measure.ground.code == "threat":
        _care(measure, utterance, at=at)


def reverse_measure(measure: Measure, utterance: Utterance, *, because: str, actor: str, at: datetime) -> None:
    """Put it back where that can be done, tell the writer, and record it. `because`: undo, second_look, complaint."""
    statement = statement_of(measure.statement)
    platform.act_back(measure, utterance, actor=actor, at=at)
    measure.state, measure.ended_at = "reversed", at
    measure.save()
    if measure.told is not None and not platform.taken_back(measure.told, actor=actor, at=at):
        said = put_back(statement, measure.language, link=link_to(measure.code))
        platform.reply(measure, utterance, said, actor=actor, at=at, about="put_back")
    record_measure("measure.reversed", measure, actor=actor, at=at, because=because)


def _tell(measure: Measure, utterance: Utterance, version: Version, *, actor: str, at: datetime) -> Outbox | None:
    """The whole letter to the writer alone where the talk is private; else a neutral reply with the code's address."""
    statement, link = statement_of(measure.statement), link_to(measure.code)
    if utterance.private:
        own = without_numbers(version.text) if measure.automated else version.text
        said = letter(statement, measure.language, link=link, own_words=own)
    else:
        said = short(statement, measure.language, link=link)
    return platform.reply(measure, utterance, said, actor=actor, at=at, about="measure", send_at=at + UNDO_TELLING)


def _care(measure: Measure, utterance: Utterance, *, at: datetime) -> None:
    """A threat: somebody prepares the report to the police, and a leader looks after those who were threatened."""
    unit = measure.conversation.unit if measure.conversation else None
    unit = unit or utterance.channel.unit
    leaders = people_with(utterance.channel, Role.LEADER) or people_with(utterance.channel, Role.OWNER)
    leader = leaders[0] if leaders else None
    given = {"conversation": measure.conversation, "unit": unit, "made_at": at}
    with override(leader.language if leader else None):
        said = _("Somebody was threatened. Talk with those it concerns today, and write down what they need.")
    Task.objects.create(kind="care", assignee=leader, says=said, due_at=at + timedelta(hours=24), **given)
    with override(measure.by.language if measure.by else None):
        said = _("The report to the police is ready to be looked through and sent.")
    Task.objects.create(kind="police", assignee=measure.by, says=said, due_at=at + timedelta(hours=24), **given)
