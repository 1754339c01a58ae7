"""Acts on a conversation from its page: each form is one act. The view asks who may, the act decides the rest."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ordskifte.base.clock import now
from ordskifte.converse import conversations, corrections
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation, Step, Task
from ordskifte.converse.pages.common import answering, given_id, given_moment, me_of, onwards, seen, tell_done
from ordskifte.converse.presence import take_over
from ordskifte.converse.queries import conversation as find
from ordskifte.converse.queries import tasks_of
from ordskifte.converse.rules import standing_of
from ordskifte.people.access import DeskRequest, desk

Done = tuple[str, Step | None]
"""What is told, and the step that can be undone."""


def _assign(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    person = given_id(request, "person")
    step = conversations.assign(one.pk, person, by=by, at=at)
    return (_("Assigned.") if person else _("Assigned to nobody.")), step


def _take(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    return _("It is yours."), conversations.take(one.pk, by=by, at=at)


def _hand_over(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    unit = given_id(request, "unit")
    if unit is None:
        raise ConverseError(_("Choose a unit."))
    step = conversations.hand_over(one.pk, unit, note=request.POST.get("note", ""), by=by, at=at)
    name = step.conversation.unit.name if step.conversation.unit else ""
    return _("Handed to %(unit)s.") % {"unit": name}, step


def _snooze(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    until = given_moment(request, "until")
    if until is None:
        raise ConverseError(_("Choose a time that is still to come."))
    return _("Snoozed."), conversations.snooze(one.pk, until, by=by, at=at)


def _follow_up(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    moment = given_moment(request, "moment")
    step = conversations.follow_up(one.pk, moment, by=by, at=at)
    return (_("You will be reminded.") if moment else _("No reminder any more.")), step


def _wait(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    return _("It waits for others. The clock goes on."), conversations.wait_for_others(one.pk, by=by, at=at)


def _topic(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    return _("Topic set."), conversations.set_topic(one.pk, given_id(request, "topic"), by=by, at=at)


def _note(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    mentions = {found for text in request.POST.getlist("mention") if (found := _uuid(text))}
    conversations.add_note(one.pk, request.POST.get("note", ""), mentions=mentions, by=by, at=at)
    return _("Note written."), None


def _close(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    return _("Done."), conversations.close(one.pk, request.POST.get("response", ""), by=by, at=at)


def _reopen(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    return _("Opened again."), conversations.reopen(one.pk, by=by, at=at)


def _merge(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    into = given_id(request, "into")
    if into is None or find(request.viewer, into) is None:
        raise ConverseError(_("Choose another conversation to join it with."))
    return _("Joined."), conversations.merge(one.pk, into, by=by, at=at)


def _split(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    utterance = given_id(request, "utterance")
    if utterance is None:
        raise Http404
    return _("It has a conversation of its own now."), conversations.split(one.pk, utterance, by=by, at=at)


def _correct(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    version = given_id(request, "version")
    if version is None:
        raise Http404
    given = {name: request.POST.get(name, "")[:100] for name in ("field", "now", "rule")}
    corrections.correct(one.pk, version, by=by, at=at, **given)
    if words := request.POST.get("words", "").strip():
        name = request.POST.get("name", "").strip() or words[:60]
        corrections.propose_rule(name, words, given["now"], by=by, at=at)
        return _("Corrected. An owner is asked to confirm the rule."), None
    return _("Corrected. Thank you: it is kept as a proposal."), None


def _take_over(request: DeskRequest, one: Conversation, by: UUID, at: datetime) -> Done:
    take_over(one.pk, by=by, at=at)
    return _("You write now, and only you can send."), None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


ACTS: dict[str, Callable[[DeskRequest, Conversation, UUID, datetime], Done]] = {
    "assign": _assign,
    "take": _take,
    "hand-over": _hand_over,
    "snooze": _snooze,
    "follow-up": _follow_up,
    "wait": _wait,
    "topic": _topic,
    "note": _note,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
    "split": _split,
    "correct": _correct,
    "take-over": _take_over,
}


@desk()
@require_POST
def act(request: DeskRequest, conversation_id: UUID, name: str) -> HttpResponse:
    """One act, for one who may answer in the conversation."""
    if name not in ACTS:
        raise Http404
    one, _standing = answering(request, conversation_id)
    try:
        said, step = ACTS[name](request, one, me_of(request).id, now())
    except ConverseError as error:
        messages.error(request, str(error))
        return onwards(request, one.pk)
    tell_done(request, said, step.pk if step else None)
    return onwards(request, None if name in ("snooze", "close", "merge") else one.pk)


@desk()
@require_POST
def undo(request: DeskRequest, step_id: UUID) -> HttpResponse:
    """Take back one's own last act."""
    step = Step.objects.filter(pk=step_id, by=me_of(request)).first()
    if step is None:
        raise Http404
    try:
        conversations.undo(step_id, by=me_of(request).id, at=now())
        messages.success(request, _("Undone."))
    except ConverseError as error:
        messages.error(request, str(error))
    return onwards(request, step.conversation_id)


@desk()
@require_POST
def finish_task(request: DeskRequest, task_id: UUID) -> HttpResponse:
    """A task is done, by one it is for."""
    task = tasks_of(request.viewer).filter(pk=task_id).select_related("conversation__channel").first()
    if task is None:
        raise Http404
    if task.conversation and not _may_finish(request, task):
        raise PermissionDenied
    try:
        step = conversations.finish_task(task_id, by=me_of(request).id, at=now())
        tell_done(request, _("The task is done."), step.pk if step else None)
    except ConverseError as error:
        messages.error(request, str(error))
    return onwards(request, None) if request.POST.get("next") else redirect("converse:tasks")


def _may_finish(request: DeskRequest, task: Task) -> bool:
    if task.assignee_id == request.viewer.person_id:
        return True
    one = task.conversation
    return one is not None and standing_of(request.viewer).may_answer(seen(request, one.pk))
