"""The channel register: a channel comes into it once, by its account."""

from datetime import datetime

from django.db import connection, transaction

from ordskifte.plan.models import Channel
from ordskifte.records.entry import record_act


def register_channel(
    *,
    kind: str,
    name: str,
    actor: str,
    at: datetime,
    external_id: str = "",
    handle: str = "",
    url: str = "",
    given: bool = False,
) -> Channel:
    """The channel of this account, registered when it is new.

    `given`: a person named the channel; then the name decides and the account is noted. Otherwise the account decides,
    and a name that another channel has already gets the kind added.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # two imports at once must not register one account twice
            cursor.execute("select pg_advisory_xact_lock(hashtextextended('channel register', 0))")
        found = _known(kind, name, external_id, given=given)
        if found is not None:
            return found
        if not given and Channel.objects.filter(name=name).exists():
            name = _free_name(f"{name} ({kind})")
        if Channel.objects.filter(kind=kind, external_id=external_id).exclude(external_id="").exists():
            external_id = ""  # the account has a channel of its own; a person wanted this one beside it
        channel = Channel.objects.create(
            name=name, kind=kind, external_id=external_id, handle=handle, url=url, created_at=at
        )
        record_act("channel.created", actor=actor, at=at, record=channel.id, details={"kind": kind})
        return channel


def _known(kind: str, name: str, external_id: str, *, given: bool) -> Channel | None:
    if given:
        return Channel.objects.filter(name=name).first()
    if external_id:
        return Channel.objects.filter(kind=kind, external_id=external_id).first()
    return Channel.objects.filter(kind=kind, name=name).first()


def _free_name(name: str) -> str:
    taken = set(Channel.objects.filter(name__startswith=name).values_list("name", flat=True))
    number = 2
    found = name
    while found in taken:
        found = f"{name} {number}"
        number += 1
    return found
