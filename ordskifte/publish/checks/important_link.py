"""Important information stands on our own site too, and the post leads there (R9; guide, target group).

Social media do not reach everyone, so they are never the only place for what people must know.
"""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding, PlaceWords
from ordskifte.publish.checks.post import Post
from ordskifte.publish.lengths import URL


def important_link(post: Post) -> list[Finding]:
    if not post.important:
        return []
    own = own_hosts(post.places)
    missing = [one for one in post.texts if not any(is_own(url, own) for url in URL.findall(one.text))]
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
