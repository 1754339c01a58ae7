"""Open a practice channel."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from ordskifte.plan.acts import set_channel_unit
from ordskifte.plan.models import Channel
from ordskifte.plan.register import register_channel
from ordskifte.records.entry import record_act


@transaction.atomic
def open_arena(name: str, *, actor: str, at: datetime, unit_id: UUID | None = None) -> Channel:
    """A practice channel of this name: never journalled, exported, measured or shown in public. Once a name."""
    slug = slugify(name.replace("ø", "o").replace("å", "a").replace("æ", "ae").replace("Ø", "O").replace("Å", "A"))
    channel = register_channel(
        kind="arena", name=name, actor=actor, at=at, external_id=slug or "arena", handle=f"@{slug or 'arena'}"
    )
    if not channel.practice:
        Channel.objects.filter(pk=channel.pk).update(practice=True)
        channel.practice = True
        record_act("channel.practice_set", actor=actor, at=at, record=channel.id)
    if unit_id is not None:
        set_channel_unit(channel.id, unit_id, actor=actor, at=at)
    return channel
