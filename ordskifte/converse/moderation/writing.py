"""The statement of reasons for one measure, from its rows."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.statement import (
    ANSWER_WITHIN,
    COMPLAIN_WITHIN,
    LANGUAGES,
    PERSONAL,
    Statement,
)
from ordskifte.threads.models import Utterance


def statement_for(measure: Measure, utterance: Utterance, *, at: datetime) -> Statement:
    """S1 to S13 of a measure that is about to be saved. `utterance` has its channel."""
    ground = measure.ground
    outside = ["sivilombudet", *(["datatilsynet"] if ground.code in PERSONAL else []), "court"]
    can_do = ["without_number" if ground.code == "personal_number" else "rewrite"]
    if ground.code in PERSONAL:
        can_do.append("elsewhere")
    if measure.kind == "block":
        can_do = ["again"]
    return Statement(
        done=measure.kind,
        to="message" if utterance.private else "comment",
        to_at=utterance.at,
        channel=utterance.channel.name,
        at=at,
        until=measure.until,
        ground=ground.code,
        ground_names={code: str(ground.names.get(code) or ground.names.get("nb", "")) for code in LANGUAGES},
        ground_examples={code: str(ground.examples.get(code, "")) for code in LANGUAGES},
        facts=measure.facts,
        reported=measure.reported,
        automated=measure.automated,
        legal_basis=ground.legal_basis,
        can_do=tuple(can_do),
        complain_by=at + timedelta(days=COMPLAIN_WITHIN),
        answer_days=ANSWER_WITHIN,
        outside=tuple(outside),
        archived=True,
        code=measure.code,
    )


def link_to(code: str) -> str:
    """The public address of the reasons; only the path where the installation does not know its own name."""
    return settings.ORIGIN + reverse("reasons:reasons", args=[code])
