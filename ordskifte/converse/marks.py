"""What triage points at: an utterance's words with the spans that made a rule fire, numbered as the list below them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ordskifte.converse.models import Assessment
from ordskifte.ui.said import said

_COLOURS: Final = {"criticism": "brand1", "threat": "danger", "emergency": "danger"}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: its number, the rule, and where its words stand."""

    number: int
    rule: str
    start: int
    end: int
    says: str = ""


def reasons_of(assessment: Assessment) -> list[Why]:
    """The reasons, one for each rule, in the order of their words."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in sorted(assessment.why, key=lambda one: (one["start"], one["end"])):
        found.setdefault(one["rule"], one)
    return [Why(at, rule, one["start"], one["end"]) for at, (rule, one) in enumerate(found.items(), start=1)]


def colour_of(rule: str) -> str:
    """Criticism in the citizens' colour, threats in danger's; by the rule's family."""
    return next((colour for family, colour in _COLOURS.items() if rule.split(".")[0] == family or family in rule), "")


def marked(text: str, reasons: Sequence[Why]) -> SafeString:
    """Foreign text, safe to show, with the reasons' words marked. What overlaps an earlier mark is only listed."""
    parts: list[str] = []
    at = 0
    for one in _apart(reasons, len(text)):
        colour = colour_of(one.rule)
        attribute = format_html(' data-color="{}"', colour) if colour else ""
        parts.append(said(text[at : one.start]))
        parts.append(
            format_html(
                '<mark class="why"{}>{}<sup>{}</sup></mark>', attribute, said(text[one.start : one.end]), one.number
            )
        )
        at = one.end
    parts.append(said(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped by `said` or format_html


def _apart(reasons: Iterable[Why], length: int) -> Iterable[Why]:
    at = 0
    for one in sorted(reasons, key=lambda one: (one.start, -one.end)):
        if at <= one.start < one.end <= length:
            yield one
            at = one.end
