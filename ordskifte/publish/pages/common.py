"""What the pages share: reading forms, saying that an act was refused, going back."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ordskifte.people.access import DeskRequest
from ordskifte.plan.working_time import OSLO
from ordskifte.publish import rules
from ordskifte.publish.errors import DraftError, OutboxError
from ordskifte.publish.models import Draft
from ordskifte.publish.planning import one_draft


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """A time from a field, by the clock in Norway. DraftError when it is none."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=OSLO).astimezone(UTC)
    except ValueError:
        raise DraftError(_("Write the time as it stands in the field.")) from None


def day_of(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DraftError(_("Write the day as it stands in the field.")) from None


def draft_or_404(request: DeskRequest, draft_id: UUID) -> Draft:
    found = one_draft(request.viewer, draft_id)
    if found is None:
        raise Http404
    return found


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def writer_of(request: DeskRequest, draft: Draft) -> rules.Holds:
    """The viewer's roles, when they may write in this draft."""
    holds = rules.holds_of(request.viewer)
    channels = [one.channel for one in draft.variants.select_related("channel")]
    refuse_unless(rules.may_write(holds, channels))
    return holds


def who(request: DeskRequest) -> dict[str, Any]:
    assert request.viewer.person_id is not None
    return {"by": request.viewer.person_id, "actor": request.viewer.actor}


def carried_out(request: HttpRequest, act: Callable[[], object], said: str, back: str, *args: Any) -> HttpResponse:
    """Do it and go back; what was refused is said at the top of the page one comes to."""
    try:
        act()
    except (DraftError, OutboxError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(back, *args)


def posted(form: Mapping[str, str], name: str) -> bool:
    return bool(form.get(name))
