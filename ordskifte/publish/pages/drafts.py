"""Drafts: the list, one draft with what it becomes on each channel, and every act on it."""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ordskifte.base.clock import now
from ordskifte.base.errors import StoreError
from ordskifte.base.store import store_of
from ordskifte.people.access import DeskRequest, desk
from ordskifte.plan.queries import open_topics
from ordskifte.plan.working_time import OSLO
from ordskifte.publish import approving, drafting, placing, planning, published, rules, translating
from ordskifte.publish.campaigns import open_campaigns
from ordskifte.publish.checking import may_pass, sheet_of
from ordskifte.publish.crisis import crisis_now
from ordskifte.publish.drafting import LANGUAGES, VariantWritten, Written
from ordskifte.publish.errors import DraftError, MovedOn
from ordskifte.publish.figures import newest_figures
from ordskifte.publish.models import Draft, DraftState, Kind, Outbox, State
from ordskifte.publish.pages.common import (
    carried_out,
    day_of,
    draft_or_404,
    moment_of,
    posted,
    refuse_unless,
    uuid_of,
    who,
    writer_of,
)
from ordskifte.publish.rendering import content_digest
from ordskifte.publish.sayings import kind_name, state_name
from ordskifte.threads.media import media_key
from ordskifte.threads.sending import send_stored

SHOWS = ("writing", "asked", "placed", "review", "dropped")


@require_GET
@desk()
def overview(request: DeskRequest) -> HttpResponse:
    """The drafts of one view."""
    show = request.GET.get("show", "writing")
    show = show if show in SHOWS else "writing"
    found = planning.overview(request.viewer, show)
    may_write = rules.may_write(rules.holds_of(request.viewer), [])
    return render(request, "publish/drafts.html", {"found": found, "show": show, "may_write": may_write})


@require_POST
@desk()
def new(request: DeskRequest) -> HttpResponse:
    refuse_unless(rules.may_write(rules.holds_of(request.viewer), []))
    draft = drafting.new_draft(at=now(), **who(request))
    return redirect("publish:draft", draft.id)


@require_GET
@desk()
def one(request: DeskRequest, draft_id: UUID) -> HttpResponse:
    """One draft."""
    return _page(request, draft_or_404(request, draft_id))


def _page(
    request: DeskRequest, draft: Draft, *, error: str = "", theirs: Draft | None = None, template: str = "draft"
) -> HttpResponse:
    return render(
        request, f"publish/{template}.html", context_of(request, draft, error=error, theirs=theirs),
        status=422 if error and template == "draft" else 200,
    )  # fmt: skip


def context_of(request: DeskRequest, draft: Draft, *, error: str = "", theirs: Draft | None = None) -> dict[str, Any]:
    """All that the page shows."""
    at = now()
    holds = rules.holds_of(request.viewer)
    sheet = sheet_of(draft, at=at)
    channels = [leaf.variant.channel for leaf in sheet.leaves]
    writing = draft.state == DraftState.WRITING
    writers = approving.writers_of(draft)
    may_write = rules.may_write(holds, channels)
    rows = [row for row in placing.rows_of([draft.id]) if row.state != State.WITHDRAWN or not writing]
    crisis = crisis_now()
    questions = approving.questions_of(draft)
    standing = [one for one in questions if not one.void]
    watchers, until = planning.watchers_after(draft.wanted_at or at)
    ready = not sheet.blocking and not sheet.warnings and bool(sheet.leaves)
    approved = bool(sheet.leaves) and approving.is_approved(draft, content_digest(sheet.leaves, sheet.pictures))
    chosen = {one.channel_id: one for one in sheet.variants}
    return {
        "draft": draft,
        "sheet": sheet,
        "error": error,
        "theirs": theirs,
        "writing": writing,
        "may_write": may_write,
        "editable": writing and may_write,
        "channels": [(one, chosen.get(one.id)) for one in planning.channels_to_write_on(request.viewer)]
        if writing and may_write
        else [],
        "topics": open_topics() if writing else [],
        "campaigns": open_campaigns() if writing else [],
        "forms": [(code, draft.texts.get(code, ""), code in draft.machine) for code in LANGUAGES],
        "apertium": translating.installed(),
        "questions": questions,
        "waits_for_me": any(one.person_id == holds.person and not one.answer for one in standing),
        "may_answer": draft.state == DraftState.ASKED and rules.may_answer_for(holds, channels, writers),
        "needs_second": approving.needs_second(draft) or not rules.may_publish_directly(holds, channels),
        "approvers": approving.approvers_of(draft) if writing or draft.state == DraftState.ASKED else [],
        "approved": approved,
        "ready": ready,
        "passes": _passes(sheet, crisis_lead=bool(crisis) and rules.is_crisis_lead(holds)),
        "alone": bool(crisis) and rules.is_crisis_lead(holds) and draft.state in (DraftState.WRITING, DraftState.ASKED),
        "may_review": draft.alone_at is not None
        and draft.reviewed_at is None
        and rules.may_answer_for(holds, channels, writers),
        "rows": [(row, kind_name(row.kind), state_name(row), _stands(row)) for row in rows],
        "figures": newest_figures([row.id for row in rows]),
        "may_correct": may_write,
        "comments": list(draft.comments.select_related("by").order_by("at", "id")),
        "editions": list(draft.editions.select_related("by").order_by("-number")[:20]),
        "times": planning.proposed_times(request.viewer, draft, at=at) if writing and may_write else [],
        "collides": _collisions(request, draft),
        "watchers": watchers,
        "watch_until": until,
        "crisis_on": crisis,
        "pullable": draft.state == DraftState.ASKED
        or (
            draft.state == DraftState.PLACED
            and all(row.state in (*placing.WAITING, State.WITHDRAWN, State.FAILED) for row in rows)
        ),
    }


