"""The plan in words, in the reader's language."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ordskifte.plan.models import Promise

KINDS: dict[str, str | Lazy] = {"comment": gettext_lazy("Comments"), "message": gettext_lazy("Messages")}
UNITS: dict[str, str | Lazy] = {
    "minutes": gettext_lazy("minutes"),
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
}
CLOCKS: dict[str, tuple[str | Lazy, str | Lazy]] = {
    "working": (gettext_lazy("Working time"), gettext_lazy("Counts only while we are at work.")),
    "all": (gettext_lazy("Around the clock"), gettext_lazy("Counts also at night and on holidays.")),
}
PURPOSES: dict[str, str | Lazy] = {
    "casework": gettext_lazy("Their own case"),
    "access": gettext_lazy("Access to documents"),
    "complaint": gettext_lazy("Complaint"),
    "emergency": gettext_lazy("Emergency"),
    "press": gettext_lazy("Press"),
    "privacy": gettext_lazy("Privacy"),
    "other": gettext_lazy("Other"),
}


def promise_in_words(promise: Promise) -> str:
    """ "Within 4 working hours"."""
    if promise.value is None:
        return _("No time is promised")
    return _within(promise.value, promise.unit_of_time, working=promise.clock == "working")


def _within(count: int, unit: str, *, working: bool) -> str:
    text = {
        ("minutes", True): ngettext("Within %(count)s working minute", "Within %(count)s working minutes", count),
        ("hours", True): ngettext("Within %(count)s working hour", "Within %(count)s working hours", count),
        ("days", True): ngettext("Within %(count)s working day", "Within %(count)s working days", count),
        ("minutes", False): ngettext(
            "Within %(count)s minute, day and night", "Within %(count)s minutes, day and night", count
        ),
        ("hours", False): ngettext(
            "Within %(count)s hour, day and night", "Within %(count)s hours, day and night", count
        ),
        ("days", False): ngettext(
            "Within %(count)s day, also on holidays", "Within %(count)s days, also on holidays", count
        ),
    }[unit, working]
    return text % {"count": count}
