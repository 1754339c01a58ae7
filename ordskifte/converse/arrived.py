"""Job "arrived": what came in becomes conversations with their clocks, in one transaction for the batch.

The number of queries does not depend on how many there are. Edits and deletions bring a conversation up to date and
start nothing again; what is ours starts no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from ordskifte.converse import clock
from ordskifte.converse.assessing import NUMBER, Read, Rules, first_words, keep, read, rules_in_use
from ordskifte.converse.models import Answered, Assessment, Conversation, Part, State, Turn
from ordskifte.converse.news import announce
from ordskifte.converse.telling import tell_of_emergency
from ordskifte.publish.models import Kind as Sending
from ordskifte.publish.models import Outbox
from ordskifte.publish.models import State as Sent
from ordskifte.records.entry import append_entries
from ordskifte.records.ledger.leaf import leaf_body
from ordskifte.threads.models import Utterance, Version

ACTOR: Final = "system:triage"
_KEPT: Final = (
    "channel", "private", "state", "turn", "topic", "unit", "kind", "warnings", "language", "says",
    "newest_id", "arrived_at", "last_at",
    "promise", "clock_from", "risk_at", "due_at", "held_at", "responded_at", "response_type", "risk_told_at",
    "broken_told_at", "snoozed_until", "merged_into", "closed_at", "serial",
)  # fmt: skip
_MOVES: Final = (
    "channel_id", "private", "state", "turn", "topic_id", "unit_id", "assignee_id", "kind", "warnings", "language",
    "says", "newest_id", "arrived_at", "opened_at", "last_at", "promise_id",
    "clock_from", "risk_at", "due_at", "held_at",
    "responded_at", "response_type", "risk_told_at", "broken_told_at", "snoozed_until", "follow_up_at", "closed_at",
    "serial",
)  # fmt: skip


@dataclass
class _Batch:
    """What is known before the first version is looked at, and what came of it."""

    at: datetime
    rules: Rules
    clocks: clock.Clocks
    known: set[UUID]  # utterances that were read before
    first: set[UUID]  # versions that made an utterance: those brought in before the channel was live are not among us
    home: Mapping[UUID, UUID]  # utterance -> its conversation's id
    conversations: dict[UUID, Conversation]
    sent: set[tuple[UUID, str]]  # (channel, external id) of what the outbox sent
    leaving: set[UUID]  # threads in which something of ours is on its way
    reads: list[Read] = field(default_factory=list)
    touched: dict[UUID, dict[str, object]] = field(default_factory=dict)
    answers: list[Answered] = field(default_factory=list)
    emergencies: set[UUID] = field(default_factory=set)


def on_arrived(version_ids: Sequence[UUID], *, at: datetime) -> None:
    """Take up a batch of versions that were just recorded. Carried out twice it changes nothing."""
    numbers = []
    with transaction.atomic():
        versions = list(
            Version.objects.filter(Q(pk__in=version_ids) | Q(pk__in=_standing(version_ids)))
            .select_related("utterance__channel", "utterance__thread")
            .defer("search", "tags", "attachments", "extra", "alts")
            .order_by("at", "id")
        )
        if not versions:
            return
        _lock({version.utterance.channel_id for version in versions})
        ids = [version.id for version in versions]
        done = set(Assessment.objects.filter(version_id__in=ids).values_list("version_id", flat=True))
        batch = _begin([version.utterance for version in versions], at=at)
        for version in versions:
            if version.utterance.ours:
                _ours(version, batch)
            elif version.kind == "deletion":
                _deleted(version, batch)
            elif version.id not in done:
                _theirs(version, batch)
                if version.masked:
                    numbers.append(version)
        _end(batch)
        _numbers(numbers, at)


def _standing(version_ids: Sequence[UUID]) -> QuerySet[Utterance, UUID]:
    """The newest versions of the same utterances: their own batch may have been taken up before this one."""
    return Utterance.objects.filter(version__in=version_ids).values_list("current_id", flat=True)


def _numbers(versions: Sequence[Version], at: datetime) -> None:
    """Personal numbers in arrivals are moderation's: hidden at once where the rules for that hold."""
    if versions:
        from ordskifte.converse.moderation.numbers import on_number  # it builds on this package's acts

        for version in versions:
            on_number(version, at)


def _lock(channels: Iterable[UUID]) -> None:
    """One batch of a channel at a time, until the transaction ends: two cannot open the same conversation."""
    with connection.cursor() as cursor:
        for channel in sorted(channels):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"arrived:{channel}"])


