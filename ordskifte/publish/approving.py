"""Approval of a draft: asked of several at once, answered by others than its writers, about exactly these bytes.

An approval is of a digest. Words that change afterwards have none; words that change back have it still.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Grant, Person
from ordskifte.publish import rules
from ordskifte.publish.checking import Sheet, may_pass, said_digest, sheet_of
from ordskifte.publish.drafting import locked, void_questions
from ordskifte.publish.errors import DraftError
from ordskifte.publish.models import Asked, Comment, Draft, DraftState, Kind
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.publish.placing import place_sheet
from ordskifte.publish.rendering import content_digest
from ordskifte.records.entry import record_act


def needs_second(draft: Draft) -> bool:
    """Whether another person must see it: the topic's trust, or the writer's own wish."""
    return draft.four_eyes or bool(draft.topic and draft.topic.four_eyes)


def writers_of(draft: Draft) -> set[UUID]:
    """Everyone who has written in it. One query."""
    edited = set(draft.editions.values_list("by_id", flat=True))
    return {draft.owner_id, draft.saved_by_id, *edited}


def approvers_of(draft: Draft) -> list[Person]:
    """Who may say yes: they hold the role on every channel of the draft, and have not written in it. Three queries."""
    channels = [one.channel for one in draft.variants.select_related("channel")]
    if not channels:
        return []
    held: dict[UUID, set[tuple[UUID | None, UUID | None]]] = {}
    grants = Grant.objects.filter(role__in=rules.APPROVERS, ended_at=None, person__is_active=True)
    for person, unit, one in grants.values_list("person_id", "unit_id", "channel_id"):
        held.setdefault(person, set()).add((unit, one))
    writers = writers_of(draft)

    def everywhere(places: set[tuple[UUID | None, UUID | None]]) -> bool:
        return (None, None) in places or all(
            (None, channel.id) in places or (channel.unit_id is not None and (channel.unit_id, None) in places)
            for channel in channels
        )

    found = [person for person, places in held.items() if person not in writers and everywhere(places)]
    return list(Person.objects.filter(pk__in=found, break_glass=False).order_by("name", "id"))


@transaction.atomic
def pass_check(
    draft_id: UUID, check: str, reason: str, *, crisis_lead: bool, by: UUID, actor: str, at: datetime
) -> None:
    """Go on although a check warns, with a reason. In a crisis its lead may pass the three that block, too."""
    draft = locked(draft_id)
    sheet = sheet_of(draft, at=at)
    of_it = [one for one in sheet.findings if one.check == check and one.level != "ok"]
    said = mask(storable(reason).strip())[0][:500]
    if not of_it:
        raise DraftError(_("That check says nothing now."))
    if not said:
        raise DraftError(_("Say why it goes out all the same."))
    if not all(may_pass(one, crisis_lead=crisis_lead) for one in of_it):
        raise DraftError(_("This must be mended: it cannot be passed."))
    given = {"reason": said, "by": str(by), "at": at.isoformat(), "digest": said_digest(check, sheet.findings)}
    draft.passed = {**draft.passed, check: given}
    draft.save(update_fields=["passed"])
    record_act("draft.check_passed", actor=actor, at=at, record=draft.id, details={"check": check, "reason": said})


def refuse_unready(sheet: Sheet) -> None:
    """DraftError when it cannot leave as it is."""
    if not sheet.leaves:
        raise DraftError(_("Choose a channel."))
    if sheet.blocking:
        raise DraftError(_("This cannot go out as it is: %(what)s.") % {"what": sheet.blocking[0].what})
    if sheet.warnings:
        raise DraftError(_("The checks warn. Mend it, or say why it goes out all the same."))


@transaction.atomic
def ask(draft_id: UUID, persons: Collection[UUID], *, everyone: bool, by: UUID, actor: str, at: datetime) -> None:
    """Ask others to approve it, all at the same time. Each gets a link that needs sign-in, never the words."""
    draft = locked(draft_id)
    if draft.state not in (DraftState.WRITING, DraftState.ASKED):
        raise DraftError(_("It is not being written."))
    sheet = sheet_of(draft, at=at)
    refuse_unready(sheet)
    possible = {person.id: person for person in approvers_of(draft)}
    chosen = [possible[one] for one in persons if one in possible]
    if not chosen or len(chosen) != len(set(persons)):
        raise DraftError(_("Choose who is asked: somebody who may approve on all its channels and has not written it."))
    digest = content_digest(sheet.leaves, sheet.pictures)
    Asked.objects.filter(draft=draft, void=False).exclude(digest=digest).update(void=True)
    standing = set(Asked.objects.filter(draft=draft, void=False).values_list("person_id", flat=True))
    for person in chosen:
        if person.id not in standing:
            Asked.objects.create(draft=draft, person=person, by_id=by, at=at, digest=digest)
            _tell(person, draft, "approval", actor=actor, at=at)
    draft.state, draft.ask_all = DraftState.ASKED, everyone
    draft.save(update_fields=["state", "ask_all"])
    details = {"persons": [str(person.id) for person in chosen], "everyone": everyone, "digest_of": len(sheet.leaves)}
    record_act("draft.asked", actor=actor, at=at, record=draft.id, details=details)


@transaction.atomic
def answer(draft_id: UUID, *, yes: bool, note: str, holds: rules.Holds, actor: str, at: datetime) -> bool:
    """Say yes or no to exactly what stands there. Returns whether it was put in the outbox by this yes."""
    draft = locked(draft_id)
    sheet = sheet_of(draft, at=at)
    by = holds.person
    if draft.state != DraftState.ASKED:
        raise DraftError(_("It does not wait for approval."))
    if by is None or by in writers_of(draft):
        raise DraftError(_("Another person than those who wrote it must approve it."))
    if not rules.may_answer_for(holds, [leaf.variant.channel for leaf in sheet.leaves], writers_of(draft)):
        raise DraftError(_("You may not approve on all its channels."))
    said = mask(storable(note).strip())[0][:2000]
    if not yes and not said:
        raise DraftError(_("Say why, so that it can be mended."))
    digest = content_digest(sheet.leaves, sheet.pictures)
    question, _made = Asked.objects.get_or_create(
        draft=draft, person_id=by, void=False, defaults={"by_id": by, "at": at, "digest": digest}
    )
    if question.digest != digest:
        raise DraftError(_("It has changed since you were asked. Ask for it again."))
    if question.answer:
        raise DraftError(_("You have answered already."))
    question.answer, question.answered_at, question.note = ("yes" if yes else "no"), at, said
    question.save(update_fields=["answer", "answered_at", "note"])
    if said:
        Comment.objects.create(draft=draft, by_id=by, at=at, text=said)
    record_act("draft.approved" if yes else "draft.refused", actor=actor, at=at, record=draft.id, details={})
    if not yes:
        void_questions(draft)
        draft.state = DraftState.WRITING
        draft.save(update_fields=["state"])
        _tell(draft.owner, draft, "refused", actor=actor, at=at)
        return False
    if not is_approved(draft, digest):
        return False
    place_sheet(sheet, approved_by=by, actor=actor, at=at)
    return True


def is_approved(draft: Draft, digest: str) -> bool:
    """Whether enough have said yes to exactly these bytes."""
    standing = Asked.objects.filter(draft=draft, void=False, digest=digest)
    answers = list(standing.values_list("answer", flat=True))
    return "yes" in answers and "no" not in answers and (not draft.ask_all or all(one == "yes" for one in answers))


@transaction.atomic
def place(draft_id: UUID, *, holds: rules.Holds, actor: str, at: datetime) -> None:
    """Put it in the outbox: without a second person where nobody wants one, or with the approval it has."""
    draft = locked(draft_id)
    if draft.state not in (DraftState.WRITING, DraftState.ASKED):
        raise DraftError(_("It stands in the outbox already."))
    sheet = sheet_of(draft, at=at)
    refuse_unready(sheet)
    digest = content_digest(sheet.leaves, sheet.pictures)
    channels = [leaf.variant.channel for leaf in sheet.leaves]
    if is_approved(draft, digest):
        given = (
            Asked.objects.filter(draft=draft, void=False, digest=digest, answer="yes").order_by("answered_at").last()
        )
        place_sheet(sheet, approved_by=given.person_id if given else None, actor=actor, at=at)
        return
    if needs_second(draft):
        raise DraftError(_("Another person must approve it first."))
    if not rules.may_publish_directly(holds, channels):
        raise DraftError(_("Ask for approval: you may write here, not publish alone."))
    place_sheet(sheet, approved_by=None, actor=actor, at=at)


@transaction.atomic
def place_alone(draft_id: UUID, *, reason: str, in_crisis: bool, holds: rules.Holds, actor: str, at: datetime) -> None:
    """In a crisis its lead sends without a second person, with a reason; it is reviewed the next working day."""
    draft = locked(draft_id)
    if draft.state not in (DraftState.WRITING, DraftState.ASKED):
        raise DraftError(_("It stands in the outbox already."))
    if not in_crisis or not rules.is_crisis_lead(holds):
        raise DraftError(_("Only the crisis lead sends alone, and only while a crisis is on."))
    said = mask(storable(reason).strip())[0][:500]
    if not said:
        raise DraftError(_("Say why it cannot wait for a second person."))
    sheet = sheet_of(draft, at=at)
    refuse_unready(sheet)
    draft.alone_at, draft.alone_why = at, said
    draft.crisis = True
    draft.save(update_fields=["alone_at", "alone_why", "crisis"])
    app.configure_task("review_alone").defer(draft_id=str(draft.id))
    record_act("draft.sent_alone", actor=actor, at=at, record=draft.id, details={"reason": said})
    place_sheet(sheet, approved_by=None, actor=actor, at=at)


@transaction.atomic
def review(draft_id: UUID, *, holds: rules.Holds, actor: str, at: datetime) -> None:
    """Look afterwards at what was sent alone in a crisis. Never one's own."""
    draft = locked(draft_id)
    if draft.alone_at is None or draft.reviewed_at is not None:
        raise DraftError(_("There is nothing to review here."))
    channels = [one.channel for one in draft.variants.select_related("channel")]
    if not rules.may_answer_for(holds, channels, writers_of(draft)):
        raise DraftError(_("Another person than those who wrote it must approve it."))
    draft.reviewed_at, draft.reviewed_by_id = at, holds.person
    draft.save(update_fields=["reviewed_at", "reviewed_by"])
    record_act("draft.reviewed", actor=actor, at=at, record=draft.id, details={})


def _tell(person: Person, draft: Draft, what: str, *, actor: str, at: datetime) -> None:
    """By mail, without the words of the post."""
    with translation.override(person.language):
        subject = {
            "approval": _("A post waits for your approval"),
            "refused": _("A post of yours was not approved"),
            "missed": _("A post of yours did not leave in time"),
            "expired": _("A post of yours is no longer true"),
        }[what]
        address = f"{settings.ORIGIN}{reverse('publish:draft', args=[draft.id])}"
        lines = [f"{subject}.", "", address, "", _("The words are only on the desk, never in a mail.")]
        put_in_outbox(
            kind=Kind.EMAIL,
            channel_id=None,
            actor=actor,
            by=None,
            at=at,
            subject=subject,
            text="\n".join(lines),
            to=person.email,
            language=person.language,
        )


def tell_owner(draft: Draft, what: str, *, actor: str, at: datetime) -> None:
    """Tell the owner of a draft that something happened to it."""
    _tell(draft.owner, draft, what, actor=actor, at=at)


def questions_of(draft: Draft) -> Sequence[Asked]:
    """Those that stand, oldest first."""
    return list(draft.asked.filter(Q(void=False) | Q(answer="no")).select_related("person").order_by("at", "id"))
