"""Replying: checks as one writes, sending, taking back, moving out; the draft and who is here."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ordskifte.base.clock import now
from ordskifte.converse import presence
from ordskifte.converse.answering import answer_form
from ordskifte.converse.errors import ConverseError, MovedOn
from ordskifte.converse.models import Conversation
from ordskifte.converse.move_out import move_out as move_it_out
from ordskifte.converse.pages.common import answering, given_id, me_of, onwards
from ordskifte.converse.pages.conversation import page_context
from ordskifte.converse.queries import since_serial
from ordskifte.converse.reply import When, Written, checked, send_reply
from ordskifte.people.access import DeskRequest, desk
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import withdraw
from ordskifte.ui.dates import when

HALF_A_DAY: Final = timedelta(hours=12)
"""What is shown as new to one whose page does not say when it was made."""


@desk()
@require_POST
def send(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """Send, or show the page again with what stopped it and the text kept."""
    one, _standing = answering(request, conversation_id)
    person, at = me_of(request), now()
    written = _written(request)
    try:
        row = send_reply(one.pk, written, by=person.id, at=at)
    except (ConverseError, OutboxError) as error:
        return _again(request, one, written, error)
    back = reverse("converse:withdraw", args=[row.pk])
    if row.state == State.WAITING:
        messages.success(request, _("Another person looks at it before it leaves."), extra_tags=back)
    else:
        said = _("Leaves %(when)s.") if written.when == "opening" else _("Leaves in ten seconds.")
        messages.success(request, said % {"when": when(row.send_at, at)}, extra_tags=back)
    return onwards(request, one.pk)


def _written(request: DeskRequest) -> Written:
    given = request.POST
    chosen = given.get("act", "")
    moment: When = "opening" if chosen == "opening" else "now"
    try:
        serial = int(given.get("serial", "-1"))
    except ValueError:
        serial = -1
    return Written(
        text=given.get("text", ""),
        response_type="F2" if chosen == "holding" else given.get("response", ""),
        serial=serial,
        target=given_id(request, "target"),
        when=moment,
        passed=given.get("passed", ""),
        second=chosen == "second",
    )


def _again(request: DeskRequest, one: Conversation, written: Written, error: Exception) -> HttpResponse:
    """The page with the text kept, the checks, and what happened meanwhile."""
    at = now()
    one.refresh_from_db()
    findings = checked(one, written.text, written.response_type, at=at)
    form = answer_form(one, me_of(request), at=at, written=written, findings=findings)
    more: dict[str, Any] = {"form": form, "error": str(error)}
    if isinstance(error, MovedOn):
        made = parse_datetime(request.POST.get("made", ""))
        since = made if made and made.tzinfo and made < at else at - HALF_A_DAY
        more["moved_on"] = since_serial(one, since=since)
    return render(request, "converse/conversation.html", page_context(request, one, at, **more), status=409)


@desk()
@require_POST
def check(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """The checks of what is being written; it is kept as a draft, and holds sending."""
    one, _standing = answering(request, conversation_id)
    person, at = me_of(request), now()
    written = _written(request)
    presence.keep_draft(one.pk, written.text, by=person.id, at=at)
    presence.seen(one.pk, person.id, writes=bool(written.text.strip()), at=at)
    findings = checked(one, written.text, written.response_type, at=at) if written.text.strip() else []
    form = answer_form(one, person, at=at, written=written, findings=findings)
    return render(request, "converse/checks.html", {"form": form, "conversation": one})


@desk()
@require_POST
def present(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """The page's sign of life: somebody reads, or writes."""
    one, _standing = answering(request, conversation_id)
    person, at = me_of(request), now()
    presence.seen(one.pk, person.id, writes=request.POST.get("writes") == "1", at=at)
    context = {"conversation": one, "here": presence.here(one.pk, person.id, at=at), "may_answer": True}
    return render(request, "converse/here.html", context)


@desk()
@require_POST
def take_back(request: DeskRequest, outbox_id: UUID) -> HttpResponse:
    """Take a reply back before it leaves; its words are a draft again."""
    row = Outbox.objects.filter(pk=outbox_id, kind="reply").first()
    key = (row.details or {}).get("conversation") if row else None
    if row is None or key is None:
        raise Http404
    one, _standing = answering(request, UUID(key))
    at = now()
    try:
        withdraw(row.pk, actor=f"person:{me_of(request).id}", at=at)
        messages.success(request, _("Taken back. The text is kept as a draft."))
    except OutboxError as error:
        messages.error(request, str(error))
    return redirect("converse:conversation", one.pk)


@desk()
@require_POST
def move_out(request: DeskRequest, conversation_id: UUID) -> HttpResponse:
    """Say where to go, and give it to the unit."""
    one, _standing = answering(request, conversation_id)
    place = given_id(request, "place")
    written = _written(request)
    try:
        if place is None:
            raise ConverseError(_("Choose a place from the register."))
        row = move_it_out(
            one.pk,
            place_id=place,
            unit_id=given_id(request, "unit"),
            serial=written.serial,
            target=written.target,
            by=me_of(request).id,
            at=now(),
        )
    except (ConverseError, OutboxError) as error:
        messages.error(request, str(error))
        return redirect("converse:conversation", one.pk)
    back = reverse("converse:withdraw", args=[row.pk])
    messages.success(request, _("Moved out. The reply leaves in ten seconds."), extra_tags=back)
    return onwards(request, one.pk)
