"""All signals, in the order they are asked: formal things first, then what must not stand, then what a text is about."""

from typing import Final

from ordskifte.language.signals import (
    casework,
    child_welfare,
    complaint,
    criticism,
    emergency,
    harassment,
    hints,
    horingsuttalelse,
    innsynskrav,
    klage,
    offtopic,
    praise,
    question,
    report,
    spam,
    threat,
    varsel,
)
from ordskifte.language.signals.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    *threat.RULES,
    *emergency.RULES,
    *child_welfare.RULES,
    *klage.RULES,
    *innsynskrav.RULES,
    *horingsuttalelse.RULES,
    *varsel.RULES,
    *harassment.RULES,
    *spam.RULES,
    *casework.RULES,
    *complaint.RULES,
    *report.RULES,
    *criticism.RULES,
    *praise.RULES,
    *question.RULES,
    *offtopic.RULES,
    *hints.RULES,
)
