"""What can be done with channels: one function, one transaction, one entry. The caller has checked who may."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.language.personal_data import mask
from ordskifte.people.models import Unit
from ordskifte.plan.errors import ChannelError
from ordskifte.plan.models import Channel
from ordskifte.records.entry import record_act

LONGEST_NAME: Final = 100


@transaction.atomic
def rename_channel(channel_id: UUID, name: str, *, actor: str, at: datetime) -> str:
    """Give a channel another name. Returns the name it had. ChannelError when the name is empty, long or taken."""
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    wanted = mask(" ".join(name.split()))[0]
    if not wanted:
        raise ChannelError(_("A channel needs a name."))
    if len(wanted) > LONGEST_NAME:
        raise ChannelError(_("The name is too long. Use at most 100 characters."))
    if Channel.objects.filter(name=wanted).exclude(pk=channel.pk).exists():
        raise ChannelError(_("Another channel has that name."))
    before = channel.name
    if wanted != before:
        channel.name = wanted
        channel.save(update_fields=["name"])
        record_act("channel.renamed", actor=actor, at=at, record=channel.id, details={"from": before, "to": wanted})
    return before


@transaction.atomic
def set_channel_unit(channel_id: UUID, unit_id: UUID | None, *, actor: str, at: datetime) -> UUID | None:
    """Give a channel to a unit, or to the whole body (None). Returns the unit it had."""
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        raise ChannelError(_("That unit does not exist."))
    before = channel.unit_id
    if unit_id != before:
        channel.unit_id = unit_id
        channel.save(update_fields=["unit"])
        details = {"from": str(before) if before else None, "to": str(unit_id) if unit_id else None}
        record_act("channel.unit_set", actor=actor, at=at, record=channel.id, details=details)
    return before