def _begin(utterances: Sequence[Utterance], *, at: datetime) -> _Batch:
    """A fixed number of queries, whatever there is."""
    ids = {one.id for one in utterances}
    threads = {one.thread_id for one in utterances}
    parents = {one.parent_id for one in utterances if one.parent_id}
    parts = dict(Part.objects.filter(utterance__in=ids | parents).values_list("utterance_id", "conversation_id"))
    home = {one.id: parts.get(one.id) or parts.get(one.parent_id or one.id) or one.thread_id for one in utterances}
    conversations = _locked(Q(pk__in=set(home.values())) | Q(pk__in=_swallowed(threads), source_id=None))
    away = {one.merged_into_id for one in conversations.values() if one.merged_into_id} - conversations.keys()
    conversations |= _locked(Q(pk__in=away))
    sent = Outbox.objects.filter(
        Q(thread_id__in=threads) | Q(external_id__in={one.external_id for one in utterances if one.ours} - {""})
    ).values_list("channel_id", "external_id", "thread_id", "kind", "state")
    rows = list(sent)
    under_way = {str(Sent.CLAIMED), str(Sent.SENT), str(Sent.UNKNOWN)}
    return _Batch(
        at=at,
        rules=rules_in_use(),
        clocks=clock.Clocks(),
        known=set(Assessment.objects.filter(utterance__in=ids).values_list("utterance_id", flat=True)),
        first=_first(ids),
        home=home,
        conversations=conversations,
        sent={(channel, name) for channel, name, *_ in rows if channel and name},
        leaving={thread for *_, thread, kind, state in rows if thread and kind == Sending.REPLY and state in under_way},
    )


def _first(utterances: set[UUID]) -> set[UUID]:
    rows = Version.objects.filter(utterance__in=utterances).order_by("utterance_id", "at", "id")
    return set(rows.distinct("utterance_id").values_list("id", flat=True))


def _locked(which: Q) -> dict[UUID, Conversation]:
    return {one.pk: one for one in Conversation.objects.select_for_update().filter(which).order_by("pk")}


def _swallowed(threads: set[UUID]) -> object:
    """Utterances that once were a thread's first and now stand in one of these: their parent came later."""
    return Utterance.objects.filter(thread_id__in=threads).exclude(pk=F("thread_id")).values("pk")


def _of(utterance: Utterance, batch: _Batch) -> Conversation | None:
    """The conversation an utterance belongs to now: a merged one's is the one it went into."""
    found = batch.conversations.get(batch.home[utterance.id])
    if found and found.merged_into_id:
        found = batch.conversations.get(found.merged_into_id, found)
    return found


def _theirs(version: Version, batch: _Batch) -> None:
    """Something another said: new, or said in other words."""
    utterance = version.utterance
    new = utterance.id not in batch.known and version.id in batch.first
    conversation = _of(utterance, batch)
    if conversation is None and not new:
        return  # history that was brought in, or an edit whose first version comes in another batch
    was = read(version, batch.rules, at=batch.at)
    batch.reads.append(was)
    batch.known.add(utterance.id)
    if conversation is None:
        conversation = _opened(utterance, batch)
    fresh = was.warnings - set(conversation.warnings)
    if new:
        _wake(conversation)
        began = min(utterance.at, batch.at)  # a channel whose clock is fast starts nothing in the future
        if conversation.clock_from is None:
            _route(conversation, was, utterance)
            batch.clocks.start(conversation, start=began)
    elif fresh - {NUMBER}:
        _wake(conversation)  # the new words warn: a person looks, and no clock starts again
    if new or utterance.id == conversation.newest_id:
        conversation.newest_id = utterance.id
        conversation.arrived_at = batch.at if new else conversation.arrived_at
        conversation.kind = was.row.kind
        if was.row.language_sure or not conversation.language:
            conversation.language = was.row.language if was.row.language_sure else ""
        conversation.says = first_words(version.text or version.title)
    conversation.warnings = sorted({*conversation.warnings, *was.warnings})
    conversation.last_at = max(conversation.last_at, utterance.at)
    if "emergency" in fresh:
        batch.emergencies.add(conversation.pk)
    _touch(conversation, batch, utterance)


def _opened(utterance: Utterance, batch: _Batch) -> Conversation:
    key = batch.home[utterance.id]
    found = Conversation(
        thread_id=key,
        channel_id=utterance.channel_id,
        private=utterance.private,
        state=State.OPEN,
        turn=Turn.OURS,
        opened_at=batch.at,
        last_at=utterance.at,
        unit_id=utterance.channel.unit_id,
    )
    batch.conversations[key] = found
    return found


def _wake(conversation: Conversation) -> None:
    """It is ours again: whatever state it rested in."""
    if conversation.state == State.DONE:
        conversation.warnings = []
        conversation.closed_at = None
        conversation.response_type = ""
    conversation.state, conversation.turn = State.OPEN, Turn.OURS
    conversation.snoozed_until = None


def _route(conversation: Conversation, was: Read, utterance: Utterance) -> None:
    """Topic by its words; unit by the channel, else by the topic. What a person has set stays."""
    conversation.private = conversation.private or utterance.private
    if was.routed is None:
        return
    if conversation.topic_id is None:
        conversation.topic_id = was.routed.topic.id
    if conversation.unit_id is None:
        conversation.unit_id = was.routed.topic.unit


def _deleted(version: Version, batch: _Batch) -> None:
    """The author took it back. The clock goes on: a person decides whether anything is left to answer."""
    conversation = _of(version.utterance, batch)
    if conversation is None:
        return
    if version.utterance_id == conversation.newest_id:
        conversation.says = ""
    _touch(conversation, batch, version.utterance, deleted=True)


