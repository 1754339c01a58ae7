"""A picture is described for who cannot see it, or said to be decorative (WCAG 1.1.1)."""

from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post

_SAYS_NOTHING: Final = frozenset(
    ["bilde", "bilete", "foto", "image", "picture", "photo", "bildet", "biletet", "illustrasjon", "img"]
)


def pictures(post: Post) -> list[Finding]:
    found = []
    for one in post.pictures:
        if one.film or one.decorative:
            continue
        number = {"number": one.number}
        if not one.alt.strip():
            how = _("Write what the picture shows, or mark it as decorative.")
            found.append(Finding("pictures", "stop", _("Picture %(number)s is not described") % number, how))
        elif one.alt.strip().casefold().strip(".") in _SAYS_NOTHING:
            how = _("Write what one sees, as you would tell it on the phone.")
            found.append(
                Finding("pictures", "warn", _("The description of picture %(number)s says nothing") % number, how)
            )
    shown = [one for one in post.pictures if not one.film]
    return found or ([Finding("pictures", "ok", _("Every picture is described"))] if shown else [])
