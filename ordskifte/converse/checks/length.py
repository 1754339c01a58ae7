"""The channel must take the whole of it, counted as it counts: signs as people see them, addresses by weight."""

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.publish.lengths import fits_until, length_of


def length(reply: Reply) -> list[Finding]:
    limit, used = reply.limits.text, length_of(reply.text, reply.limits)
    if not limit or used <= limit:
        return []
    values = {"over": used - limit, "limit": limit}
    what = _("%(over)s characters too long; the channel takes %(limit)s") % values
    fits = fits_until(reply.text, reply.limits)
    return [Finding("length", "stop", what, _("Make it shorter, or answer in two."), fits, len(reply.text))]
