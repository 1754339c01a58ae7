"""Template tags of the archivist's desk: its rail, and outcomes, reasons and states in words."""

from typing import Any, Final

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordskifte.archive import journal_queries, keep_queries
from ordskifte.archive.rules import OVERSEERS, keeps

register = template.Library()

_OUTCOMES: Final[dict[str, Promise]] = {
    "journal": _("Is journalled"),
    "archive": _("Is archived"),
    "leave_out": _("Is left out"),
}
_STANDARD: Final = {"journal": "journalføres", "archive": "arkiveres", "leave_out": "arkivavgrensing"}
_COLOURS: Final = {"journal": "info", "archive": "success", "leave_out": "neutral"}
_STATES: Final[dict[str, Promise]] = {
    "proposed": _("Waits for another person"),
    "running": _("Is being carried out"),
    "done": _("Done"),
    "refused": _("Refused"),
    "open": _("Open"),
    "answered": _("Answered"),
}
_STANDS: Final[dict[str, Promise]] = {
    "": _("Is erased"),
    "journal": _("Stays: in the journal"),
    "archive": _("Stays: archived"),
    "hold": _("Stays: held by law"),
    "undecided": _("Undecided, looks as if it stays"),
    "gone": _("Erased before"),
}
_MISSING: Final[dict[str, Promise]] = {"date": _("No date"), "party": _("No sender"), "title": _("No title")}
_HELD: Final[dict[str, Promise]] = {
    "utterance": _("Utterance"),
    "thread": _("Thread"),
    "author": _("Account"),
    "channel": _("Channel"),
}


@register.inclusion_tag("archive/rail.html", takes_context=True)
def archive_rail(context: dict[str, Any]) -> dict[str, Any]:
    """The room's lists with what waits in each."""
    request = context["request"]
    viewer = request.viewer
    counts = context.get("waiting") or journal_queries.waiting(context["now"])
    undecided = context.get("waits") or keep_queries.waiting(viewer)
    return {
        "view": context.get("view", ""),
        "waiting": counts,
        "undecided": undecided,
        "keeps": keeps(viewer),
        "oversees": viewer.has(*OVERSEERS),
        "deposits": _address("archive:deposits"),
    }


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


@register.filter
def outcome_name(code: str) -> str:
    return str(_OUTCOMES.get(code, code))


@register.filter
def standard_word(code: str) -> str:
    return _STANDARD.get(code, "")


@register.filter
def outcome_colour(code: str) -> str:
    return _COLOURS.get(code, "neutral")


@register.filter
def keep_state(code: str) -> str:
    return str(_STATES.get(code, code))


@register.filter
def stands_name(code: str) -> str:
    return str(_STANDS.get(code, code))


@register.filter
def missing_name(code: str) -> str:
    return str(_MISSING.get(code, code))


@register.filter
def held_name(code: str) -> str:
    return str(_HELD.get(code, code))


@register.filter
def named(key: str, table: dict[str, str]) -> str:
    return table.get(key, key)


@register.filter
def of_language(names: dict[str, str]) -> str:
    from ordskifte.archive.rule_sets import in_language

    return in_language(names)


@register.filter
def typed_yes(row: Any, typed: Any) -> dict[str, bool]:
    """The answers beside a row: as typed, else as proposed."""
    handled, documents = typed.get(f"h-{row.waits.record_id}"), typed.get(f"d-{row.waits.record_id}")
    return {
        "handled": handled == "yes" if handled else bool(row.proposal.handled),
        "documents": documents == "yes" if documents else bool(row.proposal.documents),
    }
