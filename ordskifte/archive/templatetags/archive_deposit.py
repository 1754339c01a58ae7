"""Template tags of the deposit's pages: periods, states and profiles in words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ordskifte.archive.models import Deposit

register = template.Library()
_STATES: Final[dict[str, Promise]] = {
    "waiting": _("Waits"),
    "running": _("Being made"),
    "done": _("Made"),
    "failed": _("Not made"),
    "removed": _("Made, the file is removed"),
}
_PROFILES: Final[dict[str, Promise]] = {
    "default": _("PDF/A-2a, bytes and pictures"),
    "pdfa1b": _("Only PDF/A-1b"),
    "puid": _("With PRONOM identifiers"),
}
_OUTCOMES: Final[dict[str, Promise]] = {
    "journal": _("Journal"),
    "archive": _("Archive"),
    "leave_out": _("Leave out"),
}
_LEFT_OUT: Final[dict[str, Promise]] = {
    "restricted": _("seen by others only"),
    "sealed": _("sealed bytes"),
    "damaged": _("gone from the store"),
    "formats": _("in formats no depot takes"),
    "profile": _("not in this profile"),
}


@register.filter
def deposit_state(code: str) -> str:
    return str(_STATES.get(code, code))


@register.filter
def profile_name(code: str) -> str:
    return str(_PROFILES.get(code, code))


@register.filter
def outcome_name(code: str) -> str:
    return str(_OUTCOMES.get(code, code))


@register.filter
def span_words(deposit: Deposit) -> str:
    """The days a deposit covers: as found, else as asked for."""
    found = deposit.figures
    start = date.fromisoformat(found["from"]) if found else deposit.start
    end = date.fromisoformat(found["to"]) if found else deposit.end
    if start is None and end is None:
        return gettext("All there is")
    return f"{start:%d.%m.%Y}–{end:%d.%m.%Y}" if start and end else f"{start or '…'}–{end or '…'}"


@register.filter
def left_out_words(counts: Mapping[str, int]) -> str:
    """ "3 sealed bytes, 1 in formats no depot takes"; nothing: so it says."""
    told = [f"{number} {_LEFT_OUT.get(name, name)}" for name, number in counts.items() if number]
    return ", ".join(told) or gettext("Nothing")


@register.filter
def one_before(line: int) -> int:
    """The place a page of lines begins after, so that this line comes first."""
    return line - 1