def _stands(row: Outbox) -> str:
    """The words that stand on the channel now; "" when nothing does."""
    if row.state not in published.OUT or row.kind not in (Kind.POST, Kind.REPLY) or published.is_gone(row):
        return ""
    return published.stands_as(row)


def _passes(sheet: Any, *, crisis_lead: bool) -> list[tuple[Any, bool]]:
    """Every finding, and whether this viewer may pass its check; the field stands at the first of a check."""
    found, seen = [], set()
    for one in sheet.findings:
        may = (
            one.level != "ok"
            and one.check not in seen
            and one.check not in sheet.passed
            and all(
                may_pass(other, crisis_lead=crisis_lead)
                for other in sheet.findings
                if other.check == one.check and other.level != "ok"
            )
        )
        if one.level != "ok":
            seen.add(one.check)
        found.append((one, may))
    return found


def _collisions(request: DeskRequest, draft: Draft) -> tuple[str, ...]:
    if draft.wanted_at is None:
        return ()
    span = (draft.wanted_at - timedelta(seconds=1), draft.wanted_at + timedelta(seconds=1))
    found = [one for one in planning.between(request.viewer, *span) if one.draft.id == draft.id]
    return found[0].collides if found else ()


def written_of(form: Mapping[str, str], listed: list[str], draft: Draft) -> Written:
    """What the page's form says."""
    channels = [found for found in map(uuid_of, listed) if found]
    return Written(
        title=form.get("title", ""),
        texts={code: form.get(f"text-{code}", "") for code in LANGUAGES},
        source_url=form.get("source", ""),
        audience=form.get("audience", ""),
        purpose=form.get("purpose", ""),
        topic=uuid_of(form.get("topic")),
        important=posted(form, "important"),
        pending=posted(form, "pending"),
        four_eyes=posted(form, "four_eyes"),
        crisis=posted(form, "crisis"),
        campaign=uuid_of(form.get("campaign")),
        wanted_at=moment_of(form.get("wanted", "")),
        expires_on=day_of(form.get("expires", "")),
        variants={
            channel: VariantWritten(
                language=form.get(f"language-{channel}", "nb"),
                own=bool(form.get(f"own-{channel}", "").strip()),
                text=form.get(f"own-{channel}", ""),
                split=posted(form, f"split-{channel}"),
            )
            for channel in channels
        },
        pictures={
            picture.id: (
                form.get(f"alt-{picture.id}", ""),
                posted(form, f"decorative-{picture.id}"),
                {"yes": True, "no": False}.get(form.get(f"holds-{picture.id}", "")),
            )
            for picture in draft.pictures.all()
        },
    )


@require_POST
@desk()
def save(request: DeskRequest, draft_id: UUID) -> HttpResponse:
    """Save; the page's script asks for it while one writes, and gets the parts that have changed."""
    draft = draft_or_404(request, draft_id)
    holds = writer_of(request, draft)
    quiet = request.headers.get("HX-Request") == "true"
    serial = request.POST.get("serial", "")
    try:
        written = written_of(request.POST, request.POST.getlist("channel"), draft)
        wanted = [one for one in planning.channels_to_write_on(request.viewer) if one.id in written.variants]
        refuse_unless(len(wanted) == len(written.variants) and rules.may_write(holds, wanted))
        drafting.save_draft(draft.id, written, serial=int(serial) if serial.isdigit() else -1, at=now(), **who(request))
    except MovedOn as error:
        return _moved_on(request, draft, str(error), quiet=quiet)
    except DraftError as error:
        if quiet:
            return _page(request, draft, error=str(error), template="saved")
        return _page(request, draft, error=str(error))
    if quiet:
        return _page(request, draft_or_404(request, draft_id), template="saved")
    messages.success(request, _("Saved."))
    return redirect("publish:draft", draft.id)