def _ours(version: Version, batch: _Batch) -> None:
    """Something of ours: through the outbox (`sent` takes care of it), or written on the platform itself."""
    utterance = version.utterance
    conversation = _of(utterance, batch)
    if conversation is None or version.kind == "deletion":
        return
    conversation.last_at = max(conversation.last_at, utterance.at)
    through_us = (utterance.channel_id, utterance.external_id) in batch.sent or utterance.thread_id in batch.leaving
    began = conversation.clock_from
    if not through_us and utterance.versions == 1 and began is not None and utterance.at >= began:
        batch.answers.append(
            Answered(
                conversation=conversation,
                channel_id=conversation.channel_id,
                unit_id=conversation.unit_id,
                utterance_id=utterance.id,
                kind=conversation.kind,
                holding=False,
                promise_id=conversation.promise_id,
                clock_from=began,
                due_at=conversation.due_at,
                at=utterance.at,
                in_time=utterance.at <= conversation.due_at if conversation.due_at else None,
            )
        )
        clock.stop(conversation)
        conversation.responded_at, conversation.turn = utterance.at, Turn.THEIRS
    _touch(conversation, batch, utterance)


def _touch(conversation: Conversation, batch: _Batch, utterance: Utterance, *, deleted: bool = False) -> None:
    facts = batch.touched.setdefault(conversation.pk, {"utterances": []})
    said = facts["utterances"]
    assert isinstance(said, list)
    said.append(str(utterance.id))
    if deleted:
        facts["deleted"] = True


def _end(batch: _Batch) -> None:
    """Write what came of it: conversations, assessments, entries; and tell open desks."""
    joined = _join(batch)
    for key in batch.touched:
        batch.conversations[key].serial += 1
    changed = [batch.conversations[key] for key in {*batch.touched, *joined}]
    Conversation.objects.bulk_create(
        changed, update_conflicts=True, update_fields=list(_KEPT), unique_fields=["thread"]
    )
    keep([one.row for one in batch.reads])
    Answered.objects.bulk_create(batch.answers)
    if joined:
        _carry_over(joined)
    entries = [
        ("conversation.arrived", key, _body(batch.conversations[key], facts, batch.at))
        for key, facts in batch.touched.items()
    ]
    if entries:
        append_entries(entries)
        announce("arrived", batch.touched)
    if batch.emergencies:
        tell_of_emergency([batch.conversations[key] for key in batch.emergencies], at=batch.at)


def _body(conversation: Conversation, facts: Mapping[str, object], at: datetime) -> bytes:
    more = {
        "turn": str(conversation.turn),
        "due": conversation.due_at.isoformat() if conversation.due_at else None,
        "promise": str(conversation.promise_id) if conversation.promise_id else None,
        "warnings": list(conversation.warnings),
        "unit": str(conversation.unit_id) if conversation.unit_id else None,
    }
    record = str(conversation.pk)
    return leaf_body("conversation.arrived", at=at, actor=ACTOR, record=record, details={**facts, **more})


def _join(batch: _Batch) -> set[UUID]:
    """Conversations whose thread went into another's: they go with it, and the earliest clock stays."""
    joined = set()
    where = dict(Utterance.objects.filter(pk__in=batch.conversations).values_list("pk", "thread_id"))
    for key, one in list(batch.conversations.items()):
        into = where.get(key, key)
        if into == key or one.source_id or one.merged_into_id:
            continue
        if into not in batch.conversations:
            batch.conversations[into] = _moved(one, into)
        target = batch.conversations[into]
        _earliest(target, one)
        one.merged_into, one.state, one.closed_at = target, State.DONE, batch.at
        one.serial += 1
        batch.touched.setdefault(into, {"utterances": []})["joined"] = str(key)
        batch.touched.pop(key, None)
        joined.add(key)
    return joined


def _moved(one: Conversation, into: UUID) -> Conversation:
    """The same conversation under its thread's new id."""
    kept = {name: getattr(one, name) for name in _MOVES}
    return Conversation(thread_id=into, **kept)


def _carry_over(joined: set[UUID]) -> None:
    """Tasks and notes go with a conversation that was joined. One query each, when there are any."""
    with connection.cursor() as cursor:
        for table in ("converse_task", "converse_note"):
            cursor.execute(
                f"update {table} t set conversation_id = c.merged_into_id from converse_conversation c"  # noqa: S608
                " where t.conversation_id = c.thread_id and c.thread_id = any(%s)",
                [list(joined)],
            )


def _earliest(target: Conversation, one: Conversation) -> None:
    """What the joined conversation had running goes on in the one it went into."""
    target.assignee_id = target.assignee_id or one.assignee_id
    target.warnings = sorted({*target.warnings, *one.warnings})
    if one.clock_from and (target.clock_from is None or one.clock_from < target.clock_from):
        for name in ("promise_id", "clock_from", "risk_at", "due_at", "held_at", "risk_told_at", "broken_told_at"):
            setattr(target, name, getattr(one, name))
        target.turn, target.state = Turn.OURS, State.OPEN
