"""Spam in bulk: one selection, one ground, one batch that is undone as a whole (R108)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.carrying_out import carry_out, reverse_measure
from ordskifte.converse.moderation.codes import new_code
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import line, require_current, require_free, require_ground
from ordskifte.converse.moderation.seen import called_spam, conversation_of, language_of
from ordskifte.converse.moderation.snapshot import Evidence, require_snapshot
from ordskifte.converse.moderation.writing import statement_for
from ordskifte.people.models import Person
from ordskifte.threads.models import Utterance

MOST: Final = 200


@transaction.atomic
def hide_spam(
    versions: Sequence[UUID],
    *,
    ground_id: UUID,
    facts: str,
    neutral: bool,
    by: Person,
    actor: str,
    at: datetime,
    evidence: Evidence,
) -> UUID:
    """Hide all that was chosen, or nothing. Only what triage too calls spam: an opinion is handled one by one.

    Senders of spam are not answered in the thread (DSA article 17 (2)); each statement stands ready on its code's page.
    """
    if not versions:
        raise ModerationError(_("Choose at least one."), field="versions")
    if len(versions) > MOST:
        raise ModerationError(_("Choose at most %(most)s at a time.") % {"most": MOST}, field="versions")
    ground = require_ground(ground_id, at=at)
    if ground.code != "spam":
        raise ModerationError(_("Only spam is handled in bulk."), field="ground")
    if not neutral:
        raise ModerationError(
            _("Answer for yourself first: would you do the same if the text praised us?"), field="neutral"
        )
    said = line(facts)
    if not said:
        raise ModerationError(_("Say what in it falls under the ground."), field="facts")
    batch, opinions = uuid4(), 0
    for version_id in sorted(set(versions)):
        version, utterance = require_current(version_id)
        if not called_spam(version):
            opinions += 1
            continue
        require_free(utterance, "hide")
        require_snapshot(version, evidence)
        measure = Measure(
            code=new_code(),
            kind="hide",
            state="done",
            utterance=utterance,
            conversation=conversation_of(utterance),
            ground=ground,
            version_id=version.id,
            facts=said,
            neutral=True,
            by=by,
            made_at=at,
            batch=batch,
            language=language_of(version),
        )
        measure.statement = statement_for(measure, utterance, at=at).as_json()
        measure.save()
        carry_out(measure, utterance, version, actor=actor, at=at, tell=False)
    if opinions:
        raise ModerationError(
            ngettext(
                "%(n)s of these is not spam to triage. Handle it by itself.",
                "%(n)s of these are not spam to triage. Handle them one by one.",
                opinions,
            )
            % {"n": opinions},
            field="versions",
            reason="opinion",
        )
    return batch


@transaction.atomic
def undo_batch(batch: UUID, *, by: Person, actor: str, at: datetime) -> int:
    """Put the whole batch back. Only by the one who made it, and what nobody else has acted on. Returns how many."""
    found = Measure.objects.select_for_update(of=("self",)).filter(batch=batch, state="done", by=by, second=None)
    measures = list(found.select_related("ground", "outbox").order_by("id"))
    if not measures:
        raise ModerationError(_("There is nothing left to undo."))
    for measure in measures:
        utterance = Utterance.objects.select_related("channel", "author").get(pk=measure.utterance_id)
        reverse_measure(measure, utterance, because="undo", actor=actor, at=at)
    return len(measures)
