"""What the words bind us to becomes a task; a holding reply says when the answer comes (R86)."""

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.language.commitments import find_commitments
from ordskifte.ui.dates import when


def commitment(reply: Reply) -> list[Finding]:
    found = []
    for one in find_commitments(reply.text, at=reply.at):
        words = {"words": reply.text[one.start : one.end].strip(" .")}
        if one.due:
            what = _("“%(words)s” becomes a task, due %(when)s") % {**words, "when": when(one.due, reply.at)}
        else:
            what = _("“%(words)s” becomes a task without a date") % words
        found.append(Finding("commitment", "ok", what, "", one.start, one.end))
    if reply.response_type == "F2" and not any(one.due for one in find_commitments(reply.text, at=reply.at)):
        what = _("A holding reply says when the answer comes")
        found.append(Finding("commitment", "warn", what, _("Name a day: “We will come back on Tuesday.”")))
    return found