def _moved_on(request: DeskRequest, draft: Draft, error: str, *, quiet: bool) -> HttpResponse:
    """Another has saved: their words stand beside one's own, and nothing is lost."""
    if quiet:
        return _page(request, draft, error=error, template="saved")
    theirs = draft_or_404(request, draft.id)
    draft.texts = {code: request.POST.get(f"text-{code}", "") for code in LANGUAGES}
    draft.title = request.POST.get("title", "") or draft.title
    return _page(request, draft, error=error, theirs=theirs)


@require_POST
@desk()
def act(request: DeskRequest, draft_id: UUID, name: str) -> HttpResponse:
    """One act of a writer on a draft."""
    draft = draft_or_404(request, draft_id)
    holds = writer_of(request, draft)
    at, by = now(), who(request)
    actor = {"actor": by["actor"]}
    form = request.POST
    lead = crisis_now() is not None and rules.is_crisis_lead(holds)
    persons = [found for found in map(uuid_of, form.getlist("person")) if found]
    acts = {
        "ask": (
            lambda: approving.ask(draft.id, persons, everyone=posted(form, "everyone"), at=at, **by),
            _("Asked. They get a link by mail, never the words."),
        ),
        "place": (
            lambda: approving.place(draft.id, holds=holds, at=at, **actor),
            _("It stands in the outbox. You see here when each channel has confirmed."),
        ),
        "alone": (
            lambda: approving.place_alone(
                draft.id, reason=form.get("reason", ""), in_crisis=lead, holds=holds, at=at, **actor
            ),
            _("It stands in the outbox. It is reviewed the next working day."),
        ),
        "pass": (
            lambda: approving.pass_check(
                draft.id, form.get("check", ""), form.get("reason", ""), crisis_lead=lead, at=at, **by
            ),
            _("Noted, with your reason."),
        ),
        "pull": (lambda: placing.pull_back(draft.id, at=at, **actor), _("Taken back. Correct it, then send it again.")),
        "drop": (lambda: drafting.drop_draft(draft.id, at=at, **actor), _("Dropped. It can be taken up again.")),
        "take-up": (lambda: drafting.take_up(draft.id, at=at, **actor), _("It is a draft again.")),
        "translate": (
            lambda: _translate(draft, form, at=at, **by),
            _("Translated. Read it and mend it before it is used."),
        ),
        "repeat": (lambda: _repeat(draft, form, at=at, **by), _("The series is made: a draft for each time.")),
        "back": (
            lambda: drafting.go_back_to(draft.id, _number(form.get("edition", "")), at=at, **by),
            _("The older words are back. What stood here is kept as an edition."),
        ),
        "move": (lambda: _move(draft, form, at=at, **actor), _("Moved.")),
        "picture": (lambda: _add_picture(request, draft), _("The picture is here. Say what it shows.")),
        "captions": (lambda: _add_captions(request, draft), _("The captions are here.")),
        "remove-picture": (
            lambda: drafting.remove_picture(draft.id, _uuid(form.get("picture")), at=at, **by),
            _("The picture is taken out."),
        ),
    }
    if name not in acts:
        raise Http404
    carry_out, said = acts[name]
    if name == "move" and form.get("next", "").startswith("/desk/publish/calendar/"):
        return _moved(request, carry_out, said, form["next"])
    return carried_out(request, carry_out, said, "publish:draft", draft.id)


def _moved(request: DeskRequest, carry_out: Any, said: str, onward: str) -> HttpResponse:
    try:
        carry_out()
    except DraftError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(onward)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _uuid(text: str | None) -> UUID:
    found = uuid_of(text)
    if found is None:
        raise DraftError(_("There is no such picture."))
    return found


def _translate(draft: Draft, form: Mapping[str, str], **more: Any) -> None:
    source, target = form.get("from", ""), form.get("to", "")
    machine = translating.translate(draft.texts.get(source, ""), source, target)
    drafting.take_machine_words(draft.id, target, machine.text, **more)


