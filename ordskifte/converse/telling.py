"""Telling colleagues by e-mail (at once, or in the day's digest): that something waits, never what a citizen said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ordskifte.converse.clock import outside_hours
from ordskifte.converse.models import Conversation, MailWay, Notice
from ordskifte.people.models import Grant, Person, Role
from ordskifte.plan.models import Channel
from ordskifte.plan.queries import duty_list, on_watch
from ordskifte.publish.models import Kind
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.ui.dates import when

ACTOR: Final = "system:clock"
SUBJECTS: Final[Mapping[str, str | Lazy]] = {
    "assigned": gettext_lazy("A conversation is given to you"),
    "handed_over": gettext_lazy("A conversation is handed over to your unit"),
    "mentioned": gettext_lazy("A colleague mentions you in a note"),
    "at_risk": gettext_lazy("A promise is at risk"),
    "broken": gettext_lazy("A promise is broken"),
    "emergency": gettext_lazy("Somebody may be in danger: look now"),
    "approval": gettext_lazy("A reply waits for your approval"),
    "follow_up": gettext_lazy("Time to follow up a conversation"),
    "second": gettext_lazy("A colleague proposes a measure: decide on it"),
    "roster": gettext_lazy("Nobody is on watch in the coming week"),
}
PAGES: Final[Mapping[str, str]] = {"second": "moderation:second", "roster": "plan:roster"}
"""Where one goes for what is about no conversation, or is decided on a page of its own."""
ESCALATED_TO: Final = (Role.DEPUTY, Role.LEADER)
ANSWERING: Final = (Role.OWNER, Role.DEPUTY, Role.MODERATOR, Role.EDITOR, Role.PUBLISHER, Role.CASEWORKER)
_ALWAYS: Final = frozenset({"emergency"})


@transaction.atomic
def tell(
    persons: Iterable[UUID],
    *,
    what: str,
    conversation: Conversation | None,
    at: datetime,
    actor: str = ACTOR,
    channel_id: UUID | None = None,
) -> None:
    """Tell each person once: by mail at once, in the next digest, or only on the desk, as the person has chosen.

    `channel_id`: where it is, of what is about no conversation.
    """
    ids = {person for person in persons if actor != f"person:{person}"}  # nobody is told of their own act
    people = list(Person.objects.filter(pk__in=ids, is_active=True, break_glass=False).order_by("pk"))
    ways = dict(MailWay.objects.filter(person__in=ids).values_list("person_id", "way"))
    where = conversation.channel_id if conversation else channel_id
    channel = Channel.objects.get(pk=where).name if people and where else ""
    for person in people:
        notice = Notice(person=person, conversation=conversation, what=what, at=at)
        way = ways.get(person.id, "at_once")
        if way == "none" and what not in _ALWAYS:
            continue
        if way == "at_once" or what in _ALWAYS:
            subject, text = _letter(person, what, conversation, channel, at)
            notice.outbox = put_in_outbox(
                kind=Kind.EMAIL, channel_id=None, actor=actor, by=None, at=at, subject=subject, text=text,
                to=person.email, language=person.language,
            )  # fmt: skip
        notice.save()


def _letter(
    person: Person, what: str, conversation: Conversation | None, channel: str, at: datetime
) -> tuple[str, str]:
    with translation.override(person.language):
        subject = str(SUBJECTS[what])
        lines = [f"{subject}.", ""]
        if channel:
            lines.append(_("Channel: %(name)s") % {"name": channel})
        if conversation and conversation.due_at and what not in PAGES:
            lines.append(_("Promised by: %(when)s") % {"when": when(conversation.due_at, at)})
        lines += [address_of(what, conversation.pk if conversation else None)]
        lines += ["", _("The words are only on the desk, never in a mail.")]
        return subject, "\n".join(lines)


def address_of(what: str, conversation: UUID | None) -> str:
    """The full address of what it is about, as far as the installation knows its own; "" when it is nowhere."""
    if what in PAGES:
        return f"{settings.ORIGIN}{reverse(PAGES[what])}"
    return f"{settings.ORIGIN}{reverse('converse:conversation', args=[conversation])}" if conversation else ""


def holders(roles: Sequence[str], *, unit: UUID | None, channel: UUID) -> set[UUID]:
    """Who holds one of the roles for the unit or the channel; when nobody does, who holds it for the whole body."""
    grants = Grant.objects.filter(role__in=roles, ended_at=None, person__is_active=True)
    near = Q(channel_id=channel) | (Q(unit=unit) if unit else Q(pk=None))
    found = set(grants.filter(near).values_list("person_id", flat=True))
    return found or set(grants.filter(unit=None, channel_id=None).values_list("person_id", flat=True))


def watchers(conversation: Conversation, *, at: datetime) -> set[UUID]:
    """Whom a conversation waits for: its own person, else those on watch, else those who answer there."""
    if conversation.assignee_id:
        return {conversation.assignee_id}
    found = {person.id for person in on_watch(at, unit_id=conversation.unit_id)}
    return found or holders(ANSWERING, unit=conversation.unit_id, channel=conversation.channel_id)


def tell_of_emergency(conversations: Iterable[Conversation], *, at: datetime) -> None:
    """Within hours those on watch are told; outside them the duty list is."""
    for one in conversations:
        duty = {person.id for person in duty_list(at)} if outside_hours(at, one.unit_id) else set()
        tell(duty or watchers(one, at=at), what="emergency", conversation=one, at=at)


def send_digests(*, at: datetime) -> int:
    """Once a day: what waits for each person who wants one mail. Returns how many mails that made."""
    made = 0
    waiting: dict[UUID, list[Notice]] = {}
    for one in Notice.objects.filter(outbox=None, person__mailway__way="digest").order_by("at"):
        waiting.setdefault(one.person_id, []).append(one)
    for person in Person.objects.filter(pk__in=waiting, is_active=True):
        with transaction.atomic():
            notices = list(Notice.objects.select_for_update().filter(person=person, outbox=None).order_by("at"))
            if not notices:
                continue
            with translation.override(person.language):
                count = len(notices)
                subject = ngettext("%(n)s thing on your desk", "%(n)s things on your desk", count) % {"n": count}
                lines = [f"{when(one.at, at)}: {SUBJECTS[one.what]}. {_link(one)}".rstrip() for one in notices]
            outbox = put_in_outbox(
                kind=Kind.EMAIL, channel_id=None, actor=ACTOR, by=None, at=at, subject=subject,
                text="\n".join(lines), to=person.email, language=person.language,
            )  # fmt: skip
            Notice.objects.filter(pk__in=[one.pk for one in notices]).update(outbox=outbox)
            made += 1
    return made


def _link(notice: Notice) -> str:
    return address_of(notice.what, notice.conversation_id)
