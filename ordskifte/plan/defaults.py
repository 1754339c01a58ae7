"""What a new body starts with: hours, promises, grounds, places, topics, saved replies, from dated data of our own."""

from datetime import datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from django.db import connection, transaction

from ordskifte.plan.models import Ground, OpeningHours, Place, Promise, SavedReply, SpecialDay, Topic
from ordskifte.plan.places import ADDRESS
from ordskifte.plan.working_time import RISK_LEFT, RISK_SHARE
from ordskifte.records.entry import record_act

__all__ = ["RISK_LEFT", "RISK_SHARE", "lay_defaults", "shipped"]


@cache
def shipped() -> dict[str, Any]:
    """`data/defaults.json`: what is laid, with its sources and the date it holds from."""
    found: dict[str, Any] = orjson.loads((files("ordskifte.plan") / "data" / "defaults.json").read_bytes())
    return found


@transaction.atomic
def lay_defaults(*, actor: str, at: datetime) -> bool:
    """Lay what is shipped, once: a plan that has a ground, a promise or opening hours is left as it is.

    Gives whether it was laid. Places without an address are laid dead, to be filled in.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('plan defaults', 0))")
    if any(model.objects.exists() for model in (Ground, Promise, OpeningHours)):
        return False
    data = shipped()
    OpeningHours.objects.bulk_create(
        OpeningHours(weekday=row["weekday"], opens=_time(row["opens"]), closes=_time(row["closes"]))
        for row in data["opening_hours"]
    )
    SpecialDay.objects.bulk_create(
        SpecialDay(**{**row, "opens": _time(row["opens"]), "closes": _time(row["closes"])})
        for row in data["special_days"]
    )
    Promise.objects.bulk_create(Promise(**row, valid_from=at) for row in data["promises"])
    Ground.objects.bulk_create(Ground(**row, published_at=at) for row in data["grounds"])
    Place.objects.bulk_create(_place(row, at) for row in data["places"])
    Topic.objects.bulk_create(Topic(**row) for row in data["topics"])
    SavedReply.objects.bulk_create(SavedReply(**row) for row in data["saved_replies"])
    counts = {name: len(rows) for name, rows in data.items() if isinstance(rows, list) and name != "sources"}
    record_act("plan.defaults_laid", actor=actor, at=at, details={"valid_from": data["valid_from"], **counts})
    return True


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _place(row: dict[str, Any], at: datetime) -> Place:
    place = Place(**row)
    if not (place.url or place.phone or place.email):
        place.dead_since, place.dead_why = at, ADDRESS
    return place
