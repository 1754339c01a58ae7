"""Deciding what is journalled, archived or left out: rules propose, persons decide, and can undo within a week.

The two tests of the regulation give exactly four outcomes. A record is judged by the rules of the day it was said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.archive import journalling
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.facts import Facts, facts_of
from ordskifte.archive.models import Purged, Undecided
from ordskifte.archive.rule_sets import Rule, Rules, all_sets, local_day, set_of
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.records import keeping
from ordskifte.records.keeping import Decided
from ordskifte.records.models import KeepDecision
from ordskifte.records.models.keeping import Outcome

UNDO: Final = timedelta(days=7)
MOST: Final = 1000  # records decided in one act from a page
LONGEST: Final = 1000  # characters of a reason in own words


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules of its day say of a record. `why` is the rule in words; `must`: for which it is always kept."""

    record_id: UUID
    record_kind: str
    outcome: str
    handled: bool | None
    documents: bool | None
    reason: str
    rule: str
    rule_version: str
    basis: str
    why: str
    must: Rule | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Done:
    batch: UUID
    count: int
    journalled: int


def propose(record_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Proposal]:
    """By the rules of each record's day. Eleven queries at most; unknown records and practice have none."""
    sets = all_sets()
    made = {}
    for key, one in facts_of(record_ids).items():
        rules = set_of(local_day(one.said_at), sets)
        rule = rules.rule_for(one.facts, one.words)
        made[key] = Proposal(
            record_id=key,
            record_kind=one.record_kind,
            outcome=rule.outcome,
            handled=rule.handled,
            documents=rule.documents,
            reason=rule.code,
            rule=rule.code,
            rule_version=rules.version,
            basis=rule.basis,
            why=rule.name,
            must=rules.must_keep(one.facts, one.words),
            facts=one,
        )
    return made


@transaction.atomic
def confirm(record_ids: Collection[UUID], *, by: str, at: datetime, batch: UUID | None = None) -> Done:
    """Decide each record as it is proposed."""
    found = propose(_wanted(record_ids), at=at)
    return _stand([_as_proposed(one) for one in found.values()], found, by=by, at=at, batch=batch)


@transaction.atomic
def decide(
    record_ids: Collection[UUID],
    *,
    handled: bool,
    documents: bool,
    by: str,
    at: datetime,
    reason: str = "",
    words: str = "",
    batch: UUID | None = None,
) -> Done:
    """Decide by the two tests. Answers that are the proposal's own confirm it; others need a reason."""
    found = propose(_wanted(record_ids), at=at)
    sets = all_sets()
    said = mask(storable(" ".join(words.split())))[0][:LONGEST]
    decided = []
    for one in found.values():
        rules = set_of(local_day(one.facts.said_at), sets)
        if not reason and (bool(one.handled), bool(one.documents)) == (handled, documents):
            decided.append(_as_proposed(one))
        else:
            decided.append(_by_tests(one, rules, handled, documents, reason, said))
    return _stand(decided, found, by=by, at=at, batch=batch)


@transaction.atomic
def undo(batch: UUID, *, by: str, at: datetime) -> int:
    """Take a batch back: within a week, and not when something of it is in the journal or gone."""
    rows = list(KeepDecision.objects.filter(batch=batch, ended_at=None).values_list("record_id", "at"))
    if not rows:
        raise ArchiveError(_("Nothing of it stands any more."))
    if any(made < at - UNDO for _, made in rows):
        raise ArchiveError(_("It can be undone within 7 days. Decide anew instead."))
    ids = [record for record, _ in rows]
    if journalling.refuse_undo(ids):
        raise ArchiveError(_("Something of it is in the journal, and stays there."))
    if Purged.objects.filter(pk__in=ids).exists():
        raise ArchiveError(_("The content of something in it is gone already."))
    back = keeping.undo(batch, by=by, at=at)
    standing = keeping.standing(back)
    _wait_again([one for one in back if one not in standing], at=at)
    return len(back)