def _repeat(draft: Draft, form: Mapping[str, str], **more: Any) -> None:
    first, each, count = moment_of(form.get("first", "")), form.get("each", "7"), _number(form.get("count", ""))
    if first is None or each not in ("1", "7", "14", "28") or not 1 <= count <= 26:
        raise DraftError(_("Choose the first time, how often, and how many (at most 26)."))
    local = first.astimezone(OSLO).replace(tzinfo=None)
    times = [local + timedelta(days=int(each) * number) for number in range(count)]
    drafting.repeat(draft.id, [one.replace(tzinfo=OSLO).astimezone(first.tzinfo) for one in times], **more)


def _move(draft: Draft, form: Mapping[str, str], **more: Any) -> None:
    wanted = moment_of(form.get("wanted", ""))
    if wanted is None:
        raise DraftError(_("Choose a time."))
    placing.move_to(draft.id, wanted, **more)


def _add_picture(request: DeskRequest, draft: Draft) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise DraftError(_("Choose a file."))
    if (file.size or 0) > drafting.LARGEST_FILM:
        raise DraftError(_("The file is too large. Make it smaller than %(most)s MB.") % {"most": 200})
    drafting.add_picture(
        draft.id, file.read(), file.name or "", store=store_of(settings.HOME), at=now(), **who(request)
    )


def _add_captions(request: DeskRequest, draft: Draft) -> None:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > 1_000_000:
        raise DraftError(_("Captions are a WebVTT file (.vtt)."))
    drafting.add_captions(
        draft.id,
        _uuid(request.POST.get("picture")),
        file.read(),
        store=store_of(settings.HOME),
        at=now(),
        **who(request),
    )


@require_POST
@desk()
def comment(request: DeskRequest, draft_id: UUID) -> HttpResponse:
    """Whoever sees a draft may comment on it."""
    draft = draft_or_404(request, draft_id)
    text = request.POST.get("text", "")
    return carried_out(
        request,
        lambda: drafting.say_of(draft.id, text, at=now(), **who(request)),
        _("Said."),
        "publish:draft",
        draft.id,
    )


@require_POST
@desk()
def answer(request: DeskRequest, draft_id: UUID) -> HttpResponse:
    """Yes or no of another person, or the review afterwards."""
    draft = draft_or_404(request, draft_id)
    holds = rules.holds_of(request.viewer)
    given = request.POST.get("answer", "")
    actor = request.viewer.actor
    if given == "reviewed":
        return carried_out(
            request,
            lambda: approving.review(draft.id, holds=holds, actor=actor, at=now()),
            _("Reviewed."),
            "publish:draft",
            draft.id,
        )
    yes = given == "yes"
    note = request.POST.get("note", "")
    return carried_out(
        request,
        lambda: approving.answer(draft.id, yes=yes, note=note, holds=holds, actor=actor, at=now()),
        _("Approved. It leaves as it stands.") if yes else _("You said no to it. The writer is told why."),
        "publish:draft",
        draft.id,
    )


@require_POST
@desk()
def change(request: DeskRequest, draft_id: UUID, outbox_id: UUID, name: str) -> HttpResponse:
    """Correct or withdraw what is out."""
    draft = draft_or_404(request, draft_id)
    holds = writer_of(request, draft)
    row = next((row for row in placing.rows_of([draft.id]) if row.id == outbox_id), None)
    if row is None or row.kind not in (Kind.POST, Kind.REPLY) or name not in ("correct", "withdraw"):
        raise Http404
    why = request.POST.get("why", "")
    if name == "correct":
        text = request.POST.get("text", "")
        return carried_out(
            request,
            lambda: published.correct(row.id, text, why=why, holds=holds, at=now(), **who(request)),
            _("The correction stands in the outbox. Both versions stay in the record."),
            "publish:draft",
            draft.id,
        )
    return carried_out(
        request,
        lambda: published.withdraw_published(row.id, why=why, holds=holds, at=now(), **who(request)),
        _("The withdrawal stands in the outbox. What was published stays in the record."),
        "publish:draft",
        draft.id,
    )


@require_GET
@desk()
def picture(request: DeskRequest, draft_id: UUID, picture_id: UUID) -> HttpResponse:
    """A picture of a draft, by what its bytes are."""
    draft = draft_or_404(request, draft_id)
    found = draft.pictures.filter(pk=picture_id).first()
    if found is None:
        raise Http404
    try:
        handle = store_of(settings.HOME).open(media_key(found.digest))
    except StoreError as error:
        raise Http404 from error
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    response = send_stored(request, handle, size=size, media_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return cast(HttpResponse, response)  # a streamed answer: `desk` passes it on as it is
