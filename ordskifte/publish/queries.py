"""What the outbox's pages show. Everyone sees every state, of what they may see at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ordskifte.channels import registry
from ordskifte.channels.handoff import hosts_of
from ordskifte.people.viewer import Viewer
from ordskifte.plan.models import Channel
from ordskifte.publish import rules
from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import HAND_OFF, WRITTEN
from ordskifte.publish.rules import Holds, holds_of
from ordskifte.publish.sayings import kind_name, state_name, what_to_do
from ordskifte.threads.models import Thread, Utterance
from ordskifte.threads.rules import reach_of

PAGE: Final = 40

_BY_HAND: Final = Q(state=State.CLAIMED, claimed_by=HAND_OFF) | Q(state=State.CLAIMED, claimed_by__startswith="person:")
SHOWS: Final[dict[str, Q]] = {
    "act": Q(state__in=[State.WAITING, State.UNKNOWN, State.FAILED, State.STOPPED]) | _BY_HAND,
    "way": Q(state__in=[State.SCHEDULED, State.SENT]) | (Q(state=State.CLAIMED) & ~_BY_HAND),
    "done": Q(state__in=[State.CONFIRMED, State.WITHDRAWN]),
}
"""The views: what a person does something about, what goes by itself, what has ended."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row as a page shows it, with the acts this viewer may do."""

    row: Outbox
    kind: str
    state: str
    todo: str
    acts: tuple[str, ...]
    hosts: tuple[str, ...]  # of a hand-off: where the link must lead


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """A page of the outbox."""

    rows: tuple[RowShown, ...]
    counts: dict[str, int]
    older: UUID | None  # the last row shown, when there are more


def visible(viewer: Viewer) -> QuerySet[Outbox]:
    """What this viewer may see: by the channel, private words by full reach, mail by those who keep an eye on it."""
    reach = reach_of(viewer)
    private = Exists(Utterance.objects.filter(id=OuterRef("target_id"), private=True)) | Exists(
        Thread.objects.filter(id=OuterRef("thread_id"), private=True)
    )
    mail = Q(channel=None) if viewer.has(*rules.MAIL_READERS) else Q(channel=None, by_id=viewer.person_id)
    if viewer.person_id is None:
        mail = Q(pk=None)
    seen = Q(channel_id__in=reach.full) | (Q(channel_id__in=reach.open) & ~private)
    return Outbox.objects.filter(seen | mail)


def outbox_page(
    viewer: Viewer, *, show: str = "act", channel: UUID | None = None, before: UUID | None = None
) -> OutboxPage:
    """One page, newest first. Fixed number of queries."""
    mine = visible(viewer)
    if channel is not None:
        mine = mine.filter(channel_id=channel)
    counted = mine.aggregate(**{name: Count("pk", filter=which) for name, which in SHOWS.items()})
    rows = mine.filter(SHOWS[show]).select_related("channel", "channel__unit", "by", "approved_by")
    if before is not None:
        after = Outbox.objects.filter(pk=before).values_list("made_at", "pk").first()
        if after:
            rows = rows.filter(Q(made_at__lt=after[0]) | Q(made_at=after[0], pk__lt=after[1]))
    found = list(rows.order_by("-made_at", "-pk")[: PAGE + 1])
    holds = holds_of(viewer)
    shown = tuple(row_shown(row, holds) for row in found[:PAGE])
    return OutboxPage(shown, counted, found[PAGE - 1].pk if len(found) > PAGE else None)


def one_row(viewer: Viewer, outbox_id: UUID) -> Outbox | None:
    """A row, when this viewer may see it."""
    return visible(viewer).select_related("channel").filter(pk=outbox_id).first()


def waiting_for_approval(viewer: Viewer) -> list[Outbox]:
    """What this viewer may approve, oldest first."""
    holds = holds_of(viewer)
    rows = visible(viewer).filter(state=State.WAITING).select_related("channel", "by").order_by("made_at", "pk")
    return [row for row in rows if rules.may_approve(holds, row.channel, row.by_id)]


def due(at: datetime) -> QuerySet[Outbox]:
    """What should leave now."""
    return Outbox.objects.filter(state=State.SCHEDULED, send_at__lte=at).order_by("send_at", "pk")


def for_thread(thread_id: UUID) -> list[Outbox]:
    """What has left, or shall leave, in a thread; newest first. The caller has checked who may see the thread."""
    rows = Outbox.objects.filter(thread_id=thread_id).select_related("channel", "by", "approved_by", "receipt")
    return list(rows.order_by("-made_at", "-pk"))


def row_shown(row: Outbox, holds: Holds) -> RowShown:
    """A row with its words and the acts that these roles may do."""
    found = registry.live_class(row.channel.way) if row.channel else None
    return RowShown(
        row=row,
        kind=kind_name(row.kind),
        state=state_name(row),
        todo=what_to_do(row, can_look=bool(found and found.can_look)),
        acts=tuple(acts_on(row, holds)),
        hosts=hosts_of(row.channel.kind, row.channel.url) if row.channel and row.state == State.CLAIMED else (),
    )


_ACTS: Final[dict[str, tuple[str, ...]]] = {
    State.WAITING: ("approve", "refuse", "withdraw"),
    State.SCHEDULED: ("withdraw", "hold"),
    State.STOPPED: ("start", "withdraw"),
    State.FAILED: ("start", "withdraw"),
    State.UNKNOWN: ("arrived", "not-arrived"),
}


def acts_on(row: Outbox, holds: Holds) -> Sequence[str]:
    """The acts that make sense now, and that these roles may do."""
    if row.state == State.CLAIMED:
        if row.claimed_by == HAND_OFF:
            wanted: tuple[str, ...] = ("take", "done", "withdraw")
        elif row.claimed_by == f"person:{holds.person}":
            wanted = ("done", "put-back")
        elif row.claimed_by.startswith("person:"):
            wanted = ("put-back",)
        else:
            wanted = ()
    else:
        wanted = _ACTS.get(row.state, ())
    return [act for act in wanted if may(act, row, row.channel, holds)]


def may(act: str, row: Outbox, channel: Channel | None, holds: Holds) -> bool:
    """Whether these roles may do an act on a row."""
    if act in ("approve", "refuse"):
        return rules.may_approve(holds, channel, row.by_id)
    if act == "start" and row.given_up_at is not None:
        return False
    if act == "withdraw" and row.state == State.FAILED and row.kind not in WRITTEN:
        return False  # a measure that stands is put back, and not left undone
    if act == "withdraw":
        return rules.may_withdraw(holds, channel, row.by_id)
    if row.kind == Kind.EMAIL and row.by_id is not None and row.by_id == holds.person:
        return True
    return rules.may_handle(holds, channel)
