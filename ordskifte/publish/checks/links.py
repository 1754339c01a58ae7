"""A link that does not answer sends people to nothing. Links are tried by the worker, not while the page is made."""

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post
from ordskifte.ui.dates import when


def links(post: Post) -> list[Finding]:
    found = []
    for url, tried in post.dead_links.items():
        what = _("%(url)s did not answer %(when)s") % {"url": url, "when": when(tried, post.at)}
        found.append(Finding("links", "warn", what, _("Mend the address, or wait until the page is there."), key=url))
    return found
