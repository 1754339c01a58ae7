"""The steps, least intrusive first: reply, hide, remove, block for a time, block for longer (guide.md 5.3).

Pure. The numbers are the body's defaults and are shown where they are used.
"""

from enum import IntEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordskifte.converse.moderation.grounds import Seen

SHORT_BLOCK: Final = 7
"""Days one person may block an account for. Longer needs a second person."""

LONGEST_BLOCK: Final = 180
"""Days. No block is for ever: a new one needs a new utterance, a new ground and new reasons."""


class Step(IntEnum):
    """How intrusive a measure is."""

    REPLY = 0
    HIDE = 1
    REMOVE = 2
    BLOCK = 3
    LONG_BLOCK = 4


KINDS: Final = ("hide", "remove", "block")

WHY_SECOND: Final[dict[str, str | Promise]] = {
    "opinion": _("Triage reads this as an opinion. Another person must agree before it is taken away."),
    "uncarried": _("Triage finds nothing in the words that carries the ground. Another person decides."),
    "long": _("A block of more than 7 days needs another person."),
}
"""Why a measure waits for a second person."""


def step_of(kind: str, days: int | None = None) -> Step:
    """Where on the ladder a measure stands."""
    if kind == "block":
        return Step.LONG_BLOCK if (days or 0) > SHORT_BLOCK else Step.BLOCK
    return Step.REMOVE if kind == "remove" else Step.HIDE


def needs_why(step: Step) -> bool:
    """Going further than hiding needs why the lesser step is not enough."""
    return step > Step.HIDE


def needs_second(step: Step, seen: Seen, *, carried: bool) -> tuple[str, ...]:
    """Why a second person must agree; nothing when one may act alone."""
    reasons = []
    if seen.opinion and step > Step.HIDE:
        reasons.append("opinion")
    if seen.opinion and not carried:
        reasons.append("uncarried")
    if step is Step.LONG_BLOCK:
        reasons.append("long")
    return tuple(reasons)
