"""Personal data is not repeated: a national number never leaves, and what the writer told of themselves stays unsaid.

Forvaltningsloven § 13; personvernforordningen art. 5 (1) c. What the body's own places say (phone, e-mail) is ours.
"""

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.language.personal_data import find_numbers
from ordskifte.language.triage import assess


def personal_data(reply: Reply) -> list[Finding]:
    numbers = find_numbers(reply.text)
    if numbers:
        what = _("The text holds a national identity number")
        how = _("Take it out. It never leaves us.")
        return [Finding("personal_data", "stop", what, how, one.start, one.end) for one in numbers]
    own = " ".join(f"{place.phone} {place.email} {place.url}" for place in reply.places)
    found = []
    for span in assess(reply.text).personal_data:
        words = reply.text[span.start : span.end]
        if _plain(words) in _plain(own):
            continue
        if _plain(words) in _plain(reply.asked):
            what = _("“%(words)s” repeats what they told about themselves") % {"words": words}
            how = _("Answer without it: all who read see it once more.")
        else:
            what = _("“%(words)s” looks like personal data") % {"words": words}
            how = _("Take it out, unless it is the body's own.")
        found.append(Finding("personal_data", "warn", what, how, span.start, span.end))
    return found or [Finding("personal_data", "ok", _("No personal data"))]


def _plain(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum() or char == "@")
