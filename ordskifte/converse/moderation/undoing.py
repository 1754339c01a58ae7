"""Putting back: the undo of one's own act, and a second look by anyone who may act."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.carrying_out import reverse_measure
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import line, locked
from ordskifte.people.models import Person
from ordskifte.threads.models import Utterance


@transaction.atomic
def put_back(measure_id: UUID, *, why: str = "", by: Person, actor: str, at: datetime) -> Measure:
    """Undo one's own measure, or with a reason another's. Where a complaint waits, the answer to it decides."""
    measure = locked(measure_id)
    if measure.state != "done":
        raise ModerationError(_("This does not stand any more."))
    made = measure.complaints.values_list("answered_at", flat=True)
    if None in made:
        raise ModerationError(_("A complaint waits. The answer to it decides."), reason="complaint")
    said = line(why)
    own = measure.by_id == by.id and measure.second_id is None and not made
    if not own and not said:
        raise ModerationError(_("Say why it should be put back."), field="why")
    measure.decided_why = said or measure.decided_why
    utterance = Utterance.objects.select_related("channel", "author").get(pk=measure.utterance_id)
    reverse_measure(measure, utterance, because="second_look" if said else "undo", actor=actor, at=at)
    return measure


def can_undo(measure: Measure, person_id: UUID | None) -> bool:
    """Whether this person may undo it without a word: their own act, that nobody else has acted on."""
    return measure.state == "done" and measure.by_id == person_id and measure.second_id is None
