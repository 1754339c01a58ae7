"""Sessions in a table of ours that knows whose they are: they can be listed, and end with the person's access."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from ordskifte.people.models import Person, Session

BREAK_GLASS_HOURS = 1
HOURS = 8
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SessionStore(DatabaseSessions):
    """Django's database sessions, with the columns of `Session` filled from what the session itself holds."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        row = super().create_model_instance(dict(data))
        assert isinstance(row, Session)
        owner = data.get("_auth_user_id")
        row.person_id = UUID(owner) if owner else None
        row.id = UUID(data["id"]) if "id" in data else uuid4()
        row.way = data.get("way", "")
        row.agent = data.get("agent", "")
        row.started_at = parse_datetime(data["started_at"]) if "started_at" in data else None
        return row


def open_session(request: HttpRequest, person: Person, *, way: str, at: datetime) -> None:
    """Sign a person in for a working day; the session ends by the clock, whether it is used or not."""
    Session.objects.filter(expire_date__lt=at).delete()
    request.session.flush()  # nothing from before the sign-in is carried over
    login(request, person, backend=BACKEND)
    request.session["id"] = str(uuid4())
    request.session["way"] = way
    request.session["agent"] = request.headers.get("User-Agent", "")[:200]
    request.session["started_at"] = at.isoformat()
    hours = BREAK_GLASS_HOURS if way == "break_glass" else HOURS
    request.session.set_expiry(at + timedelta(hours=hours))


def end_sessions(person: Person) -> int:
    """End every session of a person at once. Returns how many there were."""
    return Session.objects.filter(person=person).delete()[0]
