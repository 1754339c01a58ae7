"""How the worker sends: claim, send, note what became of it. Never twice, never silently missed.

The claim is committed before anything leaves, with a job that looks after it. A worker that is killed leaves a claimed
row; the row then becomes unknown, and the channel is looked at by our mark before anything is sent again. Where the
channel gives no way to look, and does not know our mark as a key, a person looks (`outbox.resolve_unknown`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F

from ordskifte.base.clock import Clock
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.channels import registry
from ordskifte.channels.errors import NotSent, Refused, Unsure
from ordskifte.channels.live import Action, LiveChannel, Outgoing, Picture, Sent
from ordskifte.plan.models import Channel
from ordskifte.publish import reasons
from ordskifte.publish.digests import row_digest
from ordskifte.publish.mail import MailServer, message_of
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import HAND_OFF, defer_look, defer_send, defer_told, record_row
from ordskifte.publish.receipts import WORKER, took
from ordskifte.publish.states import move
from ordskifte.threads.media import media_key

CLAIM_LASTS: Final = timedelta(seconds=30)
"""Longer than any exchange may take (`channels.wire.PATIENCE`): after it, whoever claimed the row has ended."""

SLOW_CLAIM_LASTS: Final = timedelta(minutes=3)
"""Of what is sent in several steps: mail, and a foreign channel where pictures go first (`channels.wire.STEPS`)."""

START_WITHIN: Final = timedelta(seconds=5)
"""A worker that was held up longer than this between claim and sending sends nothing."""

TRIES: Final = 12
LOOKS: Final = 6
"""Looks that failed before a person is asked too."""

_FIRST_WAIT: Final = 5.0
_LONGEST_WAIT: Final = 900.0


@dataclass(frozen=True, slots=True)
class Post:
    """What sending needs, handed in by the worker."""

    reach: Callable[[Channel], LiveChannel]
    mail: Callable[[], MailServer | None]
    store: Store
    keys: Keys
    clock: Clock


def lasts(row: Outbox) -> timedelta:
    """How long a claim of this row lasts. What is handed in step by step may take its time."""
    slow = row.kind == Kind.EMAIL or (row.channel is not None and registry.needs_connection(row.channel.kind))
    return SLOW_CLAIM_LASTS if slow else CLAIM_LASTS


def wait_after(attempts: int) -> timedelta:
    """How long after a try that failed the next one comes: 5 s, 10, 20 ... up to a quarter of an hour."""
    return timedelta(seconds=min(_FIRST_WAIT * 2 ** max(attempts - 1, 0), _LONGEST_WAIT))


def send(outbox_id: UUID, *, job: str, post: Post) -> State | None:
    """Send a row that is due. Returns the state it has then; None when there was nothing to do.

    `job` names the one that claims. A job that was killed starts again with its name: it finds its own claim.
    """
    row = Outbox.objects.select_related("channel").filter(pk=outbox_id).first()
    if row is None:
        return None
    if row.state == State.CLAIMED and row.claimed_by == job:  # we were killed while we sent
        give_up_claim(row, at=post.clock())
        return State.UNKNOWN
    if row.state != State.SCHEDULED or row.send_at > post.clock():
        return None
    if row.channel is not None and row.channel.closed_at is not None:
        return fail(row, reasons.CLOSED, at=post.clock())
    if row.digest and row.digest != row_digest(row):
        return fail(row, reasons.CHANGED, at=post.clock())
    if row.channel is not None and registry.by_hand(row.channel.way):
        return _hand_over(row, at=post.clock())
    claimed = _claim(row, job=job, at=post.clock())
    return _attempt(claimed, post) if claimed else None


@transaction.atomic
def _claim(row: Outbox, *, job: str, at: datetime) -> Outbox | None:
    """Take the row for this job alone, and set somebody to look after it. None when another was first."""
    only = {"send_at__lte": at}
    changes = {"claimed_by": job, "claimed_at": at, "attempts": F("attempts") + 1, "looks": 0}
    if not move(row.pk, of=[State.SCHEDULED], to=State.CLAIMED, only=only, **changes):
        return None
    defer_look(row.pk, at + lasts(row))
    return Outbox.objects.select_related("channel").get(pk=row.pk)


@transaction.atomic
def _hand_over(row: Outbox, *, at: datetime) -> State | None:
    """Now a person must post it: it waits as a task."""
    if not move(row.pk, of=[State.SCHEDULED], to=State.CLAIMED, claimed_by=HAND_OFF, claimed_at=at):
        return None
    record_row("waits_for_hand", row, actor=WORKER, at=at)
    defer_told(row.pk)
    return State.CLAIMED


def _attempt(row: Outbox, post: Post) -> State | None:
    """Send what was claimed. Whatever happens, the row says it."""
    assert row.claimed_at is not None
    try:
        if post.clock() - row.claimed_at > START_WITHIN:
            raise NotSent(reasons.TOO_SLOW)
        if row.digest and row.digest != row_digest(row):
            raise Refused(reasons.CHANGED)
        sent = _mail(row, post) if row.kind == Kind.EMAIL else post.reach(_channel(row)).send(outgoing(row, post.store))
    except NotSent as fault:
        return _again_later(row, fault, at=post.clock())
    except Refused as fault:
        return fail(row, str(fault), at=post.clock())
    except Unsure as fault:
        return unsure(row, str(fault), at=post.clock())
    except Exception:
        unsure(row, reasons.LOST, at=post.clock())  # something is wrong inside us; the job fails and is in the log
        raise
    state = took(row.pk, sent, at=post.clock(), store=post.store, keys=post.keys)
    if state == State.SENT:
        defer_look(row.pk, post.clock() + _settles(row) / 4)
    return state


def _channel(row: Outbox) -> Channel:
    if row.channel is None:
        raise Refused(reasons.CLOSED)
    return row.channel


def outgoing(row: Outbox, store: Store) -> Outgoing:
    """The row as the channel takes it. Its pictures are named in `details` and lie in the store."""
    until = row.details.get("until")
    return Outgoing(
        kind=cast(Action, row.kind),
        mark=str(row.mark),
        text=row.text,
        title=str(row.details.get("title", "")),
        summary=str(row.details.get("summary", "")),
        pictures=tuple(_picture(one, store) for one in row.details.get("pictures", [])),
        language=row.language,
        target_id=row.target_external_id,
        account_id=str(row.details.get("account", "")) or row.target_external_id,
        until=datetime.fromisoformat(until) if isinstance(until, str) and until else None,
        since=row.made_at,
    )


def _picture(named: Mapping[str, str], store: Store) -> Picture:
    content = store.get(media_key(named["blob"]))
    return Picture(content, named["media_type"], named.get("alt", ""), named.get("name", ""))


def _mail(row: Outbox, post: Post) -> Sent:
    server = post.mail()
    if server is None:
        raise Refused(reasons.NO_MAIL_SERVER)
    message = message_of(
        to=row.to, subject=row.subject, text=row.text, mark=str(row.mark), sender=server.sender, at=post.clock()
    )
    server.send(message)
    return Sent(external_id=str(message["Message-ID"]), seen=True)  # taken over: the server answers for it from here


def _settles(row: Outbox) -> timedelta:
    found = registry.live_class(row.channel.way) if row.channel else None
    return found.settles if found else timedelta(minutes=2)


@transaction.atomic
def _again_later(row: Outbox, fault: NotSent, *, at: datetime) -> State | None:
    """Nothing left: back in the queue, later each time; after many tries a person is told."""
    if row.attempts >= TRIES:
        return fail(row, reasons.TIRED, at=at)
    later = at + max(fault.retry_after or timedelta(), wait_after(row.attempts))
    mine = {"claimed_at": row.claimed_at, "claimed_by": row.claimed_by}
    return back_in_queue(row, only=mine, at=at, send_at=later, reason=str(fault))


def back_in_queue(row: Outbox, *, only: dict[str, Any], at: datetime, send_at: datetime, reason: str) -> State | None:
    """To be sent again; unless what wanted it was undone meanwhile: then it ends here. In a transaction."""
    of = [State(row.state)]
    if move(row.pk, of=of, to=State.SCHEDULED, only={**only, "given_up_at": None}, send_at=send_at, reason=reason):
        defer_send(row.pk, send_at)
        return State.SCHEDULED
    if move(row.pk, of=of, to=State.WITHDRAWN, only=only, ended_at=at, reason=reason):
        record_row("withdrawn", row, actor=WORKER, at=at)
        defer_told(row.pk)
        return State.WITHDRAWN
    return None


@transaction.atomic
def fail(row: Outbox, why: str, *, at: datetime) -> State | None:
    """It did not leave and will not: said with the reason, and told."""
    before = State(row.state)
    done = move(row.pk, of=[before], to=State.FAILED, only={"claimed_at": row.claimed_at}, reason=why, ended_at=at)
    if not done:
        return None
    record_row("failed", row, actor=WORKER, at=at)
    defer_told(row.pk)
    return State.FAILED


@transaction.atomic
def unsure(row: Outbox, why: str, *, at: datetime) -> State | None:
    """It may have left. Looked at first; where there is no way to look, a person is told."""
    if not _mine(row, State.UNKNOWN, reason=why):
        return None
    after_unknown(row, at=at)
    return State.UNKNOWN


@transaction.atomic
def give_up_claim(row: Outbox, *, at: datetime) -> bool:
    """The worker that had claimed it has ended."""
    if not _mine(row, State.UNKNOWN, reason=reasons.LOST):
        return False
    after_unknown(row, at=at)
    return True


def after_unknown(row: Outbox, *, at: datetime) -> None:
    """What is done with a row that has become unknown, in the same transaction."""
    record_row("unknown", row, actor=WORKER, at=at)
    found = registry.live_class(row.channel.way) if row.channel else None
    if found and (found.can_look or found.has_idempotency_key):
        defer_look(row.pk, at)
    else:
        defer_told(row.pk)


def _mine(row: Outbox, to: State, **changes: object) -> bool:
    """Change the state only while the claim is still the one that `row` shows."""
    only = {"claimed_at": row.claimed_at, "claimed_by": row.claimed_by}
    return move(row.pk, of=[State.CLAIMED], to=to, only=only, **changes)
