"""No casework in public: a reply does not speak of somebody's own case or decision (R95; forvaltningsloven § 13)."""

import re
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply

_CASE: Final = re.compile(
    r"\b(?:(?:saken|søknaden|klagen|vedtaket|avslaget|journalen|diagnosen|behandlingen|timen|saksnummeret|utbetalingen"
    r"|gjelden|restansen|skatten|tilsynet)\s+(?:din|deres|hans|hennes|til\s+(?:barnet|sønnen|datteren|moren|faren))"
    r"|(?:saka|søknaden|klaga|vedtaket|avslaget|journalen|diagnosen|behandlinga|timen|utbetalinga|gjelda|restansen)"
    r"\s+(?:di|din|dykkar|hans|hennar|til\s+(?:barnet|sonen|dottera|mora|faren))"
    r"|your\s+(?:case|application|complaint|decision|diagnosis|treatment|payment|debt|record)"
    r"|vi\s+(?:har\s+)?(?:avslo|avslått|innvilget|innvilga|godkjente|godkjent)\s+(?:din|søknaden|di)"
    r"|we\s+(?:have\s+)?(?:rejected|approved|granted)\s+your)\b",
    re.IGNORECASE,
)


def casework(reply: Reply) -> list[Finding]:
    if reply.response_type in ("F3", "F4", "F6"):
        return [Finding("casework", "ok", _("Sent on: no casework here"))]
    how = _("Move it out: say where to go, and leave the case out of it.")
    found = [
        Finding(
            "casework", "warn", _("“%(words)s” speaks of a case of their own") % {"words": one[0]}, how, *one.span()
        )
        for one in _CASE.finditer(reply.text)
    ]
    return found or [Finding("casework", "ok", _("No casework"))]
