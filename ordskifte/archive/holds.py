"""Legal hold: what a person has stopped from being purged, disposed of or erased, until a person ends it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import Hold
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.plan.models import Channel
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Author, Thread, Utterance

KINDS: Final = {"thread": Thread, "utterance": Utterance, "author": Author, "channel": Channel}
LONGEST: Final = 1000


def held(utterance_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the utterances that a hold covers. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select distinct u.id from threads_utterance u join archive_hold h on h.ended_at is null and (
                (h.kind = 'utterance' and h.target_id = u.id) or (h.kind = 'thread' and h.target_id = u.thread_id)
                or (h.kind = 'author' and h.target_id = u.author_id)
                or (h.kind = 'channel' and h.target_id = u.channel_id))
            where u.id = any(%s)
            """,
            [list(utterance_ids)],
        )
        return frozenset(row[0] for row in cursor.fetchall())


@transaction.atomic
def hold(kind: str, target_id: UUID, *, why: str, basis: str, by: str, at: datetime) -> Hold:
    """Stop purge, disposal and erasure of an utterance, a thread, an author or a channel."""
    said, law = (mask(storable(" ".join(one.split())))[0][:LONGEST] for one in (why, basis))
    if kind not in KINDS or not KINDS[kind]._default_manager.filter(pk=target_id).exists():
        raise ArchiveError(_("There is no such thing to hold. Paste its address."))
    if not said or not law:
        raise ArchiveError(_("Say why, and by which law or order."))
    try:
        with transaction.atomic():
            made = Hold.objects.create(kind=kind, target_id=target_id, why=said, basis=law, by=by, at=at)
    except IntegrityError as error:
        raise ArchiveError(_("It is held already.")) from error
    record_act("hold.set", actor=by, at=at, record=made.id, details={"kind": kind, "target": str(target_id)})
    return made


@transaction.atomic
def end(hold_id: UUID, *, why: str, by: str, at: datetime) -> None:
    """Let go again. What waited is purged or disposed of by its own rules."""
    said = mask(storable(" ".join(why.split())))[0][:LONGEST]
    if not said:
        raise ArchiveError(_("Say why it ends."))
    ended = Hold.objects.filter(pk=hold_id, ended_at=None).update(ended_at=at, ended_by=by, ended_why=said)
    if not ended:
        raise ArchiveError(_("It has ended already."))
    record_act("hold.ended", actor=by, at=at, record=hold_id)
