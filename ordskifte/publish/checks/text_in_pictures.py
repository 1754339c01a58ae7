"""Text inside a picture is read by nobody who cannot see it (WCAG 1.4.5).

No program here can see whether there is any: a person is asked, and then the description must hold the words.
"""

from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post

ENOUGH: Final = 5  # words


def text_in_pictures(post: Post) -> list[Finding]:
    found = []
    for one in post.pictures:
        if one.film:
            continue
        number = {"number": one.number}
        if one.holds_text is None:
            what = _("Is there text in picture %(number)s? We cannot see it") % number
            found.append(Finding("text_in_pictures", "warn", what, _("Answer yes or no beside the picture.")))
        elif one.holds_text and (one.decorative or len(one.alt.split()) < ENOUGH):
            what = _("Picture %(number)s holds text that its description does not") % number
            how = _("Write the words of the picture in the description and in the post.")
            found.append(Finding("text_in_pictures", "warn", what, how))
    return found
