"""The channel must take the whole of it."""

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply


def length(reply: Reply) -> list[Finding]:
    if not reply.limit or len(reply.text) <= reply.limit:
        return []
    values = {"over": len(reply.text) - reply.limit, "limit": reply.limit}
    what = _("%(over)s characters too long; the channel takes %(limit)s") % values
    return [Finding("length", "stop", what, _("Make it shorter, or answer in two."), reply.limit, len(reply.text))]
