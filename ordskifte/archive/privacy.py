"""The data protection desk: all that one account has said, what must stay and why, and erasure of the rest.

The right to erasure does not reach what is kept by the archive duty (GDPR art. 17 (3) b). The log holds counts and
reasons, never what was erased, and the answer letter names nobody.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.archive import deciding
from ordskifte.archive.erasing import Place, erase
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.holds import held
from ordskifte.archive.models import PrivacyRequest, Purged
from ordskifte.people.models import Body
from ordskifte.people.viewer import Viewer
from ordskifte.records.entry import record_act
from ordskifte.records.keeping import standing
from ordskifte.records.models.keeping import Outcome
from ordskifte.threads.models import Author, Utterance, Version
from ordskifte.threads.rules import reach_of
from ordskifte.ui.dates import day

MONTH: Final = timedelta(days=30)
BASIS: Final = "personvernforordningen art. 17"
MOST: Final = 2000  # utterances of one request; more are taken in another
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance on the desk. `stands`: archive, journal, hold, gone, undecided, or "" for what goes."""

    utterance: Utterance
    text: str
    stands: str
    basis: str


def authors_like(words: str, viewer: Viewer) -> list[Author]:
    """Accounts, not ours, that are called so. One query more for the reach."""
    words = words.strip()
    if not words:
        return []
    reach = reach_of(viewer)
    found = Author.objects.filter(ours=False, channel__in=reach.open, channel__practice=False, erased_at=None)
    named = Q(name__icontains=words) | Q(handle__icontains=words) | Q(url=words) | Q(external_id=words)
    return list(found.filter(named).select_related("channel").order_by("name", "id")[:SHOWN])


def lines_of(authors: Collection[UUID], viewer: Viewer, *, at: datetime) -> list[Line]:
    """All that the accounts have said that the viewer may see, and what becomes of each. A fixed number of queries."""
    rows = list(
        Utterance.objects.filter(reach_of(viewer).q(), author__in=list(authors), ours=False, channel__practice=False)
        .select_related("channel")
        .order_by("at", "id")[:MOST]
    )
    ids = [one.pk for one in rows]
    decisions, stopped = standing(ids), held(ids)
    unread = [one for one in ids if one not in decisions]
    proposals = deciding.propose(unread, at=at) if unread else {}
    whole = set(Version.objects.filter(utterance__in=ids, erased_at=None).values_list("utterance_id", flat=True))
    texts = dict(Version.objects.filter(pk__in=[one.current_id for one in rows]).values_list("utterance_id", "text"))
    made = []
    for one in rows:
        decision, proposal = decisions.get(one.pk), proposals.get(one.pk)
        outcome = decision.outcome if decision else proposal.outcome if proposal else ""
        basis = decision.basis if decision else proposal.basis if proposal else ""
        stands = outcome if decision else ("" if outcome == Outcome.LEAVE_OUT else "undecided")
        stands = "" if stands == Outcome.LEAVE_OUT else stands
        if one.pk not in whole:
            stands = "gone"
        elif one.pk in stopped:
            stands = "hold"
        made.append(Line(one, texts.get(one.pk, ""), stands, basis))
    return made


@transaction.atomic
def open_request(authors: Sequence[UUID], *, language: str, by: str, at: datetime) -> PrivacyRequest:
    """Somebody has asked to have what these accounts said erased: the month begins."""
    known = list(Author.objects.filter(pk__in=list(authors), ours=False).values_list("pk", flat=True))
    if not known:
        raise ArchiveError(_("Choose the account first."))
    said = language if language in ("nb", "nn", "en") else "nb"
    made = PrivacyRequest.objects.create(authors=known, arrived_at=at, due_at=at + MONTH, language=said, by=by)
    record_act("privacy.asked", actor=by, at=at, record=made.id, details={"authors": [str(one) for one in known]})
    return made


@transaction.atomic
def answer(request_id: UUID, *, viewer: Viewer, by: str, at: datetime) -> PrivacyRequest:
    """Decide what goes and what stays; a job erases. What waited and would be left out is decided to be left out."""
    one = PrivacyRequest.objects.select_for_update().filter(pk=request_id, state="open").first()
    if one is None:
        raise ArchiveError(_("It has been answered already."))
    lines = lines_of(one.authors, viewer, at=at)
    if any(line.stands == "undecided" for line in lines):
        raise ArchiveError(_("Decide first what is undecided: some of it looks as if it must be kept."))
    going = [line.utterance.pk for line in lines if not line.stands]
    left = standing(going)
    if undecided := [one for one in going if one not in left]:
        for first in range(0, len(undecided), deciding.MOST):
            deciding.confirm(undecided[first : first + deciding.MOST], by=by, at=at)
    one.kept = dict(Counter(f"{line.stands}|{line.basis}" for line in lines if line.stands and line.stands != "gone"))
    one.erased = len(going)
    one.letter = letter(one, at=at)
    one.state, one.by, one.answered_at = ("running" if going else "answered"), by, at
    one.save()
    details: dict[str, object] = {"erased": len(going), "kept": one.kept}
    record_act("privacy.answered", actor=by, at=at, record=one.id, details=details)
    if going:
        app.configure_task("erase_asked").defer(request_id=str(one.id))
    return one


def carry_out(request_id: UUID, *, at: datetime, place: Place) -> int:
    """Erase what an answered request lets go: left out, and not held. Run twice, nothing happens twice."""
    one = PrivacyRequest.objects.filter(pk=request_id, state="running").first()
    if one is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select u.id, d.id, d.reason, d.rule_version, u.deleted from threads_utterance u
            join records_keepdecision d on d.record_id = u.id and d.ended_at is null and d.outcome = 'leave_out'
            where u.author_id = any(%s) and not u.ours and u.at <= %s
            """,
            [one.authors, one.answered_at],
        )
        rows = cursor.fetchall()
    gone = erase([row[0] for row in rows], basis=BASIS, by=one.by, at=at, place=place)
    with transaction.atomic():
        Purged.objects.bulk_create(
            [
                Purged(record_id=row[0], decision_id=row[1], reason=row[2], rule_version=row[3], deleted=row[4], at=at)
                for row in rows
                if row[0] in gone.erased
            ],
            ignore_conflicts=True,
        )
        PrivacyRequest.objects.filter(pk=one.pk).update(state="answered", erased=len(gone.erased))
        record_act("privacy.erased", actor=one.by, at=at, record=one.id, details={"erased": len(gone.erased)})
    return len(gone.erased)


def letter(one: PrivacyRequest, *, at: datetime) -> str:
    """The answer in the asker's written form: how much was erased, what stays and by which law. It names nobody."""
    with translation.override(one.language):
        body = Body.objects.values_list("name", flat=True).first() or ""
        kept = sum(one.kept.values())
        parts = [
            _("You asked %(body)s on %(day)s to erase what you have written to us.")
            % {"body": body, "day": day(one.arrived_at)},
            _("We have erased %(n)s of your contributions.") % {"n": one.erased},
        ]
        if kept:
            laws = sorted({name.partition("|")[2] for name in one.kept if name.partition("|")[2]})
            parts.append(
                _("We keep %(n)s of them, because the law obliges us to: %(laws)s, see GDPR article 17 (3) b.")
                % {"n": kept, "laws": "; ".join(laws)}
            )
        parts.append(_("You may complain to us about this answer, and to Datatilsynet."))
        parts.append(body)
        return "\n\n".join(parts)
