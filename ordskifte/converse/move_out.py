"""Move it out: say where to go, repeat nothing, and give the conversation to the unit, with a task (R95)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ordskifte.converse.acting import locked
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Conversation, State, Task
from ordskifte.converse.reply import Written, send_reply
from ordskifte.converse.suggest import form_of
from ordskifte.converse.telling import ANSWERING, holders, tell
from ordskifte.people.models import Body, Unit
from ordskifte.plan.models import Place
from ordskifte.publish.models import Outbox
from ordskifte.records.entry import record_act

RESPONSE: Final = "F4"


def letter(conversation: Conversation, place: Place, *, form: str) -> str:
    """What the writer gets, exactly. It is made of the place's own words: nothing they said is in it."""
    with translation.override(form):
        names = place.names or {}
        name = str(names.get(form) or names.get("nb") or "").strip()
        values = {"name": name, "url": place.url, "phone": place.phone, "hours": place.hours, "email": place.email}
        if place.purpose == "emergency":
            first = _("Are you or anyone else in danger now? Call %(phone)s.") if place.phone else _("This is urgent.")
        else:
            first = _("Hello. We must look at this in your case, and cannot do that here.")
        ways = []
        if place.url:
            ways.append(_("Write to %(name)s: %(url)s") if name else _("Write here: %(url)s"))
        elif place.email:
            ways.append(_("Write to %(name)s: %(email)s"))
        if place.phone:
            ways.append(_("Call %(phone)s (%(hours)s)") if place.hours else _("Call %(phone)s"))
        if not ways:
            ways.append(_("Go to %(name)s"))
        last = _("Please write nothing about yourself or others here: everyone can read it.")
        lines = [first % values, *(f"{one % values}." for one in ways)]
        return " ".join([*lines, "" if conversation.private else last]).strip()


@transaction.atomic
def move_out(
    conversation_id: UUID,
    *,
    place_id: UUID,
    unit_id: UUID | None,
    serial: int,
    target: UUID | None = None,
    by: UUID,
    at: datetime,
) -> Outbox:
    """Answer with where to go, and give the conversation to a unit: the place's own, when none is named."""
    place = Place.objects.select_related("unit").filter(pk=place_id).first()
    if place is None:
        raise ConverseError(_("Choose a place from the register."))
    if place.dead_since is not None:
        raise ConverseError(_("That place is no longer in use. Choose another."))
    conversation = locked(conversation_id)
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else place.unit or _topic_unit(conversation)
    body = Body.objects.first()
    form = form_of(conversation.language, body.language if body else "nb")
    text = letter(conversation, place, form=form)
    written = Written(text, RESPONSE, serial, target=target, passed=_("Text of the place register"))
    row = send_reply(conversation_id, written, by=by, at=at)
    conversation = locked(conversation_id)
    task = Task.objects.create(
        kind="moved_out",
        conversation=conversation,
        outbox=row,
        unit=unit,
        due_at=conversation.due_at,
        made_at=at,
    )
    conversation.state = State.WAITING
    conversation.unit, conversation.assignee_id = unit or conversation.unit, None
    conversation.save()
    details = {"place": str(place.pk), "unit": str(unit.pk) if unit else None, "task": str(task.pk)}
    record_act("conversation.moved_out", actor=f"person:{by}", at=at, record=conversation.pk, details=details)
    if unit:
        people = holders(ANSWERING, unit=unit.pk, channel=conversation.channel_id)
        tell(people, what="handed_over", conversation=conversation, at=at, actor=f"person:{by}")
    return row


def _topic_unit(conversation: Conversation) -> Unit | None:
    return conversation.topic.unit if conversation.topic else None
