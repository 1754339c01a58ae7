"""What became of what left: receipts with their evidence, and the state that follows. Written by the worker.

A thing has one receipt. The channel's answer and our own post coming back both fill it in, in either order, and the
rows are the same in the end.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from ordskifte.base.clock import rfc3339
from ordskifte.base.ids import derived_text, utterance_id
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.base.text import storable
from ordskifte.channels.live import Exchange, Sent
from ordskifte.language.personal_data import has_number, mask
from ordskifte.publish.models import Kind, Outbox, Receipt, State
from ordskifte.publish.outbox import defer_told, record_row
from ordskifte.publish.states import EDGES, move
from ordskifte.records.entry import append_entries
from ordskifte.records.evidence import Draft, write_object
from ordskifte.records.models import Aside
from ordskifte.records.warc.write import http_pair
from ordskifte.threads.models import Utterance

WORKER = "system:worker"
COMES_BACK = (Kind.POST, Kind.REPLY)
"""What intake sees again as an utterance of ours."""


@transaction.atomic
def took(outbox_id: UUID, sent: Sent, *, at: datetime, store: Store, keys: Keys) -> State | None:
    """The channel answered that it has the thing. Returns the state it has now; None when the row is gone.

    Whatever the row says by now, this is true: a claim that was given up as lost may still answer.
    """
    row = Outbox.objects.select_for_update(of=("self",)).select_related("channel").filter(pk=outbox_id).first()
    if row is None:
        return None
    receipt = _receipt(row, at)
    receipt.external_id = receipt.external_id or mask(storable(sent.external_id))[0]
    receipt.permalink = receipt.permalink or mask(storable(sent.permalink))[0]
    if sent.exchange and receipt.evidence_id is None and row.channel is not None:
        _keep(receipt, row, sent.exchange, at=at, store=store, keys=keys)
    back = _came_back(row, receipt.external_id)
    receipt.version_id = receipt.version_id or (back.current_id if back else None)
    receipt.save()
    confirmed = sent.seen or receipt.version_id is not None
    return _arrive(row, receipt, confirmed=confirmed, at=at)


@transaction.atomic
def came_back(outbox_id: UUID, *, version_id: UUID, external_id: str, permalink: str, at: datetime) -> State | None:
    """Our own post has come back through intake: it is there."""
    row = Outbox.objects.select_for_update(of=("self",)).filter(pk=outbox_id).first()
    if row is None:
        return None
    receipt = _receipt(row, at)
    receipt.version_id = receipt.version_id or version_id
    receipt.external_id = receipt.external_id or external_id
    receipt.permalink = receipt.permalink or permalink
    receipt.save()
    return _arrive(row, receipt, confirmed=True, at=at)


def _receipt(row: Outbox, at: datetime) -> Receipt:
    return Receipt.objects.get_or_create(outbox=row, defaults={"at": at})[0]


def _arrive(row: Outbox, receipt: Receipt, *, confirmed: bool, at: datetime) -> State:
    """Sent or confirmed, from wherever it was; what is confirmed stays so, and is told once."""
    before = State(row.state)
    names: dict[str, Any] = {"external_id": receipt.external_id, "permalink": receipt.permalink}
    if before == State.CONFIRMED:
        Outbox.objects.filter(pk=row.pk).update(**names)
        return before
    times: dict[str, Any] = {"sent_at": row.sent_at or at, "reason": ""}
    if confirmed and State.CONFIRMED in EDGES[before]:
        move(row.pk, of=[before], to=State.CONFIRMED, confirmed_at=at, ended_at=at, **names, **times)
        record_row("confirmed", row, actor=WORKER, at=at, receipt=str(receipt.id))
        defer_told(row.pk)
        return State.CONFIRMED
    if not confirmed and State.SENT in EDGES[before]:
        move(row.pk, of=[before], to=State.SENT, **names, **times)
        record_row("sent", row, actor=WORKER, at=at, receipt=str(receipt.id))
        if before == State.CLAIMED:
            defer_told(row.pk)
        return State.SENT
    Outbox.objects.filter(pk=row.pk).update(**names)
    return before


def _came_back(row: Outbox, external_id: str) -> Utterance | None:
    """Our post, when intake was faster than the channel's answer."""
    if row.kind not in COMES_BACK or row.channel_id is None or not external_id:
        return None
    return Utterance.objects.filter(pk=utterance_id(row.channel_id, external_id), ours=True).first()


def _keep(receipt: Receipt, row: Outbox, exchange: Exchange, *, at: datetime, store: Store, keys: Keys) -> None:
    """The question and its answer as WARC request and response records, in an object of their own."""
    assert row.channel_id is not None
    private = Utterance.objects.filter(pk=row.target_id, private=True).exists() if row.target_id else False
    whole = exchange.request + exchange.response
    sealed = private or has_number(whole.decode("utf-8", "replace"))
    draft = Draft(row.channel_id, at, sealed)
    identity = UUID(derived_text(str(row.id), "x", sha256(whole).hexdigest()))
    response, request = http_pair(
        exchange.request, exchange.response, record_id=str(identity), uri=exchange.uri, date=rfc3339(at)
    )
    receipt.evidence_offset, receipt.evidence_length = draft.add(response), len(response)
    draft.add(request)
    object_row, leaf = write_object(draft, put=store.put, keys=keys, actor=WORKER)
    receipt.evidence_id = object_row.id
    append_entries([("evidence", None, leaf)])
    Aside.objects.get_or_create(
        id=identity,
        defaults={
            "channel_id": row.channel_id,
            "kind": "exchange",
            "evidence_id": object_row.id,
            "evidence_offset": receipt.evidence_offset,
            "evidence_length": receipt.evidence_length,
        },
    )
