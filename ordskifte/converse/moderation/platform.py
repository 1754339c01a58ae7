"""What moderation asks of a platform, through the outbox, and only what the platform can do."""

from datetime import datetime
from typing import Any, Final

from ordskifte.base.clock import rfc3339
from ordskifte.channels.registry import can
from ordskifte.converse.models import Measure, Task
from ordskifte.plan.models import Channel
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import give_up, put_in_outbox
from ordskifte.publish.sending import CLAIM_LASTS
from ordskifte.threads.models import Utterance

_ACTS: Final = {"hide": "hide", "remove": "delete", "block": "block"}
_BACK: Final = {"hide": "unhide", "block": "unblock"}


def able(channel: Channel, kind: str) -> bool:
    """Whether this measure can be carried out on the channel, by us or by a person's hand."""
    return can(channel.way, _ACTS[kind])


def act(measure: Measure, utterance: Utterance, *, actor: str, at: datetime) -> Outbox:
    """Hide, delete or block, at once."""
    return _put(_ACTS[measure.kind], measure, utterance, actor=actor, at=at)


def act_back(measure: Measure, utterance: Utterance, *, actor: str, at: datetime) -> Outbox | None:
    """Show or let in again. What was deleted on the platform cannot be put back there; None then."""
    if measure.outbox is not None and taken_back(measure.outbox, actor=actor, at=at):
        return None
    kind = _BACK.get(measure.kind)
    if kind is None or (measure.kind == "block" and _blocked_by_another(measure, utterance)):
        return None
    under_way = measure.outbox is not None and measure.outbox.state == State.CLAIMED
    return _put(kind, measure, utterance, actor=actor, at=at, send_at=at + CLAIM_LASTS if under_way else at)


def taken_back(row: Outbox, *, actor: str, at: datetime) -> bool:
    """Whether a row has never left. It never will: nobody tries it again. After a try one cannot be sure."""
    row.refresh_from_db(fields=["state"])
    return give_up(row.id, actor=actor, at=at)


def reply(
    measure: Measure,
    utterance: Utterance,
    text: str,
    *,
    actor: str,
    at: datetime,
    about: str,
    send_at: datetime | None = None,
) -> Outbox | None:
    """Tell the writer: under what they wrote while it stands there, else under what they answered.

    Where the channel takes no reply there is none, and a person gets the task.
    """
    if not can(utterance.channel.kind, "reply"):
        Task.objects.create(
            kind="tell",
            conversation=measure.conversation,
            unit=measure.conversation.unit if measure.conversation else utterance.channel.unit,
            assignee=measure.by,
            says=text,
            made_at=at,
        )
        return None
    target = _reply_target(measure, utterance)
    return put_in_outbox(
        kind="reply",
        channel_id=utterance.channel_id,
        actor=actor,
        by=None,
        at=at,
        text=text,
        language=measure.language,
        thread_id=utterance.thread_id,
        target_id=target.id,
        target_external_id=target.external_id,
        details={"about": about, "measure": str(measure.id)},
        send_at=send_at or at,
    )


def _reply_target(measure: Measure, utterance: Utterance) -> Utterance:
    if measure.kind == "remove" and not utterance.private and utterance.parent_id:
        return Utterance.objects.filter(pk=utterance.parent_id, deleted=False).first() or utterance
    return utterance


def _put(
    kind: str, measure: Measure, utterance: Utterance, *, actor: str, at: datetime, send_at: datetime | None = None
) -> Outbox:
    author = utterance.author.external_id if utterance.author else ""
    details: dict[str, Any] = {"about": "measure", "measure": str(measure.id)}
    if measure.kind == "block":
        details |= {"account": author, "until": rfc3339(measure.until) if measure.until else None}
    return put_in_outbox(
        kind=kind,
        channel_id=utterance.channel_id,
        actor=actor,
        by=measure.by_id,
        at=at,
        thread_id=utterance.thread_id,
        target_id=utterance.id,
        target_external_id=author if measure.kind == "block" else utterance.external_id,
        details=details,
        send_at=send_at or at,
    )


def _blocked_by_another(measure: Measure, utterance: Utterance) -> bool:
    """Whether another block of the same account still runs: it stays closed until the last one ends."""
    others = Measure.objects.filter(kind="block", state="done", utterance__author=utterance.author)
    return others.exclude(pk=measure.pk).exists()
