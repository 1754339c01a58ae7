"""A person says that a proposal was wrong. It is kept, and shown as a proposal of a local rule, never learnt silently.

"Say X is Y from now on" is in use when an owner has confirmed it, and until an owner ends it.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.converse.acting import Made, act
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Assessment, Conversation, Correction, LocalRule
from ordskifte.converse.names import KINDS
from ordskifte.language.personal_data import mask
from ordskifte.records.entry import record_act

FIELDS: Final = frozenset({"kind", "language", "moderation", "journal_candidate", "topic", "warning"})
MOST_WORDS: Final = 10


@transaction.atomic
def correct(
    conversation_id: UUID, version_id: UUID, *, field: str, now: str, rule: str = "", by: UUID, at: datetime
) -> Correction:
    """This proposal is wrong: it is `now` instead ("" when it is only not that). The desk follows at once."""
    if field not in FIELDS or (field == "kind" and now and now not in KINDS):
        raise ConverseError(_("Choose what it is instead."))
    assessment = Assessment.objects.filter(version_id=version_id).first()
    if assessment is None:
        raise ConverseError(_("There is no such proposal."))
    was = str(getattr(assessment, field, "")) if field not in ("topic", "warning") else rule
    correction = Correction.objects.create(
        assessment=assessment, field=field, was=was, now=now, rule=rule[:100], by_id=by, at=at
    )

    def change(conversation: Conversation) -> Made:
        newest = assessment.utterance_id == conversation.newest_id
        if field == "kind" and now and newest:
            conversation.kind = now
        if field == "language" and now and newest:
            conversation.language = now
        if field == "warning":
            conversation.warnings = [one for one in conversation.warnings if one != rule]
        if field == "topic":
            conversation.topic = None
        return Made(details={"correction": str(correction.pk), "field": field, "was": was, "now": now})

    act(conversation_id, "kind_set", change, by=by, at=at)
    return correction


@transaction.atomic
def propose_rule(name: str, words: str, kind: str, *, by: UUID, at: datetime) -> LocalRule:
    """ "Say X is Y from now on": proposed by anyone who answers, in use when an owner confirms it."""
    title = mask(storable(name).strip())[0][:100]
    found = [mask(" ".join(word.split()))[0] for word in storable(words).replace("\n", ",").split(",") if word.strip()]
    if not title:
        raise ConverseError(_("Give the rule a name."))
    if not found or len(found) > MOST_WORDS or any(len(word) < 3 or len(word) > 60 for word in found):
        raise ConverseError(_("Write one to ten words or phrases of at least three letters, with a comma between."))
    if kind not in KINDS:
        raise ConverseError(_("Choose what it is instead."))
    if kind in ("spam", "harassment", "threat"):
        raise ConverseError(_("A word list alone never proposes removal. Choose another kind."))
    if LocalRule.objects.filter(name=title).exists():
        raise ConverseError(_("There is a rule of that name."))
    rule = LocalRule.objects.create(name=title, words=found, kind=kind, proposed_by_id=by, proposed_at=at)
    record_act("local_rule.proposed", actor=f"person:{by}", at=at, record=rule.pk, details={"kind": kind})
    return rule


@transaction.atomic
def confirm_rule(rule_id: UUID, *, by: UUID, at: datetime) -> None:
    """In use from now on, for what comes in from now on."""
    if not LocalRule.objects.filter(pk=rule_id, confirmed_at=None, ended_at=None).update(
        confirmed_at=at, confirmed_by=by
    ):
        raise ConverseError(_("This rule no longer waits."))
    record_act("local_rule.confirmed", actor=f"person:{by}", at=at, record=rule_id)


@transaction.atomic
def end_rule(rule_id: UUID, *, by: UUID, at: datetime) -> None:
    """No longer in use, or not wanted."""
    if not LocalRule.objects.filter(pk=rule_id, ended_at=None).update(ended_at=at):
        raise ConverseError(_("This rule has ended."))
    record_act("local_rule.ended", actor=f"person:{by}", at=at, record=rule_id)