def records_of_batch(batch: UUID) -> list[UUID]:
    """The records whose decision of this batch stands. One query."""
    return list(KeepDecision.objects.filter(batch=batch, ended_at=None).values_list("record_id", flat=True))


def _wanted(record_ids: Collection[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(record_ids))
    if not wanted:
        raise ArchiveError(_("Choose something first."))
    if len(wanted) > MOST:
        raise ArchiveError(_("Choose at most %(most)s at a time.") % {"most": MOST})
    return wanted


def _as_proposed(one: Proposal) -> Decided:
    return Decided(
        record_id=one.record_id,
        record_kind=one.record_kind,
        outcome=one.outcome,
        handled=one.handled,
        documents=one.documents,
        reason=one.reason,
        words="",
        rule=one.rule,
        rule_version=one.rule_version,
        basis=one.basis,
    )


def _by_tests(one: Proposal, rules: Rules, handled: bool, documents: bool, reason: str, words: str) -> Decided:
    cell = rules.outcome_of(handled=handled, documents=documents)
    if reason and reason not in rules.reasons:
        raise ArchiveError(_("Choose a reason from the list."))
    if not reason:
        reason = "no_value" if cell.outcome == Outcome.LEAVE_OUT else "own_words"
    return Decided(
        record_id=one.record_id,
        record_kind=one.record_kind,
        outcome=cell.outcome,
        handled=handled,
        documents=documents,
        reason=reason,
        words=words,
        rule=f"{'yes' if handled else 'no'}_{'yes' if documents else 'no'}",
        rule_version=rules.version,
        basis=cell.basis,
    )


def _stand(
    decided: Sequence[Decided], found: dict[UUID, Proposal], *, by: str, at: datetime, batch: UUID | None
) -> Done:
    if not decided:
        raise ArchiveError(_("There is no such record, or it is practice."))
    out = [one.record_id for one in decided if one.outcome == Outcome.LEAVE_OUT]
    for one in decided:
        must = found[one.record_id].must
        if one.outcome != Outcome.LEAVE_OUT or must is None:
            continue
        why = {"why": must.name.rstrip(".")}
        if must.sure:
            raise ArchiveError(_("This is always kept: %(why)s.") % why)
        if one.reason != "misread" or not one.words:
            raise ArchiveError(
                _("It looks as if it is always kept: %(why)s. Open it, and say how the rule misread.") % why
            )
    batch = batch or uuid4()
    count = keeping.keep(decided, by=by, at=at, batch=batch)
    Undecided.objects.filter(pk__in=[one.record_id for one in decided]).delete()
    to_journal = [one.record_id for one in decided if one.outcome == Outcome.JOURNAL]
    if to_journal:
        journalling.journal(to_journal, by=by, at=at)
    gone = [record_id for record_id in out if found[record_id].facts.utterance.deleted]
    if gone:  # its author deleted it, and we do not keep it: the content goes at once
        app.configure_task("purge_deleted").defer(record_ids=[str(one) for one in gone])
    return Done(batch, count, len(to_journal))


def _wait_again(record_ids: Sequence[UUID], *, at: datetime) -> None:
    from ordskifte.archive.worklist import enqueue

    enqueue(record_ids, at=at)


def keep_acts(*, at: datetime, most: int = 500) -> int:
    """Measures and complaints that have no decision get the one the rules give: moderation always leaves a record."""
    from ordskifte.archive.worklist import acts_without_decision

    ids = acts_without_decision(most)
    made = 0
    for record_id in ids:
        try:
            made += confirm([record_id], by="system:rules", at=at).count
        except ArchiveError:
            continue  # practice
        except JournalError:  # the period is closed: a person opens the next one
            made += _archive(record_id, at=at)
    return made


@transaction.atomic
def _archive(record_id: UUID, *, at: datetime) -> int:
    found = propose([record_id], at=at)
    kept = [
        Decided(**{name: getattr(_as_proposed(one), name) for name in Decided.__slots__} | {"outcome": Outcome.ARCHIVE})
        for one in found.values()
    ]
    return keeping.keep(kept, by="system:rules", at=at) if kept else 0
