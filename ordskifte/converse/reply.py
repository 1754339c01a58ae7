"""A reply: checked, then put in the outbox. Refused when the conversation moved on or another writes.

Two people cannot both send: the conversation's row is held, its `serial` must be the one the page showed, and whoever
writes first holds sending. What is refused is never lost: it is kept as a draft.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.converse import presence
from ordskifte.converse.acting import locked
from ordskifte.converse.checks import Finding, PlaceWords, Reply, check
from ordskifte.converse.clock import Clocks
from ordskifte.converse.conversations import RESPONSES, thread_of
from ordskifte.converse.errors import ConverseError, Held, MovedOn, Stopped
from ordskifte.converse.models import Conversation, Draft, Part, State
from ordskifte.converse.news import announce
from ordskifte.converse.telling import holders, tell
from ordskifte.language.personal_data import mask
from ordskifte.language.triage import assess
from ordskifte.people.models import Role
from ordskifte.plan.models import Place
from ordskifte.plan.working_time import ClockError, next_opening
from ordskifte.publish.dated import limits_of
from ordskifte.publish.models import Kind, Outbox
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Utterance, Version

APPROVING: Final = (Role.APPROVER, Role.OWNER, Role.DEPUTY)
_ASKED: Final = 5  # of the newest utterances from them that a reply is held against

When = Literal["now", "opening"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wants to send."""

    text: str
    response_type: str
    serial: int  # of the conversation when the page was made
    target: UUID | None = None  # what it answers; None: the newest from them
    when: When = "now"
    passed: str = ""  # why it is sent although a check warned
    second: bool = False  # another person is to look at it first


def asked_in(conversation: Conversation) -> str:
    """What they said last, masked. Two queries."""
    thread = thread_of(conversation)
    rows = Utterance.objects.filter(thread_id=thread, ours=False, deleted=False).order_by("-at", "-id")
    ids = list(rows.values_list("current_id", flat=True)[:_ASKED])
    return "\n".join(Version.objects.filter(pk__in=ids).values_list("text", flat=True))


def place_words() -> tuple[PlaceWords, ...]:
    """Every place, dead ones too: those are what a check looks for."""
    return tuple(
        PlaceWords(
            tuple(str(name) for name in (row.names or {}).values() if name),
            row.url,
            row.phone,
            row.email,
            row.dead_since is not None,
        )
        for row in Place.objects.all()
    )


def checked(conversation: Conversation, text: str, response_type: str, *, at: datetime) -> list[Finding]:
    """What the checks say. Three queries."""
    return check(
        Reply(
            text=text,
            response_type=response_type,
            asked=asked_in(conversation),
            asked_language=conversation.language,
            asked_kind=conversation.kind,
            limits=limits_of(conversation.channel.kind, at.date()),
            places=place_words(),
            at=at,
        )
    )


def send_reply(conversation_id: UUID, written: Written, *, by: UUID, at: datetime) -> Outbox:
    """Put a reply in the outbox. It leaves after ten seconds, at opening, or when another has approved it."""
    try:
        with transaction.atomic():
            return _send(conversation_id, written, by=by, at=at)
    except ConverseError:
        presence.keep_draft(conversation_id, written.text, by=by, at=at)
        raise


def _send(conversation_id: UUID, written: Written, *, by: UUID, at: datetime) -> Outbox:
    conversation = locked(conversation_id)
    if written.response_type not in RESPONSES:
        raise ConverseError(_("Choose what kind of answer it is."))
    if conversation.serial != written.serial:
        raise MovedOn(_("Something happened here while you were writing. Read it, then send. Your text is below."))
    holds = presence.holder(conversation.pk, at=at)
    if holds not in (None, by):
        raise Held(_("Another person is writing. You can read, or take over."))
    text = storable(written.text).strip()
    reason = _passed(checked(conversation, text, written.response_type, at=at), written.passed)
    target = _target(conversation, written.target)
    approved = written.second or bool(conversation.topic and conversation.topic.four_eyes)
    row = put_in_outbox(
        kind=Kind.REPLY,
        channel_id=conversation.channel_id,
        actor=f"person:{by}",
        by=by,
        at=at,
        text=text,
        language=_language(text),
        thread_id=target.thread_id,
        target_id=target.pk,
        target_external_id=target.external_id,
        details={"conversation": str(conversation.pk), "response_type": written.response_type},
        send_at=_opening(conversation, at) if written.when == "opening" else None,
        needs_approval=approved,
    )
    if reason:
        details = {"outbox": str(row.pk), "checks": reason[0], "reason": reason[1]}
        record_act("reply.warnings_passed", actor=f"person:{by}", at=at, record=conversation.pk, details=details)
    conversation.state, conversation.snoozed_until = State.WAITING, None
    conversation.assignee_id = conversation.assignee_id or by
    conversation.serial += 1
    conversation.save()
    Draft.objects.filter(conversation=conversation, by=by).delete()
    presence.leave(conversation.pk, by)
    if approved:
        people = holders(APPROVING, unit=conversation.unit_id, channel=conversation.channel_id)
        tell(people, what="approval", conversation=conversation, at=at, actor=f"person:{by}")
    announce("changed", [conversation.pk])
    return row


def _passed(findings: list[Finding], reason: str) -> tuple[list[str], str] | None:
    """Which warnings were passed, and why. Stopped when one cannot be, or no reason was given."""
    if any(one.level == "stop" for one in findings):
        raise Stopped(_("This cannot be sent as it is. See the checks below."))
    warned = sorted({one.check for one in findings if one.level == "warn"})
    if not warned:
        return None
    said = mask(storable(reason).strip())[0][:500]
    if not said:
        raise Stopped(_("The checks warn. Mend the text, or say why it is sent all the same."))
    return warned, said


def _target(conversation: Conversation, wanted: UUID | None) -> Utterance:
    """What is answered: in this conversation, from them, and still there."""
    key = wanted or conversation.newest_id
    found = Utterance.objects.filter(pk=key).first() if key else None
    if found is None or not belongs(found, conversation):
        raise ConverseError(_("Choose what the reply answers."))
    if found.deleted:
        raise ConverseError(_("What you answer has been deleted by its author. Choose another, or close it."))
    return found


def belongs(utterance: Utterance, conversation: Conversation) -> bool:
    """Whether an utterance stands in this conversation: by its thread, or because it was split off or joined."""
    part = Part.objects.filter(utterance=utterance).first()
    if part is not None:
        return bool(part.conversation_id == conversation.pk)
    if utterance.thread_id == conversation.pk:
        return True
    return Conversation.objects.filter(pk=utterance.thread_id, merged_into=conversation).exists()


def _opening(conversation: Conversation, at: datetime) -> datetime:
    try:
        return next_opening(at, Clocks().hours(conversation.unit_id))
    except ClockError as error:
        raise ConverseError(_("No opening hours are set. Send it now, or set the hours.")) from error


def _language(text: str) -> str:
    found = assess(text).lang
    return found if found in ("nb", "nn", "en") else ""
