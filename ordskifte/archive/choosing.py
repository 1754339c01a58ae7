"""What the body chooses about its journal: shown in public or not, and how deliveries go. Each choice is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate import types
from procrastinate.contrib.django import app

from ordskifte.archive.delivering import choice
from ordskifte.archive.delivery import PURPOSE
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Delivery, JournalChoice
from ordskifte.base.keys import Keys, seal_secret
from ordskifte.base.text import storable
from ordskifte.records.entry import record_act

WAYS: Final = ("folder", "http", "noark5")


@transaction.atomic
def choose(
    *,
    public: bool,
    way: str,
    address: str,
    series: str,
    secret: str,
    codes: Mapping[str, str],
    keys: Keys,
    by: str,
    at: datetime,
) -> JournalChoice:
    """`secret`: what opens the case system's door; empty keeps the one there is. It is sealed and never shown again."""
    if way not in WAYS:
        raise JournalError(_("Choose how deliveries go."), field="way")
    address = storable(address).strip()
    parts = urlsplit(address)
    if way != "folder" and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
        raise JournalError(_("Write the whole web address, without user name and password."), field="address")
    if way == "noark5":
        try:
            UUID(series.strip())
        except ValueError:
            raise JournalError(_("Write the systemID of the series (arkivdel)."), field="series") from None
    before = choice()
    same = before is not None and (before.way, before.address) == (way, address)
    sealed: bytes | None = seal_secret(keys, secret.strip().encode(), purpose=PURPOSE) if secret.strip() else None
    if sealed is None and same and before is not None:
        sealed = bytes(before.secret) if before.secret else None  # only for the address it was given for
    made = JournalChoice.objects.create(
        public=public,
        way=way,
        address=address if way != "folder" else "",
        series=series.strip() if way == "noark5" else "",
        secret=sealed,
        codes=dict(codes),
        by=by,
        at=at,
    )
    details: dict[str, object] = {"choice": str(made.id), "public": public, "way": way, "secret": sealed is not None}
    record_act("journal.chosen", actor=by, at=at, record=made.id, details=details)
    _wake(at)
    return made


def read_codes(text: str) -> dict[str, str]:
    """Lines of “Inngående dokument = I”."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        word, sign, code = line.partition("=")
        if line.strip() and not (sign and word.strip() and code.strip()):
            raise JournalError(_("Write the codes as lines of “word = code”."), field="codes")
        if line.strip():
            found[word.strip()] = code.strip()
    return found


def _wake(at: datetime) -> None:
    """What waited for somebody to say how it goes."""
    rows = Delivery.objects.filter(state="waiting", next_at=None)
    wanted: list[types.JSONDict] = [{"delivery_id": str(one)} for one in rows.values_list("id", flat=True)]
    rows.update(next_at=at)
    if wanted:
        app.configure_task("deliver").batch_defer(*wanted)
