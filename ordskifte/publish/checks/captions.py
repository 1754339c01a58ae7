"""A film is captioned (WCAG 1.2.2; R61)."""

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post


def captions(post: Post) -> list[Finding]:
    films = [one for one in post.pictures if one.film]
    how = _("Add a caption file (WebVTT), or say why there is nothing to hear.")
    found = [
        Finding("captions", "warn", _("Film %(number)s has no captions") % {"number": one.number}, how)
        for one in films
        if not one.captions
    ]
    return found or ([Finding("captions", "ok", _("Every film has captions"))] if films else [])
