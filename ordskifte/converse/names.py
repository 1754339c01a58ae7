"""Kinds, warnings, response types, tasks and views in words a page can show."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

KINDS: Final[Words] = {
    "question": _("Question"),
    "praise": _("Praise"),
    "criticism": _("Criticism"),
    "complaint": _("Complaint"),
    "report": _("Report"),
    "casework": _("Own case: move out"),
    "spam": _("Spam"),
    "harassment": _("Harassment"),
    "threat": _("Threat"),
    "offtopic": _("About something else"),
    "other": _("Other"),
}
KIND_COLOURS: Final = {
    "praise": "success",
    "casework": "info",
    "threat": "danger",
    "harassment": "danger",
}
"""Criticism has its own teal, never yellow or red (ux.md 3)."""

WARNINGS: Final[Words] = {
    "emergency": _("Somebody may be in danger"),
    "threat": _("Threat"),
    "child_welfare": _("Worry about a child"),
    "klage": _("May be a complaint about a decision"),
    "innsynskrav": _("Request for access to documents"),
    "horingsuttalelse": _("Answer to a hearing"),
    "varsel": _("May be whistleblowing"),
    "number": _("Personal number hidden"),
}
ALARMS: Final = frozenset({"emergency", "threat", "child_welfare"})
"""Drawn in danger's colour; the formal ones are a right and are drawn as information."""

RESPONSES: Final[Words] = {
    "F1": _("Full answer"),
    "F2": _("Holding reply"),
    "F3": _("Passed on"),
    "F4": _("Own case, told where to go"),
    "F5": _("Will not answer, and why"),
    "F6": _("Personal data hidden, how to go on"),
    "F7": _("Thanks"),
    "F8": _("Our own error"),
    "F9": _("Correction with source"),
    "F10": _("Closed now"),
}
TASKS: Final[Words] = {
    "commitment": _("We promised"),
    "moved_out": _("Moved out: take it up as a case"),
    "hand_off": _("Post it by hand and paste the link"),
    "look": _("Look at the channel"),
    "unknown": _("Look whether it arrived"),
    "failed": _("It did not leave: send it again"),
    "review_number": _("Look at a number that was hidden"),
    "care": _("Take care of a colleague"),
    "police": _("Report to the police"),
    "complaint": _("Answer a complaint"),
    "tell": _("Tell the writer"),
    "second": _("Decide on a colleague's proposal"),
    "roster": _("Nobody is on watch"),
    "review_alone": _("Review what was sent alone in the crisis"),
    "campaign": _("A campaign is over: close it down"),
    "draft_missed": _("A post did not leave in time"),
    "gap": _("A channel has not been read for a day"),
}
VIEWS: Final[Words] = {
    "needs": _("Needs you now"),
    "mine": _("Mine"),
    "unit": _("My unit"),
    "unassigned": _("Not assigned"),
    "waiting": _("Waiting for others"),
    "warned": _("Warned"),
    "done": _("Done today"),
}
MODERATION: Final[Words] = {
    "keep": _("Let it stand"),
    "hide_pii": _("Hide the personal data"),
    "remove": _("Remove"),
    "escalate": _("Call somebody"),
}
