"""Personal data is not repeated: a national number never leaves, and what the writer told of themselves stays unsaid.

Forvaltningsloven § 13; personvernforordningen art. 5 (1) c. What the body's own places say (phone, e-mail) is ours.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ordskifte.language.personal_data import find_numbers
from ordskifte.language.triage import assess
from ordskifte.publish.checks.finding import Finding, PlaceWords


def personal_data_of(text: str, places: Sequence[PlaceWords], *, asked: str = "") -> list[Finding]:
    numbers = find_numbers(text)
    if numbers:
        what = _("The text holds a national identity number")
        how = _("Take it out. It never leaves us.")
        return [Finding("personal_data", "stop", what, how, one.start, one.end) for one in numbers]
    own = " ".join(f"{place.phone} {place.email} {place.url}" for place in places)
    found = []
    for span in assess(text).personal_data:
        words = text[span.start : span.end]
        if _plain(words) in _plain(own):
            continue
        if asked and _plain(words) in _plain(asked):
            what = _("“%(words)s” repeats what they told about themselves") % {"words": words}
            how = _("Answer without it: all who read see it once more.")
        else:
            what = _("“%(words)s” looks like personal data") % {"words": words}
            how = _("Take it out, unless it is the body's own.")
        found.append(Finding("personal_data", "warn", what, how, span.start, span.end))
    return found or [Finding("personal_data", "ok", _("No personal data"))]


def _plain(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum() or char == "@")
