"""What the pages of conversations share: finding one, asking who may, and telling what happened."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import make_aware

from ordskifte.converse.models import Conversation
from ordskifte.converse.queries import conversation
from ordskifte.converse.rules import Sight, Standing, standing_of
from ordskifte.people.access import DeskRequest
from ordskifte.people.models import Person
from ordskifte.plan.working_time import OSLO


def me_of(request: HttpRequest) -> Person:
    """The one who is signed in."""
    assert isinstance(request.user, Person)
    return request.user


def seen(request: DeskRequest, conversation_id: UUID, sight: Sight | None = None) -> Conversation:
    """The conversation, for one who may see it; else there is none."""
    found = conversation(request.viewer, conversation_id, sight)
    if found is None:
        raise Http404
    return found


def answering(request: DeskRequest, conversation_id: UUID) -> tuple[Conversation, Standing]:
    """The conversation, for one who may answer in it. One who may only read is refused."""
    found = seen(request, conversation_id)
    standing = standing_of(request.viewer)
    if not standing.may_answer(found):
        raise PermissionDenied
    return found, standing


def onwards(request: HttpRequest, conversation_id: UUID | None) -> HttpResponse:
    """Back to where one came from on the desk, else to the conversation."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, None):
        return redirect(wanted)
    return redirect("converse:conversation", conversation_id) if conversation_id else redirect("converse:inbox")


def tell_done(request: HttpRequest, text: str, step: UUID | None = None) -> None:
    """What was done, with the way to undo it."""
    messages.success(request, text, extra_tags=reverse("converse:undo", args=[step]) if step else "")


def given_id(request: HttpRequest, name: str) -> UUID | None:
    """An id a form gave; None when it gave none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def given_moment(request: HttpRequest, name: str) -> datetime | None:
    """A local date, with or without a time, as a form gave it. A date alone is eight in the morning."""
    text = request.POST.get(name, "")
    for pattern in ("%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text, pattern)  # noqa: DTZ007 - made aware below
        except ValueError:
            continue
        return make_aware(found.replace(hour=8) if len(text) == 10 else found, OSLO)
    return None


Handler = Callable[[DeskRequest, Conversation, Person, datetime], Any]
