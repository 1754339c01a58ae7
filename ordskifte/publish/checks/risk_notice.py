"""A public body has warned about the platform: said beside every post, with its date (KS, NSM, Datatilsynet)."""

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post


def risk_notice(post: Post) -> list[Finding]:
    found = []
    for channel, risk in post.risks:
        values = {"channel": channel, "who": risk.who, "date": f"{risk.since.day}.{risk.since.month}.{risk.since.year}"}
        if risk.says == "device":
            what = _("%(channel)s: %(who)s advises against it on work devices (%(date)s)") % values
            how = _("Post from a device that is not connected to our systems.")
        else:
            what = _("%(channel)s: %(who)s judged the privacy risk too high for itself (%(date)s)") % values
            how = _("Our own stance must say why we are here. Put nothing here that is not on our own site.")
        found.append(Finding("risk_notice", "warn", what, how))
    return found
