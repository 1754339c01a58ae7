"""Important information stands on our own site too, and the post leads there (R9; guide, target group).

Social media do not reach everyone, so they are never the only place for what people must know.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding, PlaceWords
from ordskifte.publish.checks.post import Post
from ordskifte.publish.lengths import URL

_LOOKS_IMPORTANT: Final = re.compile(
    r"\b(?:kok(?:e)? (?:vannet|vatnet)|kok(?:e)?varsel|(?:ikke|ikkje) drikk|evakuer\w*|ras(?:fare|varsel)"
    r"|flom(?:fare|varsel)"
    r"|flaum(?:fare|varsel)|strøm(?:brudd|stans)|straum(?:brot|stans)|vann(?:stans|lekkasje)|vass(?:stans|lekkasje)"
    r"|søknadsfrist\w*|høringsfrist\w*|høyringsfrist\w*|er stengt|held stengt|holder stengt|giftig\w*|smitte\w*"
    r"|boil (?:the |your )?water|do not drink|evacuat\w*|deadline)\b",
    re.IGNORECASE,
)
"""Words of what people must get to know. The writer decides whether it is; this only asks."""


def important_link(post: Post) -> list[Finding]:
    own = own_hosts(post.places)
    missing = [one for one in post.texts if not any(is_own(url, own) for url in URL.findall(one.text))]
    if not post.important:
        asked = next((found for one in missing if (found := _LOOKS_IMPORTANT.search(one.text))), None)
        if asked is None:
            return []
        what = _("“%(words)s” looks like something people must get to know") % {"words": asked[0]}
        how = _("Mark it as important, put it on our own site, and lead there.")
        return [Finding("important_link", "warn", what, how, *asked.span())]
    if not missing:
        return [Finding("important_link", "ok", _("It leads to the full text on our own site"))]
    where = ", ".join(dict.fromkeys(name for one in missing for name in one.channels))
    what = _("Important information without a link to our own site: %(channels)s") % {"channels": where}
    how = _("Put it on our own site first, and its address here. Not everyone is on social media.")
    return [Finding("important_link", "stop", what, how)]


def own_hosts(places: tuple[PlaceWords, ...]) -> frozenset[str]:
    """The hosts of the addresses in the register of places."""
    return frozenset(host for place in places if place.url and (host := _host(place.url)))


def is_own(url: str, own: frozenset[str]) -> bool:
    """Whether an address lies on one of our hosts, or below one."""
    host = _host(url)
    return bool(host) and any(host == one or host.endswith(f".{one}") for one in own)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
